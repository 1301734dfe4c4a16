import type { Meter } from '../../core/budget.ts'
import type { Visited } from '../../explore/visited.ts'
import { visitedFor } from '../../explore/visited-source.ts'
import type { Move, Position, RoundModel, Start } from './round-model.ts'
import { NOTHING, Views } from './views.ts'

/** The budget of a search is used up. */
export class OutOfBudget extends Error {
  /** The last round of which all positions are there. */
  readonly rounds: number

  constructor(rounds: number) {
    super('the budget is used up')
    this.name = 'OutOfBudget'
    this.rounds = rounds
  }
}

/** All positions after each round. */
export interface Rounds {
  readonly model: RoundModel
  readonly views: Views
  /** The positions after each round, the starts first. */
  readonly layers: readonly Visited[]
  /** How many runs lead to each of the last positions. */
  readonly runs: Float64Array
}

/**
 * Every position that the adversary can bring about, each once, round by round. A position is one
 * row of a table: the views of all processes, then the notes of the adversary.
 *
 * @throws OutOfBudget
 * @throws BoundReached where a table does not fit into memory
 */
export function exploreRounds(model: RoundModel, meter: Meter): Rounds {
  const bytes = meter.rest.bytes ?? Infinity
  const views = new Views(model.processes, bytes)
  const work = new RoundWork(model, views)
  let layer = visitedFor(work.words, { bytes })
  let runs = new Counts()
  model.starts(views, work.start, () => {
    if (!meter.step()) throw new OutOfBudget(-1)
    runs.add(layer.add(work.started()), 1)
  })
  const layers = [layer]
  for (let round = 1; round <= model.rounds; round++) {
    const before = layer
    const earlier = runs
    layer = visitedFor(work.words, { bytes })
    runs = new Counts()
    for (let from = 0; from < before.count; from++) {
      work.load(before, from)
      const ways = earlier.of(from)
      model.moves(round, work.before, views, work.move, () => {
        if (!meter.step()) throw new OutOfBudget(round - 1)
        runs.add(layer.add(work.moved(), from), ways)
      })
    }
    layers.push(layer)
  }
  return { model, views, layers, runs: runs.values(layer.count) }
}

/** Numbers that are added up, one for each position. */
class Counts {
  #sums = new Float64Array(1024)

  /** `added` as a table answers: the complement for what is new. */
  add(added: number, amount: number): void {
    const at = added < 0 ? ~added : added
    if (at >= this.#sums.length) {
      const longer = new Float64Array(at * 2)
      longer.set(this.#sums)
      this.#sums = longer
    }
    this.#sums[at]! += amount
  }

  of(at: number): number {
    return this.#sums[at]!
  }

  values(count: number): Float64Array {
    return this.#sums.subarray(0, count)
  }
}

/** Where positions are taken apart and put together; nothing is made for each of them. */
export class RoundWork {
  readonly words: number
  readonly start: Start
  readonly before: Position
  readonly move: Move
  readonly #model: RoundModel
  readonly #views: Views
  readonly #row: Int32Array

  constructor(model: RoundModel, views: Views) {
    const { processes: n, notes } = model
    this.#model = model
    this.#views = views
    this.words = n + notes
    this.#row = new Int32Array(this.words)
    this.start = {
      inputs: new Int32Array(n),
      counts: new Uint8Array(n),
      notes: new Int32Array(notes),
    }
    this.before = { views: new Int32Array(n), notes: new Int32Array(notes) }
    this.move = {
      heard: new Int32Array(n * n),
      counts: new Uint8Array(n),
      notes: new Int32Array(notes),
    }
  }

  /** The position that a run starts in. */
  started(): Int32Array {
    const { inputs, counts, notes } = this.start
    const n = this.#model.processes
    for (let p = 0; p < n; p++)
      this.#row[p] = counts[p] === 1 ? this.#views.start(p, inputs[p]!) : NOTHING
    for (let at = 0; at < notes.length; at++) this.#row[n + at] = notes[at]!
    return this.#row
  }

  load(layer: Visited, position: number): void {
    const { views, notes } = this.before
    const n = this.#model.processes
    const base = position * this.words
    for (let p = 0; p < n; p++) views[p] = layer.states[base + p]!
    for (let at = 0; at < notes.length; at++) notes[at] = layer.states[base + n + at]!
  }

  /** The position that the move leads to. */
  moved(): Int32Array {
    const { heard, counts, notes } = this.move
    const { views } = this.before
    const n = this.#model.processes
    for (let p = 0; p < n; p++) {
      const goesOn = counts[p] === 1
      this.#row[p] = goesOn ? this.#views.next(p, views[p]!, heard, p * n) : NOTHING
    }
    for (let at = 0; at < notes.length; at++) this.#row[n + at] = notes[at]!
    return this.#row
  }
}
