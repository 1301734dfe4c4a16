import { join } from 'node:path'

import { isBlank, readLines } from '../../core/jsonl.ts'
import type { Json } from '../../core/json.ts'
import type { TraceEvent } from '../../core/trace.ts'
import { UserError } from '../../core/user-error.ts'
import type { NodeId, Options, Program, RequestId, Tolerates } from '../../node/index.ts'
import { GroupCommit } from '../group-commit.ts'
import { NodeClock } from '../node-clock.ts'
import type { Answer } from '../node-host.ts'
import { NodeHost } from '../node-host.ts'
import { HandlerFault } from '../run-node.ts'
import type { SentBy } from '../trace-log.ts'
import { TraceLog } from '../trace-log.ts'
import { WriteAheadFile } from '../wal-file.ts'
import type { Body, Envelope } from './message.ts'
import { errorBody, inReplyTo, isObject, lineOf, parseEnvelope } from './message.ts'
import { answerOf, askingOf } from './translate.ts'

/** A program as a node of Maelstrom. */
export interface SpeakingOptions {
  readonly program: Program
  readonly protocol: string
  readonly parameters: Options
  readonly mutant?: string
  readonly tolerates: Tolerates
  /** The folder under which each node has its own. */
  readonly data: string
  /** Where to log what it does. Default: nowhere. */
  readonly traces?: string
  readonly input: AsyncIterable<Uint8Array>
  /** Writes whole lines. */
  write(lines: string): void
  warn(text: string): void
}

/**
 * Lets a program serve Maelstrom's protocol, until its input ends.
 *
 * @throws UserError for data of somebody else; HandlerFault if the program throws
 */
export async function speakMaelstrom(options: SpeakingOptions): Promise<void> {
  const speaker = new Speaker(options)
  try {
    await Promise.race([listen(speaker, options), speaker.failure])
  } finally {
    await speaker.close()
  }
}

async function listen(speaker: Speaker, { input, warn }: SpeakingOptions): Promise<void> {
  for await (const { lines } of readLines(input, { source: 'standard input' })) {
    for (const line of lines) {
      if (line instanceof UserError) throw line
      if (isBlank(line)) continue
      const envelope = parseEnvelope(line)
      if (typeof envelope === 'string') warn(`a line is left out: ${envelope}`)
      else await speaker.hear(envelope)
    }
  }
}

/** A request that a program has not answered yet. */
interface Open {
  readonly client: string
  readonly body: Body
  /** Another node has passed it on: it is not passed on again. */
  readonly passedOn: boolean
}

class Speaker {
  readonly failure: Promise<never>
  readonly #options: SpeakingOptions
  readonly #open = new Map<RequestId, Open>()
  #fail: (error: unknown) => void = () => undefined
  #self = ''
  #nodes: readonly NodeId[] = []
  #host: NodeHost | undefined
  #file: WriteAheadFile | undefined
  #held: Envelope[] = []
  #lines = ''
  #given = 0
  /** Of the workload broadcast, whose lists are called otherwise. */
  #broadcasts = false

  constructor(options: SpeakingOptions) {
    this.#options = options
    this.failure = new Promise((_, reject) => (this.#fail = reject))
    this.failure.catch(() => undefined)
  }

  async hear(envelope: Envelope): Promise<void> {
    const { src, body } = envelope
    const host = this.#host
    if (body.type === 'init') {
      if (host === undefined) await this.#init(body)
      this.#say(src, inReplyTo(body, { type: 'init_ok' }))
      this.#release()
      for (const held of this.#held.splice(0)) await this.hear(held)
      return
    }
    // The others may be faster than whoever starts us.
    if (host === undefined) {
      this.#held.push(envelope)
      return
    }
    if (body.in_reply_to !== undefined) return
    if (body.type === 'm') host.message(src, body['message'], body['sent'] as SentBy | undefined)
    else if (body.type === 'pass-on') this.#hearPassedOn(host, body)
    else this.#hearRequest(host, { client: src, body, passedOn: false })
  }

  async close(): Promise<void> {
    this.#host?.stop()
    await this.#file?.close()
  }

  async #init(body: Body): Promise<void> {
    const { node_id: self, node_ids: nodes } = body
    if (typeof self !== 'string' || !Array.isArray(nodes)) {
      throw new UserError("'init' names no node_id and node_ids", { where: 'standard input' })
    }
    this.#self = self
    this.#nodes = nodes as readonly string[]
    const { protocol, parameters, mutant, tolerates, data, traces, warn } = this.#options
    const named = { protocol, parameters, ...(mutant === undefined ? {} : { mutant }) }
    const owner = { ...named, node: self, nodes: this.#nodes }
    const corruption = tolerates.corruption === true
    const { file, findings } = await WriteAheadFile.open(join(data, self), owner, { corruption })
    this.#file = file
    for (const finding of findings) warn(finding)
    const header = { trace: 1, ...named, nodes: this.#nodes, host: 'maelstrom' } as const
    const commit: GroupCommit = new GroupCommit(file, {
      durable: (ticket) => host.durable(ticket),
      failed: this.#fail,
    })
    const origin = process.hrtime.bigint()
    const host: NodeHost = new NodeHost(
      this.#options.program,
      {
        self,
        nodes: this.#nodes,
        clock: new NodeClock(),
        ...(traces === undefined ? {} : { trace: new TraceLog(traces, self, header) }),
        time: () => Number((process.hrtime.bigint() - origin) / 1000n),
        send: (to, message, sent) => this.#sendPeer(to, message as Json, sent),
        answer: (request, answer) => this.#answer(request, answer),
        release: () => this.#release(),
        failed: (error, event) => this.#fail(handlerFault(self, error, event)),
      },
      () => commit,
    )
    this.#host = host
    host.boot(file.image)
  }

  #hearRequest(host: NodeHost, open: Open): void {
    const { client, body } = open
    if (body.type === 'topology') {
      this.#broadcasts = true
      this.#answerClient(open, { type: 'topology_ok' })
      return
    }
    const asking = askingOf(body)
    if ('error' in asking) {
      this.#answerClient(open, asking.error)
      return
    }
    const delivered = host.view()?.['delivered']
    if (this.#broadcasts && asking.f === 'read' && Array.isArray(delivered)) {
      this.#answerClient(open, { type: 'read_ok', messages: delivered as readonly Json[] })
      return
    }
    const id = ++this.#given
    this.#open.set(id, open)
    const serial = typeof body.msg_id === 'number' ? body.msg_id : id
    host.request({ id, client, serial, ...asking })
  }

  #hearPassedOn(host: NodeHost, { client, request }: Body): void {
    if (typeof client !== 'string' || !isObject(request)) return
    this.#hearRequest(host, { client, body: request, passedOn: true })
  }

  #answer(request: RequestId, answer: Answer): void {
    const open = this.#open.get(request)
    if (open === undefined) return
    this.#open.delete(request)
    if ('result' in answer) {
      const list = this.#broadcasts ? 'messages' : 'value'
      this.#answerClient(open, answerOf(open.body, (answer.result ?? null) as Json, list))
      return
    }
    const { error, code, ask } = answer
    // Maelstrom's clients speak with one node only, so it asks the right one for them.
    if (ask !== undefined && ask !== this.#self && !open.passedOn && this.#nodes.includes(ask)) {
      this.#say(ask, { type: 'pass-on', client: open.client, request: open.body as Json })
      return
    }
    const text = ask === undefined ? error : `${error}: ask ${ask}`
    this.#answerClient(open, errorBody(code, text))
  }

  /** Nobody waits for an answer to what has no number. */
  #answerClient({ client, body }: Open, answer: Body): void {
    if (body.msg_id !== undefined) this.#say(client, inReplyTo(body, answer))
    this.#releaseSoon()
  }

  #sendPeer(to: NodeId, message: Json, sent: SentBy): void {
    const traced = this.#options.traces === undefined ? {} : { sent }
    this.#say(to, { type: 'm', message, ...traced })
  }

  #say(dest: string, body: Body): void {
    this.#lines += `${lineOf({ src: this.#self, dest, body })}\n`
  }

  /** What is said outside of a handler leaves at the end of the turn, as what handlers say does. */
  #releaseSoon(): void {
    setImmediate(() => this.#release())
  }

  #release(): void {
    if (this.#lines === '') return
    const lines = this.#lines
    this.#lines = ''
    this.#options.write(lines)
  }
}

function handlerFault(self: string, error: unknown, event: TraceEvent): HandlerFault {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return new HandlerFault(`${self} threw as it handled a ${event.type}: ${text}`, { cause: error })
}
