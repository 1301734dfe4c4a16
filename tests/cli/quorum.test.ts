import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { showOverview } from '../../src/cli/quorum-overview.ts'
import { readRun } from '../../src/core/results.ts'
import { quorums } from '../../suites/quorums.ts'
import { newFolder } from './files.ts'
import type { Folder } from './files.ts'
import { run } from './run.ts'
import type { Ran } from './run.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

const json = async (...args: readonly string[]): Promise<unknown> => {
  const { out, err } = await run(['quorum', ...args, '--json'])
  expect(err).toBe('')
  return JSON.parse(out)
}

describe('synod quorum metrics', () => {
  it('prints exact numbers of a family as JSON', async () => {
    const found = await json('metrics', 'grid(rows=4,cols=4)', '--p', '0.1')
    expect(found).toMatchObject({
      system: 'grid(rows=4,cols=4)',
      nodes: 16,
      smallestQuorum: 7,
      load: { exact: '7/16', value: 7 / 16, quality: 'exact' },
      capacity: 16 / 7,
      resilience: { read: 3, write: 3, both: 3 },
      failureProbability: { exact: '248890823536483/10000000000000000', quality: 'exact' },
    })
    const { load, failureProbability } = found as {
      load: { method: unknown }
      failureProbability: { value: number; log10: number; method: unknown }
    }
    expect([typeof load.method, typeof failureProbability.method]).toEqual(['string', 'string'])
    expect(10 ** failureProbability.log10).toBeCloseTo(failureProbability.value, 14)
  })

  it('tells what the strategy asks of the network, for nodes of different latency', async () => {
    const found = await json('metrics', 'a*b{latency=5} + c{latency=2}', '--read-fraction', '1')
    // Half of the operations ask c, the others a and b.
    expect(found).toMatchObject({
      networkLoad: { exact: '3/2', value: 1.5 },
      latency: { exact: '7/2', value: 3.5 },
    })
  })

  it('tells of thousands of nodes what no double can hold', async () => {
    const { out } = await run(['quorum', 'metrics', 'majority(n=3001)', '--p', '0.1'])
    expect(out).toMatch(/\n {2}load +1501\/3001 0\.5002 +exact, certified, /)
    expect(out).toMatch(/\n {2}F \(p = 0\.1\) +9\.31e-669 +exact, .*; log10 -668\.031\n/)
    expect(out).toMatch(/\n {2}minimal quorums +3\.58e901\n/)
  })

  it('takes an expression, whose two sides differ', async () => {
    const found = await json('metrics', 'a*b*c + d*e*f', '--read-fraction', '1/4')
    expect(found).toMatchObject({
      nodes: 6,
      smallestQuorums: { read: 3, write: 2 },
      load: { exact: '3/8' },
      resilience: { read: 1, write: 2, both: 1 },
    })
  })

  it('takes a mix of read fractions', async () => {
    expect(await json('metrics', 'rowa(n=2)', '--read-fraction', '1:3,0:1')).toMatchObject({
      smallestQuorum: 1,
      smallestQuorums: { read: 1, write: 2 },
      load: { exact: '5/8' },
    })
  })

  it('tells people the same, and how it was obtained', async () => {
    const { exitCode, out } = await run(['quorum', 'metrics', 'hqc(3,3)', '--p', '0.1'])
    expect(out).toMatch(/^hqc\(3,3\) {3}9 nodes, the same quorums for reads and writes\n/)
    expect(out).toMatch(/\n {2}load +4\/9 0\.4444 +exact, .*; read fraction 0\.5\n/)
    expect(out).toMatch(/\n {2}capacity +9\/4 2\.25 +/)
    expect(out).toMatch(/\n {2}resilience +3 +any 3 may fail; exact, /)
    expect(out).toMatch(/\n {2}F \(p = 0\.1\) +0\.00231 +exact, .*; log10 -2\.637\n/)
    expect(exitCode).toBe(0)
  })

  it('takes what nodes can do from a file, by name or in their order', async () => {
    const some = folder.write('some.json', '{ "n1": { "failure": 1 }, "n2": { "capacity": 3 } }')
    expect(await json('metrics', 'majority(n=3)', '--nodes', some)).toMatchObject({
      // Two of three, of which one is always down.
      failureProbability: { exact: '19/100' },
    })
    const all = folder.write(
      'all.json',
      JSON.stringify(['a', 'b', 'c'].map((name) => ({ name, capacity: 2, zone: `z${name}` }))),
    )
    expect(await json('metrics', 'majority(n=3)', '--nodes', all)).toMatchObject({
      load: { exact: '1/3' },
    })
    expect(
      await json('metrics', 'majority(n=3)', '--nodes', all, '--zone', 'za=1', '--p', '0'),
    ).toMatchObject({ failureProbability: { value: 0, log10: null } })
  })
})

describe('synod quorum compare', () => {
  it('prints a line for each system, with the bound and what is not beaten', async () => {
    const systems = ['majority(n=25)', 'grid(rows=5,cols=5)', 'hqc(5,5)', 'rowa(n=5)']
    const { exitCode, out } = await run(['quorum', 'compare', ...systems])
    expect(out).toMatch(/\n {2}majority\(n=25\) +25 +13 +13\/25 +0\.52 +0\.2 +12 +1\.62e-7 +\* /)
    expect(out).toMatch(/\n {2}grid\(rows=5,cols=5\) +25 +9 +9\/25 +0\.36 +0\.2 +4 +0\.0211 {2,}\w/)
    expect(out).toMatch(/\n {2}hqc\(5,5\) +25 +9 +9\/25 +0\.36 +0\.2 +8 +6\.19e-6 +\* /)
    expect(out).toMatch(/\n {2}rowa\(n=5\) +5 +1 \/ 5 +3\/5 +0\.6 +\S+ +4 \/ 0 +0\.410 /)
    expect(exitCode).toBe(0)
  })

  it('draws a page, and prints the points of its plots with --json', async () => {
    const page = `${folder.path}/compared.html`
    const { err } = await run(['quorum', 'compare', 'majority(n=3)', 'hqc(3,3)', '--html', page])
    expect(err).toBe(`drawn in ${page}\n`)
    expect(folder.read('compared.html')).toMatch(/<svg class="plot"|<svg [^>]*class="plot"/)
    const { systems } = (await json('compare', 'majority(n=3)', 'rowa(n=2)')) as {
      systems: { system: string; onFront: boolean; series: Record<string, object[]> }[]
    }
    expect(systems.map(({ system, onFront }) => [system, onFront])).toEqual([
      ['majority(n=3)', true],
      ['rowa(n=2)', false],
    ])
    expect(systems[1]?.series['load']?.[0]).toEqual({ x: 0, y: 1 })
    expect(systems[1]?.series['failure']?.at(-1)).toEqual({ x: 0.5, y: Math.log10(3 / 4) })
  })
})

describe('synod quorum best', () => {
  it('finds the best of all systems and says that it is proven', async () => {
    const args = ['best', '--nodes', '4', '--resilience', '1', '--read-fraction', '0.5']
    expect(await json(...args)).toMatchObject({ load: { exact: '1/2' }, proven: true })
    const { exitCode, out } = await run(['quorum', ...args])
    expect(out).toMatch(/^proven to be the best /)
    expect(exitCode).toBe(0)
  })

  it('refuses what no system can do', async () => {
    const { exitCode, err } = await run(['quorum', 'best', '--nodes', '3', '--resilience', '2'])
    expect(err).toMatch(/^error: .*\n {2}try: /)
    expect(exitCode).toBe(254)
  })

  it('takes nodes that differ, and limits', async () => {
    const nodes = [1, 1, 4].map((capacity, at) => ({ name: `m${at}`, capacity }))
    const path = folder.write('nodes.json', JSON.stringify(nodes))
    const found = await json('best', '--nodes', path, '--max-failure', '0.2')
    expect(found).toMatchObject({ proven: true, objective: 'load' })
    expect(
      (found as { failureProbability: { value: number } }).failureProbability.value,
    ).toBeLessThan(0.2)
  })
})

describe('synod quorum import', () => {
  it('says what may fail, by node and by zone', async () => {
    const { exitCode, out } = await run([
      'quorum',
      'import',
      'examples/quorums/zookeeper-groups.cfg',
    ])
    expect(out).toMatch(/^ZooKeeper: /)
    expect(out).toMatch(/\n {2}may fail +any 2 nodes\n/)
    expect(out).toMatch(/\n {2}may fail +any 1 zone\n/)
    expect(exitCode).toBe(0)
  })

  it('reads standard input', async () => {
    const text = '{"voters":[1,2,3],"learners":[4]}'
    const { out } = await run(['quorum', 'import', '-', '--json'], text)
    expect(JSON.parse(out)).toMatchObject({ format: 'raft', meets: true, resilience: { both: 1 } })
  })

  it('ends with 1 where quorums need not meet, and names two', async () => {
    const text = `{"replication":{"dc1":3},"read":"ONE","write":"ONE"}`
    const { exitCode, out } = await run(['quorum', 'import', '-', '--format', 'cassandra'], text)
    expect(out).toMatch(/QUORUMS NEED NOT MEET: .*, as in \{.*\} and \{.*\}\n/)
    expect(exitCode).toBe(1)
  })
})

describe('synod quorum families', () => {
  it('lists each with parameters, paper and an example that can be measured', async () => {
    const { out } = await run(['quorum', 'families', '--json'])
    const families = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string })
    expect(families.length).toBeGreaterThan(20)
    expect(families[0]).toMatchObject({ paper: expect.any(String) as string })
    expect((await run(['quorum', 'families', 'grid'])).out).toMatch(/^grid .*\n {4}rows: /)
  })
})

describe('a question about quorums that cannot be understood', () => {
  it.each([
    [['metrics'], /missing required argument 'system'/],
    [['metrics', 'grid(rows=4,cols=4)', '--p', '1.5'], /--p: 1\.5 is not a probability\n {2}try: /],
    [['metrics', 'grid(rows=4,cols=4)', '--p', 'x'], /--p: x is not a number/],
    [['metrics', 'a', '--read-fraction', '2'], /--read-fraction: 2 is not between 0 and 1/],
    [['metrics', 'a', '--read-fraction', '0.5:0'], /--read-fraction: the weight 0 is not positive/],
    [['metrics', 'a', '--read-fraction', 'half'], /--read-fraction: 'half' is not a number/],
    [['metrics', 'a', '--read-fraction', '1:2:3'], /--read-fraction: '1:2:3' has more than one/],
    [['metrics', 'a', '--zone', 'eu'], /--zone: 'eu' is not a zone with its probability/],
    [['metrics', 'a', '--zone', 'eu=0.1'], /--zone: no node of a is in zone 'eu'/],
    [['metrics', 'a', '--time', '0s'], /--time: '0s' is no budget/],
    [['metrics', 'a*(b'], /a\*\(b\n.*\^/s],
    [['metrics', 'gird(rows=2,cols=2)'], /gird/],
    [['metrics', 'reads: a*b; writes: c'], /have no node in common/],
    [['metrics', 'a', '--nodes', 'none.json'], /none\.json: there is no such file/],
    [['metrics', 'a', '--nodes', 'package.json'], /package\.json: this does not describe nodes: /],
    [['compare', 'a', '--pp', '1'], /unknown option '--pp'/],
    [['import', 'none.cfg'], /none\.cfg: there is no such file/],
    [['best', '--nodes', '0'], /--nodes: '0' is not a whole number from 1/],
    [['best', '--nodes', '3', '--max-load', 'x'], /--max-load: 'x' is not a number/],
    [['best', '--nodes', '4', '--resilience', '-1'], /--resilience: '-1' is not a whole number/],
    [['families', 'gird'], /no family is called 'gird'\n {2}try: did you mean grid\?/],
    [['metric', 'a'], /unknown command 'metric'\n\(Did you mean metrics\?\)/],
    [[], /Usage: synod quorum/],
  ])('%j', async (args, message) => {
    const { exitCode, out, err } = await run(['quorum', ...args])
    expect(err).toMatch(message)
    expect([exitCode, out]).toEqual([254, ''])
  })

  it('names the file, the node and the fact', async () => {
    const path = folder.write('bad.json', '{ "n1": { "capacity": 0 } }')
    const { err } = await run(['quorum', 'metrics', 'majority(n=3)', '--nodes', path])
    expect(err).toMatch(/bad\.json, node n1: read capacity 0 is not positive\n/)
    const other = folder.write('other.json', '{ "n4": {} }')
    expect((await run(['quorum', 'metrics', 'majority(n=3)', '--nodes', other])).err).toMatch(
      /other\.json: the system has no node 'n4'\n {2}try: did you mean n1\?/,
    )
  })
})

describe('synod quorum overview', () => {
  const told = {
    claimed: quorums.filter(({ name }) => /grid-basic-9|b-grid-r-ln-d/.test(name)),
    compared: [{ title: 'About 9 nodes', systems: ['majority(n=9)', 'hqc(3,3)'] }],
  }

  /** The command on fewer claims and systems; the whole of it is among the long tests. */
  async function overview(claimed = told.claimed): Promise<Ran> {
    let [out, err] = ['', '']
    const terminal = {
      input: (async function* () {})(),
      out: (text: string) => (out += text),
      err: (text: string) => (err += text),
      width: 100,
      colour: false,
    }
    const flags = { time: 10, save: `${folder.path}/runs` }
    return { exitCode: await showOverview(flags, terminal, { ...told, claimed }), out, err }
  }

  it('sets what is said beside what is so, compares, and keeps it all', async () => {
    const { exitCode, out, err } = await overview()
    expect(out).toMatch(
      /\n {2}load +grid-basic\(n=9\) +\(2 sqrt\(n\) - 1\)\/n +2\/9 +NO +that needs/,
    )
    expect(out).toMatch(/\n {2}failure +r = ln d, p = 2\/5 .*\n {4}F = 0\.32 at n = 1e2, /)
    expect(out).toMatch(/\n7 of 7 claims came out as expected\n\nAbout 9 nodes\n/)
    expect(exitCode).toBe(0)
    const path = /^saved in (.*)\/run\.json\n$/.exec(err)?.[1] ?? ''
    const kept = (name: string): string => readFileSync(`${path}/${name}`, 'utf8')
    expect((await readRun(`${path}/run.json`)).rows).toHaveLength(7)
    expect(kept('quorums.md')).toMatch(/\n\| Basic grid \| load \| grid-basic\(n=9\) \|/)
    expect(kept('quorums.html')).toContain('<svg')
    expect(Object.keys(JSON.parse(kept('comparisons.json')) as object)).toEqual([
      'claims',
      'comparisons',
    ])
  })

  it('ends with 1 when a claim comes out otherwise', async () => {
    const [first] = told.claimed
    if (first === undefined) throw new Error('there are claims')
    const { exitCode, out } = await overview([{ ...first, expected: 'fail' }])
    expect(out).toMatch(/ yes, NOT AS EXPECTED /)
    expect(out).toMatch(/\n0 of 1 claims came out as expected\n/)
    expect(exitCode).toBe(1)
  })
})
