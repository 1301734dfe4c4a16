import type { TraceEvent, TraceHeader } from '../core/trace.ts'
import { UserError } from '../core/user-error.ts'
import type { Options, Program, Request, RequestId, Tolerates } from '../node/index.ts'
import { FrameFault } from './frames.ts'
import { GroupCommit } from './group-commit.ts'
import { lockFolder } from './data-lock.ts'
import type { Membership } from './hello.ts'
import { Link } from './link.ts'
import type { Address } from './link.ts'
import type { Caller } from './listener.ts'
import { Listener } from './listener.ts'
import { NodeClock } from './node-clock.ts'
import { NodeHost } from './node-host.ts'
import type { SentBy } from './trace-log.ts'
import { TraceLog } from './trace-log.ts'
import { WriteAheadFile } from './wal-file.ts'

/** One node as a process of its own. */
export interface NodeOptions {
  readonly program: Program
  readonly protocol: string
  /** How it is named on a command line, for traces. Default: the protocol's own name. */
  readonly name?: string
  readonly parameters: Options
  readonly mutant?: string
  readonly tolerates: Tolerates
  readonly self: string
  /** Where the others are, and this one: all nodes, in the same order everywhere. */
  readonly peers: ReadonlyMap<string, Address>
  /** Default: its own address among the peers. */
  readonly listen?: Address
  /** Nodes of clusters with different names do not talk. Default: the protocol. */
  readonly cluster?: string
  /** The folder of its write-ahead file. */
  readonly data: string
  /** Where to log what it does. Default: nowhere. */
  readonly traces?: string
  /** Where the times of the trace begin, on the machine's monotonic clock (ns). Default: now. */
  readonly origin?: bigint
  /** How much faster its clock runs, in percent. */
  readonly skew?: number
  /** How much longer every sync of the disk takes, in milliseconds. */
  readonly diskMs?: number
  /** Something that whoever started the node should know. */
  warn(text: string): void
}

export interface RunningNode {
  readonly address: Address
  readonly host: NodeHost
  readonly commit: GroupCommit
  readonly clock: NodeClock
  /** Settles when the node is closed; throws if a handler or the disk fails. */
  readonly ended: Promise<void>
  close(): void
}

/** Messages that wait for a peer that is not there, where messages may be lost and where not. */
const KEEP = { losing: 1_000, lossless: 100_000 }

/**
 * Starts a node: reads its data, boots the program and listens.
 *
 * @throws UserError for data of somebody else, an address that is not free, ...
 */
export async function runNode(options: NodeOptions): Promise<RunningNode> {
  const { self, peers } = options
  const own = peers.get(self)
  if (own === undefined) throw unknownSelf(self, [...peers.keys()])
  const unlock = lockFolder(options.data)
  try {
    return await lockedNode(options, options.listen ?? own, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function lockedNode(
  options: NodeOptions,
  listen: Address,
  unlock: () => void,
): Promise<RunningNode> {
  const { self, peers, protocol, parameters, mutant, data, warn } = options
  const nodes = [...peers.keys()]
  const owner = { protocol, parameters, ...(mutant === undefined ? {} : { mutant }), nodes }
  const may = { corruption: options.tolerates.corruption === true }
  const { file, findings } = await WriteAheadFile.open(data, { ...owner, node: self }, may)
  for (const finding of findings) warn(finding)
  const membership = { cluster: options.cluster ?? protocol, protocol, parameters, nodes }
  const clock = new NodeClock(options.skew)
  const requests = new Requests()
  const listener = await Listener.open({
    listen,
    self,
    membership,
    warn,
    received: (caller, payload) => {
      hear(host, requests, caller, payload)
    },
  }).catch(async (error: unknown) => {
    await file.close()
    throw error
  })
  const address = { host: listen.host, port: listener.port }
  const links = linksTo(options, membership)
  const end = deferred()
  const origin = options.origin ?? process.hrtime.bigint()
  const named = { ...owner, protocol: options.name ?? protocol }
  const header: TraceHeader = { trace: 1, ...named, host: 'processes' }
  const trace = options.traces === undefined ? {} : { trace: traceOf(options.traces, self, header) }
  const host: NodeHost = new NodeHost(
    options.program,
    {
      self,
      nodes,
      clock,
      ...trace,
      time: () => Number((process.hrtime.bigint() - origin) / 1000n),
      send: (to, message, sent) => send(links.get(to), to, { message, sent }, warn),
      answer: (request, answer) => requests.answer(request, answer),
      release: () => {
        for (const link of links.values()) link.release()
        listener.release()
      },
      failed: (error, event) => end.fail(handlerFault(self, error, event)),
    },
    () => commit,
  )
  const commit: GroupCommit = new GroupCommit(file, {
    durable: (ticket) => host.durable(ticket),
    failed: end.fail,
    ...(options.diskMs === undefined ? {} : { slowMs: options.diskMs }),
  })
  host.boot(file.image)
  const close = async (): Promise<void> => {
    host.stop()
    listener.close()
    for (const link of links.values()) link.close()
    await commit.close().catch(warnOf(warn))
    unlock()
  }
  const ended = end.promise.finally(close)
  return { address, host, commit, clock, ended, close: end.done }
}

function warnOf(warn: (text: string) => void): (error: unknown) => void {
  return (error) => warn(`the file was not closed: ${String(error)}`)
}

/** Requests that are not yet answered, and who wants to know. */
class Requests {
  readonly #open = new Map<RequestId, { caller: Caller; number: unknown }>()
  #given = 0

  add(caller: Caller, number: unknown): RequestId {
    const id = ++this.#given
    this.#open.set(id, { caller, number })
    return id
  }

  answer(request: RequestId, answer: object): void {
    const asked = this.#open.get(request)
    if (asked === undefined) return
    this.#open.delete(request)
    asked.caller.answer({ number: asked.number, ...answer })
  }
}

/** A peer's message, or what a client asks for. */
function hear(
  host: NodeHost,
  requests: Requests,
  caller: Caller,
  payload: Readonly<Record<string, unknown>>,
): void {
  if ('node' in caller.from) {
    host.message(caller.from.node, payload['message'], payload['sent'] as SentBy | undefined)
    return
  }
  const { client, serial, f, key, value } = payload['ask'] as Omit<Request, 'id'>
  const id = requests.add(caller, payload['number'])
  const about = { id, client, serial, f, ...(key === undefined ? {} : { key }) }
  host.request({ ...about, value: value ?? null })
}

function linksTo(options: NodeOptions, membership: Membership): Map<string, Link> {
  const { self, peers, tolerates, warn } = options
  const keep = tolerates.loss === true ? KEEP.losing : KEEP.lossless
  const others = [...peers.keys()].filter((node) => node !== self)
  return new Map(
    others.map((node) => [
      node,
      new Link({
        // Asked for at each attempt: whoever gave the map may learn of another place.
        address: () => peers.get(node),
        hello: { hello: 1, ...membership, from: { node: self }, to: node },
        keep,
        refused: (why) => warn(`${node} does not want to talk: ${why}`),
      }),
    ]),
  )
}

function send(
  link: Link | undefined,
  to: string,
  message: object,
  warn: (text: string) => void,
): void {
  try {
    link?.send(message)
    if (link === undefined) warn(`a message to '${to}', which is no node, is lost`)
  } catch (error) {
    if (!(error instanceof FrameFault)) throw error
    warn(`a message to ${to} is lost: ${error.message}`)
  }
}

function traceOf(directory: string, self: string, header: TraceHeader): TraceLog {
  return new TraceLog(directory, self, header)
}

/** A program that throws: the protocol's fault, not ours, so it is told like one. */
export class HandlerFault extends Error {
  override readonly name = 'HandlerFault'
}

function handlerFault(self: string, error: unknown, event: TraceEvent): HandlerFault {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return new HandlerFault(`${self} threw as it handled a ${event.type}: ${text}`, { cause: error })
}

function unknownSelf(self: string, nodes: readonly string[]): UserError {
  return new UserError(`there is no '${self}' among the peers: ${nodes.join(', ')}`, {
    where: '--id',
    hint: `--peers names all nodes, this one included: ${self}=127.0.0.1:7001,...`,
  })
}

function deferred(): {
  promise: Promise<void>
  done: () => void
  fail: (error: unknown) => void
} {
  let done: () => void = () => undefined
  let fail: (error: unknown) => void = () => undefined
  const promise = new Promise<void>((resolve, reject) => {
    done = resolve
    fail = reject
  })
  return { promise, done, fail }
}
