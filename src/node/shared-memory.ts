/**
 * Processes that share objects instead of sending messages. An object is a transition function, and
 * an access is one indivisible step: the object changes, and the process is told something. A
 * process is a deterministic machine that makes one access after the other until it decides.
 */
import type { Json } from '../core/json.ts'

/** An operation with its arguments: `['write', 1]`. */
export type ObjectOperation = readonly [name: string, ...given: Json[]]

/** What an operation made of the state of an object, and what the caller is told. */
export interface Applied<State extends Json = Json> {
  readonly state: State
  readonly response: Json
}

/** A type of shared objects. */
export interface ObjectType<
  State extends Json = Json,
  Operation extends ObjectOperation = ObjectOperation,
> {
  readonly name: string
  /** One sentence: what its operations do. */
  readonly about: string
  /** States that an object may be made in. What is reached from them are all its states. */
  readonly initial: readonly State[]
  readonly operations: readonly Operation[]
  /** Several outcomes, of which any may come about, make the type nondeterministic. */
  apply(state: State, operation: Operation): Applied<State> | readonly Applied<State>[]
}

/** An object of this type, in the state in which it is made. */
export interface SharedObject {
  readonly type: ObjectType
  readonly initial: Json
}

/** The next access of a process. */
export interface Access {
  /** By its name in `objects`. */
  readonly object: string
  readonly operation: ObjectOperation
}

/** A process decides, and does nothing more. */
export interface Decision {
  readonly decide: Json
}

/** What the processes of a protocol do. They are numbered from 0. */
export interface SharedProgram<Local extends Json = Json> {
  readonly objects: Readonly<Record<string, SharedObject>>
  /** The local state in which a process begins that proposes this value. */
  start(self: number, input: Json): Local
  /** What a process does in this local state. */
  next(local: Local, self: number): Access | Decision
  /** The local state after the access that `next` named. */
  after(local: Local, response: Json, self: number): Local
}

/** A consensus protocol over shared objects. */
export interface SharedProtocol {
  readonly name: string
  /** One sentence: the idea. */
  readonly about: string
  /** The paper: authors, year, title. */
  readonly source?: string
  /** Named bugs, and what is wrong. */
  readonly mutants: Readonly<Record<string, string>>
  /** For how many processes it can be made at all. Absent: any number. */
  readonly mostProcesses?: number
  /** What so many processes do, perhaps with a bug. */
  make(processes: number, mutant?: string): SharedProgram
}

/** What is said of a protocol besides its name and what it does. */
export interface SharedHeader<Mutant extends string> {
  readonly about: string
  readonly source?: string
  readonly mutants?: Readonly<Record<Mutant, string>>
  readonly mostProcesses?: number
}

/**
 * Declares a protocol: `make` gets the number of processes, and is asked with `planted` whether a
 * named bug is to be there.
 */
export function sharedMemory<Local extends Json, Mutant extends string = never>(
  name: string,
  header: SharedHeader<Mutant>,
  make: (processes: number, planted: (mutant: Mutant) => boolean) => SharedProgram<Local>,
): SharedProtocol {
  return {
    name,
    ...header,
    mutants: header.mutants ?? {},
    make: (processes, mutant) => make(processes, (each) => each === mutant),
  }
}

/** As many objects of a type: `proposed[0]`, `proposed[1]`, ... */
export function oneEach(
  name: string,
  processes: number,
  object: SharedObject,
): Readonly<Record<string, SharedObject>> {
  return Object.fromEntries(
    Array.from({ length: processes }, (_, process) => [`${name}[${process}]`, object]),
  )
}
