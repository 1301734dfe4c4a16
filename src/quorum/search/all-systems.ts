import type { Meter } from '../../core/budget.ts'
import { Rational } from '../rational.ts'
import { ExactProgram } from './exact-program.ts'
import type { ExactOptimum } from './exact-program.ts'
import { LiveSets } from './live-sets.ts'
import { minimalSets, countsLatency, Pairs } from './pairs.ts'
import { monotoneFunctions, sizeOf } from './monotone.ts'
import type { MonotoneFunctions } from './monotone.ts'
import { PriceBounds } from './price-bounds.ts'
import type { Halves } from './price-bounds.ts'
import type { Question } from './question.ts'
import { CLOSE, isBetter, winsTie } from './rank.ts'
import type { Ranked } from './rank.ts'
import { PairMarks, renamings } from './renaming.ts'
import type { Renamings } from './renaming.ts'
import { ListedSide } from './side.ts'
import { StrategyProgram } from './strategy-program.ts'

/** A system found: its minimal read quorums in bits; its write quorums are the dual. */
export interface FoundPair extends Ranked {
  readonly reads: readonly number[]
}

/** Of the low halves of functions every so-many-th is taken, in one look after another. */
const STEPS = [997, 61, 1]

/**
 * The best of all read-write systems on at most 6 nodes. Reads are any monotone function and
 * writes its dual: whatever meets all read quorums is a write quorum of the dual, and more quorums
 * never make a system worse in anything that is asked here. Functions are looked at one by one,
 * but prices that proved the value of one exclude most of the others at a glance, and of those
 * that are the same up to renaming of alike nodes one is enough.
 */
export class AllSystems {
  best: FoundPair | undefined
  /** Systems looked at, named apart. */
  looked = 0
  /** Systems for which a linear program was solved. */
  solved = 0
  readonly #question: Question
  readonly #coteries: boolean
  readonly #functions: MonotoneFunctions
  readonly #pairs: Pairs
  readonly #bounds: PriceBounds
  readonly #renamings: Renamings
  readonly #marks: PairMarks
  readonly #program: StrategyProgram
  readonly #exact: ExactProgram
  readonly #reads: ListedSide
  readonly #writes: ListedSide
  readonly #halves: Halves = { readLow: 0, readHigh: 0, writeLow: 0, writeHigh: 0 }
  readonly #failureLimit: number
  readonly #poolable: boolean

  /** @param coteries look only at systems with the same quorums for reads and writes */
  constructor(question: Question, coteries = false) {
    this.#question = question
    this.#coteries = coteries
    this.#functions = monotoneFunctions(question.size - 1)
    const liveSets = new LiveSets(question.down)
    this.#pairs = new Pairs(question, this.#functions, liveSets)
    this.#bounds = new PriceBounds(this.#functions)
    this.#renamings = renamings(this.#functions, question.kinds)
    this.#marks = new PairMarks(this.#functions.tables.length)
    this.#program = new StrategyProgram(question)
    this.#exact = new ExactProgram(question, this.#program.shape)
    this.#reads = new ListedSide(question.size)
    this.#writes = new ListedSide(question.size)
    const limit = question.limits.failure
    this.#failureLimit = limit === undefined ? Infinity : limit.toNumber()
    // The latency of a quorum with spare members is no property of the set alone.
    this.#poolable = question.failures === 0 || !countsLatency(question)
  }

  /** True if all systems were looked at. */
  search(meter: Meter, progress: () => void = () => undefined): boolean {
    this.#lookAtThresholds()
    // First looks at a few rows give a good system and good prices to exclude the others with.
    return STEPS.every((step) => {
      this.looked = 0
      return this.#pass(meter, step, progress)
    })
  }

  /** k of all nodes: so there is an answer however soon the budget runs out. */
  #lookAtThresholds(): void {
    const { nodes, dual, numberOf } = this.#functions
    const atLeast = (need: number): number => {
      let table = 0
      for (let set = 0; set < 1 << nodes; set++) if (sizeOf(set) >= need) table |= 1 << set
      return numberOf(table)
    }
    for (let need = 1; need <= nodes + 1; need++) {
      const [low, high] = [atLeast(need), atLeast(need - 1)]
      if (!this.#coteries || dual[low] === high) this.#look(low, high)
    }
  }

  #pass(meter: Meter, step: number, progress: () => void): boolean {
    const { tables, dual } = this.#functions
    for (let low = 0; low < tables.length; low += step) {
      const lowTable = tables[low]!
      for (let high = low; high < tables.length; high++) {
        if ((lowTable & ~tables[high]!) !== 0) continue
        if (!meter.step()) return false
        if (this.#coteries && dual[low] !== high) continue
        this.looked++
        const before = this.solved
        this.#look(low, high)
        // A program takes longer than many steps.
        if (this.solved > before && !meter.look()) return false
      }
      if ((low & 255) === 0) progress()
    }
    return true
  }

  #look(low: number, high: number): void {
    const { resilience, objective, size } = this.#question
    const pairs = this.#pairs
    const read = pairs.smallestRead(low, high)
    if (read > size || read <= resilience.write) return
    const write = pairs.smallestWrite(low, high)
    if (write > size || write <= resilience.read) return
    const ceiling = this.best === undefined ? Infinity : this.best.value * (1 + CLOSE)
    let failure = -1
    if (objective === 'failure' || this.#failureLimit < Infinity) {
      failure = pairs.failure(low, high)
      if (failure > this.#failureLimit * (1 + CLOSE)) return
      if (objective === 'failure' && failure > ceiling) return
    }
    if (this.#marks.has(low, high)) return
    pairs.usable(low, high, this.#halves)
    if (this.#bounds.exclude(this.#halves, objective === 'failure' ? Infinity : ceiling)) return
    if (failure < 0) failure = pairs.failure(low, high)
    const tieIsLost =
      this.best !== undefined && !winsTie(Math.min(read, write) - 1, failure, this.best)
    if (tieIsLost && objective !== 'failure' && this.#bounds.reach(this.#halves)) return
    this.#renamings.images(low, high, (a, b) => this.#marks.add(a, b))
    this.#weigh(low, high, failure)
  }

  #weigh(low: number, high: number, failure: number): void {
    const { readLow, readHigh, writeLow, writeHigh } = this.#halves
    const { dual } = this.#functions
    const pairs = this.#pairs
    const reads = pairs.sets(low, high, readLow, readHigh)
    const writes = pairs.sets(dual[high]!, dual[low]!, writeLow, writeHigh)
    this.#reads.list(reads)
    this.#writes.list(writes)
    this.solved++
    const solved = this.#program.solve(this.#reads, this.#writes)
    const basis = [...this.#program.basis]
    let exact: ExactOptimum | undefined
    const exactly = (): ExactOptimum | undefined =>
      (exact ??= this.#exact.solve(reads, writes, basis))
    const value = solved === 'unsolved' ? exactly()?.value.toNumber() : solved
    if (solved !== 'unsolved') this.#learn(solved)
    if (value === undefined || value === 'infeasible') return
    const byFailure = this.#question.objective === 'failure'
    const found: FoundPair = {
      value: byFailure ? failure : value,
      exact: () => (byFailure ? pairs.exactFailure(low, high) : exactly()?.value),
      resilience: Math.min(pairs.smallestRead(low, high), pairs.smallestWrite(low, high)) - 1,
      failure,
      reads: minimalSets(this.#functions, low, high),
    }
    const better = this.best === undefined || isBetter(found, this.best)
    if (better && this.#keepsLimits(low, high, exactly)) {
      this.best = found
      if (!byFailure) this.#bounds.aim(exactly()?.value ?? Rational.zero)
    }
    if (exact !== undefined && this.#poolable) this.#bounds.addExact(exact, pairs.exactLatencyOf)
  }

  /** Prices that would have excluded this candidate are kept for those like it. */
  #learn(solved: number | 'infeasible'): void {
    const worse =
      solved === 'infeasible' ||
      (this.#question.objective !== 'failure' &&
        (this.best === undefined || solved > this.best.value * (1 + CLOSE)))
    if (!worse || !this.#poolable) return
    const { readPrices, writePrices, constant } = this.#program
    const { latencyOf } = this.#pairs
    this.#bounds.add(readPrices, writePrices, constant, solved === 'infeasible', latencyOf)
  }

  #keepsLimits(low: number, high: number, exactly: () => unknown): boolean {
    const { limits } = this.#question
    if (limits.failure !== undefined) {
      if (this.#pairs.exactFailure(low, high).compare(limits.failure) > 0) return false
    }
    if (limits.load ?? limits.network ?? limits.latency) return exactly() !== undefined
    return true
  }
}
