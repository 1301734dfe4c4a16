import type { Fault } from '../node/index.ts'
import type { Run } from './run.ts'
import type { Deviation, Schedule } from './schedule.ts'
import type { Anchor } from './shrink-anchor.ts'
import { anchored, anchorsOf } from './shrink-anchor.ts'
import { smallestNumber, smallestPart } from './shrink-list.ts'
import { withoutNode } from './shrink-nodes.ts'
import { shorterFaults } from './shrink-faults.ts'
import type { Simulation } from './simulation.ts'

/** A run that goes wrong, and all that decides it. */
export interface Failing {
  readonly simulation: Simulation
  readonly schedule: Schedule
}

export interface ShrinkOptions {
  /** Runs a simulation by a schedule. */
  readonly run: (simulation: Simulation, schedule: Schedule) => Run
  /** Whether a run goes wrong in the same way. */
  readonly stillFails: (run: Run) => Promise<boolean>
  /** Default: 4,000 runs and 30 seconds. */
  readonly budget?: ShrinkBudget
  readonly onProgress?: (progress: ShrinkProgress) => void
}

/** How much work it may be to make a run small: runs of the simulator, and seconds. */
export interface ShrinkBudget {
  readonly runs?: number
  readonly seconds?: number
}

export interface ShrinkProgress {
  readonly runs: number
  readonly faults: number
  readonly operations: number
  readonly deviations: number
  readonly nodes: number
}

export interface Shrunk extends Failing {
  /** How many runs it took. */
  readonly runs: number
  readonly seconds: number
  /** No single fault, operation or deviation can be spared. False where the budget was used up. */
  readonly minimal: boolean
}

const MOST_RUNS = 4000
const MOST_SECONDS = 30
/** More deviations than this are not held to their messages, as most of them will go anyway. */
const MOST_ANCHORED = 40
const FEW = 20
/** Each attempt puts at least one more deviation, in the order of time, where it was. */
const MOST_ATTEMPTS = 4
/** Where much depends on it. */
const PATIENT = { anchored: 1000, attempts: 10 }

/**
 * Makes a failing run smaller, with its own failure as the judge: fewer faults, fewer operations,
 * fewer draws that are not the default, fewer nodes, shorter faults and delays, an earlier end.
 * What is answered still fails, is never larger than what was given, and for the same input is
 * always the same unless the seconds are used up.
 */
export async function shrink(failing: Failing, options: ShrinkOptions): Promise<Shrunk> {
  const search = new Shrinking(failing, options)
  await search.untilNothingHelps()
  return search.result()
}

/** One search: what is known to fail and is the smallest so far, and what was spent. */
class Shrinking {
  readonly #options: ShrinkOptions
  readonly #started = performance.now()
  readonly #mostRuns: number
  readonly #mostSeconds: number
  #best: Failing
  #runs = 0
  #spent = false
  #mostEvents: number | undefined
  /** The best that the anchors belong to. */
  #anchored: Failing | undefined
  #anchors: ReadonlyMap<Deviation, Anchor> = new Map()

  constructor(failing: Failing, options: ShrinkOptions) {
    this.#options = options
    this.#best = failing
    this.#mostRuns = options.budget?.runs ?? MOST_RUNS
    this.#mostSeconds = options.budget?.seconds ?? MOST_SECONDS
  }

  result(): Shrunk {
    return { ...this.#best, runs: this.#runs, seconds: this.#seconds(), minimal: !this.#spent }
  }

  async untilNothingHelps(): Promise<void> {
    await this.#endEarlier()
    await this.#fewer('faults')
    await this.#laterBeginning()
    // Large pieces first: with few operations a run is short, but most of what chance did has to go
    // before single ones can, as it is told by numbers that change with every operation.
    await this.#fewer('operations', Math.ceil(this.#best.schedule.operations.length / 8))
    await this.#fewer('deviations')
    for (let before = Infinity; !this.#spent;) {
      await this.#endEarlier()
      await this.#fewerOfAll()
      await this.#fewerNodes()
      await this.#mergeLosses()
      const size = sizeOf(this.#best)
      if (size >= before) break
      before = size
    }
    await this.#shorten()
    // What is shorter may make something else superfluous.
    for (let before = Infinity; !this.#spent && sizeOf(this.#best) < before;) {
      before = sizeOf(this.#best)
      await this.#fewerOfAll()
    }
  }

  /** Whether the candidate fails too; then it is the best. `undefined`: the budget is used up. */
  async #try(
    candidate: Failing,
    { anchored: most, attempts } = { anchored: MOST_ANCHORED, attempts: MOST_ATTEMPTS },
  ): Promise<boolean | undefined> {
    const plain = await this.#fails(candidate)
    if (plain !== false) return plain
    const { deviations } = candidate.schedule
    if (deviations.length === 0 || deviations.length > most) return false
    return this.#tryAnchored(candidate, attempts)
  }

  /** With deviations that are about the same messages as before, by whatever number. */
  async #tryAnchored(candidate: Failing, attempts: number): Promise<boolean | undefined> {
    const { simulation, schedule } = candidate
    const anchors = this.#anchorsFor(schedule.deviations)
    // Few of them are missed where all are late; many hold each other in place.
    const few = schedule.deviations.length <= FEW
    let { chances } = this.#options.run(
      { ...this.#bounded(simulation), trace: true },
      few ? { ...schedule, deviations: [] } : schedule,
    )
    this.#runs++
    let before = schedule.deviations
    for (let attempt = 0; attempt < attempts; attempt++) {
      const deviations = anchored(schedule.deviations, anchors, chances)
      if (deviations.every((one, at) => one.nth === before[at]?.nth)) return false
      before = deviations
      const moved = {
        simulation: { ...simulation, trace: true },
        schedule: { ...schedule, deviations },
      }
      let run: Run | undefined
      const fails = await this.#fails(moved, (seen) => (run = seen))
      if (fails !== false) return fails
      chances = run?.chances ?? []
    }
    return false
  }

  /** When the deviations of the best, or of what differs from it in other things, took hold. */
  #anchorsFor(deviations: readonly Deviation[]): ReadonlyMap<Deviation, Anchor> {
    if (this.#anchored !== this.#best) {
      const { simulation, schedule } = this.#best
      const { chances } = this.#options.run({ ...simulation, trace: true }, schedule)
      this.#runs++
      this.#anchored = this.#best
      this.#anchors = anchorsOf(schedule.deviations, chances)
    }
    // Of many, those that never took hold are looked for in vain.
    const known = deviations.length > MOST_ANCHORED ? [] : [...this.#anchors.values()]
    // Those of a candidate may be copies: with fewer nodes, names change.
    return new Map(
      deviations.flatMap((one) => {
        const anchor =
          this.#anchors.get(one) ?? known.find(({ deviation }) => isSame(deviation, one))
        return anchor === undefined ? [] : [[one, anchor]]
      }),
    )
  }

  async #fails(candidate: Failing, seen?: (run: Run) => void): Promise<boolean | undefined> {
    if (this.#runs >= this.#mostRuns || this.#seconds() >= this.#mostSeconds) this.#spent = true
    if (this.#spent) return undefined
    this.#runs++
    const { run, stillFails, onProgress } = this.#options
    const { trace: _trace, ...simulation } = candidate.simulation
    const found = run(this.#bounded(candidate.simulation), candidate.schedule)
    seen?.(found)
    if (found.outcome === 'unknown' || !(await stillFails(found))) return false
    this.#best = { ...candidate, simulation }
    const { faults, operations, deviations } = candidate.schedule
    onProgress?.({
      runs: this.#runs,
      faults: faults.length,
      operations: operations.length,
      deviations: deviations.length,
      nodes: simulation.nodes,
    })
    return true
  }

  /**
   * With the default draws nodes may get in each other's way for ever: what takes far longer than
   * the run that is known is no simpler.
   */
  #bounded(simulation: Simulation): Simulation {
    if (this.#mostEvents === undefined) {
      const { simulation: whole, schedule } = this.#best
      this.#mostEvents = 2 * this.#options.run(whole, schedule).stats.events + 2000
    }
    return { ...simulation, budget: { steps: this.#mostEvents } }
  }

  async #trySchedule(change: Partial<Schedule>): Promise<boolean | undefined> {
    const { simulation, schedule } = this.#best
    return this.#try({ simulation, schedule: { ...schedule, ...change } })
  }

  /** Without healing and final reads if they are not needed, and no longer than it takes. */
  async #endEarlier(): Promise<void> {
    const { simulation, schedule } = this.#best
    if (simulation.recovers !== false) {
      const operations = schedule.operations.filter(({ phase }) => phase === undefined)
      const { core: _core, ...rest } = schedule
      await this.#try({
        simulation: { ...simulation, recovers: false },
        schedule: { ...rest, operations },
      })
    }
    await smallestNumber(1, this.#best.simulation.forMs, (forMs) => {
      const ended = { ...this.#best.simulation, forMs }
      return this.#try({ simulation: ended, schedule: until(forMs, this.#best.schedule) })
    })
  }

  /** Without what comes long before the end, which is often enough. */
  async #laterBeginning(): Promise<void> {
    for (let kept = 3; kept < this.#best.schedule.operations.length; kept *= 2) {
      const { simulation, schedule } = this.#best
      const operations = schedule.operations.slice(-kept)
      const begin = (operations[0]?.at ?? 0) * 1000
      const anchors = this.#anchorsFor(schedule.deviations)
      const deviations = schedule.deviations.filter((one) => (anchors.get(one)?.time ?? 0) >= begin)
      const later = { simulation, schedule: { ...schedule, operations, deviations } }
      if ((await this.#try(later, PATIENT)) !== false) return
    }
  }

  async #fewerOfAll(): Promise<void> {
    for (const part of ['faults', 'operations', 'deviations'] as const) await this.#fewer(part)
  }

  /** Takes away pieces of so many or more. */
  async #fewer(part: 'faults' | 'operations' | 'deviations', least = 1): Promise<void> {
    const items: readonly unknown[] = this.#best.schedule[part]
    await smallestPart(items, (kept) => this.#trySchedule({ [part]: kept }), least)
  }

  async #fewerNodes(): Promise<void> {
    for (let node = this.#best.simulation.nodes; node >= 1; node--) {
      if (this.#best.simulation.nodes === 1) return
      const smaller = withoutNode(this.#best, node)
      if (smaller !== undefined && (await this.#try(smaller)) === undefined) return
    }
  }

  /** Several messages of one link that are lost or late are one thing: the link is cut. */
  async #mergeLosses(): Promise<void> {
    for (const link of linksOf(this.#best.schedule.deviations)) {
      const { simulation, schedule } = this.#best
      const deviations = schedule.deviations.filter((one) => !isOn(one, link))
      if (schedule.deviations.length - deviations.length < 2) continue
      const cut: Fault = { type: 'partition', ...link, at: 0, until: simulation.forMs }
      const faults = [...schedule.faults, cut]
      if ((await this.#trySchedule({ deviations, faults })) === undefined) return
    }
  }

  /** Nothing happens before the first thing that is needed. */
  async #sooner(): Promise<void> {
    const { simulation, schedule } = this.#best
    const times = [...schedule.operations, ...schedule.faults].map(({ at }) => at)
    const least = Math.floor(times.reduce((first, at) => Math.min(first, at), Infinity))
    if (least < 1 || least >= simulation.forMs) return
    const moved = { ...simulation, forMs: simulation.forMs - least }
    await this.#try({ simulation: moved, schedule: sooner(schedule, least) })
  }

  async #shorten(): Promise<void> {
    await this.#sooner()
    await shorterFaults(this.#best.schedule.faults, (faults) => this.#trySchedule({ faults }))
    for (const [at, deviation] of this.#best.schedule.deviations.entries()) {
      const least = leastOf(deviation, this.#best.simulation)
      if (least === undefined || !('us' in deviation)) continue
      await smallestNumber(Math.min(least, deviation.us), deviation.us, (us) => {
        const { deviations } = this.#best.schedule
        return this.#trySchedule({ deviations: deviations.with(at, { ...deviation, us }) })
      })
      if (this.#spent) return
    }
  }

  #seconds(): number {
    return (performance.now() - this.#started) / 1000
  }
}

/** How many lines its story has, and how many nodes take part: what has to become less. */
function sizeOf({ simulation, schedule }: Failing): number {
  const { faults, operations, deviations } = schedule
  return faults.length + operations.length + deviations.length + simulation.nodes
}

/** How short it can be in earnest, in microseconds; `undefined` where nobody here knows. */
function leastOf({ type }: Deviation, { network, disk }: Simulation): number | undefined {
  if (type === 'delay' || type === 'doubled') return Math.round(network.delayMs[0] * 1000)
  return type === 'disk' ? Math.round(disk.writeMs[0] * 1000) : undefined
}

/** What is planned for later does not happen. */
function until(forMs: number, schedule: Schedule): Schedule {
  return {
    ...schedule,
    faults: schedule.faults.filter(({ at }) => at < forMs),
    operations: schedule.operations.filter(({ at, phase }) => phase !== undefined || at < forMs),
  }
}

function sooner(schedule: Schedule, ms: number): Schedule {
  const earlier = <Timed extends { readonly at: number }>(one: Timed): Timed => ({
    ...one,
    at: one.at - ms,
  })
  return {
    ...schedule,
    operations: schedule.operations.map((one) => (one.phase === undefined ? earlier(one) : one)),
    faults: schedule.faults.map((fault) => {
      const moved = earlier(fault)
      return moved.until === undefined ? moved : { ...moved, until: moved.until - ms }
    }),
  }
}

function isSame(one: Deviation, other: Deviation): boolean {
  const { nth: _, ...rest } = one
  const { nth: __, ...otherRest } = other
  return JSON.stringify(rest) === JSON.stringify(otherRest)
}

interface Link {
  readonly from: readonly [string]
  readonly to: readonly [string]
}

/** Links between nodes on which messages are lost or late. */
function linksOf(deviations: readonly Deviation[]): readonly Link[] {
  const links = new Map<string, Link>()
  for (const one of deviations) {
    if (one.type !== 'lost' && one.type !== 'delay') continue
    if (one.from.startsWith('c') || one.to.startsWith('c')) continue
    links.set(`${one.from} ${one.to}`, { from: [one.from], to: [one.to] })
  }
  return [...links.values()]
}

function isOn(one: Deviation, { from, to }: Link): boolean {
  return 'from' in one && one.from === from[0] && one.to === to[0]
}
