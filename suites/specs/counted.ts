import type { Parameters } from '../../src/explore/index.ts'
import type { AnySpec, SpecEntry } from '../spec-entry.ts'

/** Distinct states, generated states, depth. */
export type Counts = readonly [distinct: number, generated: number, depth: number]

/** A spec that holds, of a size at which its counts are known. */
export function counted(
  spec: AnySpec,
  parameters: Parameters,
  [distinctStates, generatedStates, depth]: Counts,
  more: { readonly oracle?: string; readonly size?: SpecEntry['size'] } = {},
): SpecEntry {
  const expect = { outcome: 'pass', distinctStates, generatedStates, depth } as const
  return { spec, parameters, expect, size: 'small', ...more }
}

/** A planted bug, and the claim by which it must be found. */
export function found(
  spec: AnySpec,
  mutant: string,
  violated: string,
  parameters: Parameters = {},
  size: SpecEntry['size'] = 'small',
): SpecEntry {
  return { spec, parameters, mutant, expect: { outcome: 'fail', violated }, size }
}

/** A spec that holds, where steps are counted otherwise than in the literature. */
export function sized(
  spec: AnySpec,
  parameters: Parameters,
  [distinctStates, depth]: readonly [distinct: number, depth: number],
  more: Pick<SpecEntry, 'oracle' | 'symmetry'> & { readonly size?: SpecEntry['size'] } = {},
): SpecEntry {
  const expect = { outcome: 'pass', distinctStates, depth } as const
  return { spec, parameters, expect, size: 'small', ...more }
}
