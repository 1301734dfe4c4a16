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
