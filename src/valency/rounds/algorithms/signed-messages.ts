import type { Meter } from '../../../core/budget.ts'
import { OutOfBudget } from '../explore-rounds.ts'
import type { AttackedCase, Example, GeneralsQuestion } from './attacked.ts'
import { generalName, traitorSets } from './generals.ts'

/**
 * SM(m) (Lamport, Shostak & Pease 1982, section 4): the commander signs its order; a lieutenant to
 * whom an order is new, and which came with one signature more than rounds have passed, adds its
 * own and passes it on, m times at most. In the end it obeys if it has seen one order alone, and
 * takes 0 if it has seen two or none.
 *
 * A traitor commander signs what it likes. Traitors share what they know, and send an order when
 * they can show signatures of that many different lieutenants, their own and those that loyal ones
 * have put under it.
 *
 * @throws OutOfBudget
 */
export function attackSignedMessages(
  question: GeneralsQuestion,
  meter: Meter,
): readonly AttackedCase[] {
  return traitorSets(question).map((traitors) => {
    const signed = new SignedMessages(question, traitors, meter)
    signed.run()
    return signed.found()
  })
}

/** Orders are bits: 1 is the order 0, 2 is the order 1. */
interface State {
  /** What each general has seen, and what of it was new in the last round. */
  readonly seen: readonly number[]
  readonly fresh: readonly number[]
  /** Under each order, the sets of lieutenants that have signed what traitors hold. */
  readonly held: readonly (readonly number[])[]
  /** With whose signatures each general saw each order first, at `2 * general + order`. */
  readonly signers: readonly number[]
  readonly deeds: readonly string[]
}

class SignedMessages {
  readonly #question: GeneralsQuestion
  readonly #traitors: readonly number[]
  readonly #loyal: readonly number[]
  readonly #meter: Meter
  #runs = 0
  #disagreements = 0
  #invalid = 0
  #example: Example | undefined

  constructor(question: GeneralsQuestion, traitors: readonly number[], meter: Meter) {
    this.#question = question
    this.#traitors = traitors
    this.#meter = meter
    this.#loyal = Array.from({ length: question.processes - 1 }, (_, at) => at + 1).filter(
      (p) => !traitors.includes(p),
    )
  }

  found(): AttackedCase {
    return {
      traitors: this.#traitors,
      runs: BigInt(this.#runs),
      disagreements: BigInt(this.#disagreements),
      invalid: BigInt(this.#invalid),
      ...(this.#example && { example: this.#example }),
    }
  }

  run(): void {
    const { processes: n } = this.#question
    const commands = this.#traitors.includes(0)
    for (const order of [0, 1]) {
      // Signed by nobody but the commander: what traitors can begin with.
      const held = [0, 1].map((value) => (commands || value === order ? [0] : []))
      const signers = Array.from({ length: 2 * n }, () => 0)
      const begin = (seen: readonly number[], deeds: readonly string[]): void =>
        this.#relay(1, order, { seen, fresh: seen, held, signers, deeds })
      if (!commands)
        begin(
          Array.from({ length: n }, () => 1 << order),
          [],
        )
      else
        everyOption(n - 1, 3, (said) => {
          begin([0, ...said], [`C signs ${told(said.map((orders, at) => [at + 1, orders]))}`])
        })
    }
  }

  #relay(round: number, order: number, state: State): void {
    if (round > this.#question.relays) {
      this.#end(order, state)
      return
    }
    const liars = this.#traitors.filter((t) => t > 0)
    const pairs = liars.flatMap((t) => this.#loyal.map((p) => ({ t, p })))
    const options = [0, 1].filter((value) => this.#canSend(round, state.held[value] ?? []))
    const most = options.reduce((bits, value) => bits | (1 << value), 0)
    everyOption(pairs.length, most, (lies) => {
      const said = pairs.map(({ t, p }, at) => ({ t, p, orders: lies[at] ?? 0 }))
      this.#relay(round + 1, order, this.#after(round, state, said))
    })
  }

  /** Whether a chain of that many signatures can be completed. */
  #canSend(round: number, held: readonly number[]): boolean {
    return held.some((signers) => this.#completed(round, signers) !== undefined)
  }

  #completed(round: number, signers: number): number | undefined {
    const missing = round - ones(signers)
    const own = this.#traitors.filter((t) => t > 0 && ((signers >> t) & 1) === 0)
    if (missing < 1 || own.length < missing) return undefined
    return own.slice(0, missing).reduce((bits, t) => bits | (1 << t), signers)
  }

  #after(
    round: number,
    state: State,
    lies: readonly { readonly t: number; readonly p: number; readonly orders: number }[],
  ): State {
    const { seen, fresh, held, signers } = state
    const nextSeen = [...seen]
    const nextFresh = seen.map(() => 0)
    const nextHeld = held.map((sets) => [...sets])
    const nextSigners = [...signers]
    const accept = (p: number, value: number, chain: number): void => {
      if (((nextSeen[p] ?? 0) >> value) & 1 || (chain >> p) & 1) return
      nextSeen[p] = (nextSeen[p] ?? 0) | (1 << value)
      nextFresh[p] = (nextFresh[p] ?? 0) | (1 << value)
      nextSigners[2 * p + value] = chain
    }
    for (const value of [0, 1]) {
      for (const p of this.#loyal) {
        if ((((fresh[p] ?? 0) >> value) & 1) === 0) continue
        const chain = (signers[2 * p + value] ?? 0) | (1 << p)
        for (const q of this.#loyal) accept(q, value, chain)
        nextHeld[value]?.push(chain)
      }
      const chains = (held[value] ?? []).map((each) => this.#completed(round, each))
      const chain = chains.find((each) => each !== undefined) ?? 0
      for (const { p, orders } of lies) if ((orders >> value) & 1) accept(p, value, chain)
    }
    const deeds = [...new Set(lies.map(({ t }) => t))].map((t) => {
      const whom = lies.filter((lie) => lie.t === t).map(({ p, orders }) => [p, orders] as const)
      return `${generalName(t)} passes on ${told(whom)}`
    })
    return {
      seen: nextSeen,
      fresh: nextFresh,
      held: nextHeld,
      signers: nextSigners,
      deeds: [...state.deeds, ...deeds],
    }
  }

  #end(order: number, { seen, deeds }: State): void {
    if (!this.#meter.step()) throw new OutOfBudget(-1)
    const decisions = seen.map((orders, p) =>
      this.#loyal.includes(p) ? (orders === 2 ? 1 : 0) : undefined,
    )
    const made = this.#loyal.map((p) => decisions[p])
    const differ = made.some((decision) => decision !== made[0])
    const disobey = !this.#traitors.includes(0) && made.some((decision) => decision !== order)
    this.#runs++
    if (differ) this.#disagreements++
    if (disobey) this.#invalid++
    if (differ || disobey) this.#example ??= { inputs: [order], deeds, decisions }
  }
}

/** All lists of subsets of `most`, as bits. */
function everyOption(
  length: number,
  most: number,
  emit: (options: readonly number[]) => void,
): void {
  const list: number[] = []
  const fill = (): void => {
    if (list.length === length) {
      emit([...list])
      return
    }
    for (let some = most; ; some = (some - 1) & most) {
      list.push(some)
      fill()
      list.pop()
      if (some === 0) return
    }
  }
  fill()
}

function told(orders: readonly (readonly [general: number, orders: number])[]): string {
  const words = ['nothing', '0', '1', '0 and 1']
  return orders.map(([p, bits]) => `${words[bits] ?? ''} for ${generalName(p)}`).join(', ')
}

function ones(mask: number): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++
  return count
}
