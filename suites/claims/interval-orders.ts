import type { Operation } from '../../src/core/operation.ts'

/** Where an operation begins and ends among all calls and returns. */
export interface Span {
  readonly called: number
  readonly returned: number
}

/** All ways in which the calls and returns of so many operations can alternate: (2n)! / 2^n. */
export function* everySpans(operations: number): Generator<readonly Span[]> {
  const called = new Array<number>(operations).fill(-1)
  const returned = new Array<number>(operations).fill(-1)
  yield* place(0)

  function* place(position: number): Generator<readonly Span[]> {
    if (position === 2 * operations) {
      yield called.map((at, id) => ({ called: at, returned: returned[id] ?? -1 }))
      return
    }
    for (let id = 0; id < operations; id++) {
      const moments = called[id] === -1 ? called : returned
      if (moments[id] !== -1) continue
      moments[id] = position
      yield* place(position + 1)
      moments[id] = -1
    }
  }
}

/** One placement for each precedence: which operations end before which begin. */
export function intervalOrders(operations: number): readonly (readonly Span[])[] {
  const known = new Map<string, readonly Span[]>()
  for (const spans of everySpans(operations)) {
    const relation = precedenceOf(spans).map(Number).join('')
    if (!known.has(relation)) known.set(relation, spans)
  }
  return [...known.values()]
}

/** Row by row: whether the first ends before the second begins. */
export function precedenceOf(spans: readonly Span[]): readonly boolean[] {
  return spans.flatMap((a) => spans.map((b) => a.returned < b.called))
}

/** What was done, when. Without a result its outcome is unknown: it never returned. */
export function operationAt(
  id: number,
  { called, returned }: Span,
  done: Pick<Operation, 'process' | 'f' | 'value' | 'result'>,
): Operation {
  return {
    ...done,
    id,
    key: undefined,
    called,
    returned: done.result === undefined ? Infinity : returned,
    calledAt: undefined,
    returnedAt: undefined,
  }
}
