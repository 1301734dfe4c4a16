import { judge } from '../../checkers/judge.ts'
import { modelNamed } from '../../checkers/models/index.ts'
import { timeline } from '../../src/history/timeline.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'

interface Drawn {
  /** As in `timeline`: a line a client, an operation in brackets. */
  readonly history: string
  readonly condition: string
  /** Absent: inferred. */
  readonly model?: string
}

/** Asks whether a small history that is drawn satisfies a condition. */
export function satisfies(what: string, drawn: Drawn): Question {
  return judged(what, drawn, 'pass')
}

/** Asks whether a small history that is drawn violates a condition. */
export function violates(what: string, drawn: Drawn): Question {
  return judged(what, drawn, 'fail')
}

function judged(what: string, { history, condition, model }: Drawn, wanted: 'pass' | 'fail') {
  const verb = wanted === 'pass' ? 'is' : 'is not'
  return question('history', `${what} ${verb} ${condition}`, async (budget) => {
    const judgement = await judge(timeline(history), {
      condition,
      ...(model === undefined ? {} : { model: modelNamed(model) }),
      budget,
    })
    const { outcome, evidence } = judgement
    const drawing = linesOf(history)
    if (outcome === 'unknown') return { outcome, sentence: evidence.sentence, shown: drawing }
    return answer(outcome === wanted, evidence.sentence, drawing)
  })
}

/** Without the indentation that all of them have. */
function linesOf(drawing: string): readonly string[] {
  const lines = drawing.split('\n').filter((line) => line.trim() !== '')
  const indentation = Math.min(...lines.map((line) => line.search(/\S/)))
  return lines.map((line) => line.slice(indentation).trimEnd())
}
