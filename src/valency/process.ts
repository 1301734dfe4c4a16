import type { Json } from '../core/json.ts'
import type { Given, Parameters } from '../core/parameters.ts'

/**
 * A message on its way, as in the model of Fischer, Lynch and Paterson (1985): who it is for, and
 * what it says. Whoever sent it is part of what it says, if that matters.
 */
export type Send<Message> = readonly [to: number, message: Message]

/** What one step does. */
export interface Outcome<Local, Message> {
  readonly local: Local
  readonly sends?: readonly Send<Message>[]
}

/**
 * The processes of an asynchronous protocol, numbered from 0. All of them run this code, and know
 * who they are by `self`. Local states and messages are plain data (JSON), and nothing that is
 * passed in may be changed: a step answers with a new state.
 */
export interface Process<Local = unknown, Message = unknown> {
  /** The local state before the first step; nothing has been sent. */
  start(self: number, input: number): Local
  /**
   * One step: with a message that is taken out of the buffer, or with `undefined`, which stands
   * for 'there is nothing', and is all that a timeout can be where there is no time. It depends on
   * what is passed in and on nothing else. Several outcomes are a coin that is tossed.
   */
  step(
    local: Local,
    message: Message | undefined,
    self: number,
  ): Outcome<Local, Message> | readonly Outcome<Local, Message>[]
  /** What was decided, for ever; `undefined` as long as nothing is. */
  decided(local: Local): Json | undefined
  /** What is known of configurations that are the same for all that may follow. */
  readonly normal?: Normal<Local, Message>
}

/**
 * How configurations that differ without consequences become one. Whatever is said here is looked
 * at while the search runs, as far as that is possible in one step.
 */
export interface Normal<Local = unknown, Message = unknown> {
  /**
   * The message can change nothing, neither now nor at any later time: not its receiver, and by an
   * answer not `asker` either. Such messages are dropped, as if delivered at once.
   */
  spent?(message: Message, receiver: Local, asker: Local | undefined): boolean
  /** Who would get the answer to a message, where `spent` has to know. */
  asker?(message: Message): number | undefined
  /** Numbers of which only the order matters: ballots, rounds. They are renamed to small ones. */
  readonly ranks?: Ranks<Local, Message>
  /** Configurations with a local state that is not within are left out: then much is unknown. */
  within?(local: Local): boolean
  /** What `within` leaves out, in words: `rounds that are more than one apart`. */
  readonly bound?: string
}

/** Where numbers occur that may be renamed. Each is a whole number from 0 to 30. */
export interface Ranks<Local = unknown, Message = unknown> {
  /** The same local state with each number replaced. */
  local(local: Local, rename: (rank: number) => number): Local
  /** The same message with each number replaced. */
  message(message: Message, rename: (rank: number) => number): Message
  /** New numbers for all that occur in a configuration, both in ascending order. */
  renamed(ranks: readonly number[]): readonly number[]
}

/** What is said of a protocol besides its name and what it does. */
export interface AsynchronousHeader<P extends Parameters> {
  /** One sentence: what it does. */
  readonly about: string
  /** The paper: authors, year, title. */
  readonly source?: string
  /** What it can be given, each with its default. */
  readonly options?: P
  /** The fewest processes that it makes sense for. Default: 2. */
  readonly least?: number
}

/** A protocol of processes that send messages, for as many processes as asked for. */
export interface Asynchronous<P extends Parameters = Parameters> extends AsynchronousHeader<P> {
  readonly type: 'asynchronous'
  readonly name: string
  /** The process that all of so many run. */
  make(processes: number, options?: Partial<Given<P>>): Process
}

/** A protocol of which nothing is known but that it is one. */
export type AnyAsynchronous = Asynchronous

/** Declares a protocol; `define` makes the process that all of them run, for a number of them. */
export function asynchronous<Local, Message, P extends Parameters = Parameters>(
  name: string,
  header: AsynchronousHeader<P>,
  define: (processes: number, options: Given<P>) => Process<Local, Message>,
): Asynchronous<P> {
  return {
    ...header,
    type: 'asynchronous',
    name,
    make: (processes, options = {}) =>
      define(processes, { ...header.options, ...options } as unknown as Given<P>),
  }
}

/** The same message to everybody but oneself. */
export function toOthers<Message>(
  processes: number,
  self: number,
  message: Message,
): readonly Send<Message>[] {
  return Array.from({ length: processes }, (_, to) => to)
    .filter((to) => to !== self)
    .map((to) => [to, message] as const)
}
