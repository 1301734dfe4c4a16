import type { TraceStep } from '../../src/core/trace.ts'
import type { Random } from '../../src/core/random.ts'
import { model, spec } from '../../src/explore/index.ts'
import { ANY } from '../../src/explore/validate/index.ts'
import type { Instance, Mapping, Part, TraceSource } from '../../src/explore/validate/index.ts'
import { int } from '../../src/state/index.ts'
import type { Asked, Machine, Seen, Silent } from './naive.ts'

const PARAMETERS = 2

export interface Case {
  readonly machine: Machine
  readonly trace: readonly Seen[]
  readonly silent: Silent
}

/** A small machine, and a trace that is mostly one of its behaviours as far as it says anything. */
export function randomCase(random: Random): Case {
  const states = 2 + random.int(0, 4 - 1)
  const table = (): number[] =>
    Array.from({ length: states }, () =>
      random.int(0, 10 - 1) < 6 ? random.int(0, states - 1) : -1,
    )
  const actions = Array.from({ length: 1 + random.int(0, 3 - 1) }, () =>
    Array.from({ length: PARAMETERS }, table),
  )
  const begin = [
    ...new Set([
      random.int(0, states - 1),
      ...(random.int(0, 3 - 1) === 0 ? [random.int(0, states - 1)] : []),
    ]),
  ]
  const machine = { states, begin, actions }
  const asked = (): Asked => [
    random.int(0, actions.length - 1),
    random.int(0, 4 - 1) === 0 ? -1 : random.int(0, PARAMETERS - 1),
  ]
  const hidden = random.int(0, 3 - 1) === 0
  const silent = {
    asked: hidden ? Array.from({ length: 1 + random.int(0, 2 - 1) }, asked) : [],
    most: hidden ? 1 + random.int(0, 2 - 1) : 0,
  }
  let at = begin[random.int(0, begin.length - 1)]!
  const trace = Array.from({ length: random.int(0, 7 - 1) }, (): Seen => {
    const way: Asked[] = []
    for (let more = random.int(0, 3 - 1); more > 0; more--) {
      const one: Asked = [random.int(0, actions.length - 1), random.int(0, PARAMETERS - 1)]
      const to = actions[one[0]]![one[1]]![at]!
      if (to < 0) continue
      at = to
      way.push(random.int(0, 5 - 1) === 0 ? [one[0], -1] : one)
    }
    const others = Array.from({ length: random.int(0, 3 - 1) }, () =>
      Array.from({ length: random.int(0, 3 - 1) }, asked),
    )
    const true_ = random.int(0, 12 - 1) > 0
    const ways = true_ ? [...others, way] : others
    const says = random.int(0, 3 - 1)
    const here = at
    const fits = Array.from({ length: states }, (_, state) =>
      says === 0
        ? true
        : says === 1
          ? state === here
          : random.int(0, 2 - 1) === 0 || state === here,
    )
    if (random.int(0, 15 - 1) === 0) fits[here] = false
    return { ways, first: random.int(0, 4 - 1) === 0, fits }
  })
  return { machine, trace, silent }
}

/** The machine as a spec, and its traces as those that are read. */
export function mappingOf({ machine, trace, silent }: Case): {
  mapping: Mapping
  source: TraceSource
} {
  const { states, begin, actions } = machine
  const instance = ([action, parameter]: Asked): Instance => [
    `a${action}`,
    parameter < 0 ? ANY : parameter,
  ]
  const made = spec('table', { about: 'a table', parameters: {} }, () =>
    model({
      state: { at: int(0, states - 1) },
      init: Object.fromEntries(
        begin.map((state) => [
          `b${state}`,
          {
            then: (s: { at: number }) => {
              s.at = state
            },
          },
        ]),
      ),
      actions: Object.fromEntries(
        actions.map((table, number) => [
          `a${number}`,
          {
            for: [int(0, PARAMETERS - 1)],
            when: (s: { at: number }, p: number) => table[p]![s.at]! >= 0,
            then: (s: { at: number }, p: number) => {
              s.at = table[p]![s.at]!
            },
          },
        ]),
      ),
      sometimes: {},
    }),
  )
  const partOf = ({ ways, first, fits }: Seen): Part => ({
    ways: ways.map((way) => way.map(instance)),
    first,
    sees: ({ at }: { at: number }) => (fits[at] === true ? undefined : `at is ${at}`),
  })
  const mapping: Mapping = {
    name: 'table',
    about: 'a table',
    spec: made as Mapping['spec'],
    protocols: ['table'],
    reader: () => ({
      see: () => undefined,
      parameters: () => ({}),
      explain:
        () =>
        ({ step }) => [partOf(trace[step]!)],
    }),
    ...(silent.asked.length === 0
      ? {}
      : { silent: { ways: silent.asked.map(instance), most: silent.most } }),
  }
  const steps = trace.map((_, step): TraceStep => ({
    step,
    time: step,
    event: { type: 'timer', timer: 't' },
    effects: [],
  }))
  const header = {
    trace: 1,
    protocol: 'table',
    parameters: {},
    nodes: ['n1'],
    host: 'simulator',
  } as const
  return { mapping, source: { header, steps: () => steps } }
}
