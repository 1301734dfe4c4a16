import type { Effect, TraceEvent, TraceHeader, TraceStep } from '../../src/core/trace.ts'
import { RecordedFx, runStep } from '../../src/node/index.ts'
import type { Program } from '../../src/node/index.ts'
import type { TraceSource } from '../../src/explore/validate/index.ts'

type Message = { readonly type: string } & Readonly<Record<string, unknown>>

export interface Sent {
  readonly from: string
  readonly to: string
  readonly message: Message
  readonly step: number
}

interface Node {
  readonly fx: RecordedFx
  state: unknown
}

/**
 * A cluster that does what it is told, and writes a trace of it. Messages that were sent may be
 * received at any time, often or never. What is written is on the disk at once.
 */
export class Delivery {
  readonly sent: Sent[] = []
  readonly #program: Program
  readonly #header: TraceHeader
  readonly #nodes = new Map<string, Node>()
  readonly #steps: TraceStep[] = []

  constructor(program: Program, protocol: string, size: number, pick: (node: string) => number) {
    const nodes = Array.from({ length: size }, (_, at) => `n${at + 1}`)
    this.#program = program
    this.#header = { trace: 1, protocol, parameters: {}, nodes, host: 'explorer' }
    for (const name of nodes) {
      const fx = new RecordedFx(name, nodes, { pick: () => pick(name), now: () => 0 })
      this.#nodes.set(name, { fx, state: undefined })
      this.do(name, { type: 'boot', disk: { values: {}, logs: {}, damaged: [] } })
    }
  }

  get trace(): TraceSource {
    return { header: this.#header, steps: () => this.#steps }
  }

  view(name: string): Readonly<Record<string, unknown>> {
    return this.#program.view(this.#nodes.get(name)!.state)
  }

  /** Runs a handler. Answers what it has sent. */
  do(name: string, event: TraceEvent): readonly Message[] {
    const node = this.#nodes.get(name)!
    node.state = runStep(this.#program, node.state, event, node.fx)
    const effects = node.fx.take()
    const step = this.#steps.length
    const view = this.#program.view(node.state)
    this.#steps.push({ step, time: step, node: name, event, effects, view })
    const sends = effects.filter(
      (effect): effect is Extract<Effect, { type: 'send' }> => effect.type === 'send',
    )
    for (const { to, message } of sends)
      this.sent.push({ from: name, to, message: message as Message, step })
    return sends.map(({ message }) => message as Message)
  }

  /** Receives a message that fits, the last one that was sent; nothing where there is none. */
  receive(fits: (sent: Sent) => boolean): readonly Message[] {
    const found = this.sent.findLast(fits)
    if (found === undefined) return []
    const { from, to, message, step } = found
    return this.do(to, { type: 'message', from, message, sent: step })
  }
}
