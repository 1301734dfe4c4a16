import type { Json } from '../core/json.ts'
import { sameJson } from '../core/json.ts'
import type { Operation, Process } from '../core/operation.ts'
import { UserError } from '../core/user-error.ts'
import type { HistoryEvent } from './event.ts'
import type { Fault, History } from './history.ts'

export interface PairingOptions {
  /** For messages, and for `History.source`. */
  readonly source: string
  /** Leave out and count what does not fit instead of refusing it. */
  readonly lenient?: boolean
  /**
   * Times that run backwards: `refused`, or `raised` to the latest time before (for recorders that
   * stamp an event before they put it in order, as Jepsen did for years). Default: `refused`.
   */
  readonly backwards?: 'refused' | 'raised'
  /** Told of every event that is left out. */
  readonly onSkip?: (fault: UserError) => void
}

/** The process whose events are faults: never paired, never judged. */
export const NEMESIS = 'nemesis'

type Mutable<Type> = { -readonly [Name in keyof Type]: Type[Name] }

interface Client {
  open: Mutable<Operation> | undefined
  /** Where its latest operation was called. */
  line: number | undefined
  /** The operation whose outcome is unknown; the process may not go on after it. */
  lost: Operation | undefined
}

/**
 * Builds a history from events, one at a time. Pairs each completion with the invocation of the
 * same process. A process has one operation open at a time, and none after an `info`: as in Jepsen,
 * a client that goes on after an unknown outcome does so under a new number.
 */
export class Pairing {
  readonly #source: string
  readonly #lenient: boolean
  readonly #raises: boolean
  readonly #onSkip: ((fault: UserError) => void) | undefined
  readonly #clients = new Map<Process, Client>()
  readonly #operations: Mutable<Operation>[] = []
  readonly #failed: Operation[] = []
  readonly #faults: Fault[] = []
  readonly #share = wordStore()
  #position = 0
  #skipped = 0
  #latest = 0

  constructor({ source, lenient = false, backwards = 'refused', onSkip }: PairingOptions) {
    this.#source = source
    this.#onSkip = onSkip
    this.#lenient = lenient
    this.#raises = lenient || backwards === 'raised'
  }

  /** Takes the next event; `line` is where it stands, for messages. Throws a UserError. */
  push(event: HistoryEvent, line?: number): void {
    if (event.process === NEMESIS) this.#fault(event, line)
    else if (event.type === 'invoke') this.#call(event, line)
    else this.#complete(event, line)
  }

  /** Counts something that is left out. */
  skip(fault: UserError): void {
    this.#skipped++
    this.#onSkip?.(fault)
  }

  /** The history; nothing may be pushed afterwards. What is still open is of unknown outcome. */
  finish(): History {
    const operations = this.#operations
    let kept = 0
    for (const operation of operations) {
      if (operation.id < 0) continue
      operation.id = kept
      operations[kept++] = operation
    }
    operations.length = kept
    return {
      source: this.#source,
      operations,
      failed: this.#failed,
      faults: this.#faults,
      events: this.#position,
      skipped: this.#skipped,
    }
  }

  #call(event: HistoryEvent, line: number | undefined): void {
    const process = this.#share(event.process)
    let client = this.#clients.get(process)
    if (client === undefined) {
      client = { open: undefined, line: undefined, lost: undefined }
      this.#clients.set(process, client)
    }
    // A lenient reader may have left out the completion: then nobody knows how the call ended.
    if (!this.#lenient && (client.open !== undefined || client.lost !== undefined)) {
      this.#refuseCall(event, client, line)
    }
    const calledAt = this.#timeOf(event, line)
    const operation: Mutable<Operation> = {
      id: this.#operations.length,
      process,
      f: this.#share(event.f),
      key: this.#share(event.key ?? undefined),
      value: event.value ?? null,
      result: undefined,
      called: this.#position++,
      returned: Infinity,
      calledAt,
      returnedAt: undefined,
    }
    client.line = line
    client.open = operation
    this.#operations.push(operation)
  }

  #refuseCall(event: HistoryEvent, client: Client, line: number | undefined): never {
    const { open, lost } = client
    const before = name(event.process)
    if (open !== undefined) {
      const fact = `${before} calls '${event.f}', but its '${open.f}'${at(client)} is still open`
      throw this.#error(fact, ONE_EACH, line)
    }
    const f = lost?.f ?? ''
    const fact = `${before} calls '${event.f}', but its '${f}'${at(client)} ended with 'info'`
    const hint = 'a client that goes on after an unknown outcome needs a new process'
    throw this.#error(fact, hint, line)
  }

  #complete(event: HistoryEvent, line: number | undefined): void {
    const client = this.#clients.get(event.process)
    const open = client?.open
    const fault = faultOfCompletion(event, client)
    if (client === undefined || open === undefined || fault !== undefined) {
      const hint = open === undefined ? 'is the invocation missing, or in a later line?' : ONE_EACH
      const error = this.#error(fault ?? '', hint, line)
      if (!this.#lenient) throw error
      this.skip(error)
      return
    }
    const returnedAt = this.#timeOf(event, line)
    const returned = this.#position++
    client.open = undefined
    if (event.type === 'info') {
      client.lost = open
      return
    }
    // Most recorders repeat the argument: keep one copy of it.
    const result = event.value ?? null
    open.result = result === open.value ? open.value : result
    open.returned = returned
    open.returnedAt = returnedAt
    if (event.type === 'fail') {
      this.#failed.push(open)
      open.id = -this.#failed.length
    }
  }

  #fault(event: HistoryEvent, line: number | undefined): void {
    const time = this.#timeOf(event, line)
    const position = this.#position++
    this.#faults.push({ f: event.f, value: event.value ?? null, position, time })
  }

  #timeOf({ time }: HistoryEvent, line: number | undefined): number | undefined {
    if (time === undefined || time === null) return undefined
    if (time < this.#latest) {
      if (this.#raises) return this.#latest
      const fact = `time runs backwards: ${String(time)} comes after ${String(this.#latest)}`
      throw this.#error(fact, 'put the events in order; were several recordings joined?', line)
    }
    this.#latest = time
    return time
  }

  #error(fact: string, hint: string, line: number | undefined): UserError {
    const where = line === undefined ? this.#source : `${this.#source}:${String(line)}`
    return new UserError(fact, { where, hint })
  }
}

const ONE_EACH = 'does every client have a process of its own?'

/** Why an event does not complete what its process has open, or `undefined` if it does. */
function faultOfCompletion(event: HistoryEvent, client: Client | undefined): string | undefined {
  const { process, f, key } = event
  const open = client?.open
  if (client === undefined || open === undefined) {
    return `${name(process)} completes '${f}', but has nothing open`
  }
  if (f !== open.f) {
    return `${name(process)} completes '${f}', but had called '${open.f}'${at(client)}`
  }
  if (key === undefined || key === null || sameJson(key, open.key)) return undefined
  const had = open.key === undefined ? 'no key' : `key ${JSON.stringify(open.key)}`
  const has = `key ${JSON.stringify(key)}`
  return `${name(process)} completes '${f}' with ${has}, but had called it with ${had}${at(client)}`
}

function name(process: Process): string {
  return `process ${JSON.stringify(process)}`
}

function at({ line }: Client): string {
  return line === undefined ? '' : ` of line ${String(line)}`
}

/**
 * V8 shares the short strings that JSON.parse makes; this shares longer names of processes and
 * keys.
 */
function wordStore(): <Word extends Json | undefined>(word: Word) => Word {
  const words = new Map<Json, Json>()
  return (word) => {
    if (typeof word !== 'string' || word.length <= 10) return word
    const known = words.get(word)
    if (known !== undefined) return known as typeof word
    if (words.size < 100_000) words.set(word, word)
    return word
  }
}
