import type { View } from '../core/invariant.ts'
import type { NodeId, Program, Tolerates } from '../node/index.ts'
import type { Random } from '../core/random.ts'

/** What is known of a node when the faults are over. */
export interface Condition {
  readonly name: NodeId
  readonly up: boolean
  /** Its disk was wiped, or a record that was done was damaged. */
  readonly harmed: boolean
  /** What it shows of itself, if it is up. */
  readonly view?: View | undefined
}

/** Which nodes are healed, or why no nodes that could be would be enough. */
export type Core =
  { readonly core: readonly NodeId[] } | { readonly core: undefined; readonly because: string }

/**
 * Chooses nodes that are enough to serve requests, for everything else to be left as it is. A node
 * that crashed comes back only if the protocol has restarts. One whose disk was harmed may come
 * back, but the others must be enough without it. `choice`: by chance, these if they are enough,
 * or all.
 */
export function chooseCore(
  program: Pick<Program, 'enough'>,
  tolerates: Tolerates,
  conditions: readonly Condition[],
  choice: Random | readonly NodeId[] | undefined,
): Core {
  const nodes = conditions.map(({ name }) => name)
  const viewOf = (node: NodeId) => conditions.find(({ name }) => name === node)?.view
  const enough = (up: readonly NodeId[]): boolean =>
    program.enough?.(up, nodes, viewOf) ?? 2 * up.length > nodes.length
  const healed = conditions.filter(
    ({ up, harmed }) =>
      (up || tolerates.restarts === true) && (!harmed || tolerates.corruption === true),
  )
  const sound = healed.filter(({ harmed }) => !harmed).map(({ name }) => name)
  if (!enough(sound)) return { core: undefined, because: whyNot(conditions, healed, sound) }
  const all = healed.map(({ name }) => name)
  if (choice === undefined) return { core: all }
  if (!('shuffle' in choice)) {
    const wanted = all.filter((node) => choice.includes(node))
    const isEnough = enough(wanted.filter((node) => sound.includes(node)))
    return { core: isEnough ? wanted : all }
  }
  // As few as are enough, or some more: what nobody needs must not be needed.
  let needed = sound
  for (const node of choice.shuffle(sound)) {
    const without = needed.filter((other) => other !== node)
    if (enough(without)) needed = without
  }
  const rest = choice.shuffle(all.filter((node) => !needed.includes(node)))
  const more = rest.slice(0, choice.chance(1, 2) ? 0 : choice.int(0, rest.length))
  return { core: nodes.filter((node) => needed.includes(node) || more.includes(node)) }
}

function whyNot(
  conditions: readonly Condition[],
  healed: readonly Condition[],
  sound: readonly NodeId[],
): string {
  const names = (of: readonly Condition[]): string => of.map(({ name }) => name).join(', ')
  const harmed = conditions.filter((one) => one.harmed)
  const gone = conditions.filter((one) => !one.harmed && !healed.includes(one))
  return [
    gone.length === 0 ? [] : [`${names(gone)} crashed for ever`],
    harmed.length === 0 ? [] : [`the disks of ${names(harmed)} lost what was on them`],
    sound.length === 0 ? ['no node is left'] : [`${sound.join(', ')} are not enough`],
  ]
    .flat()
    .join('; ')
}
