import { UserError } from '../../core/user-error.ts'
import type { AnyLayout, Variables } from '../../state/index.ts'
import type { AnyModel, Processes } from '../model.ts'
import type { OpenStep } from '../model-steps.ts'
import type { Part } from './uses.ts'
import { FULL, HEAD, LENGTH, PUSH, SHIFT, WRITES } from './uses.ts'

/** Whose a part of the state is. */
export type Owner =
  | { readonly of: 'one'; readonly process: number }
  | { readonly of: 'link'; readonly from: number; readonly to: number }
  | { readonly of: 'all' }

const ALL: Owner = { of: 'all' }

export function processesOf(name: string, model: AnyModel): Processes<Variables> {
  const declared = model.processes as Processes<Variables> | undefined
  if (declared === undefined)
    throw new UserError('declares no processes', {
      where: name,
      hint: 'say whose steps are whose: processes: { kind: Node, links: { ... } }',
    })
  return declared
}

/** The owner of each part of a state. */
export function ownersOf(
  { kind, links = {}, shared = [] }: Processes<Variables>,
  variables: Variables,
  parts: readonly Part[],
): readonly Owner[] {
  return parts.map(({ variable, key }): Owner => {
    const { shape } = variables[variable] as AnyLayout
    if (shape.kind !== 'mapOf' || key === undefined || shared.includes(variable)) return ALL
    const ends = (links as Readonly<Record<string, LinkEnds | undefined>>)[variable]
    if (ends !== undefined) {
      const [from, to] = ends(shape.keys.decode(key) as never)
      return from === to ? { of: 'one', process: from } : { of: 'link', from, to }
    }
    return isKind(shape.keys, kind) ? { of: 'one', process: key } : ALL
  })
}

type LinkEnds = (key: never) => readonly [from: number, to: number]

function isKind(layout: AnyLayout, kind: AnyLayout): boolean {
  const [one, other] = [layout.shape, kind.shape]
  return one.kind === 'id' && other.kind === 'id' && one.name === other.name
}

/** Refuses models with steps that are nobody's: any step could be in the way of those. */
export function refuseNobodys(
  name: string,
  steps: readonly OpenStep[],
  { kind }: Processes<Variables>,
): void {
  for (const step of steps) {
    const [first] = step.ranges
    if (first !== undefined && typeof first === 'object' && isKind(first, kind)) continue
    throw new UserError(`the steps '${step.name}' are those of no process`, {
      where: `${name}, processes`,
      hint: 'give each action a first parameter of the kind of the processes',
    })
  }
}

/** Where in a step something is used. */
export type Place = 'range' | 'guard' | 'effect'

/** How the two ends of a link may use it. */
const SENDER: Readonly<Record<Place, number>> = { range: 0, guard: FULL, effect: PUSH }
const RECEIVER: Readonly<Record<Place, number>> = {
  range: 0,
  guard: HEAD | LENGTH,
  effect: HEAD | SHIFT,
}

/** What a process did that the declaration rules out, in words, or nothing. */
export function trespass(
  process: number,
  owner: Owner,
  how: number,
  place: Place,
): string | undefined {
  if (how === 0 || owner.of === 'all') return undefined
  if (owner.of === 'one') {
    if (owner.process === process) return undefined
    return (how & WRITES) !== 0 ? 'writes' : 'reads'
  }
  if ((how & PUSH) !== 0 && owner.from !== process) return 'sends over'
  if ((how & SHIFT) !== 0 && owner.to !== process) return 'receives from'
  if (owner.from !== process && owner.to !== process) return 'looks at'
  const allowed = (owner.from === process ? SENDER : RECEIVER)[place]
  return (how & ~allowed) === 0 ? undefined : `does more than send and receive on`
}
