import type { Meter } from '../../../core/budget.ts'
import { OutOfBudget } from '../explore-rounds.ts'
import type { AttackedCase, Example, GeneralsQuestion } from './attacked.ts'
import { generalName, traitorSets } from './generals.ts'

/**
 * OM(m) (Lamport, Shostak & Pease 1982, section 3): the commander sends its order; with m > 0 each
 * lieutenant passes on what it got by OM(m - 1) as the commander of the others, and all take the
 * majority of what came, 0 where it is even.
 *
 * What the traitors say in one of the parts does not touch what they say in another one, so the
 * outcomes of the parts are found once and put together, and behaviours are counted and not listed:
 * seven generals with two traitors are 2^51 behaviours and some milliseconds.
 *
 * @throws OutOfBudget
 */
export function attackOralMessages(
  question: GeneralsQuestion,
  meter: Meter,
): readonly AttackedCase[] {
  return traitorSets(question).map((traitors) =>
    new OralMessages(question, traitors, meter).attacked(),
  )
}

/** What the loyal lieutenants end up with, in how many ways, and one of these ways. */
interface Way {
  readonly values: readonly number[]
  readonly ways: bigint
  readonly deeds: readonly string[]
}

type Ways = Map<string, Way>

class OralMessages {
  readonly #question: GeneralsQuestion
  readonly #traitors: readonly number[]
  readonly #meter: Meter
  readonly #known = new Map<string, readonly Way[]>()

  constructor(question: GeneralsQuestion, traitors: readonly number[], meter: Meter) {
    this.#question = question
    this.#traitors = traitors
    this.#meter = meter
  }

  attacked(): AttackedCase {
    const { processes: n, relays } = this.#question
    const lieutenants = Array.from({ length: n - 1 }, (_, at) => at + 1)
    const loyal = lieutenants.filter((p) => this.#isLoyal(p))
    let [runs, disagreements, invalid] = [0n, 0n, 0n]
    let example: Example | undefined
    for (const order of [0, 1]) {
      for (const { values, ways, deeds } of this.#outcomes(relays, 0, order, lieutenants)) {
        const differ = values.some((value) => value !== values[0])
        const disobey = this.#isLoyal(0) && values.some((value) => value !== order)
        runs += ways
        if (differ) disagreements += ways
        if (disobey) invalid += ways
        if (!differ && !disobey) continue
        const decisions = Array.from({ length: n }, (_, p) => values[loyal.indexOf(p)])
        example ??= { inputs: [order], deeds, decisions }
      }
    }
    const found = { traitors: this.#traitors, runs, disagreements, invalid }
    return { ...found, ...(example && { example }) }
  }

  #isLoyal(p: number): boolean {
    return !this.#traitors.includes(p)
  }

  /** OM(depth) of a commander and some lieutenants, for each loyal one of these, in their order. */
  #outcomes(
    depth: number,
    commander: number,
    order: number,
    lieutenants: readonly number[],
  ): readonly Way[] {
    const loyal = this.#isLoyal(commander)
    // What a traitor was told does not bind what it says.
    const key = `${depth} ${commander} ${loyal ? order : '-'} ${lieutenants.join()}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const ways: Ways = new Map()
    for (let bits = 0; bits < 1 << lieutenants.length; bits++) {
      const said = lieutenants.map((_, at) => (loyal ? order : (bits >> at) & 1))
      const deeds = loyal ? [] : [lie(commander, lieutenants, said)]
      if (depth === 0) add(ways, this.#ofLoyal(lieutenants, said), 1n, deeds)
      else this.#passedOn(depth, lieutenants, said, deeds, ways)
      if (loyal) break
    }
    const found = [...ways.values()]
    this.#known.set(key, found)
    return found
  }

  /** Everybody passes on what it got; then the majorities. */
  #passedOn(
    depth: number,
    lieutenants: readonly number[],
    said: readonly number[],
    deeds: readonly string[],
    ways: Ways,
  ): void {
    const loyal = lieutenants.filter((p) => this.#isLoyal(p))
    // How many of what each loyal one got so far were 1.
    let sums: Ways = new Map()
    add(sums, this.#ofLoyal(lieutenants, said), 1n, deeds)
    lieutenants.forEach((relay, at) => {
      const others = lieutenants.filter((p) => p !== relay)
      const parts = this.#outcomes(depth - 1, relay, said[at] ?? 0, others)
      const heard = loyal.map((p) => others.filter((q) => this.#isLoyal(q)).indexOf(p))
      const next: Ways = new Map()
      for (const sum of sums.values()) {
        for (const part of parts) {
          if (!this.#meter.step()) throw new OutOfBudget(-1)
          const values = sum.values.map((ones, i) => ones + (part.values[heard[i] ?? -1] ?? 0))
          add(next, values, sum.ways * part.ways, [...sum.deeds, ...part.deeds])
        }
      }
      sums = next
    })
    for (const { values, ways: count, deeds: done } of sums.values()) {
      const majorities = values.map((ones) => (ones * 2 > lieutenants.length ? 1 : 0))
      add(ways, majorities, count, done)
    }
  }

  #ofLoyal(lieutenants: readonly number[], values: readonly number[]): readonly number[] {
    return values.filter((_, at) => this.#isLoyal(lieutenants[at] ?? -1))
  }
}

/** Two ways to the same values are one with the sum of the ways. */
function add(ways: Ways, values: readonly number[], count: bigint, deeds: readonly string[]): void {
  const key = values.join()
  const there = ways.get(key)
  ways.set(key, there ? { ...there, ways: there.ways + count } : { values, ways: count, deeds })
}

function lie(from: number, to: readonly number[], said: readonly number[]): string {
  const told = to.map((p, at) => `${generalName(p)} ${said[at] ?? ''}`)
  return `${generalName(from)} tells ${told.join(', ')}`
}
