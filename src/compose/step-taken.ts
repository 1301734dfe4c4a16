import type { Parts } from './composed-parts.ts'
import type { ComposedStep } from './composed-step.ts'

/** A step by its numbers; -1 for what it has not. */
export interface TakenStep {
  readonly node: number
  /** The value of the node before. */
  readonly value: number
  readonly event: number
  readonly outcome: number
  readonly message: number
  readonly request: number
  readonly doubled: boolean
}

/** In place of an event at a node: something befalls a message or a client. */
export const NO_EVENT = -1

/** A step as plain data, with everything that is needed to take it again. */
export function stepTaken({ names, requests, steps }: Parts, taken: TakenStep): ComposedStep {
  const { node, value, event, outcome, message: number, request: asked, doubled } = taken
  const request = requests[asked]
  const asking =
    request === undefined
      ? {}
      : {
          client: request.name,
          serial: request.serial,
          asked: {
            f: request.f,
            ...(request.key === undefined ? {} : { key: request.key }),
            value: request.value,
          },
        }
  const sent = steps.messages.values[number]
  const message = sent === undefined ? {} : { from: names[sent.from]!, message: sent.message }
  if (event === NO_EVENT) {
    if (sent === undefined) return { type: 'gives up', ...asking }
    return { type: 'lost', node: names[sent.to]!, ...message }
  }
  const { type, ...about } = steps.eventOf(value, event)
  const { picks, crashedAfter, torn } = steps.outcomes[outcome]!
  return {
    type: type === 'boot' ? 'restart' : (type as ComposedStep['type']),
    ...(node === -1 ? {} : { node: names[node]! }),
    ...message,
    ...(doubled ? { doubled: true } : {}),
    ...('timer' in about ? { timer: about.timer } : {}),
    ...asking,
    ...(picks.length === 0 ? {} : { picks }),
    ...(crashedAfter === undefined ? {} : { crashedAfter }),
    ...(torn === undefined ? {} : { torn: true }),
  }
}
