import type { Json } from '../../src/core/json.ts'
import { canonical } from '../../src/core/json.ts'
import { seeded } from '../../src/core/random.ts'
import { counted } from '../../src/core/wording.ts'
import { inputChoices } from '../../src/valency/inputs.ts'
import type { Process } from '../../src/valency/process.ts'
import { stepsAlong } from '../../src/valency/runs.ts'
import { toldRun } from '../../src/valency/told-run.ts'
import { isBivalent } from '../../src/valency/valence.ts'
import { labelled, processOf, reported, runLines } from './asynchronous.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import type { Configuration, PlainGraph } from './plain-configurations.ts'
import { after, decisionsIn, isFor, plainGraph, valuesFrom } from './plain-configurations.ts'

/** The graphs of a protocol for all inputs, by the definition alone. */
export function graphsOf(name: string, processes: number): readonly PlainGraph[] {
  return inputChoices(processes, 2).map((inputs) => plainGraph(processOf(name, processes), inputs))
}

type Teller = number | null | { readonly tell: number } | 'told'

/** Process 0 tells its input and forgets it; process 1 decides what it hears. */
const teller: Process<Teller, number> = {
  start: (self, input) => (self === 0 ? { tell: input } : null),
  step(local, message, self) {
    if (self === 1) return { local: message ?? local }
    if (local === null || typeof local !== 'object') return { local }
    return { local: 'told', sends: [[1, local.tell]] }
  },
  decided: (local) => (typeof local === 'number' ? local : undefined),
}

export interface Ambiguous {
  readonly configurations: number
  /** Those with the same states, or buffer, or both, as one from which something else follows. */
  readonly byStates: number
  readonly byBuffer: number
  readonly byBoth: number
}

/** What parts of configurations say of what can be decided from them on. */
export function ambiguousParts(): Ambiguous {
  const graphs = [0, 1].map((input) => plainGraph(teller as Process, [input, 0]))
  const all = graphs.flatMap((graph) => {
    const values = valuesFrom(graph)
    return graph.configurations.map((each, at) => ({ each, values: sorted(values[at]) }))
  })
  const count = (part: (configuration: Configuration) => unknown): number => {
    const known = new Map<string, Set<string>>()
    const keys = all.map(({ each }) => canonical(part(each) as Json))
    for (const [at, key] of keys.entries())
      known.set(key, (known.get(key) ?? new Set()).add(canonical(all[at]?.values ?? null)))
    return keys.filter((key) => (known.get(key)?.size ?? 0) > 1).length
  }
  return {
    configurations: all.length,
    byStates: count(({ locals }) => locals),
    byBuffer: count(({ buffer }) => buffer),
    byBoth: count(({ locals, buffer }) => [locals, buffer]),
  }
}

/** Whether between two configurations no process but one has another local state. */
export function onlyChanges(graph: PlainGraph, from: number, to: number, process: number): boolean {
  const before = graph.configurations[from]?.locals ?? []
  const now = graph.configurations[to]?.locals ?? []
  return before.every(
    (local, self) => self === process || canonical(local as Json) === canonical(now[self] as Json),
  )
}

/** That crashes are events makes no difference: whoever crashes might as well be silent. */
export function crashesAddNothing(name: string, processes: number): Question {
  return question(
    'enumeration',
    `${name}: with crashes as events the same is decided, and as many configurations block`,
    () => {
      let same = 0
      let blocked = 0
      const all = inputChoices(processes, 2)
      for (const inputs of all) {
        const process = processOf(name, processes)
        const without = valuesFrom(plainGraph(process, inputs))[0]
        const graph = plainGraph(process, inputs, 1)
        const values = valuesFrom(graph)
        if (canonical(sorted(without)) === canonical(sorted(values[0]))) same++
        for (const [at, { crashed }] of graph.configurations.entries())
          if (crashed.length === 1 && values[at]?.size === 0) blocked++
      }
      const { blocks } = reported(name, processes)
      const sentence =
        `${same} of ${all.length} inputs decide the same; ${counted(blocked, 'configuration')} ` +
        `with a crash never decide, and ${blocks ?? 'an unknown number'} with a silent process`
      return answer(same === all.length && blocked === blocks, sentence)
    },
  )
}

function sorted(values: ReadonlySet<Json> | undefined): Json {
  return [...(values ?? [])].sort()
}

/** Undecided configurations with a message on its way, in which all empty steps change nothing. */
export function idleWhileWaiting(graph: PlainGraph): number {
  return graph.configurations.filter((each, at) => {
    if (each.buffer.length === 0 || decisionsIn(graph, each).length > 0) return false
    const empty = (graph.steps[at] ?? []).filter(({ message }) => message === undefined)
    return empty.every(({ to }) => to === at)
  }).length
}

interface Event {
  readonly self: number
  /** `undefined`: there is nothing. */
  readonly message: string | undefined
}

/** Whether both orders of two events can be taken, and lead to one configuration. */
export function swapped(graph: PlainGraph, now: Configuration, one: Event, other: Event): boolean {
  const first = applied(graph, now, [one, other])
  const second = applied(graph, now, [other, one])
  return first !== undefined && second !== undefined && isSame(first, second)
}

function isSame(one: Configuration, other: Configuration): boolean {
  return canonical(one as unknown as Json) === canonical(other as unknown as Json)
}

/** The configuration after some events; `undefined` if one of them cannot be taken. */
function applied(
  { process }: PlainGraph,
  now: Configuration,
  events: readonly Event[],
): Configuration | undefined {
  let at: Configuration | undefined = now
  for (const { self, message } of events) {
    if (at === undefined) return undefined
    at = after(process, at, self, message)[0]
  }
  return at
}

const PAIRS = 1000
const SEED = 1

/** Lemma 1 for schedules of several events, drawn at random. */
export function longSchedules(name: string): Question {
  const asks = `${name}: disjoint schedules of several events lead to one configuration`
  return question('enumeration', asks, () => {
    const random = seeded(SEED)
    const graphs = [
      [0, 1, 1],
      [1, 0, 1],
    ].map((inputs) => plainGraph(processOf(name, 3), inputs))
    let failed = 0
    let events = 0
    for (let pair = 0; pair < PAIRS; pair++) {
      const graph = random.pick(graphs)
      const now = random.pick(graph.configurations)
      const alone = random.int(0, 2)
      // One process, and the other two: each schedule is drawn as if the other one were not there.
      const one = drawn(graph, now, [alone])
      const other = drawn(
        graph,
        now,
        [0, 1, 2].filter((self) => self !== alone),
      )
      events += one.length + other.length
      const first = applied(graph, now, [...one, ...other])
      const second = applied(graph, now, [...other, ...one])
      if (first === undefined || second === undefined || !isSame(first, second)) failed++
    }
    const sentence =
      `${failed} of ${PAIRS} pairs, ${events} events, come out differently ` + `(seed ${SEED})`
    return answer(failed === 0, sentence)
  })

  function drawn(graph: PlainGraph, from: Configuration, who: readonly number[]): Event[] {
    const events: Event[] = []
    const random = seeded(SEED + events.length + graph.configurations.indexOf(from))
    let now = from
    for (let left = random.int(1, 6); left > 0; left--) {
      const self = random.pick(who)
      const message = random.pick([undefined, ...now.buffer.filter((each) => isFor(each, self))])
      const [next] = after(graph.process, now, self, message)
      if (next === undefined) break
      events.push({ self, message })
      now = next
    }
    return events
  }
}

/** How many configurations are of which kind, and a run to one that can decide nothing. */
export function countLabels(name: string, rounds: number) {
  const counts = { all: 0, none: 0, zero: 0, one: 0, both: 0 }
  let example: readonly string[] | undefined
  for (const inputs of inputChoices(3, 2)) {
    const { graph, labels } = labelled(name, inputs, { options: { rounds } })
    const { elements } = graph.successors
    for (const [at, label] of labels.entries()) {
      counts.all++
      if (isBivalent(label)) counts.both++
      else if (label === 0) {
        counts.none++
        example ??= runLines(toldRun(graph, inputs, stepsAlong(graph, graph.pathTo(at))))
      } else if (label === 1 << elements.valueId(0)) counts.zero++
      else counts.one++
    }
  }
  return { ...counts, ...(example === undefined ? {} : { example }) }
}
