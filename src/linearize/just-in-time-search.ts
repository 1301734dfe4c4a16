import type { Meter } from '../core/budget.ts'
import type { Decision } from '../core/engine.ts'
import { isUnknown } from '../core/operation.ts'
import { Configuration, ORDERED_AT, STATE_AT } from './configuration.ts'
import { RETURN } from './events.ts'
import { IntList } from './int-list.ts'
import type { Prepared } from './prepared.ts'
import { IMPOSSIBLE } from './transitions.ts'
import { Usages } from './usage.ts'
import { NEW, NO_ROOM, Visited } from './visited.ts'

/**
 * Where crashed operations can be used without limit, an object that can grow has no end of states
 * (a string, appended to again and again). Beyond this many for each class, relaxing does not help.
 */
const STATES_PER_CLASS = 4

/** Fields of a node on the stack, which is a list of rows of integers. */
const EVENT = 0
const STATE = 1
const USAGE = 2
/** Where in the trail the way to this node ends. */
const TRAIL = 3
/** The moves that are still to be tried: from NEXT_MOVE to MOVES_END in the list of moves. */
const NEXT_MOVE = 4
const MOVES_BEGIN = 5
const MOVES_END = 6
/** From here on: a bit for each slot whose operation is ordered already. */
const ORDERED = 7

/** A move is two integers: the operation (or -1 - crash class) and the state after it. */
const MOVE = 2
/** A step of the trail is three: the step before it, and a move. */
const STEP = 3

/** The answer of a relaxed search that is not worth going on with. */
const GIVEN_UP: Decision = {
  outcome: 'unknown',
  hit: { bound: 'method', limit: 0, covered: 'nothing' },
}

/**
 * One search, as just-in-time.ts explains; `relaxed` if crashed operations may be used without
 * limit.
 */
export class JustInTimeSearch {
  readonly #prepared: Prepared
  readonly #meter: Meter
  readonly #relaxed: boolean
  readonly #words: number
  readonly #width: number
  readonly #usages: Usages
  readonly #visited: Visited
  readonly #nodes: IntList
  readonly #moves: IntList
  readonly #trail: IntList
  readonly #at: Configuration
  #deepest = -1
  #deepestTrail = 0
  /** True if the order found last uses a crashed operation twice, or before it was called. */
  overused = false

  constructor(prepared: Prepared, meter: Meter, relaxed: boolean) {
    const { arrays } = prepared
    this.#prepared = prepared
    this.#meter = meter
    this.#relaxed = relaxed
    this.#at = new Configuration(prepared)
    this.#words = this.#at.row.length - ORDERED_AT
    this.#width = ORDERED + this.#words
    this.#usages = new Usages(relaxed ? 0 : prepared.crashes.count, meter, arrays)
    this.#visited = new Visited(this.#at.row.length, this.#usages, meter, arrays)
    this.#nodes = new IntList(meter, 16 * this.#width, arrays)
    this.#moves = new IntList(meter, 256, arrays)
    this.#trail = new IntList(meter, 256, arrays)
    this.#trail.length = STEP
  }

  run(): Decision {
    if (this.#at.advance()) return this.#pass(0)
    if (!this.#push(this.#usages.none, 0)) return this.#unknown()

    const nodes = this.#nodes
    while (nodes.length > 0) {
      if (!this.#meter.step()) return this.#unknown()
      if (this.#relaxed && this.#growsWithoutEnd()) return GIVEN_UP
      const at = nodes.length - this.#width
      const move = nodes.items[at + NEXT_MOVE]!
      if (move === nodes.items[at + MOVES_END]!) {
        this.#moves.length = nodes.items[at + MOVES_BEGIN]!
        nodes.length = at
        continue
      }
      nodes.items[at + NEXT_MOVE] = move + MOVE
      const usage = this.#play(at, move)
      if (usage === -1 || !this.#trail.reserve(STEP)) return this.#unknown()
      const step = this.#addStep(nodes.items[at + TRAIL]!, move)
      if (this.#at.advance()) return this.#pass(step)
      const seen = this.#visited.add(this.#at.row, usage)
      if (seen === NO_ROOM) return this.#unknown()
      if (seen === NEW && !this.#push(usage, step)) return this.#unknown()
      if (seen !== NEW) this.#trail.length -= STEP
    }
    return this.#fail()
  }

  #growsWithoutEnd(): boolean {
    const { states, classes } = this.#prepared.transitions
    return states > STATES_PER_CLASS * (classes + 16)
  }

  /** Makes a move of the node at `at`: afterwards `#at` is the configuration it leads to. */
  #play(at: number, move: number): number {
    const node = this.#nodes.items
    const before = node[at + STATE]!
    const code = this.#moves.items[move]!
    const after = this.#moves.items[move + 1]!
    const { row } = this.#at
    this.#at.seek(node[at + EVENT]!)
    row[STATE_AT] = after
    for (let w = 0; w < this.#words; w++) row[ORDERED_AT + w] = node[at + ORDERED + w]!
    let usage = node[at + USAGE]!
    if (code >= 0) this.#at.mark(this.#prepared.events.slot[code]!)
    else if (!this.#relaxed) usage = this.#usages.plus(usage, -1 - code)
    if (after !== before) this.#at.orderObservers()
    return usage
  }

  #addStep(parent: number, move: number): number {
    const step = this.#trail.length
    this.#trail.items[step] = parent
    this.#trail.items[step + 1] = this.#moves.items[move]!
    this.#trail.items[step + 2] = this.#moves.items[move + 1]!
    this.#trail.length += STEP
    return step
  }

  /** Puts the configuration at hand on the stack, with its moves. False when out of memory. */
  #push(usage: number, step: number): boolean {
    const nodes = this.#nodes
    if (!nodes.reserve(this.#width)) return false
    const at = nodes.length
    const { event, row } = this.#at
    if (event > this.#deepest) {
      this.#deepest = event
      this.#deepestTrail = step
    }
    const begin = this.#moves.length
    if (!this.#findMoves(event, row[STATE_AT]!, usage)) return false
    const items = nodes.items
    items[at + EVENT] = event
    items[at + STATE] = row[STATE_AT]!
    items[at + USAGE] = usage
    items[at + TRAIL] = step
    items[at + NEXT_MOVE] = begin
    items[at + MOVES_BEGIN] = begin
    items[at + MOVES_END] = this.#moves.length
    for (let w = 0; w < this.#words; w++) items[at + ORDERED + w] = row[ORDERED_AT + w]!
    nodes.length += this.#width
    return true
  }

  /**
   * Lists what may be ordered next: the returning operation first, then the others by their return.
   */
  #findMoves(event: number, state: number, usage: number): boolean {
    const { events, transitions, problem } = this.#prepared
    const forced = events.operation[event]!
    if (!this.#addMoves(forced, transitions.next(state, transitions.classOf[forced]!))) return false
    const begin = this.#moves.length
    const { open } = this.#at
    for (let slot = 0; slot < open.length; slot++) {
      const operation = open[slot]!
      if (operation === -1 || operation === forced || this.#at.isOrdered(slot)) continue
      const classId = transitions.classOf[operation]!
      // An observer that were legal here would be ordered already.
      if (transitions.observer[classId] === 1) continue
      if (!this.#addMoves(operation, transitions.next(state, classId))) return false
    }
    const moves = this.#moves.items
    for (let i = begin + MOVE; i < this.#moves.length; i += MOVE) {
      const [code, after] = [moves[i]!, moves[i + 1]!]
      const { returned } = problem.operations[code]!
      let j = i
      for (; j > begin && problem.operations[moves[j - MOVE]!]!.returned > returned; j -= MOVE) {
        moves[j] = moves[j - MOVE]!
        moves[j + 1] = moves[j - 1]!
      }
      moves[j] = code
      moves[j + 1] = after
    }
    return this.#findCrashMoves(event, state, usage)
  }

  #findCrashMoves(event: number, state: number, usage: number): boolean {
    const { transitions, crashes } = this.#prepared
    for (let c = 0; c < crashes.count; c++) {
      if (crashes.calls[c]![0]! > event) break
      if (!this.#available(c, event, usage)) continue
      const answer = transitions.next(state, crashes.transition[c]!)
      if (answer === IMPOSSIBLE || answer === state) continue
      if (answer >= 0) {
        if (!this.#isUseful(event, state, answer, usage)) continue
        if (!this.#addMoves(-1 - c, answer)) return false
        continue
      }
      for (const after of transitions.outcomes(answer)) {
        if (after === state || !this.#isUseful(event, state, after, usage)) continue
        if (!this.#addMoves(-1 - c, after)) return false
      }
    }
    return true
  }

  #available(crashClass: number, event: number, usage: number): boolean {
    const calls = this.#prepared.crashes.calls[crashClass]!
    const used = this.#relaxed ? 0 : this.#usages.count(usage, crashClass)
    return used < calls.length && calls[used]! < event
  }

  /** Does anything have an outcome in `after` that it does not have in `before`? */
  #isUseful(event: number, before: number, after: number, usage: number): boolean {
    const { transitions, crashes } = this.#prepared
    const { open } = this.#at
    for (let slot = 0; slot < open.length; slot++) {
      const operation = open[slot]!
      if (operation === -1 || this.#at.isOrdered(slot)) continue
      const classId = transitions.classOf[operation]!
      const outcome = transitions.next(after, classId)
      if (outcome === IMPOSSIBLE) continue
      if (transitions.observer[classId] === 1 || outcome !== transitions.next(before, classId)) {
        return true
      }
    }
    for (let c = 0; c < crashes.count; c++) {
      if (crashes.calls[c]![0]! > event) break
      if (!this.#available(c, event, usage)) continue
      const outcome = transitions.next(after, crashes.transition[c]!)
      if (outcome === IMPOSSIBLE || outcome === after) continue
      if (outcome !== transitions.next(before, crashes.transition[c]!)) return true
    }
    return false
  }

  #addMoves(code: number, answer: number): boolean {
    if (answer === IMPOSSIBLE) return true
    if (answer >= 0) return this.#addMove(code, answer)
    for (const after of this.#prepared.transitions.outcomes(answer)) {
      if (!this.#addMove(code, after)) return false
    }
    return true
  }

  #addMove(code: number, after: number): boolean {
    if (!this.#moves.reserve(MOVE)) return false
    this.#moves.items[this.#moves.length++] = code
    this.#moves.items[this.#moves.length++] = after
    return true
  }

  #pass(step: number): Decision {
    return { outcome: 'pass', order: this.#replay(step) }
  }

  #fail(): Decision {
    const longest = this.#replay(this.#deepestTrail)
    return {
      outcome: 'fail',
      core: [],
      reason: '',
      ...(this.overused ? {} : { longest }),
      impossible: this.#prepared.events.operation[this.#deepest]!,
    }
  }

  #unknown(): Decision {
    const { events, problem } = this.#prepared
    const returns = problem.operations.filter((operation) => !isUnknown(operation)).length
    let decided = 0
    for (let at = 0; at < this.#deepest; at++) if (events.kind[at] === RETURN) decided++
    const covered = `${decided} of ${returns} returned operations could be put in order`
    return {
      outcome: 'unknown',
      hit: this.#meter.hit(`${covered}, ${this.#visited.size} configurations seen`),
    }
  }

  /**
   * The order that a trail stands for: its moves, and the observers that were ordered in between.
   */
  #replay(step: number): number[] {
    const { events, crashes } = this.#prepared
    const moves: number[] = []
    for (let at = step; at !== 0; at = this.#trail.items[at]!) moves.push(at)
    const order: number[] = []
    const used = new Int32Array(crashes.count)
    this.overused = false
    this.#at.reset()
    this.#at.noting = order
    for (;;) {
      this.#at.advance()
      const at = moves.pop()
      if (at === undefined) break
      const code = this.#trail.items[at + 1]!
      const before = this.#at.row[STATE_AT]!
      const after = this.#trail.items[at + 2]!
      if (code >= 0) {
        this.#at.mark(events.slot[code]!)
        order.push(code)
      } else {
        const members = crashes.members[-1 - code]!
        const rank = used[-1 - code]!++
        if (rank >= members.length || crashes.calls[-1 - code]![rank]! > this.#at.event) {
          this.overused = true
        }
        order.push(members[rank % members.length]!)
      }
      this.#at.row[STATE_AT] = after
      if (after !== before) this.#at.orderObservers()
    }
    this.#at.noting = undefined
    return order
  }
}
