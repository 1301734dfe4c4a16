import type { Explain, Part, Reader } from '../../src/explore/validate/index.ts'
import type {
  Effect,
  StoredDisk,
  TraceEvent,
  TraceHeader,
  TraceStep,
} from '../../src/core/trace.ts'

/** A message that one instance sends to another of its kind. */
interface Wrapped {
  readonly part: string
  readonly message: unknown
}

/** A reader that forgets nothing: instances would forget at different times. */
export type UnforgettingReader = Reader & { readonly window?: never }

/**
 * Reads traces of nodes that run many instances of a protocol side by side, as `impls/compose` has
 * them, with the reader for one: each instance is a run of the spec of its own. A trace that knows
 * nothing of instances is read as it is.
 */
export function byInstance(
  one: (header: TraceHeader) => UnforgettingReader,
): (header: TraceHeader) => Reader {
  return (header) => {
    const readers = new Map<string, Reader>()
    const plain = one(header)
    return {
      see: (step) => {
        plain.see(step)
        for (const key of keysIn(step)) {
          const reader = readers.get(key) ?? one(header)
          readers.set(key, reader)
          reader.see(stepOf(step, key))
        }
      },
      parameters: (room) =>
        readers.size === 0
          ? plain.parameters(room)
          : [...readers.values()].map((reader) => reader.parameters(room)).reduce(wider),
      explain: (parameters, origins) =>
        readers.size === 0
          ? plain.explain(parameters, origins)
          : explainer(
              new Map(
                [...readers].map(([key, reader]) => [key, reader.explain(parameters, origins)]),
              ),
            ),
    }
  }
}

function explainer(instances: ReadonlyMap<string, Explain>): Explain {
  return (step) => {
    const parts: Part[] = []
    // A node that starts tells of all that it finds, and of what it does not find.
    const keys = step.event.type === 'boot' ? instances.keys() : keysIn(step)
    for (const run of keys)
      for (const part of instances.get(run)?.(stepOf(step, run)) ?? []) parts.push({ ...part, run })
    return parts
  }
}

type Sizes = ReturnType<Reader['parameters']>

/** Room for the larger of two instances. */
function wider(one: Sizes, other: Sizes): Sizes {
  return Object.fromEntries(
    Object.entries(one).map(([name, size]) => {
      const its = other[name]
      return [
        name,
        typeof size === 'number' && typeof its === 'number' ? Math.max(size, its) : size,
      ]
    }),
  )
}

/** The instances that a step is about. */
function keysIn({ event, effects }: TraceStep): ReadonlySet<string> {
  const keys = new Set<string>()
  if (event.type === 'message' && isWrapped(event.message)) keys.add(event.message.part)
  for (const effect of effects) {
    const key = keyOf(effect)
    if (key !== undefined) keys.add(key)
  }
  return keys
}

function isWrapped(message: unknown): message is Wrapped {
  return (
    typeof message === 'object' && message !== null && 'part' in message && 'message' in message
  )
}

/** The instance that sends or writes; other effects say nothing to the readers of traces. */
function keyOf(effect: Effect): string | undefined {
  if (effect.type === 'send') return isWrapped(effect.message) ? effect.message.part : undefined
  if (effect.type !== 'write') return undefined
  const { write } = effect
  const name = write.type === 'put' ? write.key : write.log
  const end = name.indexOf('/')
  return end < 0 ? undefined : name.slice(0, end)
}

/** The step as one instance sees it; what the node shows is not what an instance would show. */
function stepOf({ step, time, node, event, effects }: TraceStep, key: string): TraceStep {
  const own = effects.filter((effect) => keyOf(effect) === key)
  return {
    step,
    time,
    ...(node === undefined ? {} : { node }),
    event: eventOf(event, key),
    effects: own.map((effect) => effectOf(effect, key)),
  }
}

function eventOf(event: TraceEvent, key: string): TraceEvent {
  if (event.type === 'boot') return { ...event, disk: diskOf(event.disk, key) }
  if (event.type !== 'message' || !isWrapped(event.message)) return event
  return { ...event, message: event.message.message }
}

function effectOf(effect: Effect, key: string): Effect {
  if (effect.type === 'send' && isWrapped(effect.message))
    return { ...effect, message: effect.message.message }
  if (effect.type !== 'write') return effect
  const { write } = effect
  const rest = (name: string): string => name.slice(key.length + 1)
  return write.type === 'put'
    ? { ...effect, write: { ...write, key: rest(write.key) } }
    : { ...effect, write: { ...write, log: rest(write.log) } }
}

function diskOf({ values, logs, damaged }: StoredDisk, key: string): StoredDisk {
  const ours = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(all)
        .filter(([name]) => name.startsWith(`${key}/`))
        .map(([name, value]) => [name.slice(key.length + 1), value]),
    )
  return { values: ours(values), logs: ours(logs), damaged }
}
