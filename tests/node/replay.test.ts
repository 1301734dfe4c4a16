import { describe, expect, it } from 'vitest'

import { abd } from '../../impls/registers/abd.ts'
import type { Effect, TraceEvent, TraceHeader, TraceStep } from '../../src/core/trace.ts'
import { program, RecordedFx, replay, runStep } from '../../src/node/index.ts'
import type { Program } from '../../src/node/index.ts'

const header: TraceHeader = {
  trace: 1,
  protocol: 'test',
  parameters: {},
  nodes: ['n1', 'n2', 'n3'],
  host: 'simulator',
}
const boot: TraceEvent = { type: 'boot', disk: { values: {}, logs: {}, damaged: [] } }
const request: TraceEvent = {
  type: 'request',
  request: { id: 1, client: 'c1', serial: 1, f: 'write', value: 7 },
}

/** Runs events at n1 and writes down what it does. */
function recorded(made: Program, events: readonly TraceEvent[]): TraceStep[] {
  let clock = 0
  const life = () => new RecordedFx('n1', header.nodes, { pick: (n) => n - 1, now: () => ++clock })
  let fx = life()
  let state: unknown
  return events.map((event, step) => {
    if (event.type === 'boot') fx = life()
    state = runStep(made, state, event, fx)
    return { step, time: step, node: 'n1', event, effects: fx.take() }
  })
}

const choosy = program<{ chosen: number }, never>({
  boot: () => ({ chosen: 0 }),
  onRequest(_state, { id }, fx) {
    const chosen = fx.pick([10, 20, 30]) + fx.now()
    fx.reply(id, chosen)
    return { chosen }
  },
  onMessage: (state) => state,
  view: (state) => ({ ...state }),
}) as Program

describe('replaying a trace', () => {
  it('finds the same effects in what the same code did', () => {
    const made = abd.make() as Program
    const stored: Effect[] = []
    const steps = recorded(made, [
      boot,
      request,
      { type: 'timer', timer: 'retry 1.1' },
      ...['n2', 'n3'].map((from): TraceEvent => ({
        type: 'message',
        from,
        message: { type: 'queried', call: '1.1', stored: { tag: [0, ''], value: null } },
      })),
      { type: 'crash' },
      boot,
    ])
    stored.push(...steps.flatMap(({ effects }) => effects))
    expect(stored.length).toBeGreaterThan(8)
    expect(replay(made, header, steps)).toBeUndefined()
  })

  it('tells the code what it picked and what its clock showed', () => {
    const steps = recorded(choosy, [boot, request, request])
    expect(steps[2]?.effects.at(-1)).toEqual({ type: 'reply', request: 1, result: 32 })
    expect(replay(choosy, header, steps)).toBeUndefined()
  })

  it('names the first step at which other code does something else', () => {
    const steps = recorded(abd.make(), [boot, request])
    const other = abd.make({}, 'write-without-query') as Program
    expect(replay(other, header, steps)).toMatchObject({ step: 1, node: 'n1' })
    expect(replay(other, header, steps)?.difference).toContain('"type":"store"')
  })

  it('notices an effect too few and one too many', () => {
    const steps = recorded(choosy, [boot, request])
    const [first, second] = steps as [TraceStep, TraceStep]
    const without = { ...second, effects: second.effects.slice(0, -1) }
    expect(replay(choosy, header, [first, without])?.difference).toMatch(/effect 3 was absent/)
    const extra: Effect = { type: 'note', label: 'more' }
    const withMore = { ...second, effects: [...second.effects, extra] }
    expect(replay(choosy, header, [first, withMore])?.difference).toMatch(/and is absent/)
  })
})
