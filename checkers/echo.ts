import { sameJson } from '../src/core/json.ts'
import { anything } from '../src/core/shape.ts'
import { shown, who } from '../src/core/wording.ts'
import type { DirectCondition } from './direct-condition.ts'
import { misfit } from './direct-condition.ts'
import type { Finding } from './findings.ts'
import { verdictOf } from './findings.ts'

/** Every answer is what was said. */
export const echo: DirectCondition = {
  name: 'echo',
  summary: 'every answer is what was said',
  source: "Maelstrom's workload of this name",
  operations: {
    echo: { value: anything, result: { ...anything, text: 'the same value' } },
  },
  unfit: (history) => misfit(history, echo, ['echo'], 'ignored'),

  check(history) {
    const findings: Finding[] = []
    let answered = 0
    for (const { id, f, process, value, result } of history.operations) {
      if (f !== 'echo' || result === undefined) continue
      answered++
      if (sameJson(value, result)) continue
      const sentence = `${who(process)} said ${shown(value)} and was answered ${shown(result)}`
      findings.push({ sentence, operations: [id], culprit: id })
    }
    return verdictOf('echo', findings, `all ${answered} answers are what was said`)
  },
}
