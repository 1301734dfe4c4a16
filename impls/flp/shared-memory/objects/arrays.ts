import type { Json } from '../../../../src/core/json.ts'
import type { ObjectType } from '../../../../src/node/index.ts'
import { upTo } from './registers.ts'

type Cells = readonly Json[]
type Places = readonly (readonly [at: number, value: Json])[]

/** One segment for each process; a scan answers all of them as they are at one moment. */
export function snapshot(
  segments = 2,
  values = 2,
): ObjectType<Cells, readonly ['scan'] | readonly ['update', number, Json]> {
  return {
    name: `snapshot of ${segments} segments`,
    about: 'scan answers all segments as they are at one moment',
    initial: [upTo(segments).map(() => null)],
    operations: [
      ['scan'],
      ...upTo(segments).flatMap((at) =>
        upTo(values).map((value) => ['update', at, value] as const),
      ),
    ],
    apply: (state, [name, at = 0, value = null]) =>
      name === 'scan'
        ? { state, response: state }
        : { state: state.with(at, value), response: null },
  }
}

/**
 * Registers of which several are written in one step, and read one by one (Herlihy 1991, section
 * 3.3: atomic m-register assignment).
 */
export function assignment(
  cells: number,
  operations: readonly Places[] = [],
): ObjectType<Cells, readonly ['read', number] | readonly ['assign', Places]> {
  return {
    name: `assignment to ${cells} registers`,
    about: 'several registers are written in one step',
    initial: [upTo(cells).map(() => null)],
    operations: [
      ...upTo(cells).map((at) => ['read', at] as const),
      ...operations.map((places) => ['assign', places] as const),
    ],
    apply(state, [name, places]) {
      if (name === 'read') return { state, response: state[places] ?? null }
      return {
        state: places.reduce<Cells>((all, [at, value]) => all.with(at, value), state),
        response: null,
      }
    },
  }
}
