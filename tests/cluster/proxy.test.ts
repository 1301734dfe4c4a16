import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, describe, expect, it } from 'vitest'

import { linkState } from '../../src/cluster/faults-at-work.ts'
import { Link } from '../../src/cluster/link.ts'
import { Listener } from '../../src/cluster/listener.ts'
import type { LinkState } from '../../src/cluster/proxy.ts'
import { HEALTHY, LinkProxy } from '../../src/cluster/proxy.ts'
import { seeded } from '../../src/core/random.ts'

const membership = { cluster: 'c', protocol: 'p', parameters: {}, nodes: ['n1', 'n2'] }
const local = { host: '127.0.0.1', port: 0 }

const closing: { close(): void }[] = []
afterEach(() => {
  for (const each of closing.splice(0)) each.close()
})

interface Line {
  readonly proxy: LinkProxy
  readonly got: number[]
  send(count: number): void
  /** Waits until so many have arrived. */
  arrived(count: number): Promise<void>
}

/** n1 speaks to n2 through a proxy. */
async function line(reorders = true): Promise<Line> {
  const got: number[] = []
  const listener = await Listener.open({
    listen: local,
    self: 'n2',
    membership,
    received: (_, { message }) => got.push(message as number),
    warn: () => undefined,
  })
  const target = { ...local, port: listener.port }
  const proxy = await LinkProxy.open({ target: () => target, random: seeded(1), reorders })
  const link = new Link({
    address: () => proxy.address,
    hello: { hello: 1, ...membership, from: { node: 'n1' }, to: 'n2' },
    keep: 10_000,
  })
  closing.push(link, proxy, listener)
  let sent = 0
  const send = (count: number): void => {
    for (let more = 0; more < count; more++) link.send({ message: sent++ })
    link.release()
  }
  const arrived = async (count: number): Promise<void> => {
    for (let turn = 0; turn < 600 && got.length < count; turn++) await sleep(5)
  }
  return { proxy, got, send, arrived }
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, at) => from + at)

const ill = (state: Partial<LinkState>): LinkState => ({ ...HEALTHY, ...state })

describe('a proxy between two nodes', () => {
  it('passes everything on in order while nothing is wrong', async () => {
    const { send, got, arrived } = await line()
    send(500)
    await arrived(500)
    expect(got).toEqual(range(0, 500))
  })

  it('loses all messages while the link is cut, whole ones only, and none afterwards', async () => {
    const { send, got, arrived, proxy } = await line()
    send(3)
    await arrived(3)
    proxy.set(ill({ cut: true }))
    send(50)
    await sleep(50)
    proxy.set(HEALTHY)
    send(4)
    await arrived(7)
    expect(got).toEqual([...range(0, 3), ...range(53, 57)])
    expect(proxy.lost).toBe(50)
  })

  it('lets a node connect while the link is cut, and then loses what it says', async () => {
    const { send, got, proxy } = await line()
    proxy.set(ill({ cut: true }))
    send(5)
    await sleep(80)
    expect([got, proxy.lost]).toEqual([[], 5])
  })

  it('keeps messages while the link is clogged', async () => {
    const { send, got, arrived, proxy } = await line()
    send(1)
    await arrived(1)
    proxy.set(ill({ clogged: true }))
    send(20)
    await sleep(40)
    expect(got.length).toBe(1)
    proxy.set(HEALTHY)
    await arrived(21)
    expect(got).toEqual(range(0, 21))
  })

  it('loses and doubles about as many as it should', async () => {
    const { send, got, arrived, proxy } = await line()
    send(1)
    await arrived(1)
    proxy.set(ill({ loss: 30 }))
    send(1000)
    for (let turn = 0; turn < 600 && got.length + proxy.lost < 1001; turn++) await sleep(5)
    expect(got.length).toBe(1001 - proxy.lost)
    expect(proxy.lost).toBeGreaterThan(230)
    expect(proxy.lost).toBeLessThan(370)
    const before = got.length
    proxy.set(ill({ duplicate: 20 }))
    send(1000)
    await arrived(before + 1100)
    await sleep(30)
    expect(got.length - before).toBeGreaterThan(1130)
    expect(got.length - before).toBeLessThan(1270)
  })

  it('delays: messages overtake each other where they may, and nowhere else', async () => {
    for (const reorders of [true, false]) {
      const { send, got, arrived, proxy } = await line(reorders)
      send(1)
      await arrived(1)
      proxy.set(ill({ delay: 40 }))
      send(60)
      await arrived(61)
      const inOrder = got.every((each, at) => at === 0 || each > (got[at - 1] ?? 0))
      expect([reorders, inOrder]).toEqual([reorders, !reorders])
      expect([...got].sort((a, b) => a - b)).toEqual(range(0, 61))
    }
  })

  it('has the faults of exactly the links that are named', () => {
    const one = { type: 'partition', from: ['n1'], to: ['n2', 'n3'], at: 0 } as const
    expect(linkState([one], 'n1', 'n3').cut).toBe(true)
    expect(linkState([one], 'n3', 'n1').cut).toBe(false)
    expect(linkState([{ ...one, both: true }], 'n3', 'n1').cut).toBe(true)
    expect(linkState([{ ...one, both: true }], 'n3', 'n2').cut).toBe(false)
    const loss = { ...one, type: 'loss', amount: 7 } as const
    expect(linkState([loss, one], 'n1', 'n2')).toEqual(ill({ cut: true, loss: 7 }))
    expect(linkState([], 'n1', 'n2')).toEqual(HEALTHY)
  })
})

describe('a link', () => {
  it('connects again where the other side comes back, and says what it had kept', async () => {
    const got: unknown[] = []
    const options = {
      self: 'n2',
      membership,
      received: (_: unknown, { message }: Readonly<Record<string, unknown>>) => got.push(message),
      warn: () => undefined,
    }
    const first = await Listener.open({ ...options, listen: local })
    let port = first.port
    const link = new Link({
      address: () => ({ ...local, port }),
      hello: { hello: 1, ...membership, from: { node: 'n1' }, to: 'n2' },
      keep: 3,
      backoff: [5, 20],
    })
    closing.push(link)
    link.send({ message: 'early' })
    for (let turn = 0; turn < 200 && got.length < 1; turn++) await sleep(5)
    first.close()
    while (link.ready) await sleep(5)
    for (const message of ['lost', 'a', 'b', 'c']) link.send({ message })
    const second = await Listener.open({ ...options, listen: local })
    closing.push(second)
    port = second.port
    for (let turn = 0; turn < 200 && got.length < 4; turn++) await sleep(5)
    expect(got).toEqual(['early', 'a', 'b', 'c'])
  })

  it.each([
    [{ cluster: 'other' }, 'n2 is of cluster "c", not "other"'],
    [{ protocol: 'raft' }, 'n2 is of protocol "p", not "raft"'],
    [{ parameters: { a: 1 } }, 'n2 is of parameters {}, not {"a":1}'],
    [{ nodes: ['n2', 'n1'] }, 'n2 is of nodes ["n1","n2"], not ["n2","n1"]'],
    [{ to: 'n3' }, 'this is n2, not n3'],
    [{ from: { node: 'n9' } }, 'no node is called n9'],
    [{ hello: 2 }, 'nobody said hello'],
  ])('to somebody else is refused, and both sides say why: %j', async (other, reason) => {
    const said: string[] = []
    const listener = await Listener.open({
      listen: local,
      self: 'n2',
      membership,
      received: () => undefined,
      warn: (text) => said.push(text),
    })
    const why = await new Promise<string>((resolve) => {
      const link = new Link({
        address: () => ({ ...local, port: listener.port }),
        hello: { hello: 1, ...membership, from: { node: 'n1' }, to: 'n2', ...other },
        keep: 1,
        refused: resolve,
      })
      closing.push(link, listener)
    })
    expect(why).toContain(reason)
    expect(said[0]).toContain(reason)
  })

  it('cannot be had where the port is taken', async () => {
    const options = { self: 'n2', membership, received: () => undefined, warn: () => undefined }
    const listener = await Listener.open({ ...options, listen: local })
    closing.push(listener)
    const listen = { ...local, port: listener.port }
    await expect(Listener.open({ ...options, listen })).rejects.toMatchObject({
      message: 'this port is in use',
      where: `127.0.0.1:${listener.port}`,
    })
  })
})
