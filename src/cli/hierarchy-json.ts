import type { StoreLattice } from '../../suites/store-lattice.ts'
import type { ConsensusNumber } from '../valency/shared-memory/discerning.ts'
import type { SharedFinding } from '../valency/shared-memory/shared-consensus.ts'
import type { TypeTable } from '../valency/shared-memory/type-table.ts'
import { operationText } from '../valency/shared-memory/type-table.ts'
import type { HierarchyRow } from './hierarchy-row.ts'

/** What is printed of a protocol. */
export function sharedJson(found: SharedFinding, seconds: number): object {
  return { ...found, seconds: Number(seconds.toFixed(6)) }
}

/** What is printed of a type. */
export function rowJson(row: HierarchyRow | undefined): object {
  if (row === undefined) return {}
  const { name, known = null, because = null, most, finding, runs, atLeast, atMost, outcome } = row
  const { table, readability, number, withRead, steps } = finding
  return {
    type: name,
    outcome,
    processes: most,
    consensusNumber: { atLeast, atMost: atMost ?? null },
    known,
    because,
    states: table.states.length,
    complete: table.complete,
    deterministic: table.nondeterministic === undefined,
    readable: readability.readable,
    refused: readability.readable ? null : readability.because,
    discerning: number === undefined ? null : numberJson(number, table),
    discerningWithRead: withRead === undefined ? null : numberJson(withRead, undefined),
    steps: { pairs: steps.pairs, ...steps.counts, atMost: steps.atMost ?? null },
    protocol: runs.map(({ protocol, processes, outcome: verdict, configurations }) => {
      return { protocol, processes, outcome: verdict, configurations }
    }),
  }
}

function numberJson(
  { atLeast, exact, answers }: ConsensusNumber,
  table: TypeTable | undefined,
): object {
  return {
    atLeast,
    exact,
    answers: answers.map(({ processes, answer }) => {
      if (answer.outcome !== 'yes' || table === undefined)
        return { processes, outcome: answer.outcome }
      const { state, operations, teams } = answer.witness
      return {
        processes,
        outcome: 'yes',
        state: table.states[state],
        operations: operations.map((each) => operationText(table.operations[each] ?? [''])),
        teams,
      }
    }),
  }
}

export function latticeJson({ most, points, covers }: StoreLattice): object {
  return {
    processes: most,
    points: points.map(({ features, number: { atLeast, exact } }) => ({
      features,
      consensusNumber: { atLeast, atMost: exact ? atLeast : null },
    })),
    covers,
  }
}
