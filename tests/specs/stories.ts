import type { ExploreOptions, Violation } from '../../src/explore/index.ts'
import { explore } from '../../src/explore/index.ts'
import type { AnySpec } from '../../suites/specs.ts'

/** The first violation of a spec with a planted bug. */
export async function violationOf(
  spec: AnySpec,
  parameters: Readonly<Record<string, number | string | boolean>> = {},
  mutant?: string,
  options: ExploreOptions = {},
): Promise<Violation> {
  const { violations } = await explore(spec.make(parameters, mutant), options)
  const [first] = violations
  if (first === undefined) throw new Error(`${spec.name}: nothing was found`)
  return first
}

/** The steps of its trace, as `receive 0 2`; initial states are left out. */
export function stepsOf({ trace }: Violation): readonly string[] {
  return trace
    .filter(({ action }) => action !== undefined)
    .map(({ action, parameters }) => [action, ...parameters.map(textOf)].join(' '))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
