import type { View } from '../core/invariant.ts'
import type { Given, Parameter, Parameters } from '../core/parameters.ts'
import type { Disk, Fx, NodeId, Request, Ticket } from './fx.ts'

export type { Given } from '../core/parameters.ts'

/**
 * One node of a protocol: a deterministic state machine. Handlers get the state and answer with the
 * next one, sharing what did not change; nothing that is passed in may be changed. States, messages
 * and records are plain data (JSON). There is no clock, no randomness and no I/O but through `fx`.
 */
export interface Program<State = unknown, Message = unknown, Timer extends string = string> {
  /** The first start, and every start after a crash, from what the disk has kept. */
  boot(disk: Disk, fx: Fx<Message, Timer>): State
  /** A client asks. Every request is answered by `reply` or `fail`, at once or later. */
  onRequest(state: State, request: Request, fx: Fx<Message, Timer>): State
  /** Another node speaks, or this one to itself. */
  onMessage(state: State, from: NodeId, message: Message, fx: Fx<Message, Timer>): State
  /** A timer has run off. */
  onTimer?(state: State, timer: Timer, fx: Fx<Message, Timer>): State
  /** A write is on the disk, and with it all writes before. */
  onDurable?(state: State, ticket: Ticket, fx: Fx<Message, Timer>): State
  /** What invariants, coverage and pictures see. */
  view(state: State): View
  /**
   * Whether these nodes can serve requests while all others are down for ever. Absent: any
   * majority of `nodes`. For protocols that keep nothing on disk: `viewOf` tells what a node shows
   * that did not crash, and `undefined` of one that starts anew.
   */
  enough?(
    up: readonly NodeId[],
    nodes: readonly NodeId[],
    viewOf?: (node: NodeId) => View | undefined,
  ): boolean
}

/**
 * What a protocol claims to survive. Random faults are drawn within it unless somebody asks for
 * more; what is absent is not survived.
 */
export interface Tolerates {
  /** How many nodes may be down at the same time: at most this many, or fewer than half. */
  readonly crashes?: number | 'minority' | 'any'
  /** Crashed nodes may come back with their disks. Without it a crash is for ever. */
  readonly restarts?: boolean
  readonly loss?: boolean
  readonly duplication?: boolean
  /** Messages may overtake each other. Without it each link is first in, first out. */
  readonly reordering?: boolean
  readonly partitions?: boolean
  /** A node may stop for a while and go on as if nothing had happened. */
  readonly pauses?: boolean
  /** A disk may come back with damaged records (`Disk.damaged`), or empty. */
  readonly corruption?: boolean
  /** Writes may wait for a long time, as on a full disk. */
  readonly diskFull?: boolean
  /** How much faster or slower than true time a node's clock may run, in percent. */
  readonly clockSkew?: number
  /** Clocks may jump. */
  readonly clockJumps?: boolean
}

/** What a protocol can be given, by name. */
export type Option = Parameter
/** The options of a protocol, by name. */
export type Options = Parameters

/**
 * How nodes are named in the plain data of a protocol that treats them alike, besides by their
 * names: parts are known by their own names, wherever they are. Whoever exchanges nodes checks it.
 */
export interface Alike {
  /** Parts that are a node's number, from 0, or a list of such numbers. */
  readonly numbers?: readonly string[]
  /** Parts that are lists of nodes, by number or by name, which are kept in order. */
  readonly sets?: readonly string[]
  /** Parts that are lists with an item for each node. */
  readonly indexed?: readonly string[]
}

/** What is said of a protocol besides its name and what it does. */
export interface ProtocolHeader<P extends Options, M extends string> {
  /** One sentence: what it does. */
  readonly about: string
  /** The paper: authors, year, title. */
  readonly source?: string
  /** Each option with its default. */
  readonly options: P
  /** Named bugs, one wrong line each, and what is wrong: the suite must catch every one. */
  readonly mutants?: Readonly<Record<M, string>>
  readonly tolerates: Tolerates
  /** It asks for the time (`fx.now`), so a host without clocks cannot run it. */
  readonly usesClock?: boolean
  /**
   * `any`: a client may ask any node, and goes elsewhere when one does not answer. `own`: a client
   * is a process of the protocol, and speaks with its own node only. Default: any.
   */
  readonly clients?: 'any' | 'own'
  /**
   * A request may be made again, at another node too: that it was served already is seen from
   * `client` and `serial`. Clients then ask again instead of giving up. Default: no.
   */
  readonly sessions?: boolean
  /** Its nodes may be exchanged: see `Alike`. Absent: nodes are known by their names alone. */
  readonly alike?: Alike
}

/** A protocol with options, and named bugs that can be planted in it. */
export interface Protocol<
  P extends Options = Options,
  M extends string = string,
  Made extends Program = Program,
> extends ProtocolHeader<P, M> {
  readonly name: string
  /** The program for these options, the others being at their defaults, perhaps with a bug. */
  make(options?: Partial<Given<P>>, mutant?: M): Made
}

/** A protocol of which nothing is known but that it is one. */
export type AnyProtocol = Protocol

/**
 * Declares a protocol. `define` makes the program that every node runs, for given options;
 * `planted` says whether a named bug is wanted.
 */
export function protocol<P extends Options, Made extends Program, const M extends string = never>(
  name: string,
  header: ProtocolHeader<P, M>,
  define: (options: Given<P>, planted: (mutant: M) => boolean) => Made,
): Protocol<P, M, Made> {
  return {
    ...header,
    name,
    make: (options = {}, mutant) =>
      define(
        { ...(header.options as unknown as Given<P>), ...options },
        (asked) => asked === mutant,
      ),
  }
}

/** The program as it is, with its types inferred: `return program({ boot, onRequest, ... })`. */
export function program<State, Message, Timer extends string = never>(
  made: Program<State, Message, Timer>,
): Program<State, Message, Timer> {
  return made
}
