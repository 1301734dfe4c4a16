import { canonical } from '../../core/json.ts'
import type { Json } from '../../core/json.ts'
import type { Effect, StoredDisk, TraceStep, Write } from '../../core/trace.ts'
import type { Part } from './mapping.ts'

/** A part of an earlier step that was not taken yet. */
export interface Put {
  readonly part: Part
  readonly step: TraceStep
}

interface Waiting extends Put {
  /** The write without which it is not known to others. */
  readonly ticket: number
}

interface Asked {
  readonly ticket: number
  readonly write: Write
  /** The length of the log that it changes, counted from its very beginning, after it. */
  readonly end: number
}

interface NodeDisk {
  /** Writes up to this one are known to be on the disk. */
  done: number
  /** The last write that was asked for. */
  asked: number
  readonly waiting: Waiting[]
  /** Those of which it is not known whether they are on the disk. */
  readonly writes: Asked[]
  /** Steps that have sent something that waits for one of those writes. */
  readonly sends: { readonly step: number; readonly effects: readonly Effect[] }[]
  ends: Map<string, number>
}

/**
 * What of a trace is known to be on disks. A node goes on while it writes, and tells others only
 * what is on its disk: so a part that waits for a write is taken when somebody hears of it, in the
 * order of the node's steps, or is undone by a crash. What a node finds on its disk when it starts
 * again says which of both it was.
 */
export class Disks {
  readonly #nodes = new Map<string, NodeDisk>()

  /** Whether the write is known to be on the node's disk. */
  isDone(node: string, ticket: number): boolean {
    return ticket <= this.#of(node).done
  }

  /** The last write that the node has asked for. */
  asked(node: string): number {
    return this.#of(node).asked
  }

  /** How many parts wait, of all nodes. */
  get waiting(): number {
    let all = 0
    for (const { waiting } of this.#nodes.values()) all += waiting.length
    return all
  }

  /** The parts that have been taken before this step, as it shows, in their order. */
  before({ event, node }: TraceStep): readonly Put[] {
    if (node === undefined) return NOTHING
    switch (event.type) {
      case 'message':
        return this.#heard(event.from, node, event.message, event.sent)
      case 'durable':
        return this.#reached(this.#of(node), event.ticket)
      case 'boot':
        return this.#started(node, event.disk)
      default:
        return NOTHING
    }
  }

  /** Notes what the step has asked its disk for, and what it has sent. */
  note({ node, step, effects }: TraceStep): void {
    if (node === undefined) return
    const disk = this.#of(node)
    let held = false
    for (const effect of effects) {
      if (effect.type === 'write') {
        disk.asked = effect.ticket
        disk.writes.push({ ...effect, end: endAfter(disk.ends, effect.write) })
      } else if (effect.type === 'send' && (effect.after ?? 0) > disk.done) held = true
    }
    if (held) disk.sends.push({ step, effects })
  }

  /** Keeps a part of a step until its write is known to be on the disk. */
  wait(node: string, put: Put, ticket: number): void {
    const { waiting } = this.#of(node)
    // In the order of tickets, and those of one ticket in the order of their steps.
    let at = waiting.length
    while (at > 0 && waiting[at - 1]!.ticket > ticket) at--
    waiting.splice(at, 0, { ...put, ticket })
  }

  #of(node: string): NodeDisk {
    const known = this.#nodes.get(node)
    if (known !== undefined) return known
    const made = { done: 0, asked: 0, waiting: [], writes: [], sends: [], ends: new Map() }
    this.#nodes.set(node, made)
    return made
  }

  /** Whoever receives a message knows that what it waited for was on the disk of the sender. */
  #heard(from: string, to: string, message: unknown, sent?: number): readonly Put[] {
    const disk = this.#nodes.get(from)
    if (disk === undefined || disk.sends.length === 0) return NOTHING
    const sends: { readonly message: unknown; readonly after: number }[] = []
    for (const { step, effects } of disk.sends) {
      if (sent !== undefined && step !== sent) continue
      for (const effect of effects) {
        if (effect.type !== 'send' || effect.to !== to) continue
        sends.push({ message: effect.message, after: effect.after ?? 0 })
      }
    }
    const ticket = leastOf(sends, message)
    return ticket === undefined ? NOTHING : this.#reached(disk, ticket)
  }

  #reached(disk: NodeDisk, ticket: number): readonly Put[] {
    if (ticket <= disk.done) return NOTHING
    disk.done = ticket
    dropWhile(disk.writes, (write) => write.ticket <= ticket)
    dropWhile(disk.sends, ({ effects }) =>
      effects.every((effect) => effect.type !== 'send' || (effect.after ?? 0) <= ticket),
    )
    return dropWhile(disk.waiting, (waiting) => waiting.ticket <= ticket)
  }

  /** A crash has come before: some of the last writes were done, and the others never will be. */
  #started(node: string, stored: StoredDisk): readonly Put[] {
    const disk = this.#of(node)
    const done = lastDone(disk, stored)
    const taken = this.#reached(disk, done).filter(({ part }) => (part.whole ?? 0) <= done)
    const ends = Object.entries(stored.logs).map(
      ([log, { first, records }]) => [log, first + records.length] as const,
    )
    this.#nodes.set(node, {
      done: 0,
      asked: 0,
      waiting: [],
      writes: [],
      sends: [],
      ends: new Map(ends),
    })
    return taken
  }
}

const NOTHING: readonly Put[] = []

/** What the message has waited for at least, if it may be one of these. */
function leastOf(
  sends: readonly { readonly message: unknown; readonly after: number }[],
  message: unknown,
): number | undefined {
  const [first] = sends
  if (first === undefined || sends.every(({ after }) => after === first.after)) return first?.after
  const text = textOf(message)
  let least: number | undefined
  for (const send of sends) {
    if (least !== undefined && send.after >= least) continue
    if (textOf(send.message) === text) least = send.after
  }
  return least
}

/** The last of the writes of which the disk shows nothing else, with all before it. */
function lastDone({ done, writes }: NodeDisk, stored: StoredDisk): number {
  for (let last = writes.length - 1; last >= 0; last--) {
    if (fits(writes, last, stored)) return writes[last]!.ticket
  }
  return done
}

/** Whether the disk may be as it is after these writes and no more. */
function fits(writes: readonly Asked[], last: number, { values, logs }: StoredDisk): boolean {
  const looked = new Set<string>()
  for (let at = last; at >= 0; at--) {
    const { write, end } = writes[at]!
    const name = write.type === 'put' ? `value ${write.key}` : `log ${write.log}`
    if (looked.has(name)) continue
    looked.add(name)
    if (write.type === 'put') {
      if (textOf(values[write.key]) !== textOf(write.value)) return false
      continue
    }
    const log = logs[write.log] ?? { first: 0, records: [] }
    if (log.first + log.records.length !== end) return false
    if (write.type === 'append' && textOf(log.records.at(-1)) !== textOf(write.record)) return false
  }
  return true
}

function endAfter(ends: Map<string, number>, write: Write): number {
  if (write.type === 'put') return 0
  const before = ends.get(write.log) ?? 0
  const end =
    write.type === 'append'
      ? before + 1
      : write.type === 'truncate'
        ? Math.min(before, write.from)
        : Math.max(before, write.before)
  ends.set(write.log, end)
  return end
}

/** Takes the first ones away as long as they are meant, and answers them. */
function dropWhile<T>(list: T[], isMeant: (one: T) => boolean): T[] {
  let count = 0
  while (count < list.length && isMeant(list[count]!)) count++
  return count === 0 ? [] : list.splice(0, count)
}

/** What is undefined is lost in a file, and means the same. */
function textOf(value: unknown): string {
  return value === undefined ? '' : canonical(JSON.parse(JSON.stringify(value)) as Json)
}
