import type { Meter } from '../../../core/budget.ts'
import { OutOfBudget } from '../explore-rounds.ts'
import type { AttackedCase, Example, FloodSetQuestion } from './attacked.ts'

/**
 * FloodSet (Lynch 1996, section 6.2): everybody sends all inputs it has heard of in each round, and
 * in the end decides the smallest. Right after one round more than there may be crashes.
 *
 * Whoever crashes reaches any of the others, the dead among them: a choice that changes nothing is
 * a choice.
 *
 * @throws OutOfBudget
 */
export function attackFloodSet(question: FloodSetQuestion, meter: Meter): readonly AttackedCase[] {
  const { processes: n, failures } = question
  const flood = new Flood(question, meter)
  for (let bits = 0; bits < 1 << n; bits++) {
    for (let p = 0; p < n; p++) flood.seen[0]![p] = 1 << ((bits >> p) & 1)
    flood.round(1, bits, (1 << n) - 1, failures)
  }
  return [flood.found()]
}

class Flood {
  /** Which inputs each has heard of after each round, as bits. */
  readonly seen: readonly Int32Array[]
  readonly #question: FloodSetQuestion
  readonly #meter: Meter
  /** Whom each reaches in each round; all others where it does not crash. */
  readonly #reach: readonly Int32Array[]
  /** Who is alive after each round. */
  readonly #alive: Int32Array
  #runs = 0
  #disagreements = 0
  #invalid = 0
  #example: Example | undefined

  constructor(question: FloodSetQuestion, meter: Meter) {
    const { processes, rounds } = question
    const rows = (): readonly Int32Array[] =>
      Array.from({ length: rounds + 1 }, () => new Int32Array(processes))
    this.#question = question
    this.#meter = meter
    this.seen = rows()
    this.#reach = rows()
    this.#alive = new Int32Array(rounds + 1)
  }

  found(): AttackedCase {
    return {
      traitors: [],
      runs: BigInt(this.#runs),
      disagreements: BigInt(this.#disagreements),
      invalid: BigInt(this.#invalid),
      ...(this.#example && { example: this.#example }),
    }
  }

  /** Everything that can happen from this round on. */
  round(round: number, inputs: number, alive: number, left: number): void {
    this.#alive[round - 1] = alive
    if (round > this.#question.rounds) this.#end(inputs, alive)
    else this.#crash(0, alive, { round, inputs, alive, left })
  }

  /** Whether p crashes now, and whom it reaches; then the same of those after it. */
  #crash(
    p: number,
    after: number,
    now: { round: number; inputs: number; alive: number; left: number },
  ): void {
    const { processes: n } = this.#question
    const { round, inputs, alive, left } = now
    if (p === n) {
      this.#exchange(round, alive)
      this.round(round + 1, inputs, after, left)
      return
    }
    const others = ((1 << n) - 1) & ~(1 << p)
    const reach = this.#reach[round]!
    reach[p] = others
    this.#crash(p + 1, after, now)
    if (((alive >> p) & 1) === 0 || left === 0) return
    for (let some = others; ; some = (some - 1) & others) {
      reach[p] = some
      this.#crash(p + 1, after & ~(1 << p), { ...now, left: left - 1 })
      if (some === 0) return
    }
  }

  #exchange(round: number, alive: number): void {
    const { processes: n } = this.#question
    const [before, after, reach] = [this.seen[round - 1]!, this.seen[round]!, this.#reach[round]!]
    for (let p = 0; p < n; p++) {
      let all = before[p]!
      for (let q = 0; q < n; q++)
        if (((alive >> q) & 1) === 1 && ((reach[q]! >> p) & 1) === 1) all |= before[q]!
      after[p] = all
    }
  }

  #end(inputs: number, alive: number): void {
    if (!this.#meter.step()) throw new OutOfBudget(-1)
    const { processes: n, rounds } = this.#question
    const seen = this.seen[rounds]!
    this.#runs++
    let decided = 0
    for (let p = 0; p < n; p++) if (((alive >> p) & 1) === 1) decided |= 1 << decision(seen[p]!)
    const demanded = inputs === 0 ? 1 : inputs === (1 << n) - 1 ? 2 : 3
    if (decided === 3) this.#disagreements++
    if ((decided & ~demanded) !== 0) this.#invalid++
    if (decided === 3 || (decided & ~demanded) !== 0) this.#example ??= this.#told(inputs, alive)
  }

  #told(inputs: number, alive: number): Example {
    const { processes: n, rounds } = this.#question
    const everybody = Array.from({ length: n }, (_, p) => p)
    const deeds = Array.from({ length: rounds }, (_, at) => at + 1).flatMap((round) => {
      const [before, after] = [this.#alive[round - 1]!, this.#alive[round]!]
      const crashed = everybody.filter((p) => ((before & ~after) >> p) & 1)
      return crashed.map((p) => {
        const reached = everybody.filter((q) => (this.#reach[round]![p]! >> q) & 1)
        const whom = reached.length === 0 ? 'nobody' : reached.map((q) => `p${q + 1}`).join(', ')
        return `in round ${round} p${p + 1} crashes and reaches ${whom}`
      })
    })
    const seen = this.seen[rounds]!
    return {
      inputs: everybody.map((p) => (inputs >> p) & 1),
      deeds,
      decisions: everybody.map((p) => ((alive >> p) & 1 ? decision(seen[p]!) : undefined)),
    }
  }
}

/** The smallest of the inputs, which are bits. */
function decision(seen: number): number {
  return (seen & 1) === 1 ? 0 : 1
}
