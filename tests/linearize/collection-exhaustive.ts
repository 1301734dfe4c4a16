import type { Problem } from '../../src/core/engine.ts'
import type { Json } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { Names } from './collection-cases.ts'

/** What one operation may be: its function, argument and answer; `undefined` means unknown. */
interface Choice {
  readonly f: string
  readonly value: Json
  readonly result: Json | undefined
}

/**
 * All histories of exactly `count` operations: every overlapping of their intervals, every
 * operation an insertion, removal or peek, every answer. The n-th insertion, by call, inserts a
 * number between the others, so that for priority queues rising and falling orders occur.
 */
export function* allProblems(model: Model, names: Names, count: number): Generator<Problem> {
  const values = [2, 1, 3, 0].slice(0, count)
  const answers: (Json | undefined)[] = [null, undefined, ...values]
  const looks = [names.remove, names.peek].flatMap((f) => {
    return answers.map((result): Choice => ({ f, value: null, result }))
  })
  const shapes = [...intervals(count)]
  for (const choices of sequences(count, looks, values, names.insert)) {
    for (const shape of shapes) {
      const operations = choices.map((choice, id): Operation => {
        const [called, returned] = shape[id] as readonly [number, number]
        return {
          ...choice,
          id,
          process: id,
          key: undefined,
          called,
          returned: choice.result === undefined ? Infinity : returned,
          calledAt: undefined,
          returnedAt: undefined,
        }
      })
      yield { model, initial: [], operations }
    }
  }
}

/** All ways to choose the operations; answers name only values that are inserted. */
function* sequences(
  count: number,
  looks: readonly Choice[],
  values: readonly number[],
  insert: string,
): Generator<readonly Choice[]> {
  const total = (looks.length + 2) ** count
  for (let number = 0; number < total; number++) {
    const choices: Choice[] = []
    let inserted = 0
    for (let i = 0, rest = number; i < count; i++, rest = Math.floor(rest / (looks.length + 2))) {
      const digit = rest % (looks.length + 2)
      const look = looks[digit - 2]
      if (look !== undefined) choices.push(look)
      else {
        const result = digit === 0 ? null : undefined
        choices.push({ f: insert, value: values[inserted++] as number, result })
      }
    }
    const known = values.slice(0, inserted)
    if (choices.every(({ f, result }) => f === insert || !isOther(result, known))) yield choices
  }
}

function isOther(result: Json | undefined, known: readonly number[]): boolean {
  return typeof result === 'number' && !known.includes(result)
}

/**
 * All ways in which intervals can overlap: the calls in order, the returns anywhere after theirs.
 */
function* intervals(count: number): Generator<readonly (readonly [number, number])[]> {
  const events: number[] = []
  function* extend(
    called: number,
    open: readonly number[],
  ): Generator<readonly (readonly [number, number])[]> {
    if (events.length === 2 * count) {
      const at = Array.from(
        { length: count },
        (_, id) => [events.indexOf(id), events.lastIndexOf(id)] as const,
      )
      yield at
      return
    }
    const next = called < count ? [...open, called] : open
    for (const id of next) {
      events.push(id)
      if (id === called) yield* extend(called + 1, [...open, id])
      else
        yield* extend(
          called,
          open.filter((other) => other !== id),
        )
      events.pop()
    }
  }
  yield* extend(0, [])
}
