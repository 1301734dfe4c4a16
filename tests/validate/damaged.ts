import type { Random } from '../../src/core/random.ts'
import type { Effect, TraceEvent, TraceStep } from '../../src/core/trace.ts'

type Message = { readonly type: string } & Readonly<Record<string, unknown>>
type Txns = readonly { readonly delta: unknown }[]

/** A change of one step; nothing where the step has nothing of the kind. */
type Damage = (step: TraceStep) => TraceStep | undefined

const other = (txn: Txns[number] | undefined) => ({ ...txn, delta: ['"other"', 1] })

/** Changes the first effect that is meant: `null` takes it away. */
function effect(change: (effect: Effect) => Effect | null | undefined): Damage {
  return (step) => {
    for (const [at, one] of step.effects.entries()) {
      const changed = change(one)
      if (changed === undefined) continue
      const after = step.effects.slice(at + 1)
      const effects = [...step.effects.slice(0, at), ...(changed === null ? [] : [changed])]
      return { ...step, effects: [...effects, ...after] }
    }
    return undefined
  }
}

const said = (types: readonly string[], change: (message: Message) => Message | undefined) =>
  effect((one) => {
    if (one.type !== 'send' || !types.includes((one.message as Message).type)) return undefined
    const message = change(one.message as Message)
    return message === undefined ? undefined : { ...one, message }
  })

const disk = (change: (values: Disk) => Disk | undefined): Damage => {
  return (step) => {
    const { event } = step
    if (event.type !== 'boot') return undefined
    const changed = change(event.disk)
    return changed === undefined ? undefined : { ...step, event: { ...event, disk: changed } }
  }
}

type Disk = Extract<TraceEvent, { type: 'boot' }>['disk']

const delivered = (change: (txns: Txns) => Txns): Damage => {
  return (step) => {
    const view = step.view as { readonly delivered: Txns } | undefined
    if (view === undefined || view.delivered.length === 0) return undefined
    return { ...step, view: { ...view, delivered: change(view.delivered) } }
  }
}

const put = (key: string, value: (before: number) => number) =>
  effect((one) =>
    one.type === 'write' && one.write.type === 'put' && one.write.key === key
      ? { ...one, write: { ...one.write, value: value(one.write.value as number) } }
      : undefined,
  )

/** What may be wrong in a trace of Zab. */
export const damages: Readonly<Record<string, Damage>> = {
  'a transaction is not logged': effect((one) =>
    one.type === 'write' && one.write.type === 'append' ? null : undefined,
  ),
  'another transaction is logged': effect((one) =>
    one.type === 'write' && one.write.type === 'append'
      ? { ...one, write: { ...one.write, record: other(one.write.record as Txns[number]) } }
      : undefined,
  ),
  'something is said before it is on the disk': effect((one) => {
    if (one.type !== 'send' || one.after === undefined) return undefined
    const { after: _after, ...early } = one
    return early
  }),
  'more is said to be committed': said(['commit', 'commit-leader', 'ping'], (message) => ({
    ...message,
    committed: (message['committed'] as number) + 1,
  })),
  'more is acknowledged': said(['ack', 'pong'], (message) => ({
    ...message,
    logged: (message['logged'] as number) + 1,
  })),
  'less is reported': said(['ack-epoch'], (message) => {
    const history = message['history'] as Txns
    return history.length === 0 ? undefined : { ...message, history: history.slice(0, -1) }
  }),
  'another epoch is reported': said(['ack-epoch'], (message) => ({
    ...message,
    currentEpoch: message['currentEpoch'] === 0 ? 3 : 0,
  })),
  'less is offered': said(['new-leader'], (message) => {
    const add = message['add'] as Txns
    return add.length === 0 ? undefined : { ...message, add: add.slice(0, -1) }
  }),
  'the epoch began earlier': said(['new-leader'], (message) =>
    message['initial'] === 0
      ? undefined
      : { ...message, initial: (message['initial'] as number) - 1 },
  ),
  'another transaction is delivered': delivered((txns) => [
    ...txns.slice(0, -1),
    other(txns.at(-1)),
  ]),
  'a transaction is delivered twice': delivered((txns) => [...txns, ...txns.slice(-1)]),
  'less is found on the disk': disk(({ logs, ...rest }) => {
    const { first = 0, records = [] } = logs['history'] ?? {}
    if (records.length === 0) return undefined
    return { ...rest, logs: { ...logs, history: { first, records: records.slice(0, -1) } } }
  }),
  'a promise is not found on the disk': disk(({ values, ...rest }) =>
    values['acceptedEpoch'] === undefined
      ? undefined
      : { ...rest, values: { ...values, acceptedEpoch: 0 } },
  ),
  'another epoch is found on the disk': disk(({ values, ...rest }) =>
    values['currentEpoch'] === undefined
      ? undefined
      : { ...rest, values: { ...values, currentEpoch: 0 } },
  ),
  'an epoch is promised that is older': put('acceptedEpoch', () => 1),
  'a step is missing': ({ event, ...step }) =>
    event.type === 'message'
      ? { ...step, event: { type: 'fault', label: 'lost' }, effects: [] }
      : undefined,
}

/** The steps with one thing wrong in one of them. */
export function damaged(
  steps: readonly TraceStep[],
  random: Random,
): { readonly what: string; readonly at: number; readonly steps: readonly TraceStep[] } {
  for (;;) {
    const [what, damage] = random.pick(Object.entries(damages))
    const from = random.int(0, steps.length - 1)
    for (let at = from; at < steps.length; at++) {
      const step = damage(steps[at]!)
      if (step === undefined) continue
      return { what, at, steps: [...steps.slice(0, at), step, ...steps.slice(at + 1)] }
    }
  }
}
