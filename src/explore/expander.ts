import type { Incremental, Runner } from './system.ts'

/** How two ways to go on from states are compared; in states, unless something else is said. */
export interface Trial {
  /** Gone on from as a whole before anything is tried: of most models there are not that many. */
  readonly before: number
  /** In milliseconds: where a state takes less there is little that could be saved. */
  readonly cheap: number
  /** Gone on from by changes, so that it is known what depends on what, and all is compiled. */
  readonly warm: number
  /** Gone on from in each way in turn, and how often. */
  readonly block: number
  readonly rounds: number
  /** If changes were slower, they get another chance after so many times as many states. */
  readonly again: number
}

const TRIAL: Trial = {
  before: 1 << 15,
  cheap: 2.5e-3,
  warm: 1 << 14,
  block: 512,
  rounds: 9,
  again: 4,
}

interface Block {
  readonly by: Pick<Runner, 'expand'>
  readonly states: number
}

/**
 * Goes on from states in the way that turns out to be faster: as a whole, or by what differs from
 * the state before. Both give the same successors in the same order.
 */
export class Expander {
  readonly #runner: Runner
  readonly #store: { readonly count: number }
  readonly #now: () => number
  readonly #blocks: Iterator<Block>
  #by: Block['by']
  #left = 0
  /** What judges by changes, and the first state that was judged by it. */
  #judge: Incremental | undefined
  #judgedFrom = Infinity

  /**
   * @param store the states that were found so far
   * @param trial `always`: by changes wherever the system can do that; `never`: as a whole
   */
  constructor(
    runner: Runner,
    store: { readonly count: number },
    trial: 'always' | 'never' | Trial = TRIAL,
    now: () => number = () => performance.now(),
  ) {
    this.#runner = runner
    this.#store = store
    this.#now = now
    this.#by = runner
    this.#blocks = this.#plan(trial)
  }

  /** See `Runner`. */
  expand(words: Int32Array, offset: number): number {
    if (this.#left === 0) this.#nextBlock()
    this.#left--
    return this.#by.expand(words, offset)
  }

  /**
   * The number of the first invariant that is false in the state that was emitted last, or -1.
   *
   * @param from the state that is gone on from, -1 for none
   * @param clean whether all invariants held in all states so far
   */
  falseInvariant(from: number, clean: boolean): number {
    if (this.#judge === undefined) return this.#runner.falseInvariant()
    return this.#judge.falseSuccessor(clean && from >= this.#judgedFrom)
  }

  #nextBlock(): void {
    const { value } = this.#blocks.next() as { readonly value: Block }
    this.#by = value.by
    this.#left = value.states
  }

  *#plan(trial: 'always' | 'never' | Trial): Generator<Block, Block, undefined> {
    const whole = this.#runner
    if (typeof trial === 'object') yield { by: whole, states: trial.before }
    const changes = trial === 'never' ? undefined : whole.incremental?.()
    if (changes === undefined) return { by: whole, states: Infinity }
    if (typeof trial === 'object') yield* this.#compare(whole, changes, trial)
    this.#judge = changes
    this.#judgedFrom = this.#store.count
    return { by: changes, states: Infinity }
  }

  /** Until changes are faster. */
  *#compare(whole: Runner, changes: Incremental, trial: Trial): Generator<Block, void, undefined> {
    const { before, cheap, again } = trial
    for (let wait = before * again; ; wait *= again) {
      const times: number[] = []
      for (let round = 0; round < trial.rounds; round++) {
        const started = this.#now()
        yield { by: whole, states: trial.block }
        times.push(this.#now() - started)
      }
      const dear = Math.min(...times) >= cheap * trial.block
      if (dear && (yield* this.#faster(whole, changes, trial))) return
      yield { by: whole, states: wait }
    }
  }

  /** Whether changes are faster. */
  *#faster(
    whole: Runner,
    changes: Incremental,
    { warm, block, rounds }: Trial,
  ): Generator<Block, boolean, undefined> {
    yield { by: changes, states: warm }
    const times = { whole: [] as number[], changes: [] as number[] }
    for (let round = 0; round < rounds; round++)
      for (const [way, by] of [
        ['whole', whole],
        ['changes', changes],
      ] as const) {
        const started = this.#now()
        yield { by, states: block }
        times[way].push(this.#now() - started)
      }
    // Whatever else the machine does makes times longer and never shorter.
    return Math.min(...times.changes) < Math.min(...times.whole)
  }
}
