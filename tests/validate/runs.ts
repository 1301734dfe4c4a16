import type { Program } from '../../src/node/index.ts'
import { simulate } from '../../src/simulate/index.ts'
import type { Validation } from '../../src/explore/validate/index.ts'
import { validate } from '../../src/explore/validate/index.ts'
import type { Mapping, TraceSource, ValidateOptions } from '../../src/explore/validate/index.ts'
import { askedSubject } from '../../suites/subject.ts'
import type { GivenSubject } from '../../suites/subject.ts'

export type { Program }

/** The trace of a simulated run. */
export async function traceOf(given: GivenSubject, seed: number): Promise<TraceSource> {
  const subject = await askedSubject(given)
  const run = simulate({ ...subject.simulation(seed), trace: true })
  return { header: run.header, steps: () => run.trace }
}

export async function validated(
  mapping: Mapping,
  given: GivenSubject,
  seed: number,
  options: ValidateOptions = {},
): Promise<Validation> {
  return validate(mapping, await traceOf(given, seed), options)
}
