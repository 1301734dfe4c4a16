import type { Meter } from '../../core/budget.ts'
import { ExactProgram } from './exact-program.ts'
import { Front } from './front.ts'
import type { FoundPoint } from './frontier.ts'
import { LiveSets } from './live-sets.ts'
import { monotoneFunctions } from './monotone.ts'
import { minimalSets, Pairs } from './pairs.ts'
import { PriceBounds } from './price-bounds.ts'
import type { Question } from './question.ts'
import { PairMarks, renamings } from './renaming.ts'
import { ListedSide } from './side.ts'
import { StrategyProgram } from './strategy-program.ts'
import { written } from './written.ts'

/** First a few of the low halves, as good systems exclude others, then all. */
const STEPS = [211, 1]

interface FoundFront {
  readonly points: readonly FoundPoint[]
  readonly finished: boolean
  readonly looked: number
}

/** The front of all read-write systems on up to 6 nodes. Bounds by prices spare most programs. */
export function frontOfAll(question: Question, meter: Meter): FoundFront {
  const search = new AllFront(question)
  const finished = STEPS.every((step) => search.pass(meter, step))
  return { points: search.front.items, finished, looked: search.looked }
}

class AllFront {
  readonly front = new Front<FoundPoint>()
  looked = 0
  readonly #question: Question
  readonly #functions
  readonly #pairs: Pairs
  readonly #bounds: PriceBounds
  readonly #marks: PairMarks
  readonly #renamings
  readonly #program: StrategyProgram
  readonly #exact: ExactProgram
  readonly #reads: ListedSide
  readonly #writes: ListedSide
  readonly #halves = { readLow: 0, readHigh: 0, writeLow: 0, writeHigh: 0 }
  readonly #reading: number

  constructor(question: Question) {
    this.#question = question
    this.#functions = monotoneFunctions(question.size - 1)
    this.#pairs = new Pairs(question, this.#functions, new LiveSets(question.down))
    this.#bounds = new PriceBounds(this.#functions)
    this.#marks = new PairMarks(this.#functions.tables.length)
    this.#renamings = renamings(this.#functions, question.kinds)
    this.#program = new StrategyProgram(question)
    this.#exact = new ExactProgram(question, this.#program.shape)
    this.#reads = new ListedSide(question.size)
    this.#writes = new ListedSide(question.size)
    this.#reading = question.reading.toNumber()
  }

  pass(meter: Meter, step: number): boolean {
    const { tables } = this.#functions
    this.looked = 0
    for (let low = 0; low < tables.length; low += step) {
      const lowTable = tables[low]!
      for (let high = low; high < tables.length; high++) {
        if ((lowTable & ~tables[high]!) !== 0) continue
        if (!meter.step()) return false
        this.looked++
        this.#look(low, high)
      }
    }
    return true
  }

  #look(low: number, high: number): void {
    const { resilience, size } = this.#question
    const pairs = this.#pairs
    const read = pairs.smallestRead(low, high)
    if (read > size || read <= resilience.write) return
    const write = pairs.smallestWrite(low, high)
    if (write > size || write <= resilience.read) return
    if (this.#marks.has(low, high)) return
    this.#renamings.images(low, high, (a, b) => this.#marks.add(a, b))
    const failure = pairs.failure(low, high)
    const network = this.#reading * read + (1 - this.#reading) * write
    const outlived = Math.min(read, write) - 1
    const ceiling = this.front.leastLoad(outlived, failure, network)
    pairs.usable(low, high, this.#halves)
    if (ceiling < Infinity && this.#bounds.exclude(this.#halves, ceiling)) return
    const load = this.#load(low, high, ceiling)
    if (load === undefined || load.value >= ceiling) return
    const merits = { load: load.value, resilience: outlived, failure, network }
    const quorums = minimalSets(this.#functions, low, high)
    this.front.add({
      ...merits,
      exact: load.exact,
      reads: (nodes) => written(quorums, nodes),
      smallestQuorum: { read, write },
    })
  }

  #load(low: number, high: number, ceiling: number) {
    const { readLow, readHigh, writeLow, writeHigh } = this.#halves
    const { dual } = this.#functions
    const reads = this.#pairs.sets(low, high, readLow, readHigh)
    const writes = this.#pairs.sets(dual[high]!, dual[low]!, writeLow, writeHigh)
    this.#reads.list(reads)
    this.#writes.list(writes)
    const solved = this.#program.solve(this.#reads, this.#writes)
    const basis = [...this.#program.basis]
    const exact = () => this.#exact.solve(reads, writes, basis)?.value
    if (typeof solved === 'string') {
      const value = exact()?.toNumber()
      return value === undefined ? undefined : { value, exact }
    }
    if (solved >= ceiling) {
      const { readPrices, writePrices, constant } = this.#program
      this.#bounds.add(readPrices, writePrices, constant, false, this.#pairs.latencyOf)
    }
    return { value: solved, exact }
  }
}
