import { sameJson } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { View } from '../../src/core/invariant.ts'

/** What an acceptor has accepted last in an instance of Paxos. */
export interface Acceptance {
  /** The place of the node. */
  readonly node: number
  readonly ballot: number
  readonly value: Json
}

/** Acceptances of an instance, and its name as words to be put behind a ballot. */
export interface Instance {
  readonly of: string
  readonly acceptances: readonly Acceptance[]
}

type Shown = Omit<Acceptance, 'node'>

/**
 * The instances in which nodes show (`accepted`) different acceptances: one (`null`: none yet), or
 * many by name. Where only one node has changed, those that it knows of.
 */
export function disputed(views: readonly (View | undefined)[], changed?: number): Instance[] {
  const shown = views.map(acceptedOf)
  const names = new Set<string>()
  for (const [node, accepted] of shown.entries()) {
    if (changed !== undefined && node !== changed) continue
    for (const name in accepted) names.add(name)
  }
  const found: Instance[] = []
  for (const name of names) {
    if (agrees(shown, name)) continue
    const acceptances = shown.flatMap((accepted, node) => {
      const one = accepted?.[name]
      return one === undefined ? [] : [{ node, ballot: one.ballot, value: one.value }]
    })
    found.push({ of: name === '' ? '' : ` of instance ${name}`, acceptances })
  }
  return found
}

/** A single acceptance is that of an instance without a name. */
function acceptedOf(view: View | undefined): Readonly<Record<string, Shown>> | undefined {
  const accepted = view?.['accepted'] as Shown | Readonly<Record<string, Shown>> | null | undefined
  if (accepted === null || accepted === undefined) return undefined
  return typeof accepted.ballot === 'number' ? { '': accepted as Shown } : (accepted as ByName)
}

type ByName = Readonly<Record<string, Shown>>

/** Nearly always nobody has accepted anything else, and nothing can be wrong. */
function agrees(shown: readonly (ByName | undefined)[], name: string): boolean {
  let first: Shown | undefined
  for (const accepted of shown) {
    const one = accepted?.[name]
    if (one === undefined) continue
    first ??= one
    if (one.ballot !== first.ballot || !sameJson(one.value, first.value)) return false
  }
  return true
}

export function valueText({ value }: Shown): string {
  return JSON.stringify(value)
}
