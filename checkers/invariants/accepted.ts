import type { Json } from '../../src/core/json.ts'
import type { View } from '../../src/core/invariant.ts'

/** What an acceptor has accepted last in an instance of Paxos. */
export interface Acceptance {
  /** The place of the node. */
  readonly node: number
  readonly ballot: number
  readonly value: Json
}

type Shown = Omit<Acceptance, 'node'>

/**
 * What nodes show as `accepted`, by instance: one acceptance (`null`: none yet), or many by name.
 * Instances are answered as words to be put behind a ballot.
 */
export function acceptedIn(
  views: readonly (View | undefined)[],
): ReadonlyMap<string, readonly Acceptance[]> {
  const all = new Map<string, Acceptance[]>()
  const add = (instance: string, node: number, { ballot, value }: Shown): void => {
    const others = all.get(instance)
    const one = { node, ballot, value }
    if (others === undefined) all.set(instance, [one])
    else others.push(one)
  }
  for (const [node, view] of views.entries()) {
    const shown = view?.['accepted'] as Shown | Readonly<Record<string, Shown>> | null | undefined
    if (shown === null || shown === undefined) continue
    if (typeof shown.ballot === 'number') add('', node, shown as Shown)
    else
      for (const [name, one] of Object.entries(shown))
        add(` of instance ${name}`, node, one as Shown)
  }
  return all
}

export function valueText({ value }: Shown): string {
  return JSON.stringify(value)
}
