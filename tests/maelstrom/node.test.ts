import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { abd } from '../../impls/registers/abd.ts'
import { perKey } from '../../src/cluster/maelstrom/per-key.ts'
import { speakMaelstrom } from '../../src/cluster/maelstrom/speak-maelstrom.ts'
import type { Envelope } from '../../src/cluster/maelstrom/message.ts'
import type { TraceHeader, TraceStep } from '../../src/node/index.ts'
import { program, replay } from '../../src/node/index.ts'
import type { Program } from '../../src/node/index.ts'
import type { Folder } from '../cli/files.ts'
import { newFolder } from '../cli/files.ts'

/** What our own nodes do under Maelstrom, and under every runner that does as it does. */

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

const store = perKey(abd.make()) as Program

/** A cluster of nodes in this process, each with its own standard input and output. */
class Cluster {
  readonly said: Envelope[] = []
  readonly warned: string[] = []
  readonly #inputs = new Map<string, Input>()
  readonly #ends: Promise<void>[] = []

  constructor(
    nodes: readonly string[],
    data: string,
    { made = store, traces }: { made?: Program; traces?: string } = {},
  ) {
    for (const node of nodes) {
      const input = new Input()
      this.#inputs.set(node, input)
      const end = speakMaelstrom({
        program: made,
        protocol: 'abd',
        parameters: {},
        tolerates: abd.tolerates,
        data: join(folder.path, data),
        ...(traces === undefined ? {} : { traces: join(folder.path, traces) }),
        input: input.chunks(),
        write: (lines) => {
          expect(lines.endsWith('\n')).toBe(true)
          for (const line of lines.trimEnd().split('\n')) this.#route(line)
        },
        warn: (text) => this.warned.push(text),
      })
      this.#ends.push(end)
      this.send('c0', node, { type: 'init', msg_id: 1, node_id: node, node_ids: nodes })
    }
  }

  send(src: string, dest: string, body: Envelope['body']): void {
    this.line(dest, JSON.stringify({ id: 7, src, dest, body }))
  }

  line(dest: string, text: string): void {
    this.#inputs.get(dest)?.push(`${text}\n`)
  }

  /** The answer to a request, however long it takes. */
  async ask(client: string, dest: string, body: Envelope['body']): Promise<Envelope['body']> {
    this.send(client, dest, body)
    for (;;) {
      const answer = this.said.find(
        ({ dest: to, body: { in_reply_to } }) => to === client && in_reply_to === body.msg_id,
      )
      if (answer !== undefined) return answer.body
      await sleep(2)
    }
  }

  async end(): Promise<void> {
    for (const input of this.#inputs.values()) input.end()
    await Promise.all(this.#ends)
  }

  #route(line: string): void {
    const envelope = JSON.parse(line) as Envelope
    this.said.push(envelope)
    this.#inputs.get(envelope.dest)?.push(`${line}\n`)
  }
}

class Input {
  #waiting: string[] = []
  #ended = false

  push(text: string): void {
    this.#waiting.push(text)
  }

  end(): void {
    this.#ended = true
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    while (!this.#ended) {
      for (const text of this.#waiting.splice(0)) yield Buffer.from(text)
      await sleep(1)
    }
  }
}

const NODES = ['n0', 'n1', 'n2']

describe.concurrent('a protocol as a node of Maelstrom', () => {
  it('serves a store made of one register a key', async () => {
    const cluster = new Cluster(NODES, 'store')
    const write = { type: 'write', key: 1, value: 'a', msg_id: 2 }
    expect(await cluster.ask('c1', 'n0', write)).toEqual({ type: 'write_ok', in_reply_to: 2 })
    const read = { type: 'read', key: 1, msg_id: 3 }
    const held = { type: 'read_ok', value: 'a', in_reply_to: 3 }
    expect(await cluster.ask('c1', 'n2', read)).toEqual(held)
    const other = await cluster.ask('c1', 'n1', { type: 'read', key: 2, msg_id: 4 })
    expect(other).toMatchObject({ type: 'error', code: 20, in_reply_to: 4 })
    await cluster.end()
  })

  it('answers with error 10 what it does not know, with 12 what lacks something', async () => {
    const cluster = new Cluster(['n0'], 'errors')
    const unknown = await cluster.ask('c1', 'n0', { type: 'dance', msg_id: 2 })
    expect(unknown).toMatchObject({ type: 'error', code: 10 })
    const inherited = await cluster.ask('c1', 'n0', { type: 'toString', msg_id: 3 })
    expect(inherited).toMatchObject({ type: 'error', code: 10 })
    const lacking = await cluster.ask('c1', 'n0', { type: 'write', key: 1, msg_id: 4 })
    expect(lacking).toMatchObject({ type: 'error', code: 12 })
    const cas = { type: 'cas', key: 1, from: 1, to: 2, msg_id: 5 }
    expect(await cluster.ask('c1', 'n0', cas)).toMatchObject({ type: 'error', code: 10 })
    await cluster.end()
  })

  it('ignores answers to nothing, lines that are no message, and a second init', async () => {
    const cluster = new Cluster(['n0'], 'odd')
    cluster.send('c9', 'n0', { type: 'read_ok', in_reply_to: 99 })
    cluster.line('n0', 'what?')
    cluster.line('n0', '')
    const again = { type: 'init', msg_id: 8, node_id: 'n0', node_ids: ['n0'] }
    expect(await cluster.ask('c1', 'n0', again)).toEqual({ type: 'init_ok', in_reply_to: 8 })
    await cluster.ask('c1', 'n0', { type: 'write', key: 1, value: 1, msg_id: 9 })
    expect(cluster.warned).toEqual(['a line is left out: it is not JSON'])
    expect(cluster.said.filter(({ body }) => body.in_reply_to === 99)).toEqual([])
    await cluster.end()
  })

  it('finds its data when it is started again, and no other node’s', async () => {
    const first = new Cluster(NODES, 'again')
    await first.ask('c1', 'n1', { type: 'write', key: 'k', value: 5, msg_id: 2 })
    await first.end()
    const second = new Cluster(NODES, 'again')
    const answer = await second.ask('c1', 'n0', { type: 'read', key: 'k', msg_id: 2 })
    expect(answer).toMatchObject({ type: 'read_ok', value: 5 })
    await second.end()
    expect(readdirSync(join(folder.path, 'again')).sort()).toEqual(NODES)
  })

  it('passes a request on to the node that its program names, once', async () => {
    const cluster = new Cluster(['n0', 'n1', 'n2'], 'pass', {
      made: program<null, never>({
        boot: () => null,
        onRequest(state, { id, f }, fx) {
          if (fx.self === 'n1' && f === 'read') fx.reply(id, 'from n1')
          else fx.fail(id, 'temporarily-unavailable', fx.self === 'n1' ? 'n2' : 'n1')
          return state
        },
        onMessage: (state) => state,
        view: () => ({}),
      }),
    })
    const read = { type: 'read', msg_id: 2 }
    const fromOther = { type: 'read_ok', value: 'from n1', in_reply_to: 2 }
    expect(await cluster.ask('c1', 'n0', read)).toEqual(fromOther)
    const write = { type: 'write', value: 1, msg_id: 3 }
    expect(await cluster.ask('c1', 'n0', write)).toMatchObject({ type: 'error', code: 11 })
    await cluster.end()
  })

  it('writes down what it does, and that runs again in the same way', async () => {
    const cluster = new Cluster(NODES, 'traced', { traces: 'traces' })
    for (const value of [1, 2, 3]) {
      const write = { type: 'write', key: value % 2, value, msg_id: 1 + value }
      await cluster.ask('c1', `n${value - 1}`, write)
    }
    await cluster.end()
    for (const node of NODES) {
      const text = readFileSync(join(folder.path, 'traces', `${node}.1.trace.jsonl`), 'utf8')
      const [header, ...steps] = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)
      expect(steps.length).toBeGreaterThan(5)
      expect(replay(store, header as TraceHeader, steps as TraceStep[])).toBeUndefined()
      const other = perKey(abd.make({}, 'write-without-query')) as Program
      if (node === 'n0')
        expect(replay(other, header as TraceHeader, steps as TraceStep[])).toBeDefined()
    }
  })
})
