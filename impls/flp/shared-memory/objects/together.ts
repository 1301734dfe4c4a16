import type { Json } from '../../../../src/core/json.ts'
import type { ObjectOperation, ObjectType } from '../../../../src/node/index.ts'

/** Objects that are accessed one at a time as one object, for questions about both. */
export function together(
  name: string,
  parts: readonly ObjectType[],
): ObjectType<readonly Json[], readonly [name: string, part: number, ...given: Json[]]> {
  return {
    name,
    about: parts.map(({ about }) => about).join('; '),
    initial: [parts.map(({ initial: [first = null] }) => first)],
    operations: parts.flatMap(({ operations }, at) =>
      operations.map(([operation, ...given]) => [operation, at, ...given] as const),
    ),
    apply(state, [operation, at, ...given]) {
      const part = parts[at]
      if (part === undefined) throw new RangeError(`there is no object ${at}`)
      const call: ObjectOperation = [operation, ...given]
      return [part.apply(state[at] ?? null, call)]
        .flat()
        .map((each) => ({ state: state.with(at, each.state), response: each.response }))
    },
  }
}
