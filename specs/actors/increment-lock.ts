import { model, spec } from '../../src/explore/index.ts'
import { bool, id, int, mapOf } from '../../src/state/index.ts'

/** The shared counter behind a lock: the repaired twin of `increment`. */
export const incrementLock = spec(
  'sr-increment-lock',
  {
    about: 'threads increment a shared counter by a read and a write, under a lock',
    source: 'Stateright, examples/increment_lock.rs',
    parameters: { threads: 3 },
    mutants: {
      'lock-is-not-looked-at': 'a thread takes the lock although another one has it',
      'unlock-before-write': 'a thread gives the lock back before it writes',
    },
  },
  ({ threads }, planted) => {
    const Thread = id('thread', threads)
    return model({
      state: {
        shared: int(0, threads),
        locked: bool(),
        local: mapOf(Thread, int(0, threads)),
        pc: mapOf(Thread, int(0, 4)),
      },
      actions: {
        lock: {
          for: [Thread],
          when: (s, t) => s.pc.get(t) === 0 && (planted('lock-is-not-looked-at') || !s.locked),
          then: (s, t) => {
            s.locked = true
            s.pc.set(t, 1)
          },
        },
        read: {
          for: [Thread],
          when: (s, t) => s.pc.get(t) === 1,
          then: (s, t) => {
            s.local.set(t, s.shared)
            s.pc.set(t, 2)
            if (planted('unlock-before-write')) s.locked = false
          },
        },
        write: {
          for: [Thread],
          when: (s, t) => s.pc.get(t) === 2,
          then: (s, t) => {
            s.shared = s.local.get(t) + 1
            s.pc.set(t, 3)
          },
        },
        unlock: {
          for: [Thread],
          when: (s, t) => s.pc.get(t) === 3 && (planted('unlock-before-write') || s.locked),
          then: (s, t) => {
            s.locked = false
            s.pc.set(t, 4)
          },
        },
      },
      invariants: {
        'each thread that wrote is counted': (s) => s.pc.count((pc) => pc >= 3) === s.shared,
        'one thread at a time': (s) => s.pc.count((pc) => pc >= 1 && pc <= 3) <= 1,
      },
      sometimes: { 'all have finished': (s) => s.pc.every((pc) => pc === 4) },
      ends: (s) => s.pc.every((pc) => pc === 4),
      symmetry: [Thread],
    })
  },
)
