import { mappingFor } from '../suites/traces.ts'
import { askedSubject } from '../suites/subject.ts'
import type { TraceStep } from '../src/core/trace.ts'
import { validate } from '../src/explore/validate/index.ts'
import { simulate } from '../src/simulate/index.ts'

/**
 * Steps of traces that are validated in a second of processor time, of long runs without faults:
 * `node bench/validate.js [steps]`. Reading a file is not part of it.
 */
const wanted = Number(process.argv[2] ?? 100_000)

for (const protocol of ['two-phase-commit', 'multi-paxos', 'raft', 'zab', 'abd']) {
  const mapping = mappingFor(protocol)
  if (mapping === undefined) continue
  const subject = await askedSubject({
    text: protocol,
    faults: [],
    forMs: wanted * 4,
    operations: 1_000_000,
  })
  const { header, trace } = simulate({ ...subject.simulation(1), trace: true })
  const steps: readonly TraceStep[] = trace.slice(0, wanted)
  const before = process.cpuUsage()
  const found = validate(mapping, { header, steps: () => steps })
  const seconds = process.cpuUsage(before).user / 1e6
  const line = {
    protocol,
    outcome: found.outcome,
    steps: found.matched,
    actions: found.actions,
    stepsPerSecond: Math.round(found.matched / seconds),
    parameters: found.parameters,
    origins: found.origins,
    heapMb: Math.round(process.memoryUsage().heapUsed / 1e6),
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
