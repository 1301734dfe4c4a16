import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Cluster } from '../../src/cluster/cluster.ts'
import { FaultsAtWork, linkState } from '../../src/cluster/faults-at-work.ts'
import { ANYBODY, LEADER, OTHERS } from '../../src/cluster/fault-plan.ts'
import type { PlannedFault } from '../../src/cluster/fault-plan.ts'
import { HEALTHY } from '../../src/cluster/proxy.ts'
import { recordBytes, scan } from '../../src/cluster/wal-format.ts'
import { seeded } from '../../src/core/random.ts'

const NODES = ['n1', 'n2', 'n3'] as const

let data = ''
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'synod-faults-'))
})
afterEach(() => {
  rmSync(data, { recursive: true })
})

interface Played {
  /** What was told of, as in a history. */
  readonly happened: readonly string[]
  /** What the cluster was asked to do. */
  readonly asked: readonly string[]
}

/** Lets a plan happen to a cluster that only writes down what it is asked to do. */
async function played(
  plan: readonly PlannedFault[],
  {
    waits = 30,
    restarts = true,
    leader = 'n2',
    kills = (): Promise<void> => Promise.resolve(),
  } = {},
): Promise<Played> {
  const happened: string[] = []
  const asked: string[] = []
  const cluster = {
    nodes: NODES,
    leader: () => Promise.resolve(leader),
    kill: (node: string) => (asked.push(`kill ${node}`), kills()),
    start: (node: string) => (asked.push(`start ${node}`), Promise.resolve()),
    child: (node: string) => ({
      pause: () => asked.push(`pause ${node}`),
      resume: () => asked.push(`resume ${node}`),
      tell: (what: object) => (
        asked.push(`tell ${node} ${JSON.stringify(what)}`),
        Promise.resolve()
      ),
    }),
    setLink: (from: string, to: string, state: object) => {
      if (JSON.stringify(state) !== JSON.stringify(HEALTHY)) asked.push(`break ${from} ${to}`)
    },
    heal: () => asked.push('heal'),
  } as unknown as Cluster
  const faults = new FaultsAtWork({
    cluster,
    plan,
    random: seeded(1),
    data,
    happened: (f, value, node) => {
      happened.push([f, typeof value === 'string' ? value : JSON.stringify(value), node].join(' '))
    },
  })
  faults.start()
  await sleep(waits)
  await faults.heal(restarts)
  return { happened, asked }
}

/** A file of a node as it writes it, with three records that are on the disk. */
function written(node: string): string {
  mkdirSync(join(data, node))
  const path = join(data, node, 'writes.wal')
  let bytes = Buffer.alloc(0)
  for (const value of [{ node }, { a: 1 }, { b: 2 }, { c: 3 }]) {
    bytes = Buffer.concat([bytes, recordBytes(value, bytes.length)])
  }
  writeFileSync(path, bytes)
  return path
}

describe('faults of real processes', () => {
  it('begin, and end by themselves', async () => {
    const { happened, asked } = await played([
      { type: 'crash', node: 'n1', at: 0, until: 5 },
      { type: 'pause', node: 'n3', at: 0, until: 5 },
    ])
    expect(happened).toEqual(['kill n1 n1', 'pause n3 n3', 'restart n1 n1', 'resume n3 n3'])
    expect(asked).toEqual(['kill n1', 'pause n3', 'start n1', 'resume n3', 'heal'])
  })

  it('are mended in the end; who is down stays so unless all shall start again', async () => {
    const plan: PlannedFault[] = [
      { type: 'crash', node: 'n1', at: 0 },
      { type: 'disk-slow', node: 'n2', ms: 9, at: 0 },
      { type: 'clock-skew', node: 'n3', percent: 5, at: 0 },
      { type: 'disk-full', node: 'n3', at: 0 },
      { type: 'clock-jump', node: 'n3', ms: 100, at: 0 },
    ]
    const { happened, asked } = await played(plan, { restarts: false })
    expect(happened.toSorted()).toEqual(
      [
        ...[
          'kill n1 n1',
          'start-disk-slow n2 n2',
          'start-clock-skew n3 n3',
          'start-disk-full n3 n3',
        ],
        ...['clock-jump n3 by 100 ms n3', 'stop-disk-slow n2 n2', 'stop-clock-skew n3 n3'],
        'stop-disk-full n3 n3',
      ].sort(),
    )
    expect(asked).toContain('tell n2 {"f":"disk-slow","ms":0}')
    expect(asked).toContain('tell n3 {"f":"clock-skew","percent":0}')
    expect(asked).toContain('tell n3 {"f":"disk-full","on":false}')
    expect(asked).not.toContain('start n1')
    expect((await played(plan)).asked).toContain('start n1')
  })

  it('hit the leader, or anybody, and the others', async () => {
    const { asked } = await played([{ type: 'pause', node: LEADER, at: 0 }])
    expect(asked[0]).toBe('pause n2')
    const { asked: any } = await played([{ type: 'pause', node: ANYBODY, at: 0 }])
    expect(any[0]).toMatch(/^pause n[123]$/)
    // Without a leader somebody is hit all the same.
    const none = await played([{ type: 'pause', node: LEADER, at: 0 }], { leader: undefined })
    expect(none.asked[0]).toMatch(/^pause n[123]$/)
    const cut = await played([{ type: 'partition', from: [LEADER], to: [OTHERS], at: 0 }])
    expect(cut.happened).toEqual([
      'partition {"cut":"n2 -> n1, n3"} ',
      'heal {"cut":"n2 -> n1, n3"} ',
    ])
    expect(cut.asked).toEqual(['break n2 n1', 'break n2 n3', 'heal'])
  })

  it('leave alone who is down or paused already', async () => {
    const { asked } = await played([
      { type: 'pause', node: 'n1', at: 0 },
      { type: 'crash', node: 'n1', at: 5 },
      { type: 'disk-full', node: 'n1', at: 5 },
    ])
    expect(asked).toEqual(['pause n1', 'resume n1', 'heal'])
  })

  it('do not begin once all is healed', async () => {
    const { asked } = await played([{ type: 'crash', node: 'n1', at: 10_000 }], { waits: 1 })
    expect(asked).toEqual(['heal'])
  })

  it('fail the run where one cannot be made', async () => {
    const plan: PlannedFault[] = [{ type: 'crash', node: 'n1', at: 0 }]
    const kills = () => Promise.reject(new Error('no such process'))
    await expect(played(plan, { kills })).rejects.toThrow('no such process')
  })

  it.each([
    ['torn', 'torn', 4],
    ['corrupt', 'damaged', -1],
    ['lose', 'clean', 4],
  ] as const)('harm the disk of who crashes: %s', async (disk, rest, records) => {
    const path = written('n1')
    const before = readFileSync(path)
    await played([{ type: 'crash', node: 'n1', disk, at: 0, until: 2 }])
    const after = scan(readFileSync(path))
    expect(after.rest).toBe(rest)
    if (records >= 0) expect(after.records).toHaveLength(records)
    // What says whose file it is stays readable.
    expect(after.records[0]).toEqual({ node: 'n1' })
    expect(readFileSync(path).equals(before)).toBe(disk === 'lose')
  })

  it('wipe a disk', async () => {
    written('n1')
    await played([{ type: 'crash', node: 'n1', disk: 'wipe', at: 0, until: 2 }])
    expect(existsSync(join(data, 'n1'))).toBe(false)
  })
})

describe('a link', () => {
  const [a, b] = [['n1'], ['n2', 'n3']]

  it('is healthy unless a fault is about it, in this direction', () => {
    const cut = { type: 'partition', from: a, to: b } as const
    expect(linkState([], 'n1', 'n2')).toEqual(HEALTHY)
    expect(linkState([cut], 'n1', 'n2')).toEqual({ ...HEALTHY, cut: true })
    expect(linkState([cut], 'n2', 'n1')).toEqual(HEALTHY)
    expect(linkState([{ ...cut, both: true }], 'n2', 'n1')).toEqual({ ...HEALTHY, cut: true })
    expect(linkState([{ ...cut, both: true }], 'n2', 'n3')).toEqual(HEALTHY)
  })

  it('has what is worst of several faults', () => {
    const of = (type: 'loss' | 'duplicate' | 'delay', amount?: number) => ({
      ...{ type, from: a, to: b },
      ...(amount === undefined ? {} : { amount }),
    })
    const faults = [of('loss', 30), of('loss', 10), of('duplicate'), of('delay', 7)]
    expect(linkState([...faults, { type: 'clog', from: a, to: b }], 'n1', 'n3')).toEqual({
      ...{ cut: false, clogged: true, loss: 30, duplicate: 20, delay: 7 },
    })
  })
})
