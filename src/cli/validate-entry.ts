import type { TraceCheck } from '../../suites/entry.ts'
import { askedSubject } from '../../suites/subject.ts'
import { mappingNamed } from '../../suites/traces.ts'
import type { Budget } from '../core/budget.ts'
import type { RunRow } from '../core/results.ts'
import type { Validation } from '../explore/validate/index.ts'
import { validate } from '../explore/validate/index.ts'
import { simulate } from '../simulate/index.ts'
import type { EntryFinding } from './run-entry.ts'

/** Simulates a run of a protocol and holds its trace against the spec. */
export async function validateEntry(
  { name, protocol, mutant, seed, mapping, expected, because }: TraceCheck,
  { seconds }: Budget,
): Promise<EntryFinding> {
  const subject = await askedSubject({
    text: protocol,
    ...(mutant === undefined ? {} : { mutant }),
  })
  const { header, trace } = simulate({ ...subject.simulation(seed), trace: true })
  const found = validate(
    await mappingNamed(mapping),
    { header, steps: () => trace },
    seconds === undefined ? {} : { budget: { seconds } },
  )
  const row: RunRow = {
    name,
    outcome: found.outcome,
    expected,
    sentence: sentenceOf(found),
    engine: found.spec,
    counts: { steps: found.matched },
    seconds: Number(found.seconds.toFixed(6)),
  }
  return { row, evidence: { protocol, mutant, seed, because, ...found } }
}

function sentenceOf({ outcome, matched, misfit, bound }: Validation): string {
  if (outcome === 'pass') return `all ${matched} steps are explained`
  if (misfit === undefined) return bound?.covered ?? 'a bound was hit'
  const { step, nearest } = misfit
  const action = nearest.action === undefined ? '' : ` as ${nearest.action}`
  return `step ${step.step} is not explained${action}: ${nearest.because}`
}
