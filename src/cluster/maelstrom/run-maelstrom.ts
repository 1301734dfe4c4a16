import { setMaxListeners } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

import { UserError } from '../../core/user-error.ts'
import type { Fault } from '../../node/index.ts'
import { Watchdog } from '../watchdog.ts'
import type { HistoryEvent } from '../../history/event.ts'
import { NEMESIS } from '../../history/pair-events.ts'
import type { BadReply } from './client.ts'
import { Client, ClientNames, RecordedClient } from './client.ts'
import { faultText } from './draw-faults.ts'
import { streams } from './draws.ts'
import { HistoryLog } from './history-log.ts'
import { Journal } from './journal.ts'
import { Network } from './network.ts'
import { typeOf } from './message.ts'
import { NodeProcess } from './node-process.ts'
import { NodeRunner } from './node-runner.ts'
import type { MaelstromOptions, MaelstromRun } from './run-options.ts'
import { services } from './service.ts'
import type { Adds } from './workload.ts'

/**
 * Runs a program as the nodes of a cluster, as Maelstrom does, asks them what the workload asks,
 * and lets go wrong what the faults say. Whatever way it ends, no process is left behind.
 *
 * @throws UserError if a node does not start, ends by itself, or writes what is no message
 */
export async function runMaelstrom(options: MaelstromOptions): Promise<MaelstromRun> {
  const directory = await mkdtemp(join(tmpdir(), 'synod-maelstrom-'))
  try {
    const run = new Run(options, directory)
    try {
      // A node that fails ends everything, whatever is going on.
      await Promise.race([run.whole(), run.failure])
      return run.outcome()
    } finally {
      await run.close()
    }
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** How often a node is asked for its final read before it counts as silent. */
const ATTEMPTS = 5

/** How often it is looked whether all nodes know all. */
const SETTLE_MS = 200

type End = NonNullable<MaelstromOptions['workload']['end']>

class Run {
  readonly failure: Promise<never>
  readonly #options: MaelstromOptions
  readonly #random: ReturnType<typeof streams>
  readonly #watchdog = new Watchdog()
  readonly #journal = new Journal()
  readonly #names = new ClientNames()
  readonly #network: Network
  readonly #nodes: readonly NodeRunner[]
  readonly #log: HistoryLog
  readonly #badReplies: BadReply[] = []
  readonly #silent = new Set<string>()
  readonly #started = performance.now()
  readonly #stopped = new AbortController()
  #fail: (error: unknown) => void = () => undefined

  constructor(options: MaelstromOptions, directory: string) {
    this.#options = options
    this.#random = streams(options.seed)
    setMaxListeners(0, this.#stopped.signal)
    this.failure = new Promise((_, reject) => (this.#fail = reject))
    // It is looked at only while something is awaited.
    this.failure.catch(() => undefined)
    this.#log = new HistoryLog(this.#now, options.out)
    this.#network = new Network({
      latency: options.latency,
      random: this.#random,
      faults: options.faults,
      services: services((service) => this.#random(`service ${service}`)),
      journal: this.#journal,
      now: this.#now,
    })
    const { program, arguments: given } = options
    this.#nodes = options.nodes.map((name) => {
      const process = new NodeProcess(
        name,
        { program, arguments: given, directory },
        this.#watchdog,
        {
          message: (envelope) => this.#network.send(name, envelope),
          failed: (error) => this.#fail(error),
          log: (line) => options.nodeLog?.(name, line),
        },
      )
      const node = new NodeRunner(process)
      this.#network.node(name, node)
      return node
    })
  }

  readonly #now = (): number => Math.round((performance.now() - this.#started) * 1000)

  outcome(): MaelstromRun {
    return {
      events: this.#log.events,
      badReplies: this.#badReplies,
      silent: [...this.#silent],
      passages: this.#journal.passages,
      messages: this.#journal.counts,
      seconds: (performance.now() - this.#started) / 1000,
    }
  }

  async close(): Promise<void> {
    this.#stopped.abort()
    this.#network.close()
    await Promise.all(this.#nodes.map((node) => node.kill()))
    this.#watchdog.close()
    this.#log.close()
  }

  async whole(): Promise<void> {
    const { workload, clients, forMs, quietMs, say = () => undefined } = this.#options
    const asking = Array.from({ length: clients }, () => this.#client())
    say('starting the nodes')
    await Promise.all(this.#nodes.map((node) => this.#start(node)))
    if (workload.setup !== undefined) await this.#setUp()
    this.#network.begin()
    say('asking')
    await Promise.all([
      ...asking.map((client, at) => this.#load(client, at)),
      ...this.#options.faults.map((fault) => this.#injure(fault)),
      this.#pause(forMs),
    ])
    this.#network.heal()
    if (workload.end === undefined) return
    say('healed, waiting until all nodes know all')
    await this.#close(workload.end)
    await this.#settle(workload.end, quietMs)
    say('final reads')
    await this.#finalReads(workload.end)
  }

  /** Something has failed: nothing more is begun. */
  get #over(): boolean {
    return this.#stopped.signal.aborted
  }

  #client(): RecordedClient {
    const { workload, timeoutMs, refusalsObserve } = this.#options
    return new RecordedClient({
      network: this.#network,
      names: this.#names,
      log: this.#log,
      workload,
      timeoutMs,
      refusalsObserve,
      now: this.#now,
      bad: (reply) => this.#badReplies.push(reply),
    })
  }

  async #start(node: NodeRunner): Promise<void> {
    const client = new Client(this.#network, this.#names.next())
    await node.start(client, this.#options.nodes, this.#options.initMs)
    client.leave()
  }

  async #setUp(): Promise<void> {
    const { workload, nodes, initMs } = this.#options
    const body = workload.setup?.(nodes)
    if (body === undefined) return
    await Promise.all(
      nodes.map(async (node) => {
        const client = new Client(this.#network, this.#names.next())
        const ended = await client.ask(node, body, initMs)
        client.leave()
        const expected = `${typeOf(body)}_ok`
        if (ended.type === 'answer' && ended.body.type === expected) return
        const how = ended.type === 'timeout' ? 'nothing' : JSON.stringify(ended)
        throw new UserError(`${node} answered '${typeOf(body)}' with ${how}`, {
          where: this.#options.program,
          hint: `the answer is {"type":"${expected}"}`,
        })
      }),
    )
  }

  /** One client's operations, one at least, at times that only the seed decides. */
  async #load(client: RecordedClient, at: number): Promise<void> {
    const { workload, clients, rate, forMs } = this.#options
    const node = this.#nodes[at % this.#nodes.length]
    if (node === undefined) return
    const next = workload.client({ client: at, clients, random: this.#random(`client ${at}`) })
    const gaps = this.#random(`times of client ${at}`)
    const gap = (): number => ((1000 * clients) / rate) * (gaps.int(0, 2000) / 1000)
    const begun = performance.now()
    const elapsed = (): number => performance.now() - begun
    for (let asked = 0, due = Math.min(gap(), forMs / 2); due < forMs; asked++, due += gap()) {
      await this.#pause(due - elapsed())
      // What is not up cannot be asked; to a paused node one can speak, in vain.
      while (!this.#over && !node.up && elapsed() < forMs) await this.#pause(5)
      if (this.#over || (asked > 0 && elapsed() >= forMs)) break
      await client.do(node.name, next())
    }
    client.leave()
  }

  /** Does what a fault needs done to processes; links are the network's. */
  async #injure(fault: Fault): Promise<void> {
    const { at, until = this.#options.forMs } = fault
    const begun = performance.now()
    const elapsed = (): number => performance.now() - begun
    await this.#pause(at)
    if (this.#over) return
    this.#noted(fault, 'start')
    const node = 'node' in fault ? this.#nodes.find(({ name }) => name === fault.node) : undefined
    if (fault.type === 'crash') await node?.killWhenStarted()
    if (fault.type === 'pause') node?.pause()
    await this.#pause(until - elapsed())
    if (this.#stopped.signal.aborted) return
    if (fault.type === 'pause') node?.resume()
    if (fault.type === 'crash' && node !== undefined) await this.#start(node)
    this.#noted(fault, 'stop')
  }

  #noted(fault: Fault, what: 'start' | 'stop'): void {
    this.#log.add(NEMESIS, 'info', `${what}-${fault.type}`, faultText(fault))
  }

  /** Something that every node has to learn of, after which nothing more is added. */
  async #close({ closing }: End): Promise<void> {
    await Promise.all(
      this.#nodes.map(async ({ name }, at) => {
        const client = this.#client()
        await client.do(name, closing(at))
        client.leave()
      }),
    )
  }

  /**
   * Waits until every node shows all that was acknowledged and all show the same, but no longer
   * than it is given: what is read after that is judged.
   */
  async #settle({ read, settled }: End, quietMs: number): Promise<void> {
    const { workload, nodes, timeoutMs } = this.#options
    const ended = performance.now() + quietMs
    const clients = nodes.map((node) => {
      return { node, client: new Client(this.#network, this.#names.next()) }
    })
    const adds = addsOf(this.#log.events)
    do {
      await this.#pause(Math.min(SETTLE_MS, ended - performance.now()))
      const shown = await Promise.all(
        clients.map(async ({ node, client }) => {
          const answer = await client.ask(node, workload.request(read), timeoutMs)
          const reading = answer.type === 'answer' ? workload.read(read, answer.body) : undefined
          return reading !== undefined && 'result' in reading ? reading.result : undefined
        }),
      )
      if (shown.every((value) => value !== undefined) && settled(shown, adds)) break
    } while (!this.#over && performance.now() < ended)
    for (const { client } of clients) client.leave()
  }

  /** Twice: what the first reads show anywhere, the second ones have to show everywhere. */
  async #finalReads({ read }: End): Promise<void> {
    const readers = this.#nodes.map((node) => ({ node: node.name, client: this.#client() }))
    for (let round = 0; round < 2; round++) {
      await Promise.all(
        readers.map(async ({ node, client }) => {
          for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (await client.do(node, read)) return
          }
          this.#silent.add(node)
        }),
      )
    }
  }

  async #pause(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.#stopped.signal }).catch(() => undefined)
  }
}

function addsOf(events: readonly HistoryEvent[]): Adds {
  const adds = events.filter(({ f }) => f === 'add')
  const values = (type: HistoryEvent['type']) =>
    adds.filter((event) => event.type === type).map(({ value = null }) => value)
  return { acknowledged: values('ok'), unknown: values('info') }
}
