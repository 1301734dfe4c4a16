import type { Graph } from './graph.ts'
import { fanOf } from './lemmas.ts'
import type { Recurrent } from './recurrent.ts'
import type { Schedule } from './schedules.ts'
import { idleSteps } from './schedules.ts'

/** One step of a run: what happened, and the configuration after it. */
export interface RunStep {
  readonly event: number
  readonly to: number
}

/** What a fair cycle owes: steps of processes, as bits, and messages by their event's names. */
interface Debts {
  readonly steps: number
  readonly events: readonly number[]
}

const GONE = -1

/**
 * A way from a configuration back to itself within a set, on which every process of the fair ones
 * takes a step and every message is received that was on its way to them at the start. Messages
 * are followed through renaming. `undefined`: there is none, as some message can never be taken.
 *
 * @param most how many combinations of configurations and debts are looked at for a shorter one
 */
export class FairCycles {
  readonly #graph: Graph
  readonly #recurrent: Recurrent
  readonly #schedule: Schedule
  readonly #fair: number
  readonly #moves = new Map<number, readonly Move[]>()

  constructor(graph: Graph, recurrent: Recurrent, schedule: Schedule) {
    this.#graph = graph
    this.#recurrent = recurrent
    this.#schedule = schedule
    const all = (1 << graph.successors.processes) - 1
    this.#fair = schedule.silent < 0 ? all : all & ~(1 << schedule.silent)
  }

  /** Whether every process that must be fair can take a step in some member. */
  allStep(members: Int32Array): boolean {
    const { successors, first, events } = this.#graph
    let steps = 0
    for (const at of members) {
      steps |= idleSteps(this.#graph, at, this.#schedule)
      for (let edge = first.data[at]!; edge < first.data[at + 1]!; edge++)
        if (this.#recurrent.inside[edge] === 1) steps |= 1 << successors.actor(events.data[edge]!)
      if ((steps & this.#fair) === this.#fair) return true
    }
    return false
  }

  find(root: number, most: number): readonly RunStep[] | undefined {
    const debts = this.#debtsAt(root)
    for (const event of debts.events)
      if (this.#pay(root, { steps: 0, events: [event] }, 'all') === undefined) return undefined
    return this.#shortest(root, debts, most) ?? this.#inTurn(root, debts)
  }

  #debtsAt(root: number): Debts {
    const { successors } = this.#graph
    const { processes, elements } = successors
    this.#graph.load(root)
    const parcels = successors.here.slice(processes, successors.hereSize)
    const owed = [...parcels].filter(
      (parcel) => ((this.#fair >> elements.destinations[parcel]!) & 1) === 1,
    )
    return { steps: this.#fair, events: owed.map((parcel) => processes + parcel) }
  }

  /** Pays one debt after the other, the oldest first, and goes back. */
  #inTurn(root: number, debts: Debts): readonly RunStep[] | undefined {
    const run: RunStep[] = []
    let at = root
    let owed = debts
    const go = (steps: readonly Paid[] | undefined): boolean => {
      for (const { event, to, move } of steps ?? []) {
        run.push({ event, to })
        owed = afterMove(owed, move, this.#actor(event))
        at = to
      }
      return steps !== undefined
    }
    while (owed.events.length > 0 || owed.steps !== 0) {
      const [event] = owed.events
      const next =
        event === undefined
          ? { steps: owed.steps & -owed.steps, events: [] }
          : { steps: 0, events: [event] }
      if (!go(this.#pay(at, next, 'all'))) return undefined
    }
    return go(this.#pay(at, NOTHING, 'all', root)) ? run : undefined
  }

  #shortest(root: number, debts: Debts, most: number): readonly RunStep[] | undefined {
    return this.#pay(root, debts, most, root)
  }

  /**
   * The shortest way on which all debts are paid, and which ends in `goal`, if that is given.
   */
  #pay(
    from: number,
    debts: Debts,
    most: number | 'all',
    goal?: number,
  ): readonly Paid[] | undefined {
    interface Node {
      readonly at: number
      readonly debts: Debts
      readonly before: number
      readonly paid: Paid | undefined
    }
    const nodes: Node[] = [{ at: from, debts, before: -1, paid: undefined }]
    const seen = new Set([keyOf(from, debts)])
    const empty = debts.steps === 0 && debts.events.length === 0
    if (empty && goal === from) return []
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[index]!
      for (const move of this.#movesOf(node.at)) {
        const left = afterMove(node.debts, move, this.#actor(move.event))
        const key = keyOf(move.to, left)
        if (seen.has(key)) continue
        const paid = { event: move.event, to: move.to, move }
        if (left.steps === 0 && left.events.length === 0 && (goal ?? move.to) === move.to) {
          const way = [paid]
          for (let back: Node = node; back.paid !== undefined; back = nodes[back.before]!)
            way.push(back.paid)
          return way.reverse()
        }
        if (most !== 'all' && nodes.length >= most) return undefined
        seen.add(key)
        nodes.push({ at: move.to, debts: left, before: index, paid })
      }
    }
    return undefined
  }

  #actor(event: number): number {
    return this.#graph.successors.actor(event)
  }

  /** The steps that keep within the set, and empty steps that change nothing. */
  #movesOf(at: number): readonly Move[] {
    const known = this.#moves.get(at)
    if (known !== undefined) return known
    const graph = this.#graph
    const { processes } = graph.successors
    const { events, afterEdges } = fanOf(graph, at)
    const moves: Move[] = []
    const idle = idleSteps(graph, at, this.#schedule) & this.#fair
    const unchanged = (name: number) => name
    for (let self = 0; self < processes; self++)
      if (((idle >> self) & 1) === 1) moves.push({ event: self, to: at, name: unchanged })
    const start = graph.first.data[at]!
    for (let edge = start; edge < graph.first.data[at + 1]!; edge++) {
      if (this.#recurrent.inside[edge] !== 1) continue
      const event = graph.events.data[edge]!
      const names = afterEdges[edge - start]!
      const name = (other: number) => names[events.indexOf(other)] ?? GONE
      moves.push({ event, to: graph.targets.data[edge]!, name })
    }
    this.#moves.set(at, moves)
    return moves
  }
}

interface Move extends RunStep {
  /** What another event is called after this one; `GONE` when it was dropped or taken. */
  readonly name: (event: number) => number
}

interface Paid extends RunStep {
  readonly move: Move
}

const NOTHING: Debts = { steps: 0, events: [] }

/** A debt of a message is paid when it is received; of several copies one. */
function afterMove({ steps, events }: Debts, move: Move, actor: number): Debts {
  const taken = events.indexOf(move.event)
  const rest = events.filter((_, place) => place !== taken)
  const names = rest.map(move.name).filter((name) => name !== GONE)
  return { steps: steps & ~(1 << actor), events: names.sort((one, other) => one - other) }
}

function keyOf(at: number, { steps, events }: Debts): string {
  return `${at} ${steps} ${events.join(' ')}`
}
