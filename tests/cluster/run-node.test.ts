import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { abd } from '../../impls/registers/abd.ts'
import { Asker } from '../../src/cluster/asker.ts'
import { checkTrace } from '../../src/cluster/check-trace.ts'
import { mergeTraces } from '../../src/cluster/merged-trace.ts'
import { HandlerFault, runNode } from '../../src/cluster/run-node.ts'
import type { RunningNode } from '../../src/cluster/run-node.ts'
import type { TraceStep } from '../../src/core/trace.ts'
import type { AnyProtocol } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'
import type { Folder } from '../cli/files.ts'
import { newFolder } from '../cli/files.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

const NODES = ['n1', 'n2', 'n3']
const origin = process.hrtime.bigint()
const local = { host: '127.0.0.1', port: 0 }
let clusters = 0

interface Nodes {
  readonly name: string
  readonly traces: string
  readonly asker: Asker
  node(id: string): RunningNode
  start(id: string): Promise<void>
  stop(id: string): Promise<void>
  close(): Promise<void>
}

/** Three nodes of a protocol in this process, with files and sockets of their own. */
async function threeNodes(made: AnyProtocol, mutant?: string): Promise<Nodes> {
  const name = `run-${++clusters}`
  const running = new Map<string, RunningNode>()
  const peers = new Map(NODES.map((id) => [id, local]))
  const traces = join(folder.path, name, 'traces')
  const start = async (id: string): Promise<void> => {
    const node = await runNode({
      program: made.make({}, mutant),
      protocol: made.name,
      parameters: made.options,
      ...(mutant === undefined ? {} : { mutant }),
      tolerates: made.tolerates,
      self: id,
      peers,
      listen: local,
      data: join(folder.path, name, id),
      traces,
      origin,
      warn: () => undefined,
    })
    node.ended.catch(() => undefined)
    running.set(id, node)
    peers.set(id, node.address)
  }
  for (const id of NODES) await start(id)
  const membership = {
    cluster: made.name,
    protocol: made.name,
    parameters: made.options,
    nodes: NODES,
  }
  const asker = new Asker(membership, (id) => (running.has(id) ? peers.get(id) : undefined))
  const stop = async (id: string): Promise<void> => {
    const node = running.get(id)
    running.delete(id)
    node?.close()
    await node?.ended.catch(() => undefined)
  }
  return {
    name,
    traces,
    asker,
    node: (id) => running.get(id)!,
    start,
    stop,
    async close() {
      asker.close()
      for (const id of NODES) await stop(id)
    },
  }
}

let serial = 0
async function ask(nodes: Nodes, to: string, f: string, value: unknown): Promise<unknown> {
  for (let turn = 0; turn < 400 && !nodes.asker.canReach(to); turn++) await pause(5)
  const reply = await nodes.asker.ask(to, { client: 'c1', serial: ++serial, f, value }, 5000)
  return reply.type === 'ok' ? reply.result : reply
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('a node over TCP and a file', () => {
  it('serves, remembers over restarts, and can be replayed', async () => {
    const nodes = await threeNodes(abd)
    try {
      expect(await ask(nodes, 'n1', 'write', 7)).toBe(null)
      expect(await ask(nodes, 'n2', 'read', null)).toBe(7)
      for (const id of NODES) await nodes.stop(id)
      for (const id of NODES) await nodes.start(id)
      expect(await ask(nodes, 'n3', 'read', null)).toBe(7)
      expect(await ask(nodes, 'n3', 'write', 8)).toBe(null)
      await nodes.stop('n3')
      expect(await ask(nodes, 'n1', 'read', null)).toBe(8)
    } finally {
      await nodes.close()
    }
    const check = checkTrace(abd.make(), mergeTraces(nodes.traces, NODES), [])
    expect(check.divergence).toBeUndefined()
    expect(check.steps).toBeGreaterThan(40)
  })

  it('is replayed by another program with other effects', async () => {
    const nodes = await threeNodes(abd)
    try {
      await ask(nodes, 'n1', 'write', 7)
      await ask(nodes, 'n2', 'read', null)
    } finally {
      await nodes.close()
    }
    const other = abd.make({}, 'read-without-write-back')
    const { divergence } = checkTrace(other, mergeTraces(nodes.traces, NODES), [])
    expect(divergence?.node).toBe('n2')
    expect(divergence?.difference).toContain('when replayed')
  })

  it('says which step sent each message, and none is received before', async () => {
    const nodes = await threeNodes(abd)
    try {
      for (let value = 0; value < 5; value++) await ask(nodes, 'n1', 'write', value)
    } finally {
      await nodes.close()
    }
    const steps = [...mergeTraces(nodes.traces, NODES).steps]
    const received = steps.filter(({ event }) => event.type === 'message')
    expect(received.length).toBeGreaterThan(30)
    for (const { step, node, event } of received) {
      if (event.type !== 'message') continue
      expect(event.sent).toBeLessThan(step)
      const sender = steps[event.sent ?? -1] as TraceStep
      expect(sender.node).toBe(event.from)
      const sent = sender.effects.filter((each) => each.type === 'send' && each.to === node)
      expect(sent.map((each) => each.type === 'send' && each.message)).toContainEqual(event.message)
    }
  })

  it('lets nothing out that waits for a write before that is on the disk', async () => {
    const nodes = await threeNodes(abd)
    try {
      nodes.node('n2').commit.hold(true)
      nodes.node('n3').commit.hold(true)
      let done = false
      const written = ask(nodes, 'n1', 'write', 5).then(() => (done = true))
      await pause(80)
      expect(done).toBe(false)
      nodes.node('n2').commit.hold(false)
      await written
      expect(await ask(nodes, 'n2', 'read', null)).toBe(5)
    } finally {
      await nodes.close()
    }
  })

  it('lets out what waited for a write as soon as that one is on the disk', async () => {
    const once = protocol('once', { about: 'writes once', options: {}, tolerates: {} }, () =>
      program<null, never>({
        boot: () => null,
        onRequest(state, { id }, fx) {
          fx.reply(id, 'written', fx.put('a', 1))
          return state
        },
        onMessage: (state) => state,
        view: () => ({}),
      }),
    ) as AnyProtocol
    const nodes = await threeNodes(once)
    try {
      // There is no other write that could let it out.
      expect(await ask(nodes, 'n1', 'write', 1)).toBe('written')
    } finally {
      await nodes.close()
    }
  })

  it('has its folder to itself while it runs', async () => {
    const nodes = await threeNodes(abd)
    try {
      await expect(nodes.start('n1')).rejects.toMatchObject({
        message: `a node that runs uses this folder (process ${process.pid})`,
      })
      await nodes.stop('n1')
      // Left by a process that was killed, and by one that could not even say who it was.
      for (const left of ['999999999', '']) {
        folder.write(join(nodes.name, 'n1', 'in-use'), left)
        await nodes.start('n1')
        expect(await ask(nodes, 'n1', 'write', 5)).toBe(null)
        await nodes.stop('n1')
      }
    } finally {
      await nodes.close()
    }
  })

  it('shows its view', async () => {
    const nodes = await threeNodes(abd)
    try {
      await ask(nodes, 'n1', 'write', 5)
      expect(nodes.node('n1').host.view()).toMatchObject({ value: 5 })
    } finally {
      await nodes.close()
    }
  })

  it('ends with the fault of its program, and what it was doing is in the trace', async () => {
    const fragile = protocol('fragile', { about: 'throws', options: {}, tolerates: {} }, () =>
      program<null, never>({
        boot: () => null,
        onRequest: (_state, { f }) => {
          throw new TypeError(`no ${f} here`)
        },
        onMessage: (state) => state,
        view: () => ({}),
      }),
    ) as AnyProtocol
    const nodes = await threeNodes(fragile)
    try {
      const ended = nodes.node('n1').ended
      await ask(nodes, 'n1', 'read', null)
      await expect(ended).rejects.toThrow(HandlerFault)
      await expect(ended).rejects.toThrow('n1 threw as it handled a request: TypeError: no read')
    } finally {
      await nodes.close()
    }
    const last = [...mergeTraces(nodes.traces, NODES).steps].at(-1)
    expect(last).toMatchObject({ node: 'n1', event: { type: 'request' } })
  })
})
