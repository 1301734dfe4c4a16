import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { maelstromWorkloads } from '../../src/cluster/maelstrom/workload.ts'
import type { Folder } from '../cli/files.ts'
import { newFolder } from '../cli/files.ts'
import { example, maelstromTest } from './command.ts'
import { probed } from './probe.ts'

/** What a runner has to do so that programs written for Maelstrom run under it. */

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

const ECHO = 'echo: (m, send, reply) => reply(m, { echo: m.body.echo })'
const BRIEF = '--nodes 1 --for 100ms --rate 50 -w echo'

describe.concurrent('what the runner does, of the checklist', () => {
  it('gives every message a number of its own, which Maelstrom does as well', async () => {
    const { heard } = await probed(folder, BRIEF, `{ ${ECHO} }`)
    const ids = heard['n0']?.map(({ id }) => id) ?? []
    expect(ids.length).toBeGreaterThan(1)
    expect(ids.every(Number.isInteger)).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('tells a node its name and those of all, counted from 0 or from 1', async () => {
    for (const [first, names] of [
      [0, ['n0', 'n1']],
      [1, ['n1', 'n2']],
    ] as const) {
      const options = `-w echo --for 50ms --nodes 2 --first-node ${first}`
      const { heard } = await probed(folder, options, `{ ${ECHO} }`)
      expect(Object.keys(heard).sort()).toEqual(names)
      for (const name of names) {
        const init = heard[name]?.[0]
        expect(init?.src).toMatch(/^c\d+$/)
        expect(init?.body).toMatchObject({ type: 'init', node_id: name, node_ids: names })
      }
    }
  })

  it('keeps what other nodes say from a node that has not answered init yet', async () => {
    const init = `init: (m, send, reply) => {
      const late = m.body.node_id === 'n1' ? 250 : 0
      setTimeout(() => {
        reply(m, {})
        process.stderr.write(JSON.stringify({ body: { type: 'answered' } }) + '\\n')
        send({ src: m.dest, dest: 'n1', body: { type: 'hello' } })
      }, late)
    }`
    const { heard } = await probed(folder, '-w echo --nodes 2 --for 300ms', `{ ${init}, ${ECHO} }`)
    const types = heard['n1']?.map(({ body }) => body['type']) ?? []
    expect(types.slice(0, 2)).toEqual(['init', 'answered'])
    expect(types.filter((type) => type === 'hello')).toHaveLength(2)
  })

  it('waits for init as long as it is told to', async () => {
    const late = `{ init: (m, send, reply) => setTimeout(() => reply(m, {}), 400), ${ECHO} }`
    const hasty = await probed(folder, `${BRIEF} --init-timeout 100ms`, late)
    expect(hasty.exitCode).toBe(254)
    expect(hasty.err).toContain("n0 did not answer 'init' within 100 ms")
    expect((await probed(folder, `${BRIEF} --init-timeout 5s`, late)).exitCode).toBe(0)
  })

  it('accepts messages under any name, as from a node that passes a request on', async () => {
    const passOn = `{ echo(m, send) {
      if (m.dest === 'n0') send({ ...m, dest: 'n1', body: { ...m.body, type: 'for-n1' } })
      else this['for-n1'](m, send)
    }, 'for-n1': (m, send) => send({ src: 'n1', dest: m.src, body: {
      type: 'echo_ok', echo: m.body.echo, in_reply_to: m.body.msg_id } }) }`
    const { exitCode, heard } = await probed(folder, '-w echo --nodes 2 --for 200ms', passOn)
    expect(exitCode).toBe(0)
    const passed = heard['n1']?.filter(({ body }) => body['type'] === 'for-n1') ?? []
    expect(passed.length).toBeGreaterThan(0)
    expect(passed.every(({ src }) => /^c\d+$/.test(src))).toBe(true)
  })

  it('needs no msg_id among nodes, nor a type', async () => {
    const talk = `{ echo: (m, send, reply) => {
      send({ src: m.dest, dest: 'n1', body: { says: m.body.echo } })
      reply(m, { echo: m.body.echo })
    } }`
    const { exitCode, heard } = await probed(folder, '-w echo --nodes 2 --for 200ms', talk)
    expect(exitCode).toBe(0)
    expect(heard['n1']?.some(({ body }) => typeof body['says'] === 'string')).toBe(true)
  })

  it('sends keys as numbers, and names in objects as texts', async () => {
    const { heard } = await probed(
      folder,
      '-w lin-kv --nodes 1 --for 200ms --rate 100',
      '{ read: (m, s, reply) => reply(m, { value: null }), write: (m, s, reply) => reply(m, {}) }',
    )
    const asked = heard['n0']?.slice(1) ?? []
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.every(({ body }) => Number.isInteger(body['key']))).toBe(true)
    const topology = await probed(
      folder,
      '-w broadcast --nodes 2 --for 50ms --quiet 50ms',
      `{ topology: (m, send, reply) => reply(m, {}), broadcast: (m, s, reply) => reply(m, {}),
         read: (m, send, reply) => reply(m, { messages: [] }) }`,
    )
    const told = topology.heard['n0']?.find(({ body }) => body['type'] === 'topology')
    expect(told?.body['topology']).toEqual({ n0: ['n1'], n1: ['n0'] })
  })

  it('ignores answers to nothing, and those that come too late or twice', async () => {
    const thrice = `{ echo: (m, send, reply) => {
      send({ src: m.dest, dest: m.src, body: { type: 'echo_ok', echo: 1, in_reply_to: 9999 } })
      reply(m, { echo: m.body.echo })
      reply(m, { echo: 'again' })
      setTimeout(() => reply(m, { echo: 'late' }), 20)
    } }`
    expect((await probed(folder, BRIEF, thrice)).exitCode).toBe(0)
  })

  it.each([
    [11, 'refused'],
    [1000, 'unknown'],
    [13, 'unknown'],
    [77, 'unknown'],
  ])('takes an error with code %d for one of %s outcome', async (code, outcome) => {
    const body = `{ type: 'error', code: ${code}, text: '' }`
    const error = `{ echo: (m, send, reply) => reply(m, ${body}) }`
    const { out } = await probed(folder, `${BRIEF} --json`, error)
    const { operations } = JSON.parse(out) as { operations: Record<string, number> }
    expect(operations['done']).toBe(0)
    expect(operations[outcome]).toBeGreaterThan(0)
    expect(operations[outcome === 'refused' ? 'unknown' : 'refused']).toBe(0)
  })

  it('answers a message to nobody with error 1', async () => {
    const lost = `{ echo: (m, send, reply) => {
      send({ src: m.dest, dest: 'n9', body: { type: 'hello', msg_id: 5 } })
      reply(m, { echo: m.body.echo })
    } }`
    // Long enough for one echo and what comes of it, however busy the machine is.
    const { heard } = await probed(folder, BRIEF.replace('100ms', '1500ms'), lost)
    const all = Object.values(heard).flat()
    const error = all.find(({ body }) => body['type'] === 'error')
    expect(error?.body).toMatchObject({ type: 'error', code: 1, in_reply_to: 5 })
  })

  it('gives what stands after -- to the program, with files that are named from here', async () => {
    const { exitCode } = await maelstromTest(
      `--bin node -w echo --nodes 1 --for 100ms -- examples/maelstrom/right/echo.js --verbose`,
    )
    expect(exitCode).toBe(0)
  })

  it('keeps the last digits of integers beyond 2^53, which are usual as ids', async () => {
    // Two ids of which JavaScript's numbers make one.
    const big = `{ generate: ({ id, src, dest, body: { msg_id } }) => process.stdout.write(
      JSON.stringify({ src: dest, dest: src, body: {
        type: 'generate_ok', in_reply_to: msg_id, id: 'ID',
      } }).replace('"ID"', '90071992547409910' + (10 + id)) + '\\n') }`
    const { exitCode } = await probed(folder, `${BRIEF} --concurrency 4 -w unique-ids`, big)
    expect(exitCode).toBe(0)
  })

  it('lets faults hit the links to services', async () => {
    const faults = folder.write(
      'cut.json',
      JSON.stringify([{ type: 'partition', from: ['n0'], to: ['lin-kv'], at: 0, until: 300 }]),
    )
    const { out } = await maelstromTest(
      `--bin ${example('right/lin-kv.js')} -w lin-kv --nodes 1 --for 300ms --rate 40 --json ` +
        `--fault-file ${faults}`,
    )
    expect(JSON.parse(out)).toMatchObject({ operations: { done: 0 } })
  })

  it('writes files under the names that Maelstrom gives them', async () => {
    const { exitCode } = await maelstromTest(
      `--bin ${example('right/echo.js')} -w echo --nodes 1 --for 100ms --save ${folder.path}/runs`,
    )
    expect(exitCode).toBe(0)
    const latest = join(folder.path, 'runs', 'latest')
    for (const name of ['timeline.html', 'messages.svg', 'history.jsonl', 'results.json']) {
      expect(existsSync(join(latest, name)), name).toBe(true)
    }
    expect(readdirSync(join(latest, 'node-logs'))).toEqual(['n0.log'])
  })

  it('knows its workloads', () => {
    const names = ['echo', 'unique-ids', 'broadcast', 'g-set', 'g-counter', 'pn-counter', 'lin-kv']
    expect(maelstromWorkloads.map(({ name }) => name)).toEqual(names)
  })
})
