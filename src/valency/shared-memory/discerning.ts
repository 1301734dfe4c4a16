/**
 * The consensus numbers of readable deterministic types, by Ruppert's criterion (2000, Determining
 * consensus numbers, SIAM J. Comput. 30). A type is n-discerning if there are a state q, a division
 * of n processes into two teams that are not empty, and an operation for each process, such that
 * every process can find out which team began: whatever sequence of different processes applies
 * its operations to q, the response of a process together with the final state never comes about
 * both after sequences that one team begins and after sequences that the other team begins. For
 * n >= 2 such a type solves wait-free consensus for n processes, together with registers, exactly
 * if it is n-discerning.
 *
 * A pair of response and final state that comes about after the processes i and k have begun puts i
 * and k into one team. So there are teams exactly if these pairs do not tie all processes together,
 * and no division needs to be tried.
 */
import { Meter } from '../../core/budget.ts'
import type { Budget } from '../../core/budget.ts'
import type { BoundHit } from '../../core/verdict.ts'
import { Components } from './components.ts'
import type { TypeTable } from './type-table.ts'

/** How a type tells the teams apart; numbers are those of the table. */
export interface DiscerningWitness {
  readonly state: number
  /** Of each process. */
  readonly operations: readonly number[]
  /** Of each process: 0 or 1. */
  readonly teams: readonly number[]
}

export type Discerning =
  | { readonly outcome: 'yes'; readonly witness: DiscerningWitness }
  /** `cases`: how many states with operations for all processes were tried. */
  | { readonly outcome: 'no'; readonly cases: number }
  | { readonly outcome: 'unknown'; readonly bound: BoundHit }

/** Sequences of more different processes are too many. */
export const MOST_PROCESSES = 7

/** Whether a readable deterministic type is n-discerning for this many processes. */
export function discerning(table: TypeTable, processes: number, budget: Budget = {}): Discerning {
  if (processes < 2 || processes > MOST_PROCESSES)
    throw new RangeError(`from 2 to ${MOST_PROCESSES} processes, not ${processes}`)
  const meter = new Meter(budget)
  const search = new TeamSearch(table, processes)
  let cases = 0
  let reachedEnd = false
  for (let state = 0; state < table.states.length; state++) {
    // Processes differ in nothing but their operations: only ascending choices are tried.
    const chosen = new Int32Array(processes)
    do {
      cases++
      if (!meter.step(search.costs)) {
        const covered = `${cases} choices of a state and operations for ${processes} processes`
        return { outcome: 'unknown', bound: meter.hit(covered) }
      }
      const teams = search.teams(state, chosen)
      if (teams === 'left the table') reachedEnd = true
      else if (teams !== undefined)
        return { outcome: 'yes', witness: { state, operations: [...chosen], teams } }
    } while (nextChoice(chosen, table.operations.length))
  }
  if (!table.complete || reachedEnd) {
    const covered = `no teams in ${cases} choices, among the first ${table.states.length} states`
    return { outcome: 'unknown', bound: { bound: 'method', limit: 0, covered } }
  }
  return { outcome: 'no', cases }
}

/** The next one of the ascending sequences of numbers below `below`; false after the last. */
function nextChoice(chosen: Int32Array, below: number): boolean {
  let at = chosen.length - 1
  while (at >= 0 && chosen[at] === below - 1) at--
  if (at < 0) return false
  chosen.fill(chosen[at]! + 1, at)
  return true
}

/** Applies all sequences of different processes to a state. */
class TeamSearch {
  /** A measure of what one choice costs: how many sequences there are. */
  readonly costs: number
  readonly #table: TypeTable
  readonly #processes: number
  readonly #ties: Components
  /** Of each process, response and state: the first process of a sequence that led there. */
  readonly #begunBy: Int32Array
  /** What is older than this in `begunBy` is of another choice. */
  #stamp = 0
  #untied = 0
  // A stack of the processes in the sequence, and of what each was told and left behind.
  readonly #order: Int32Array
  readonly #told: Int32Array
  readonly #states: Int32Array

  constructor(table: TypeTable, processes: number) {
    this.#table = table
    this.#processes = processes
    this.#ties = new Components(processes)
    const pairs = table.responses.length * table.states.length
    this.#begunBy = new Int32Array(processes * pairs)
    this.#order = new Int32Array(processes)
    this.#told = new Int32Array(processes)
    this.#states = new Int32Array(processes + 1)
    let sequences = 0
    for (let length = 1, count = 1; length <= processes; length++) {
      count *= processes - length + 1
      sequences += count
    }
    this.costs = sequences
  }

  /** Two teams, if there are any for these operations. */
  teams(state: number, chosen: Int32Array): readonly number[] | undefined | 'left the table' {
    this.#ties.clear()
    this.#untied = this.#processes
    this.#stamp += this.#processes
    if (this.#stamp > 2 ** 31 - 1 - this.#processes) {
      this.#begunBy.fill(0)
      this.#stamp = this.#processes
    }
    this.#states[0] = state
    const whole = this.#walk(chosen)
    if (this.#untied === 1) return undefined
    if (!whole) return 'left the table'
    const first = this.#ties.find(0)
    return Array.from({ length: this.#processes }, (_, process) =>
      this.#ties.find(process) === first ? 0 : 1,
    )
  }

  /**
   * All sequences, each as the continuation of a shorter one, until all processes are tied. False
   * if one of them led out of the table.
   */
  #walk(chosen: Int32Array): boolean {
    const { next, response, operations } = this.#table
    let whole = true
    let used = 0
    let depth = 0
    let process = 0
    while (this.#untied > 1) {
      while (process < this.#processes && (used >> process) & 1) process++
      if (process < this.#processes) {
        const at = this.#states[depth]! * operations.length + chosen[process]!
        if (next[at]! < 0) {
          whole = false
          process++
          continue
        }
        this.#order[depth] = process
        this.#told[depth] = response[at]!
        used |= 1 << process
        depth++
        this.#states[depth] = next[at]!
        this.#record(depth)
        process = 0
      } else {
        if (depth === 0) return whole
        depth--
        process = this.#order[depth]!
        used &= ~(1 << process)
        process++
      }
    }
    return whole
  }

  /** Everybody in the sequence knows what it was told, and can read the state at the end. */
  #record(length: number): void {
    const { responses, states } = this.#table
    const first = this.#order[0]!
    for (let at = 0; at < length; at++) {
      const known = this.#order[at]! * responses.length + this.#told[at]!
      const pair = known * states.length + this.#states[length]!
      const begun = this.#begunBy[pair]! - this.#stamp
      if (begun < 0) this.#begunBy[pair] = this.#stamp + first
      else if (begun !== first && this.#ties.join(begun, first)) this.#untied--
    }
  }
}

/** What the criterion says about numbers of processes from 2 on. */
export interface ConsensusNumber {
  /** n-discerning for all numbers from 2 up to this; 1 if not even for 2. */
  readonly atLeast: number
  /** Known where the type is not discerning for one more. */
  readonly exact: boolean
  readonly answers: readonly { readonly processes: number; readonly answer: Discerning }[]
}

/** Asks for 2 processes, 3, ... up to `most`, as long as the answer is yes. */
export function consensusNumber(
  table: TypeTable,
  most: number,
  budget: Budget = {},
): ConsensusNumber {
  const meter = new Meter(budget)
  const answers: ConsensusNumber['answers'][number][] = []
  let atLeast = 1
  for (let processes = 2; processes <= most; processes++) {
    const answer = discerning(table, processes, meter.rest)
    answers.push({ processes, answer })
    if (answer.outcome !== 'yes') return { atLeast, exact: answer.outcome === 'no', answers }
    atLeast = processes
  }
  return { atLeast, exact: false, answers }
}
