import type { AnyLayout, Variables } from '../../state/index.ts'
import { isAtom, isDirect, isListed } from '../../state/layout.ts'
import type { Universes } from '../../state/universes.ts'
import { bitsEachOf, roomOf, slotsOf, tableOf } from '../../state/plan.ts'
import type { Universe } from '../../state/universe.ts'
import type { Identities } from './identities.ts'
import { codePermuter } from './permute-codes.ts'
import { valuePermuter } from './permute-values.ts'

/** Writes the slots of a state with its identities exchanged over the slots of another. */
export type SlotsPermuter = (from: Int32Array, to: Int32Array) => void

/** Moves one layout from slots at one place to slots at another, which are 0. */
type Move = (from: Int32Array, at: number, to: Int32Array, into: number) => void

export function slotsPermuter(
  variables: Variables,
  universes: Universes,
  identities: Identities,
): SlotsPermuter {
  const moves: { readonly move: Move; readonly base: number }[] = []
  let base = 0
  for (const layout of Object.values(variables)) {
    moves.push({ move: moveOf(layout, universes, identities), base })
    base += slotsOf(layout, universes).length
  }
  return (from, to) => {
    to.fill(0)
    for (const { move, base } of moves) move(from, base, to, base)
  }
}

function moveOf(layout: AnyLayout, universes: Universes, identities: Identities): Move {
  const shape = layout.shape
  if (isAtom(layout)) return atomMove(atomPermuter(layout, universes, identities))
  switch (shape.kind) {
    case 'record': {
      const fields = Object.values(shape.fields)
      const moves = fields.map((field) => moveOf(field, universes, identities))
      const steps = fields.map((field) => slotsOf(field, universes).length)
      return (from, at, to, into) => {
        for (let field = 0, done = 0; field < moves.length; done += steps[field++]!)
          moves[field]!(from, at + done, to, into + done)
      }
    }
    case 'seqOf': {
      // Each item is in one slot, whatever it is.
      const item = atomMove(atomPermuter(shape.of, universes, identities))
      return (from, at, to, into) => {
        const length = (to[into] = from[at]!)
        for (let position = 1; position <= length; position++)
          item(from, at + position, to, into + position)
      }
    }
    case 'mapOf':
      return isListed(shape.keys)
        ? listedMove(shape.keys, shape.of, universes, identities)
        : tableMove(
            layout,
            shape.keys,
            atomPermuter(shape.of, universes, identities),
            universes,
            identities,
          )
    case 'setOf':
    case 'bagOf':
      return tableMove(layout, shape.of, undefined, universes, identities)
    default:
      throw new TypeError(`${shape.kind} has no slots`)
  }
}

function atomMove(permuter: ((code: number) => number) | undefined): Move {
  if (permuter === undefined) {
    return (from, at, to, into) => {
      to[into] = from[at]!
    }
  }
  return (from, at, to, into) => {
    to[into] = permuter(from[at]!)
  }
}

/** How the code that is kept for an atom changes. `undefined` where it stays. */
export function atomPermuter(
  layout: AnyLayout,
  universes: Universes,
  identities: Identities,
): ((code: number) => number) | undefined {
  if (isDirect(layout)) return codePermuter(layout, identities)
  const permuter = valuePermuter(layout, identities)
  return permuter && universePermuter(universes.of(layout), permuter)
}

function universePermuter(
  universe: Universe,
  permuter: (value: unknown) => unknown,
): (id: number) => number {
  return (id) => (id < universe.count ? universe.idOf(permuter(universe.valueOf(id))) : id)
}

function listedMove(
  keys: AnyLayout,
  of: AnyLayout,
  universes: Universes,
  identities: Identities,
): Move {
  const key = codePermuter(keys, identities) ?? ((code: number) => code)
  const move = moveOf(of, universes, identities)
  const step = slotsOf(of, universes).length
  const count = keys.size
  return (from, at, to, into) => {
    for (let one = 0; one < count; one++) move(from, at + one * step, to, into + key(one) * step)
  }
}

function tableMove(
  layout: AnyLayout,
  members: AnyLayout,
  value: ((code: number) => number) | undefined,
  universes: Universes,
  identities: Identities,
): Move {
  const { bitsEach, eachSlot } = tableOf(members, bitsEachOf(layout, universes), universes)
  const mask = bitsEach === 32 ? -1 : 2 ** bitsEach - 1
  const member = memberPermuter(members, universes, identities)
  const room = roomOf(members, universes)
  return (from, at, to, into) => {
    for (let slot = 0, first = 0; first < room; slot++, first += eachSlot) {
      let rest = from[at + slot]!
      for (let one = first; rest !== 0; one++, rest = bitsEach === 32 ? 0 : rest >>> bitsEach) {
        const code = rest & mask
        if (code === 0) continue
        const moved = member === undefined ? one : member(one)
        const kept = value === undefined ? code : value(code)
        to[into + Math.floor(moved / eachSlot)]! |= kept << ((moved % eachSlot) * bitsEach)
      }
    }
  }
}

/** How the place of a member in a table changes. `undefined` where it stays. */
function memberPermuter(
  members: AnyLayout,
  universes: Universes,
  identities: Identities,
): ((id: number) => number) | undefined {
  if (isListed(members)) return codePermuter(members, identities)
  const permuter = valuePermuter(members, identities)
  return permuter && universePermuter(universes.of(members), permuter)
}
