import type { Emit, Runner } from '../explore/index.ts'
import { SearchAgain } from '../explore/index.ts'
import { ALWAYS, NEVER } from './bounds.ts'
import { newNode } from './local-step.ts'
import type { Parts, Places } from './composed-parts.ts'
import { ACTIONS, byteAt, momentOf, setByteAt } from './composed-parts.ts'
import type { ComposedSystem } from './composed-system.ts'
import { Judge } from './judge.ts'
import type { LiveMessages } from './live-messages.ts'
import type { LocalSteps } from './local-steps.ts'
import { EVENT, KINDS, NOTHING } from './local-steps.ts'
import type { Network } from './network.ts'
import { NetworkFull } from './network.ts'
import { footprintOf, stepName } from './footprint.ts'
import type { Sleeper } from './sleeper.ts'
import { FOOTPRINT } from './sleeper.ts'
import { NO_EVENT, stepTaken } from './step-taken.ts'
import { Timers } from './timers.ts'

const DELIVER = ACTIONS.indexOf('deliver')
const TIMER = ACTIONS.indexOf('timer')
const ASK = ACTIONS.indexOf('ask')
const WRITE = ACTIONS.indexOf('write')
const CRASH = ACTIONS.indexOf('crash')
const CRASH_WRITING = ACTIONS.indexOf('crash while writing')
const RESTART = ACTIONS.indexOf('restart')
const LOSE = ACTIONS.indexOf('lose')
const GIVE_UP = ACTIONS.indexOf('give up')

/** In place of a message: nothing is taken off its way. */
const NO_MESSAGE = -1
const NO_REQUEST = -1

/** Makes the successors of packed states, from what nodes are remembered to do. */
export class ComposedRunner implements Runner {
  readonly out: Int32Array
  readonly #system: ComposedSystem
  readonly #emit: Emit
  readonly #parts: Parts
  readonly #places: Places
  readonly #steps: LocalSteps
  readonly #network: Network
  readonly #live: LiveMessages | undefined
  /** The state that is gone on from. */
  readonly #from: Int32Array
  readonly #judge: Judge
  readonly #timers: Timers
  readonly #sleeper: Sleeper | undefined
  readonly goOnFrom?: (state: number) => void
  readonly met?: (number: number) => void
  #emitted = 0
  // The step that was emitted last.
  #node = -1
  #event = NO_EVENT
  #outcome = NOTHING
  #message = NO_MESSAGE
  #request = NO_REQUEST
  #doubled = false

  constructor(system: ComposedSystem, emit: Emit, sleeper?: Sleeper) {
    this.#sleeper = sleeper
    if (sleeper !== undefined) {
      this.goOnFrom = sleeper.goOnFrom.bind(sleeper)
      this.met = sleeper.met.bind(sleeper)
    }
    this.#system = system
    this.#emit = emit
    this.#parts = system.parts
    this.#places = system.places
    this.#steps = system.parts.steps
    this.#network = system.newNetwork()
    this.#live = system.live
    const words = this.#places.network + this.#network.words
    this.out = new Int32Array(words)
    this.#from = new Int32Array(words)
    this.#judge = new Judge(system)
    this.#timers = new Timers(system.parts)
  }

  initial(): void {
    try {
      this.#from.fill(0)
      const { names, budgets, scripts } = this.#parts
      for (const [at, limit] of budgets.limits.entries()) {
        this.#from[this.#places.bytes + ((scripts.length + at) >> 2)]! |=
          limit << (((scripts.length + at) & 3) << 3)
      }
      this.#bootAll(0, names.length)
    } catch (error) {
      this.#rethrow(error)
    }
  }

  expand(words: Int32Array, offset: number): number {
    const from = this.#from
    for (let word = 0; word < from.length; word++) from[word] = words[offset + word]!
    this.#emitted = 0
    try {
      for (let node = 0; node < this.#places.nodes; node++) this.#expandNode(node)
      this.#expandClients()
      this.#expandMessages()
    } catch (error) {
      this.#rethrow(error)
    }
    this.#sleeper?.done()
    return this.#emitted
  }

  load(words: Int32Array, offset: number): void {
    for (let word = 0; word < this.out.length; word++) this.out[word] = words[offset + word]!
  }

  falseInvariant(): number {
    return this.#judge.falseInvariant(this.out)
  }

  sometimes(index: number): boolean {
    return this.#judge.sometimes(this.out, index)
  }

  within(): boolean {
    return this.#judge.within(this.out)
  }

  /** That nothing more happens is never wrong: what must happen is claimed by `sometimes`. */
  mayEnd(): boolean {
    return true
  }

  parameters(): readonly unknown[] {
    const [node, message, request] = [this.#node, this.#message, this.#request]
    if (node === -1 && message === NO_MESSAGE && request === NO_REQUEST) return []
    const value = this.#from[node] ?? -1
    const [event, outcome, doubled] = [this.#event, this.#outcome, this.#doubled]
    return [stepTaken(this.#parts, { node, value, event, outcome, message, request, doubled })]
  }

  /** All ways in which the nodes from one on may start, one after the other. */
  #bootAll(node: number, nodes: number): void {
    if (node === nodes) {
      this.out.set(this.#from)
      this.#live?.learn()
      if (this.#live !== undefined) this.#network.keep?.(this.out, this.#live, nodes)
      this.#node = -1
      this.#message = NO_MESSAGE
      this.#request = NO_REQUEST
      this.#emit(-1, 0)
      return
    }
    const before = this.#from.slice()
    for (const outcome of this.#steps.boots(newNode(node))) {
      this.#from.set(before)
      this.#from[node] = this.#steps.next.data[outcome]!
      this.#network.send(this.#from, outcome)
      this.#bootAll(node + 1, nodes)
    }
    this.#from.set(before)
  }

  #expandNode(node: number): void {
    const { budgets } = this.#parts
    const value = this.#from[node]!
    this.#node = node
    this.#request = NO_REQUEST
    this.#message = NO_MESSAGE
    this.#doubled = false
    if (!this.#steps.up[value]!) {
      if (!this.#has(budgets.restart)) return
      this.#take(RESTART, EVENT.restart, budgets.restart, NEVER)
      if (this.#mayCrash(node)) {
        this.#take(CRASH_WRITING, EVENT.restartCrash, budgets.restart, budgets.crash)
      }
      return
    }
    const mayCrash = this.#mayCrash(node)
    this.#deliver(node, value, mayCrash)
    this.#message = NO_MESSAGE
    for (const timer of this.#steps.timersOf[value]!) {
      const budget = this.#timers.budget(node, timer)
      if (!this.#has(budget) || !this.#timers.mayFire(timer, this.#from)) continue
      this.#take(TIMER, timer * KINDS + EVENT.timer, budget, NEVER)
      if (mayCrash) {
        this.#take(CRASH_WRITING, timer * KINDS + EVENT.timerCrash, budget, budgets.crash)
      }
    }
    if (this.#steps.pending[value]! > 0) this.#take(WRITE, EVENT.durable, NEVER, NEVER)
    if (mayCrash) this.#take(CRASH, EVENT.crash, budgets.crash, NEVER)
  }

  #mayCrash(node: number): boolean {
    const { crashing } = this.#parts.options
    return this.#has(this.#parts.budgets.crash) && (crashing?.includes(node) ?? true)
  }

  #deliver(node: number, value: number, mayCrash: boolean): void {
    const network = this.#network
    const { crash, duplicate } = this.#parts.budgets
    const found = network.deliverable(this.#from, node, value)
    for (let at = 0; at < found; at++) {
      const message = network.found[at]!
      this.#message = message
      const event = message * KINDS + EVENT.message
      const crashing = event - EVENT.message + EVENT.messageCrash
      const changes = this.#steps.outcome(value, event) !== NOTHING
      // What is written as it was may still be half done when the node crashes.
      const asked = crash !== NEVER && (mayCrash || !changes)
      const crashes = asked && this.#steps.outcome(value, crashing) !== NOTHING
      if (changes) this.#take(DELIVER, event, NEVER, NEVER)
      else if (!crashes) network.meansNothing(value, message)
      if (crashes && mayCrash) this.#take(CRASH_WRITING, crashing, crash, NEVER)
      if (!network.arrivesOnce || !this.#has(duplicate)) continue
      this.#doubled = true
      if (changes) this.#take(DELIVER, event, duplicate, NEVER)
      if (crashes && mayCrash) this.#take(CRASH_WRITING, crashing, crash, duplicate)
      this.#doubled = false
    }
  }

  #expandClients(): void {
    const { scripts, budgets, options } = this.#parts
    this.#message = NO_MESSAGE
    for (let client = 0; client < scripts.length; client++) {
      const far = byteAt(this.#from, this.#places.bytes, client)
      const request = scripts[client]![far >> 1]
      if (request === undefined) continue
      const waits = (far & 1) === 1
      if (waits && this.#has(budgets.giveUp)) this.#giveUp(client, request)
      if (waits && !this.#has(budgets.repeat)) continue
      const at = options.clients![client]!.at
      const nodes = at === undefined ? this.#places.nodes : at.length
      for (let which = 0; which < nodes; which++) {
        this.#ask(at === undefined ? which : at[which]!, request, waits)
      }
    }
  }

  #ask(node: number, request: number, again: boolean): void {
    const { budgets } = this.#parts
    if (!this.#steps.up[this.#from[node]!]!) return
    this.#node = node
    this.#request = request
    const event = request * KINDS
    const budget = again ? budgets.repeat : NEVER
    this.#take(ASK, event + EVENT.request, budget, NEVER, again ? NO_REQUEST : request)
    if (this.#mayCrash(node)) {
      const asked = again ? NO_REQUEST : request
      this.#take(CRASH_WRITING, event + EVENT.requestCrash, budget, budgets.crash, asked)
    }
  }

  #giveUp(client: number, request: number): void {
    const { out } = this
    this.#copy()
    this.#node = -1
    this.#request = request
    this.#event = NO_EVENT
    this.#spend(this.#parts.budgets.giveUp)
    setByteAt(this.out, this.#places.bytes, client, byteAt(out, this.#places.bytes, client) + 1)
    const told = { request, type: 'info', elsewhere: false, result: null } as const
    this.#note(request, this.#steps.told.of(told))
    this.#emitted++
    this.#sleeper?.way(FOOTPRINT.client(client) | FOOTPRINT.histories)
    this.#emit(GIVE_UP, 0)
  }

  #expandMessages(): void {
    const { loss } = this.#parts.budgets
    if (!this.#has(loss) || !this.#network.arrivesOnce) return
    this.#node = -1
    this.#request = NO_REQUEST
    for (const message of this.#network.losable(this.#from)) {
      this.#copy()
      this.#message = message
      this.#event = NO_EVENT
      this.#spend(loss)
      this.#network.take(this.out, message)
      this.#emitted++
      const { to } = this.#steps.messages.values[message]!
      this.#sleeper?.way(FOOTPRINT.node(to))
      this.#emit(LOSE, 0)
    }
  }

  /** Takes a step at a node in all its ways, and emits what changes something. */
  #take(action: number, event: number, one: number, two: number, asks = NO_REQUEST): void {
    const { out } = this
    const from = this.#from
    const steps = this.#steps
    const live = this.#live
    const node = this.#node
    const consumes = this.#message !== NO_MESSAGE && !this.#doubled && this.#network.arrivesOnce
    this.#event = event
    const sleeper = this.#sleeper
    const again = asks === NO_REQUEST && event % KINDS === EVENT.request
    const doubled = this.#doubled
    const name = sleeper && stepName(this.#places.nodes, node, event, { again, doubled })
    if (name !== undefined && sleeper?.isAsleep(name) === true) return
    sleeper?.begin()
    for (
      let outcome = steps.outcome(from[node]!, event);
      outcome !== NOTHING;
      outcome = steps.also.data[outcome]!
    ) {
      const next = steps.next.data[outcome]!
      // A request that is made again in vain: nothing but the budget would change.
      if (next === from[node] && asks === NO_REQUEST && steps.inVain(outcome)) continue
      this.#copy()
      out[node] = next
      if (consumes) this.#network.take(out, this.#message)
      this.#network.send(out, outcome)
      if (one !== NEVER) this.#spend(one)
      if (two !== NEVER) this.#spend(two)
      if (asks !== NO_REQUEST) this.#asks(asks)
      const tells = steps.tells[outcome]!
      for (let at = 0; at < tells.length; at++) this.#tell(tells[at]!)
      live?.took(from[node]!, outcome)
      if (live !== undefined) this.#network.keep?.(out, live, this.#places.nodes)
      if (!this.#changed()) continue
      this.#outcome = outcome
      this.#emitted++
      sleeper?.way(footprintOf(this.#parts, this.#timers, { node, event, outcome }))
      this.#emit(action, 0)
      sleeper?.ended()
    }
    if (name !== undefined) sleeper?.end(name)
  }

  #changed(): boolean {
    const { out } = this
    const from = this.#from
    for (let word = 0; word < out.length; word++) if (out[word] !== from[word]) return true
    return false
  }

  #copy(): void {
    const { out } = this
    const from = this.#from
    for (let word = 0; word < out.length; word++) out[word] = from[word]!
  }

  #has(budget: number): boolean {
    if (budget === NEVER) return false
    if (budget === ALWAYS) return true
    return byteAt(this.#from, this.#places.bytes, this.#parts.scripts.length + budget) > 0
  }

  #spend(budget: number): void {
    if (budget < 0) return
    const at = this.#parts.scripts.length + budget
    this.out[this.#places.bytes + (at >> 2)]! -= 1 << ((at & 3) << 3)
  }

  #asks(request: number): void {
    const { client } = this.#parts.requests[request]!
    setByteAt(
      this.out,
      this.#places.bytes,
      client,
      byteAt(this.out, this.#places.bytes, client) | 1,
    )
    this.#note(request, -1)
  }

  /** A client is told something; what it does not wait for any more it does not hear. */
  #tell(told: number): void {
    const { request, type, elsewhere } = this.#steps.told.values[told]!
    const { requests, scripts } = this.#parts
    const { client } = requests[request]!
    const far = byteAt(this.out, this.#places.bytes, client)
    if ((far & 1) === 0 || scripts[client]![far >> 1] !== request) return
    setByteAt(
      this.out,
      this.#places.bytes,
      client,
      type === 'fail' && elsewhere ? far - 1 : far + 1,
    )
    this.#note(request, told)
  }

  /** The histories go on; `told` is -1 for a request that is made. */
  #note(request: number, told: number): void {
    const { histories, requests } = this.#parts
    const moment = told === -1 ? -1 - request : told
    for (let at = 0; at < histories.length; at++) {
      const place = this.#places.histories + at
      const what = momentOf(requests, request, this.#steps.told.values[told])
      this.out[place] = histories[at]!.next(this.out[place]!, moment, what)
    }
  }

  #rethrow(error: unknown): never {
    if (!(error instanceof NetworkFull)) throw error
    this.#system.grow(error.messages, error.copies)
    throw new SearchAgain('the messages need more room')
  }
}
