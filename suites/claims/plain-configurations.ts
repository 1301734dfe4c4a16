import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Outcome, Process } from '../../src/valency/process.ts'

/**
 * The model of Fischer, Lynch and Paterson (1985) written down as it is defined: a configuration is
 * the local state of every process and the messages in the buffer, a step takes a message out, or
 * finds nothing, and is taken by one process. Nothing is renamed or dropped, so this is for small
 * protocols, and for comparing with the engine that does both.
 */
export interface Configuration {
  readonly locals: readonly unknown[]
  /** Messages on their way, as `to|JSON`, in ascending order. */
  readonly buffer: readonly string[]
  /** Who has crashed, where crashes are events. */
  readonly crashed: readonly number[]
}

export interface PlainStep {
  readonly process: number
  /** `undefined`: there was nothing to receive; `crash`: an event of its own. */
  readonly message: string | undefined
  readonly to: number
}

export interface PlainGraph {
  readonly process: Process
  readonly configurations: readonly Configuration[]
  /** The steps from each configuration. */
  readonly steps: readonly (readonly PlainStep[])[]
}

export const CRASH = 'crash'

/** All configurations that can be reached; with `crashes`, so many processes may crash. */
export function plainGraph(process: Process, inputs: readonly number[], crashes = 0): PlainGraph {
  const numbers = new Map<string, number>()
  const configurations: Configuration[] = []
  const numberOf = (configuration: Configuration): number => {
    const key = canonical(configuration as unknown as Json)
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, configurations.length)
    configurations.push(configuration)
    return configurations.length - 1
  }
  const locals = inputs.map((input, self) => process.start(self, input))
  numberOf({ locals, buffer: [], crashed: [] })
  const steps: PlainStep[][] = []
  for (const now of configurations) {
    const alive = [...inputs.keys()].filter((self) => !now.crashed.includes(self))
    const out: PlainStep[] = []
    for (const self of alive) {
      for (const message of [undefined, ...new Set(now.buffer.filter((each) => isFor(each, self)))])
        for (const next of after(process, now, self, message))
          out.push({ process: self, message, to: numberOf(next) })
      if (now.crashed.length < crashes) {
        const crashed = [...now.crashed, self].sort()
        out.push({ process: self, message: CRASH, to: numberOf({ ...now, crashed }) })
      }
    }
    steps.push(out)
  }
  return { process, configurations, steps }
}

/** What a step leads to; several where a coin is tossed. Nothing if the message is not there. */
export function after(
  process: Process,
  now: Configuration,
  self: number,
  message: string | undefined,
): readonly Configuration[] {
  const rest = [...now.buffer]
  if (message !== undefined) {
    const at = rest.indexOf(message)
    if (at < 0) return []
    rest.splice(at, 1)
  }
  const said = message === undefined ? undefined : (JSON.parse(messageOf(message)) as unknown)
  const made = process.step(now.locals[self], said, self)
  const outcomes = (Array.isArray(made) ? made : [made]) as readonly Outcome<unknown, unknown>[]
  return outcomes.map(({ local, sends = [] }) => ({
    ...now,
    locals: now.locals.map((each, other) => (other === self ? local : each)),
    buffer: [...rest, ...sends.map(([to, each]) => `${to}|${JSON.stringify(each)}`)].sort(),
  }))
}

export function isFor(message: string, self: number): boolean {
  return message.startsWith(`${self}|`)
}

/** What is decided in a configuration, by whomever. */
export function decisionsIn({ process }: PlainGraph, { locals }: Configuration): readonly Json[] {
  const all = locals.map((local) => process.decided(local)).filter((each) => each !== undefined)
  return [...new Set(all)]
}

/** The values that can be decided from each configuration on, without steps of `silent`. */
export function valuesFrom(graph: PlainGraph, silent = -1): readonly ReadonlySet<Json>[] {
  const values = graph.configurations.map((each) => new Set(decisionsIn(graph, each)))
  for (let changed = true; changed;) {
    changed = false
    // Backwards, as steps mostly lead to later configurations.
    for (let at = values.length - 1; at >= 0; at--) {
      const here = values[at] ?? new Set()
      const before = here.size
      for (const { process, to } of graph.steps[at] ?? [])
        if (process !== silent) for (const value of values[to] ?? []) here.add(value)
      changed ||= here.size > before
    }
  }
  return values
}

function messageOf(message: string): string {
  return message.slice(message.indexOf('|') + 1)
}
