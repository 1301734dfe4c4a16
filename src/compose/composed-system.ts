import type { View } from '../core/invariant.ts'
import { UserError } from '../core/user-error.ts'
import { counted } from '../core/wording.ts'
import type { Emit, FalseClause, Numbering, ReductionReport, System } from '../explore/index.ts'
import { NEVER } from './bounds.ts'
import type { Parts, Places } from './composed-parts.ts'
import { ACTIONS, byteAt } from './composed-parts.ts'
import { ComposedRunner } from './composed-runner.ts'
import type { ScriptedRequest } from './local-steps.ts'
import type { Network } from './network.ts'
import { bitsFor, MessageBag, MessageQueues, MessageSet, Queues } from './network.ts'
import { LiveMessages } from './live-messages.ts'
import { SleepingSystem } from './sleeping-system.ts'
import { SymmetricSystem } from './symmetry/symmetric-system.ts'

/** Room for so many messages at first, and copies of each. */
const FIRST_ROOM = 32
const FIRST_COPIES = 1

/**
 * Real nodes with everything around them as a system of packed states, which the explorer explores
 * as it explores models. It grows when there are more messages than it has room for.
 */
export class ComposedSystem implements System {
  readonly name: string
  readonly actions: readonly string[]
  readonly invariants: readonly string[]
  readonly sometimes: readonly string[]
  readonly oneThread: boolean
  readonly parts: Parts
  readonly places: Places
  readonly numbering: Numbering
  readonly queues: Queues
  /** Where only messages that may matter are kept: which these are. */
  readonly live: LiveMessages | undefined
  #room = FIRST_ROOM
  #copies = FIRST_COPIES

  constructor(parts: Parts) {
    const { names, scripts, budgets, histories } = parts
    this.parts = parts
    this.queues = new Queues(parts.numbering)
    this.live = parts.options.messages === 'live' ? liveIn(parts) : undefined
    this.oneThread = this.live !== undefined
    this.numbering = this.#numbering()
    this.name = parts.name
    this.actions = ACTIONS
    this.invariants = [
      ...parts.invariants.map(({ name }) => name),
      ...histories.map(({ monitor }) => monitor.name),
    ]
    this.sometimes = Object.keys(parts.options.sometimes ?? {})
    const bytes = Math.ceil((scripts.length + budgets.limits.length) / 4)
    this.places = {
      nodes: names.length,
      bytes: names.length,
      histories: names.length + bytes,
      network: names.length + bytes + histories.length,
    }
  }

  get words(): number {
    return this.places.network + this.newNetwork().words
  }

  /** Reads and writes the messages of packed states, in the way of the network that was chosen. */
  newNetwork(): Network {
    const { parts, places } = this
    switch (parts.options.network ?? 'set') {
      case 'set':
        return new MessageSet(parts.steps, places.network, places.nodes, this.#room)
      case 'bag':
        return new MessageBag(parts.steps, places.network, this.#room, this.#copies)
      case 'fifo':
        return new MessageQueues(parts.steps, places.network, places.nodes, this.queues)
    }
  }

  /** How many bits count the copies of a message, in a bag of them. */
  get bagLayout(): { readonly bits: number } {
    return { bits: bitsFor(this.#copies) }
  }

  /** The same system, in which one state stands for all that differ by an exchange. */
  symmetric(): System {
    this.#refuse('symmetry')
    return new SymmetricSystem(this)
  }

  /** The same system, in which steps that are in nobody's way are taken in one order. */
  sleeping(): System {
    this.#refuse('sleep sets')
    return new SleepingSystem(this)
  }

  #refuse(reduction: string): void {
    if (this.live === undefined) return
    throw new UserError(`messages are taken off their way where there is no ${reduction}`, {
      where: this.name,
      hint: 'ask for one of the two',
    })
  }

  finished(): void {
    this.live?.judge()
  }

  report(): ReductionReport | undefined {
    if (this.live === undefined) return undefined
    const { again } = this.live
    return {
      kind: 'live messages',
      about: `those that can matter no more were taken away, begun again ${counted(again, 'time')}`,
    }
  }

  /** Packed states get longer, and what was packed before is of no more use. */
  grow(messages: number, copies: number): void {
    while (this.#room < messages) this.#room *= 2
    this.#copies = Math.max(copies, this.#copies)
    this.live?.beginAgain()
  }

  /** The same things have the same numbers in all threads, and states the same length. */
  #numbering(): Numbering {
    const { numbering } = this.parts
    const room = () => [this.#room, this.#copies]
    const makeRoom = ([messages = 0, copies = 0]: readonly number[]) => {
      this.grow(messages, copies)
    }
    return {
      get closed() {
        return numbering.closed
      },
      set closed(closed) {
        numbering.closed = closed
      },
      get digest() {
        return numbering.digest
      },
      get room() {
        return room()
      },
      set room(wanted) {
        makeRoom(wanted)
      },
    }
  }

  runner(emit: Emit): ComposedRunner {
    return new ComposedRunner(this, emit)
  }

  snapshot(words: Int32Array, offset = 0): Readonly<Record<string, unknown>> {
    const { parts, places } = this
    const state = words.subarray(offset, offset + this.words)
    const { steps, names, scripts, budgets } = parts
    const views = names.map((node, at) => {
      const value = state[at]!
      const view = steps.views[value] ?? {}
      return [node, steps.up[value] === true ? view : { down: true, ...view }] as const
    })
    const clients = scripts.map((script, client) => {
      const far = byteAt(state, places.bytes, client)
      const request = parts.requests[script[far >> 1] ?? -1]
      const doing = request === undefined ? 'done' : (far & 1) === 1 ? 'waits' : 'will ask'
      return [`c${client + 1}`, request === undefined ? doing : `${doing}: ${shownAsk(request)}`]
    })
    const left = budgets.names.map((name, at) => [
      name,
      byteAt(state, places.bytes, scripts.length + at),
    ])
    const messages = this.newNetwork()
      .contents(state)
      .map((message) => {
        const sent = steps.messages.values[message]!
        return { from: names[sent.from]!, to: names[sent.to]!, message: sent.message }
      })
    return {
      ...Object.fromEntries(views),
      ...(clients.length === 0 ? {} : { clients: Object.fromEntries(clients) as unknown }),
      ...(left.length === 0 ? {} : { left: Object.fromEntries(left) as unknown }),
      messages,
    }
  }

  /** A function by itself, as searches take it. */
  readonly falseClauses = (words: Int32Array, offset = 0): readonly FalseClause[] =>
    this.wrong(words.subarray(offset, offset + this.words)).map(({ name, sentence }) => ({
      name,
      witnesses: [[sentence]],
    }))

  /** Everything that is claimed and false in a packed state, in words. */
  wrong(state: Int32Array): readonly { readonly name: string; readonly sentence: string }[] {
    const { invariants, histories, names } = this.parts
    const views = this.viewsOf(state)
    return [
      ...invariants.flatMap((invariant) => {
        const sentence = invariant.violated(views, names)
        return sentence === undefined ? [] : [{ name: invariant.name, sentence }]
      }),
      ...histories.flatMap((history, at) => {
        const sentence = history.violated(state[this.places.histories + at]!)
        return sentence === undefined ? [] : [{ name: history.monitor.name, sentence }]
      }),
    ]
  }

  /** What the nodes show of themselves in a packed state; `undefined` of one that is down. */
  viewsOf(state: Int32Array): readonly (View | undefined)[] {
    return this.parts.names.map((_, at) => this.parts.steps.views[state[at]!])
  }
}

function liveIn({ steps, options, budgets }: Parts): LiveMessages {
  const { crashing } = options
  const may = budgets.crash !== NEVER
  return new LiveMessages(steps, (node) => may && (crashing?.includes(node) ?? true))
}

function shownAsk({ f, key, value }: ScriptedRequest): string {
  const given = [key, value].filter((each) => each !== undefined && each !== null)
  return [f, ...given.map((each) => JSON.stringify(each))].join(' ')
}
