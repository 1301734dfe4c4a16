import type { Invariant, View } from '../core/invariant.ts'
import type { Alike, Asked } from '../node/index.ts'
import type { Monitor } from '../core/monitor.ts'

/** What one client asks, one after the other. */
export interface ComposedClient {
  readonly asks: readonly Asked[]
  /** The nodes that it may ask, from 0. Default: all. */
  readonly at?: readonly number[]
}

/** How messages travel. What is `tolerated` in a run is what these leave possible. */
export type NetworkKind =
  /** What was sent once can arrive at any time, again and again, or never. */
  | 'set'
  /** Each message arrives at most once, in any order. */
  | 'bag'
  /** Each link is first in, first out. */
  | 'fifo'

/** How much may happen in all; what is absent may not happen. */
export interface ComposeOptions {
  /** What the system is called in results. */
  readonly name?: string
  readonly nodes: number
  readonly clients?: readonly ComposedClient[]
  /** Default: `set`. */
  readonly network?: NetworkKind
  readonly crashes?: number
  /** The nodes that may crash, from 0. Default: all. */
  readonly crashing?: readonly number[]
  /** Default: as many as crashes. */
  readonly restarts?: number
  /** Of messages, where the network does not lose them anyhow. */
  readonly losses?: number
  readonly duplicates?: number
  /**
   * A message that its node does nothing about, for now: of a bag it may be used up nevertheless,
   * or stays on its way. Whatever can happen after it was used up can happen while it is still
   * there, so that nothing that is claimed depends on it. Default: `stay`.
   */
  readonly ignored?: 'stay' | 'arrive'
  /**
   * `live`: messages that can matter no more, whatever happens, are taken off their way, so that
   * states that differ by them alone are one; of a set or a bag. Default: `all`.
   */
  readonly messages?: 'all' | 'live'
  /**
   * How often each timer may fire in all, by name, or at one node (`n1 election`); or all together.
   * `Infinity`: not counted.
   */
  readonly timers?: number | Readonly<Record<string, number>>
  /**
   * Of a timer that takes another node for dead: which one. It fires only while that node is down,
   * so that whoever is suspected has crashed. Default: timers fire whenever they are running.
   */
  readonly silenceOf?: (timer: string) => string | undefined
  /** How often a client may ask for the same operation again, at any of its nodes. */
  readonly repeats?: number
  /** How often a client may give an operation up: its outcome stays unknown, and it goes on. */
  readonly giveUps?: number
  /**
   * `at-once`: a node does nothing else until what it writes is on the disk, though it may crash
   * meanwhile. `slow`: writes take their time. Default: `at-once`.
   */
  readonly disk?: 'at-once' | 'slow'
  /**
   * `at-once`: what a node sends to itself is dealt with in the same step, instead of travelling as
   * other messages do. Fewer states, and orders in which it arrives later are not seen. Default:
   * `network`.
   */
  readonly loopback?: 'network' | 'at-once'
  /** A crash may leave the write that it interrupted half done, which the node is told. */
  readonly torn?: boolean
  /** What the clocks show, in milliseconds, for protocols that ask: they stand still. */
  readonly clock?: number
  readonly invariants?: readonly Invariant[]
  readonly monitors?: readonly Monitor[]
  /** What must be reachable, so that a system that does nothing cannot pass. */
  readonly sometimes?: Readonly<Record<string, (views: readonly (View | undefined)[]) => boolean>>
  /** Steps after which a node's view is outside are not gone on from. */
  readonly within?: (view: View, node: string) => boolean
  /** Which nodes are alike, from 0, and how they are named in data; for reductions by symmetry. */
  readonly alike?: Alike & { readonly nodes?: readonly number[] }
  /** One of so many remembered steps is computed again and compared. Default: 10,000. */
  readonly recheck?: number
}

/** How much of each kind is left, as bytes in the state. */
export class Budgets {
  /** In the order of the bytes. */
  readonly names: readonly string[]
  readonly limits: readonly number[]
  readonly crash: number
  readonly restart: number
  readonly loss: number
  readonly duplicate: number
  readonly repeat: number
  readonly giveUp: number
  readonly #timers = new Map<string, number>()
  readonly #allTimers: number | undefined

  constructor(options: ComposeOptions) {
    const { crashes = 0, restarts = crashes, losses = 0, duplicates = 0 } = options
    const { repeats = 0, giveUps = 0, timers = 0 } = options
    const names: string[] = []
    const limits: number[] = []
    const add = (name: string, limit: number): number => {
      if (limit === 0) return NEVER
      if (limit === Infinity) return ALWAYS
      names.push(name)
      limits.push(limit)
      return names.length - 1
    }
    this.crash = add('crashes', crashes)
    this.restart = add('restarts', restarts)
    this.loss = add('losses', losses)
    this.duplicate = add('duplicates', duplicates)
    this.repeat = add('repeats', repeats)
    this.giveUp = add('give-ups', giveUps)
    if (typeof timers === 'number') this.#allTimers = add('timers', timers)
    else {
      for (const [timer, limit] of Object.entries(timers)) {
        this.#timers.set(timer, add(`timer ${timer}`, limit))
      }
    }
    this.names = names
    this.limits = limits
  }

  /** The byte that counts the firings of a timer of a node, `NEVER` or `ALWAYS`. */
  timer(name: string, node: string): number {
    const one = this.#timers.get(`${node} ${name}`)
    return this.#allTimers ?? one ?? this.#timers.get(name) ?? NEVER
  }
}

/** In place of a byte: it may not happen; it may, and is not counted. */
export const NEVER = -1
export const ALWAYS = -2
