import { Meter } from '../../core/budget.ts'
import { choose } from '../expression.ts'
import type { Expression } from '../expression.ts'
import { ExactProgram } from './exact-program.ts'
import type { ExactOptimum, ListedQuorum } from './exact-program.ts'
import type { Question } from './question.ts'
import { CLOSE, isBetter, winsTie } from './rank.ts'
import type { Ranked } from './rank.ts'
import { partPairs, ReadOnceTrees } from './read-once-trees.ts'
import type { Tree } from './read-once-trees.ts'
import { ListedSide } from './side.ts'
import { slowest } from './slowest.ts'
import type { Side } from './side.ts'
import { SideBounds } from './side-bounds.ts'
import { StrategyProgram } from './strategy-program.ts'
import { survivingQuorums } from './surviving-quorums.ts'
import { treeFailure } from './tree-failure.ts'
import { FlatTreeOfKinds, treeQuorums, TreeSide } from './tree-side.ts'

/** A tree found, with the nodes its leaves stand for. */
export interface FoundTree extends Ranked {
  readonly reads: (nodes: readonly Expression[]) => Expression
}

/** Takes trees that are best in some way of several, instead of the one that is best in one. */
export interface Collector {
  /** A tree with this probability of failure is of use only if its value is less than this. */
  ceiling(tree: Tree, failure: number): number
  add(tree: Tree, found: FoundTree): void
}

/** With more quorums than this on a side, doubles have to do. */
const MOST_QUORUMS = 300

/** More pairs of parts than this are not gone over: then nodes that differ are taken for alike. */
const MOST_PART_PAIRS = 3_000_000

/** Of the time that is left, for each number of kinds that is not the true one. */
const PART_FOR_A_GUESS = 0.2

/** Where failures have to be outlived, tables of all sets are made. */
export const MOST_FOR_FAILURES = 12

/**
 * The best read-once expression: threshold gates in which each node stands at most once. Simple
 * ones come first. Nodes that differ are at first taken for alike with their neighbours by
 * capacity, in few kinds and then more; when the kinds are the true ones, the search is complete.
 */
export class ReadOnceSearch {
  best: FoundTree | undefined
  looked = 0
  solved = 0
  readonly #question: Question
  readonly #collector: Collector | undefined
  readonly #bounds = new SideBounds()
  readonly #program: StrategyProgram
  readonly #exact: ExactProgram
  readonly #down: Float64Array
  readonly #ceilings: { readonly failure: number }

  constructor(question: Question, collector?: Collector) {
    this.#question = question
    this.#collector = collector
    this.#program = new StrategyProgram(question)
    this.#exact = new ExactProgram(question, this.#program.shape)
    this.#down = Float64Array.from(question.down, (down) => down.toNumber())
    this.#ceilings = { failure: question.limits.failure?.toNumber() ?? Infinity }
  }

  /** True if all expressions were looked at. */
  search(meter: Meter, progress: () => void = () => undefined): boolean {
    const kinds = trueKinds(this.#question)
    for (let few = 1; few < kinds.length; few++) {
      const merged = mergedKinds(kinds.flat(), few)
      if (partPairs(merged.map(({ length }) => length)) > MOST_PART_PAIRS) return false
      // Each guess gets a part of what is left.
      const { seconds = Infinity, ...rest } = meter.rest
      this.#searchKinds(merged, new Meter({ ...rest, seconds: seconds * PART_FOR_A_GUESS }))
      progress()
      if (!meter.look()) return false
    }
    if (partPairs(kinds.map(({ length }) => length)) > MOST_PART_PAIRS) return false
    this.looked = 0
    return this.#searchKinds(kinds, meter)
  }

  #searchKinds(kinds: readonly (readonly number[])[], meter: Meter): boolean {
    const candidate = new TreeCandidate(this.#question, kinds)
    const counts = kinds.map(({ length }) => length)
    const trees = new ReadOnceTrees(counts, meter, (tree) => {
      const before = this.solved
      this.#look(tree, candidate)
      // A program takes longer than many steps.
      if (this.solved > before) meter.look()
    })
    // k of all nodes: so there is an answer however soon the budget runs out.
    for (const tree of trees.thresholds()) this.#look(tree, candidate)
    return trees.search()
  }

  #look(tree: Tree, candidate: TreeCandidate): void {
    const { resilience, objective, failures } = this.#question
    this.looked++
    const { smallest, smallestDual } = tree
    if (smallest <= resilience.write || smallestDual <= resilience.read) return
    candidate.fill(tree)
    if (this.#collector !== undefined) {
      this.#collect(tree, candidate, this.#collector)
      return
    }
    const byFailure = objective === 'failure'
    const ceiling = this.best === undefined ? Infinity : this.best.value * (1 + CLOSE)
    let failure = -1
    if (byFailure || this.#ceilings.failure < Infinity) {
      failure = treeFailure(candidate.flat, this.#down)
      if (failure > this.#ceilings.failure || (byFailure && failure > ceiling)) return
    }
    // Quorums that outlive failures are quorums, so what holds for these holds for them.
    const { reads, writes } = candidate
    if (this.#bounds.exclude(reads, writes, byFailure ? Infinity : ceiling)) return
    if (failure < 0) failure = treeFailure(candidate.flat, this.#down)
    const lost =
      this.best !== undefined && !winsTie(Math.min(smallest, smallestDual) - 1, failure, this.best)
    if (lost && (byFailure || this.#bounds.reach(reads, writes))) return
    if (failures > 0 && !candidate.outlive(failures)) return
    this.#weigh(tree, candidate, failure)
  }

  #collect(tree: Tree, candidate: TreeCandidate, collector: Collector): void {
    const failure = treeFailure(candidate.flat, this.#down)
    const ceiling = collector.ceiling(tree, failure)
    if (this.#bounds.exclude(candidate.reads, candidate.writes, ceiling)) return
    const found = this.#weighed(tree, candidate, failure, ceiling)
    if (found !== undefined && found.value < ceiling) collector.add(tree, found)
  }

  #weigh(tree: Tree, candidate: TreeCandidate, failure: number): void {
    const { failures, objective } = this.#question
    const ceiling = this.best === undefined ? Infinity : this.best.value * (1 + CLOSE)
    const found = this.#weighed(tree, candidate, failure, ceiling)
    if (found === undefined) return
    if (this.best === undefined || isBetter(found, this.best)) {
      this.best = found
      const value = objective === 'failure' ? undefined : found.exact()
      if (value !== undefined) this.#bounds.aim(value)
    }
    const proof = found.proof()
    if (proof !== undefined && failures === 0) this.#bounds.addExact(proof)
  }

  #weighed(tree: Tree, candidate: TreeCandidate, failure: number, ceiling: number) {
    this.solved++
    const byFailure = this.#question.objective === 'failure'
    const program = this.#program
    const solved = program.solve(candidate.usableReads, candidate.usableWrites)
    const basis = [...program.basis]
    let exact: ExactOptimum | undefined
    const listed = candidate.lists()
    const exactly = (): ExactOptimum | undefined =>
      listed && (exact ??= this.#exact.solve(listed.reads, listed.writes, basis))
    const value = solved === 'unsolved' ? exactly()?.value.toNumber() : solved
    if (solved !== 'unsolved') this.#learn(solved, ceiling)
    if (value === undefined || value === 'infeasible') return undefined
    const nodes = candidate.nodesInOrder()
    return {
      value: byFailure ? failure : value,
      exact: () => (byFailure ? undefined : exactly()?.value),
      resilience: Math.min(tree.smallest, tree.smallestDual) - 1,
      failure,
      reads: (expressions: readonly Expression[]) =>
        expressionOf(tree, nodes.map((i) => expressions[i]!).values()),
      /** The exact prices, if they have been asked for. */
      proof: () => exact,
    }
  }

  /** Prices that would have excluded this candidate are kept for those like it. */
  #learn(solved: number | 'infeasible', ceiling: number): void {
    const { objective, failures, limits } = this.#question
    const worse =
      solved === 'infeasible' ||
      (objective !== 'failure' && (ceiling === Infinity || solved >= ceiling))
    // A quorum with spare members may answer sooner than its members' latencies say.
    const told = failures === 0 || (objective !== 'latency' && limits.latency === undefined)
    if (!worse || !told) return
    const { readPrices, writePrices, constant } = this.#program
    this.#bounds.add(readPrices, writePrices, constant, solved === 'infeasible')
  }
}

/** A tree with its nodes, and its quorums on both sides. */
class TreeCandidate {
  readonly flat: FlatTreeOfKinds
  readonly reads: TreeSide
  readonly writes: TreeSide
  usableReads: Side
  usableWrites: Side
  readonly #question: Question
  readonly #listedReads: ListedSide | undefined
  readonly #listedWrites: ListedSide | undefined
  #lists: { reads: readonly ListedQuorum[]; writes: readonly ListedQuorum[] } | undefined

  constructor(question: Question, kinds: readonly (readonly number[])[]) {
    const latencies = question.nodes.map(({ latency }) => latency.toNumber())
    this.#question = question
    this.flat = new FlatTreeOfKinds(kinds)
    this.reads = this.usableReads = new TreeSide(this.flat, false, latencies)
    this.writes = this.usableWrites = new TreeSide(this.flat, true, latencies)
    if (question.failures > 0) {
      this.#listedReads = new ListedSide(question.size)
      this.#listedWrites = new ListedSide(question.size)
    }
  }

  fill(tree: Tree): void {
    this.flat.fill(tree)
    this.#lists = undefined
  }

  /** Restricts both sides to quorums that outlive the failures; false if there are none. */
  outlive(failures: number): boolean {
    const reads = survivingQuorums(this.flat, false, failures, this.#question)
    const writes = survivingQuorums(this.flat, true, failures, this.#question)
    if (reads.length === 0 || writes.length === 0) return false
    this.#lists = { reads, writes }
    this.#listedReads!.list(reads)
    this.#listedWrites!.list(writes)
    this.usableReads = this.#listedReads!
    this.usableWrites = this.#listedWrites!
    return true
  }

  /** The quorums one by one, unless there are too many. */
  lists(): { reads: readonly ListedQuorum[]; writes: readonly ListedQuorum[] } | undefined {
    if (this.#lists !== undefined) return this.#lists
    const list = (dual: boolean): readonly ListedQuorum[] | undefined =>
      treeQuorums(this.flat, dual, MOST_QUORUMS)?.map((set) => ({
        set,
        latency: slowest(set, this.#question),
      }))
    const [reads, writes] = [list(false), list(true)]
    return reads && writes && { reads, writes }
  }

  nodesInOrder(): readonly number[] {
    return [...this.flat.node.subarray(0, this.flat.vertices)].filter((i) => i >= 0)
  }
}

function expressionOf(tree: Tree, leaves: Iterator<Expression>): Expression {
  if (tree.need === 0) return leaves.next().value as Expression
  return choose(
    tree.need,
    tree.inputs.map((input) => expressionOf(input, leaves)),
  )
}

/** The nodes of each kind, kinds in ascending order of capacity. */
function trueKinds({ kinds, nodes }: Question): readonly (readonly number[])[] {
  const groups = [...new Set(kinds)].map((kind) =>
    kinds.flatMap((other, i) => (other === kind ? [i] : [])),
  )
  const capacity = (group: readonly number[]): number => {
    const { readCapacity, writeCapacity } = nodes[group[0]!]!
    return readCapacity.plus(writeCapacity).toNumber()
  }
  return groups.sort((a, b) => capacity(a) - capacity(b))
}

function mergedKinds(nodes: readonly number[], kinds: number): readonly (readonly number[])[] {
  return Array.from({ length: kinds }, (_, kind) =>
    nodes.slice(
      Math.round((kind * nodes.length) / kinds),
      Math.round(((kind + 1) * nodes.length) / kinds),
    ),
  )
}
