import { canonical, sameJson } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import type { HistoryMoment, Monitor } from '../../src/core/monitor.ts'

/** What is known after a history: everything that can still be told apart. */
export type LinearizableState =
  | { readonly wrong: string }
  | {
      /** Operations that have begun and not ended, by number. */
      readonly open: readonly OpenOperation[]
      /** Each way in which what has ended can have happened. */
      readonly ways: readonly Way[]
    }

interface OpenOperation {
  readonly operation: number
  readonly process: string
  readonly f: string
  readonly key: Json
  readonly value: Json
}

interface Way {
  /** The object of each key that was touched, with its state. */
  readonly objects: readonly (readonly [key: Json, state: Json])[]
  /** Open operations that have happened already, each with the answer that it must get. */
  readonly happened: readonly (readonly [operation: number, result: Json])[]
}

/**
 * Linearizability of a history that grows, in the manner of Lowe (2017, Testing for
 * linearizability, just-in-time linearization): an operation takes effect no earlier than
 * somebody's answer needs it. Objects under different keys are independent.
 */
export function linearizableMonitor(model: Model): Monitor<LinearizableState> {
  return {
    name: 'linearizable',
    initial: { open: [], ways: [{ objects: [], happened: [] }] },
    next: (state, moment) => ('wrong' in state ? state : after(model, state, moment)),
    violated: (state) => ('wrong' in state ? state.wrong : undefined),
    renamed: (state, operation, data) =>
      'wrong' in state
        ? { wrong: data(state.wrong) as string }
        : {
            open: byOperation(
              state.open.map((each) => ({
                ...(data(each) as OpenOperation),
                operation: operation(each.operation),
              })),
            ),
            ways: distinct(
              state.ways.map(({ objects, happened }) => ({
                objects: byKey(data(objects) as Way['objects']),
                happened: byNumber(
                  happened.map(
                    ([each, result]) => [operation(each), data(result) as Json] as const,
                  ),
                ),
              })),
            ),
          },
  }
}

type Going = Exclude<LinearizableState, { readonly wrong: string }>

function after(model: Model, state: Going, moment: HistoryMoment): LinearizableState {
  const { operation, process, f } = moment
  switch (moment.type) {
    case 'invoke': {
      const key = (moment.key ?? null) as Json
      const begun = { operation, process, f, key, value: (moment.value ?? null) as Json }
      return { ...state, open: byOperation([...state.open, begun]) }
    }
    case 'info':
      return state
    case 'fail': {
      const ways = state.ways.filter(({ happened }) => !has(happened, operation))
      return ended(state, moment, ways, 'failed, and its effect was seen')
    }
    case 'ok': {
      const given = (moment.result ?? null) as Json
      const normal = model.operations[f]?.result.normal
      const result = normal === undefined ? given : normal(given)
      const ways = state.ways.flatMap((way) => answered(model, state.open, way, operation, result))
      return ended(state, moment, ways, `was answered with ${JSON.stringify(result)}`)
    }
  }
}

function ended(
  { open }: Going,
  { operation, process, f, key, value }: HistoryMoment,
  ways: readonly Way[],
  how: string,
): LinearizableState {
  if (ways.length === 0) {
    const asked = [f, key, value].filter((each) => each !== undefined && each !== null)
    const text = asked.map((each) => (each === f ? f : JSON.stringify(each))).join(' ')
    return { wrong: `no order of the operations explains that ${text} of ${process} ${how}` }
  }
  return { open: open.filter((each) => each.operation !== operation), ways: distinct(ways) }
}

/** The ways in which an operation has this answer, whatever else had to happen before. */
function answered(
  model: Model,
  open: readonly OpenOperation[],
  way: Way,
  operation: number,
  result: Json,
): readonly Way[] {
  const known = way.happened.find(([happened]) => happened === operation)
  if (known !== undefined) {
    if (!sameJson(known[1], result)) return []
    return [{ ...way, happened: without(way.happened, operation) }]
  }
  const found: Way[] = []
  const seen = new Set<string>()
  const waiting = [way]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const text = canonical(next as unknown as Json)
    if (seen.has(text)) continue
    seen.add(text)
    for (const each of open) {
      if (has(next.happened, each.operation)) continue
      for (const step of taken(model, next, each)) {
        if (each.operation !== operation) waiting.push(step.way)
        else if (sameJson(step.result, result)) {
          found.push({ ...step.way, happened: without(step.way.happened, operation) })
        }
      }
    }
  }
  return found
}

/** An open operation takes effect, in each way that the model allows. */
function taken(
  model: Model,
  { objects, happened }: Way,
  { operation, process, f, key, value }: OpenOperation,
): readonly { readonly way: Way; readonly result: Json }[] {
  const place = model.partitioned === false ? null : key
  const state = objects.find(([each]) => sameJson(each, place))?.[1] ?? model.initial()
  return model.step(state, { f, value, process }).map((step) => ({
    result: step.result,
    way: {
      objects: byKey([
        ...objects.filter(([each]) => !sameJson(each, place)),
        [place, step.state] as const,
      ]),
      happened: byNumber([...happened, [operation, step.result] as const]),
    },
  }))
}

function has(happened: Way['happened'], operation: number): boolean {
  return happened.some(([each]) => each === operation)
}

function without(happened: Way['happened'], operation: number): Way['happened'] {
  return happened.filter(([each]) => each !== operation)
}

/** Equal ways are written in the same manner, so that equal states are equal. */
function distinct(ways: readonly Way[]): readonly Way[] {
  const texts = new Map(ways.map((way) => [canonical(way as unknown as Json), way]))
  return [...texts.keys()].sort().map((text) => texts.get(text) as Way)
}

function byOperation(open: readonly OpenOperation[]): readonly OpenOperation[] {
  return open.toSorted((one, other) => one.operation - other.operation)
}

function byNumber(happened: Way['happened']): Way['happened'] {
  return happened.toSorted(([one], [other]) => one - other)
}

function byKey(objects: Way['objects']): Way['objects'] {
  return objects.toSorted(([one], [other]) => (canonical(one) < canonical(other) ? -1 : 1))
}
