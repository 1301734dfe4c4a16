import type { Json } from '../../../src/core/json.ts'
import type { ObjectOperation, SharedObject, SharedProgram } from '../../../src/node/index.ts'
import { oneEach } from '../../../src/node/index.ts'
import { empty } from './objects/registers.ts'

/** An object that makes one process the winner: who was first. */
export interface Contest {
  readonly object: SharedObject
  /** How a process takes part. */
  enter(self: number): ObjectOperation
  won(response: Json): boolean
}

type Local =
  | { readonly at: 'announce' | 'enter'; readonly input: Json }
  | { readonly at: 'look'; readonly other: number }
  | { readonly at: 'done'; readonly value: Json }

/**
 * Everybody writes what it proposes into a register of its own, and then finds out who was first.
 * The winner decides its own value. With two processes the loser knows who the winner is; with
 * more it does not, and takes the first proposal that it finds of somebody else.
 */
export function winnerProtocol(
  processes: number,
  contest: Contest,
  announces = true,
): SharedProgram<Local> {
  return {
    objects: { contest: contest.object, ...oneEach('proposed', processes, empty) },
    start: (_, input) => ({ at: announces ? 'announce' : 'enter', input }),
    next(local, self) {
      switch (local.at) {
        case 'announce':
          return { object: `proposed[${self}]`, operation: ['write', local.input] }
        case 'enter':
          return { object: 'contest', operation: contest.enter(self) }
        case 'look':
          return { object: `proposed[${local.other}]`, operation: ['read'] }
        case 'done':
          return { decide: local.value }
      }
    },
    after(local, response, self) {
      const others = (from: number): number => (from === self ? from + 1 : from)
      switch (local.at) {
        case 'announce':
          return { at: 'enter', input: local.input }
        case 'enter':
          return contest.won(response)
            ? { at: 'done', value: local.input }
            : { at: 'look', other: others(0) }
        case 'look': {
          const next = others(local.other + 1)
          // The last one is believed to be the winner, whatever it proposed.
          return response === null && next < processes
            ? { at: 'look', other: next }
            : { at: 'done', value: response }
        }
        case 'done':
          return local
      }
    },
  }
}
