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

const VALUES = [0, 1] as const

export const rows: readonly Row[] = VALUES.flatMap((zero) =>
  VALUES.flatMap((one) => [0, 1, null].map((silence): Row => ({ heard: [zero, one], silence }))),
)

/** Both send their input in the first step. Inputs are given as `2 * row + input`. */
const tables: Process<Local, number> = {
  start(_, given) {
    const row = rows[given >> 1]
    if (row === undefined) throw new RangeError(`there is no row ${given >> 1}`)
    return { row, input: given & 1, told: false, decided: null }
  },
  step(local, message, self) {
    const sends = local.told ? [] : [[1 - self, local.input] as const]
    const silence = local.told ? local.row.silence : null
    const now = message === undefined ? silence : (local.row.heard[message] ?? null)
    return { local: { ...local, told: true, decided: local.decided ?? now }, sends }
  },
  decided: ({ decided }) => decided ?? undefined,
}

/** What is found of two processes with one choice of inputs. */
export interface TableFinding {
  readonly agreement: boolean
  readonly validity: boolean
  readonly blocks: boolean
  readonly lasso: boolean
  /** The values that can be decided, and those without steps of the one and of the other. */
  readonly values: readonly number[]
  readonly silentValues: readonly (readonly number[])[]
}

/** The engine's findings for two rows and two inputs; of three it says that they fail. */
function rowFinding(
  successors: Successors,
  [row, other]: readonly [number, number],
  [input, otherInput]: readonly [number, number],
): TableFinding {
  const rules = { coins: 'adversary', helps: [undefined], agree: 1, lemmas: 0 } as const
  const graph = new Graph(successors, [2 * row + input, 2 * other + otherInput])
  const { disagreement, blocks, run, labels, initialSilent } = analyse(graph, rules)
  const { elements } = successors
  const valuesOf = (label = 0): readonly number[] =>
    VALUES.filter((value) => ((label >> elements.valueId(value)) & 1) === 1)
  const values = valuesOf(labels[0])
  return {
    agreement: disagreement >= 0,
    validity: values.some((value) => value !== input && value !== otherInput),
    blocks: blocks > 0,
    lasso: run !== undefined,
    values,
    silentValues: initialSilent.map(valuesOf),
  }
}

/**
 * All protocols of two processes of which each has a row for input 0 and a row for input 1: what is
 * found for the inputs 00, 01, 10 and 11.
 */
export function* tableProtocols(): Generator<readonly TableFinding[]> {
  const successors = new Successors('tables', tables, 2)
  const found = new Map<number, TableFinding>()
  const finding = (row: number, other: number, a: number, b: number): TableFinding => {
    const key = ((row * rows.length + other) << 2) | (a << 1) | b
    const known = found.get(key) ?? rowFinding(successors, [row, other], [a, b])
    found.set(key, known)
    return known
  }
  const processes = rows.flatMap((_, zero) => [...rows.keys()].map((one) => [zero, one] as const))
  for (const first of processes)
    for (const second of processes)
      yield VALUES.flatMap((a) => VALUES.map((b) => finding(first[a], second[b], a, b)))
}
