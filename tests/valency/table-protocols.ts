import { analyse } from '../../src/valency/analysis.ts'
import { Graph } from '../../src/valency/graph.ts'
import type { Process } from '../../src/valency/process.ts'
import { Successors } from '../../src/valency/successors.ts'

/**
 * What one of two processes does with one input: what it decides when it hears 0 or 1, and when it
 * has told its input and there is nothing to hear; `null` decides nothing then.
 */
export interface Row {
  readonly heard: readonly [number, number]
  readonly silence: number | null
}

interface Local {
  readonly row: Row
  readonly input: number
  readonly told: boolean
  readonly decided: number | null
}

const VALUES = [0, 1]

export const rows: readonly Row[] = VALUES.flatMap((zero) =>
  VALUES.flatMap((one) => [0, 1, null].map((silence): Row => ({ heard: [zero, one], silence }))),
)

/** Both send their input in the first step. Inputs are given as `2 * row + input`. */
const tables: Process<Local, number> = {
  start: (_, given) => ({
    row: rows[given >> 1]!,
    input: given & 1,
    told: false,
    decided: null,
  }),
  step(local, message, self) {
    const sends = local.told ? [] : [[1 - self, local.input] as const]
    const silence = local.told ? local.row.silence : null
    const now = message === undefined ? silence : local.row.heard[message]!
    return { local: { ...local, told: true, decided: local.decided ?? now }, sends }
  },
  decided: ({ decided }) => decided ?? undefined,
}

/** Which of the three fail for two rows and two inputs. */
export interface Failures {
  readonly agreement: boolean
  readonly validity: boolean
  readonly blocks: boolean
  readonly lasso: boolean
}

/** The engine's verdicts for all pairs of rows: `verdicts[input][other input][row][other row]`. */
export function rowVerdicts(): readonly (readonly (readonly (readonly Failures[])[])[])[] {
  const successors = new Successors('tables', tables, 2)
  const rules = { coins: 'adversary', helps: [undefined], agree: 1, lemmas: 0 } as const
  const verdict = (input: number, other: number, row: number, otherRow: number): Failures => {
    const graph = new Graph(successors, [2 * row + input, 2 * otherRow + other])
    const { disagreement, blocks, run } = analyse(graph, rules)
    let decided = 0
    for (let at = 0; at < graph.count; at++) decided |= graph.decided.data[at]!
    const { elements } = successors
    const values = VALUES.filter((value) => {
      const id = elements.valueId(value)
      return ((decided >> id) & 1) === 1
    })
    return {
      agreement: disagreement >= 0,
      validity: values.some((value) => value !== input && value !== other),
      blocks: blocks > 0,
      lasso: run !== undefined,
    }
  }
  const each = [...rows.keys()]
  return VALUES.map((input) =>
    VALUES.map((other) =>
      each.map((row) => each.map((otherRow) => verdict(input, other, row, otherRow))),
    ),
  )
}
