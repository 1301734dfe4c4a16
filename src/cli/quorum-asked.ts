import { UserError } from '../core/user-error.ts'
import type { Circumstances } from '../quorum/compare/measure.ts'
import { workloadOf } from '../quorum/load/workload.ts'
import { parseSystem } from '../quorum/parse-system.ts'
import { Rational } from '../quorum/rational.ts'
import type { QuorumSystem } from '../quorum/system.ts'
import type { CompareFlags } from './quorum-flags.ts'
import { withNodesFile } from './quorum-nodes.ts'

/** The system that a text and a file of nodes describe. @throws UserError */
export async function askedSystem(
  text: string,
  { nodes, zone }: Pick<CompareFlags, 'nodes' | 'zone'>,
): Promise<QuorumSystem> {
  const system = parseSystem(text)
  const found = nodes === undefined ? system : await withNodesFile(system, nodes)
  checkZones(found, zone)
  return found
}

/** A zone that no node is in would silently change nothing. */
export function checkZones({ nodes, name }: QuorumSystem, zones: CompareFlags['zone']): void {
  if (zones === undefined) return
  const known = new Set(nodes.flatMap(({ zone }) => (zone === undefined ? [] : [zone])))
  for (const zone of Object.keys(zones)) {
    if (known.has(zone)) continue
    const some = [...known].slice(0, 8).join(', ')
    throw new UserError(`no node of ${name} is in zone '${zone}'`, {
      where: '--zone',
      hint: known.size === 0 ? 'give nodes their zone: --nodes FILE.json' : `its zones are ${some}`,
    })
  }
}

/** What the flags say of the circumstances; what they leave out has its default. */
export function circumstancesOf({
  p,
  readFraction,
  zone,
  time,
}: Pick<CompareFlags, 'p' | 'readFraction' | 'zone' | 'time'>): Circumstances {
  return {
    ...(p === undefined ? {} : { down: p }),
    ...(readFraction === undefined ? {} : { readFraction }),
    ...(zone === undefined ? {} : { zones: zone }),
    budget: { seconds: time },
  }
}

/** `p = 0.1, 80 % reads`: what all numbers depend on, in words. */
export function circumstancesText({ down = '1/10', readFraction = '1/2' }: Circumstances): string {
  const reads = workloadOf(readFraction).map(({ fraction, weight }) =>
    weight.equals(Rational.one)
      ? String(fraction)
      : `${String(fraction)} (${String(weight)} of the time)`,
  )
  return `p = ${String(down)} that a node is down, read fraction ${reads.join(', ')}`
}
