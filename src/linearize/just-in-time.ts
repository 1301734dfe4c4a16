/**
 * The general search: linearizability by just-in-time linearization (Lowe 2017, 'Testing for
 * linearizability', section 4), depth first.
 *
 * Events are taken in real-time order, and an operation is ordered only when it must be: at its own
 * return, or before another one that is returning. A configuration is therefore the event, the state,
 * and which of the *open* operations are ordered already; its size depends on the concurrency, not on
 * the length of the history. Four reductions, each with the reason why nothing is lost:
 *
 * - Observers (operations that never change the state) are ordered the moment they are legal. Moving
 *   one earlier, to a moment at which it is open and legal, changes nothing for the others.
 * - Crashed operations with the same name and argument are interchangeable, so only their number
 *   counts, and an attempt that has used fewer of every class can do all that one with more can.
 * - A crashed operation is used only where a state it leads to is needed: some other operation has an
 *   outcome there that it would not have had before. Otherwise leave it out, or use it later.
 * - Relaxed, crashed operations may be used without limit. That is a larger set of orders, so if it
 *   has no legal one, neither has the history; and the usage vanishes from the configuration. If it
 *   has one, and that one happens to use every crashed operation once at most, it is a proof as well.
 */
import { Meter } from '../core/budget.ts'
import type { Decision, Engine, Problem } from '../core/engine.ts'
import { isUnknown } from '../core/operation.ts'
import type { CrashClasses } from './crash-classes.ts'
import { crashClassesOf } from './crash-classes.ts'
import type { Events } from './events.ts'
import { CALL, CRASH, eventsOf, RETURN } from './events.ts'
import { IntList } from './int-list.ts'
import { impossibleClass } from './reachable.ts'
import { IMPOSSIBLE, Transitions } from './transitions.ts'
import { Usages } from './usage.ts'
import { NEW, NO_ROOM, Visited } from './visited.ts'

export const justInTime: Engine = {
  name: 'just-in-time',
  decide(problem, meter) {
    const history = prepare(problem, meter)
    const impossible = impossibleClass(history.transitions, 4 * problem.operations.length + 1000)
    if (impossible !== -1) return impossibleAnywhere(history, impossible)
    return refutation(history, meter) ?? new Search(history, meter, false).run()
  },
}

function impossibleAnywhere({ transitions }: Prepared, classId: number): Decision {
  const culprit = transitions.classOf.indexOf(classId)
  return { outcome: 'fail', core: [culprit], reason: '', impossible: culprit }
}

/** The relaxed search gets this share of the budget, and the exact one the rest. */
const SHARE_OF_RELAXED = 1 / 4
/**
 * Where crashed operations can be used without limit, an object that can grow has no end of states
 * (a string, appended to again and again). Beyond this many for each class, relaxing does not help.
 */
const STATES_PER_CLASS = 4

/** What the relaxed search can say: that there is no order, or one that happens to be a proof. */
function refutation(history: Prepared, meter: Meter): Decision | undefined {
  if (history.crashes.count === 0) return undefined
  const { seconds = Infinity, steps = Infinity, bytes = 0 } = meter.rest
  const part = new Meter({
    seconds: seconds * SHARE_OF_RELAXED,
    steps: steps * SHARE_OF_RELAXED,
    bytes: bytes * SHARE_OF_RELAXED,
  })
  const relaxed = new Search(history, part, true)
  const decision = relaxed.run()
  meter.step(part.steps)
  if (decision.outcome === 'unknown') return undefined
  return decision.outcome === 'pass' && relaxed.overused ? undefined : decision
}

/** The problem in integers: all that a search needs and does not change. */
interface Prepared {
  readonly problem: Problem
  readonly events: Events
  readonly transitions: Transitions
  readonly crashes: CrashClasses
}

function prepare(problem: Problem, meter: Meter): Prepared {
  const { operations } = problem
  const events = eventsOf(operations)
  const transitions = new Transitions(problem, meter)
  const eventOfCall = new Int32Array(operations.length)
  events.kind.forEach((kind, at) => {
    if (kind !== RETURN) eventOfCall[events.operation[at]!] = at
  })
  const crashes = crashClassesOf(operations, eventOfCall, transitions)
  return { problem, events, transitions, crashes }
}

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

class Search {
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
  /** The configuration being looked at: event, state, ordered bits; the row that `Visited` compares. */
  readonly #row: Int32Array
  /** The operation open in each slot just before the event `#cursor`; -1 for none. */
  readonly #open: Int32Array
  #cursor = 0
  #deepest = -1
  #deepestTrail = 0
  /** True if the order found last uses a crashed operation twice, or before it was called. */
  overused = false

  constructor(prepared: Prepared, meter: Meter, relaxed: boolean) {
    this.#prepared = prepared
    this.#meter = meter
    this.#relaxed = relaxed
    this.#words = (prepared.events.slots + 31) >>> 5
    this.#width = ORDERED + this.#words
    this.#usages = new Usages(relaxed ? 0 : prepared.crashes.count, meter)
    this.#visited = new Visited(2 + this.#words, this.#usages, meter)
    this.#nodes = new IntList(meter, 16 * this.#width)
    this.#moves = new IntList(meter)
    this.#trail = new IntList(meter)
    this.#row = new Int32Array(2 + this.#words)
    this.#open = new Int32Array(prepared.events.slots).fill(-1)
    this.#trail.length = STEP
  }

  run(): Decision {
    this.#row[1] = this.#prepared.transitions.initial
    if (this.#advance()) return this.#pass(0)
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
      if (this.#advance()) return this.#pass(step)
      const seen = this.#visited.add(this.#row, usage)
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

  /** Makes a move of the node at `at`: afterwards `#row` is the configuration it leads to. */
  #play(at: number, move: number): number {
    const node = this.#nodes.items
    const before = node[at + STATE]!
    const code = this.#moves.items[move]!
    const after = this.#moves.items[move + 1]!
    this.#seek(node[at + EVENT]!)
    this.#row[1] = after
    for (let w = 0; w < this.#words; w++) this.#row[2 + w] = node[at + ORDERED + w]!
    let usage = node[at + USAGE]!
    if (code >= 0) this.#mark(this.#prepared.events.slot[code]!)
    else if (!this.#relaxed) usage = this.#usages.plus(usage, -1 - code)
    if (after !== before) this.#orderObservers(after)
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

  #mark(slot: number): void {
    this.#row[2 + (slot >>> 5)]! |= 1 << (slot & 31)
  }

  #isOrdered(slot: number): boolean {
    return (this.#row[2 + (slot >>> 5)]! & (1 << (slot & 31))) !== 0
  }

  /** Orders every open observer that is legal in a state. */
  #orderObservers(state: number): void {
    const { transitions } = this.#prepared
    for (let slot = 0; slot < this.#open.length; slot++) {
      const operation = this.#open[slot]!
      if (operation === -1 || this.#isOrdered(slot)) continue
      const classId = transitions.classOf[operation]!
      if (transitions.observer[classId] === 1 && transitions.next(state, classId) !== IMPOSSIBLE) {
        this.#mark(slot)
      }
    }
  }

  /**
   * Goes on from the event `#cursor` to the next return of an operation that is not ordered yet. True
   * if there is none: everything is ordered.
   */
  #advance(): boolean {
    const { events, transitions } = this.#prepared
    const end = events.kind.length
    const state = this.#row[1]!
    let at = this.#cursor
    for (; at < end; at++) {
      const kind = events.kind[at]!
      if (kind === CRASH) continue
      const operation = events.operation[at]!
      const slot = events.slot[operation]!
      if (kind === CALL) {
        this.#open[slot] = operation
        const classId = transitions.classOf[operation]!
        if (
          transitions.observer[classId] === 1 &&
          transitions.next(state, classId) !== IMPOSSIBLE
        ) {
          this.#mark(slot)
        }
      } else {
        if (!this.#isOrdered(slot)) break
        this.#row[2 + (slot >>> 5)]! &= ~(1 << (slot & 31))
        this.#open[slot] = -1
      }
    }
    this.#cursor = at
    this.#row[0] = at
    return at === end
  }

  /** Puts `#open` back to what it was just before an earlier event. */
  #seek(event: number): void {
    const { events } = this.#prepared
    while (this.#cursor > event) {
      const at = --this.#cursor
      const kind = events.kind[at]!
      if (kind === CRASH) continue
      const operation = events.operation[at]!
      this.#open[events.slot[operation]!] = kind === CALL ? -1 : operation
    }
  }

  /** Puts the configuration in `#row` on the stack, with its moves. False when out of memory. */
  #push(usage: number, step: number): boolean {
    const nodes = this.#nodes
    if (!nodes.reserve(this.#width)) return false
    const at = nodes.length
    const event = this.#row[0]!
    if (event > this.#deepest) {
      this.#deepest = event
      this.#deepestTrail = step
    }
    const begin = this.#moves.length
    if (!this.#findMoves(event, this.#row[1]!, usage)) return false
    const items = nodes.items
    items[at + EVENT] = event
    items[at + STATE] = this.#row[1]!
    items[at + USAGE] = usage
    items[at + TRAIL] = step
    items[at + NEXT_MOVE] = begin
    items[at + MOVES_BEGIN] = begin
    items[at + MOVES_END] = this.#moves.length
    for (let w = 0; w < this.#words; w++) items[at + ORDERED + w] = this.#row[2 + w]!
    nodes.length += this.#width
    return true
  }

  /** Lists what may be ordered next: the returning operation first, then the others by their return. */
  #findMoves(event: number, state: number, usage: number): boolean {
    const { events, transitions, problem } = this.#prepared
    const forced = events.operation[event]!
    if (!this.#addMoves(forced, transitions.next(state, transitions.classOf[forced]!))) return false
    const begin = this.#moves.length
    for (let slot = 0; slot < this.#open.length; slot++) {
      const operation = this.#open[slot]!
      if (operation === -1 || operation === forced || this.#isOrdered(slot)) continue
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
    for (let slot = 0; slot < this.#open.length; slot++) {
      const operation = this.#open[slot]!
      if (operation === -1 || this.#isOrdered(slot)) continue
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

  /** The order that a trail stands for: its moves, and the observers that were ordered in between. */
  #replay(step: number): number[] {
    const { transitions, events, crashes } = this.#prepared
    const moves: number[] = []
    for (let at = step; at !== 0; at = this.#trail.items[at]!) moves.push(at)
    const order: number[] = []
    const used = new Int32Array(crashes.count)
    this.overused = false
    this.#seek(0)
    this.#row.fill(0)
    this.#row[1] = transitions.initial
    let state = transitions.initial
    const note = (operation: number) => order.push(operation)
    for (;;) {
      this.#advanceNoting(state, note)
      const at = moves.pop()
      if (at === undefined) return order
      const code = this.#trail.items[at + 1]!
      const after = this.#trail.items[at + 2]!
      if (code >= 0) {
        this.#mark(events.slot[code]!)
        order.push(code)
      } else {
        const members = crashes.members[-1 - code]!
        const rank = used[-1 - code]!++
        if (rank >= members.length || crashes.calls[-1 - code]![rank]! > this.#cursor) {
          this.overused = true
        }
        order.push(members[rank % members.length]!)
      }
      if (after !== state) {
        state = after
        this.#row[1] = state
        this.#orderObserversNoting(state, note)
      }
    }
  }

  #orderObserversNoting(state: number, note: (operation: number) => void): void {
    const before = this.#row.slice()
    this.#orderObservers(state)
    for (let slot = 0; slot < this.#open.length; slot++) {
      const wasOrdered = (before[2 + (slot >>> 5)]! & (1 << (slot & 31))) !== 0
      if (!wasOrdered && this.#isOrdered(slot)) note(this.#open[slot]!)
    }
  }

  #advanceNoting(state: number, note: (operation: number) => void): void {
    const { events, transitions } = this.#prepared
    const from = this.#cursor
    this.#advance()
    for (let at = from; at < this.#cursor; at++) {
      if (events.kind[at] !== CALL) continue
      const operation = events.operation[at]!
      const classId = transitions.classOf[operation]!
      if (transitions.observer[classId] === 1 && transitions.next(state, classId) !== IMPOSSIBLE) {
        note(operation)
      }
    }
  }
}
