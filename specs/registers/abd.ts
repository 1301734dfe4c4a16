import { model, spec } from '../../src/explore/index.ts'
import { id, mapOf, oneOf, setOf } from '../../src/state/index.ts'
import type { Quorum } from '../consensus/quorums.ts'
import { quorumsOf } from '../consensus/quorums.ts'
import type { Registers } from './register.ts'
import { beginRead, beginWrite, endRead, endWrite } from './register.ts'
import { mayReturn, registerModel, registerVariables, same } from './register.ts'

/**
 * A register kept by replicas that may crash. The writer stores each value at a write quorum. A
 * reader asks a read quorum for the newest value and stores that at a write quorum before it
 * returns it; without storing it the register is regular only. One action is one exchange with one
 * replica.
 */
export const abd = spec(
  'abd',
  {
    about: 'ABD: an atomic register for one writer, emulated by replicas',
    source: 'Attiya, Bar-Noy and Dolev, Sharing Memory Robustly in Message-Passing Systems, 1995',
    parameters: { quorums: 'majority(n=3)', readers: 2, writes: 1, crashes: 0, writeBack: true },
    mutants: {
      'no-write-back': 'a reader returns the newest value without storing it at a quorum',
      'read-one': 'a reader asks one replica only',
      'write-one': 'the writer stores a value at one replica only',
    },
  },
  ({ quorums, readers, writes, crashes, writeBack }, planted) => {
    const system = quorumsOf(quorums)
    const Replica = id('replica', system.size)
    const { Reader, state: register } = registerVariables(readers, writes)
    const storesBack = writeBack && !planted('no-write-back')
    const written = (acks: Acks) =>
      planted('write-one') ? acks.size > 0 : contains(acks, system.writes)
    const asked = (acks: Acks) =>
      planted('read-one') ? acks.size > 0 : contains(acks, system.reads)

    return model({
      state: {
        ...register,
        stored: mapOf(Replica, register.begun),
        crashed: setOf(Replica),
        /** Who has stored the value that is being written. */
        writeAcks: setOf(Replica),
        phase: mapOf(Reader, oneOf('idle', 'asking', 'storing')),
        found: mapOf(Reader, register.begun),
        acks: mapOf(Reader, setOf(Replica)),
      },
      actions: {
        beginWrite: { when: (s) => s.begun === s.returned && s.begun < writes, then: beginWrite },
        storeWritten: {
          for: [Replica],
          when: (s, replica) =>
            s.begun > s.returned && !s.crashed.has(replica) && !s.writeAcks.has(replica),
          then: (s, replica) => {
            s.writeAcks.add(replica)
            s.stored.set(replica, s.begun)
          },
        },
        endWrite: {
          when: (s) => s.begun > s.returned && written(s.writeAcks),
          then: (s) => {
            endWrite(s)
            s.writeAcks.clear()
          },
        },
        beginRead: {
          for: [Reader],
          when: (s, reader) => s.phase.get(reader) === 'idle',
          then: (s, reader) => {
            beginRead(s, reader)
            s.phase.set(reader, 'asking')
          },
        },
        ask: {
          for: [Reader, Replica],
          when: (s, reader, replica) =>
            s.phase.get(reader) === 'asking' &&
            !s.crashed.has(replica) &&
            !s.acks.get(reader).has(replica),
          then: (s, reader, replica) => {
            s.acks.get(reader).add(replica)
            s.found.set(reader, Math.max(s.found.get(reader), s.stored.get(replica)))
          },
        },
        beginWriteBack: {
          for: [Reader],
          when: (s, reader) =>
            storesBack && s.phase.get(reader) === 'asking' && asked(s.acks.get(reader)),
          then: (s, reader) => {
            s.phase.set(reader, 'storing')
            s.acks.get(reader).clear()
          },
        },
        storeRead: {
          for: [Reader, Replica],
          when: (s, reader, replica) =>
            s.phase.get(reader) === 'storing' &&
            !s.crashed.has(replica) &&
            !s.acks.get(reader).has(replica),
          then: (s, reader, replica) => {
            s.acks.get(reader).add(replica)
            s.stored.set(replica, Math.max(s.stored.get(replica), s.found.get(reader)))
          },
        },
        endRead: {
          for: [Reader],
          when: mayEnd,
          then: (s, reader) => {
            endRead(s, reader, s.found.get(reader))
            s.phase.set(reader, 'idle')
            s.found.set(reader, 0)
            s.acks.get(reader).clear()
          },
        },
        crash: {
          for: [Replica],
          when: (s, replica) => s.crashed.size < crashes && !s.crashed.has(replica),
          then: (s, replica) => {
            s.crashed.add(replica)
          },
        },
      },
      invariants: {
        'what a read returns is regular': {
          for: [Reader],
          holds: (s, reader) =>
            !mayEnd(s, reader) || mayReturn.regular(s, reader, s.found.get(reader)),
        },
        ...(writeBack
          ? {
              'what a read returns is atomic': {
                for: [Reader],
                holds: (s: Ready, reader: number) =>
                  !mayEnd(s, reader) || mayReturn.atomic(s, reader, s.found.get(reader)),
              },
            }
          : {}),
      },
      sometimes: { 'a read returns the last value': (s) => s.newest === writes },
      symmetry: [Reader],
      refines: {
        register: {
          model: registerModel(readers, writes, writeBack ? 'atomic' : 'regular'),
          map: same,
        },
      },
    })

    function mayEnd(s: Ready, reader: number): boolean {
      if (storesBack) return s.phase.get(reader) === 'storing' && written(s.acks.get(reader))
      return s.phase.get(reader) === 'asking' && asked(s.acks.get(reader))
    }
  },
)

interface Acks {
  readonly size: number
  hasAll(members: Quorum): boolean
}

function contains(acks: Acks, quorums: readonly Quorum[]): boolean {
  return quorums.some((quorum) => acks.hasAll(quorum))
}

/** What tells whether a read may return. */
interface Ready extends Registers {
  readonly phase: { get(reader: number): string }
  readonly found: { get(reader: number): number }
  readonly acks: { get(reader: number): Acks }
}
