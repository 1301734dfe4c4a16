import { model, spec } from '../../src/explore/index.ts'
import { id, int, mapOf } from '../../src/state/index.ts'

/** Threads that read a shared counter and write one more: an increment gets lost. */
export const increment = spec(
  'sr-increment',
  {
    about: 'threads increment a shared counter by a read and a write, without a lock',
    source: 'Stateright, examples/increment.rs',
    parameters: { threads: 2 },
  },
  ({ threads }) => {
    const Thread = id('thread', threads)
    return model({
      state: {
        shared: int(0, threads),
        local: mapOf(Thread, int(0, threads)),
        pc: mapOf(Thread, int(1, 3)),
      },
      actions: {
        read: {
          for: [Thread],
          when: (s, t) => s.pc.get(t) === 1,
          then: (s, t) => {
            s.local.set(t, s.shared)
            s.pc.set(t, 2)
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
      },
      invariants: {
        'each finished thread is counted': (s) => s.pc.count((pc) => pc === 3) === s.shared,
      },
      sometimes: { 'all have finished': (s) => s.pc.every((pc) => pc === 3) },
      ends: (s) => s.pc.every((pc) => pc === 3),
      symmetry: [Thread],
    })
  },
)
