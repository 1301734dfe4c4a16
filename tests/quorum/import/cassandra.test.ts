import { describe, expect, it } from 'vitest'
import { seeded } from '../../../src/core/random.ts'
import { importQuorums } from '../../../src/quorum/import/import-quorums.ts'
import { liveSets, wrongLiveSets } from './live-sets.ts'
import { refusal } from './refusal.ts'

/** Whether enough replicas are alive for a level, as the levels are documented. */
function enough(
  level: string,
  local: string,
  factors: Readonly<Record<string, number>>,
  alive: ReadonlySet<string>,
): boolean {
  const live = (centre: string) => [...alive].filter((name) => name.startsWith(`${centre}-`)).length
  const majority = (count: number) => Math.floor(count / 2) + 1
  const all = Object.values(factors).reduce((sum, factor) => sum + factor, 0)
  switch (level) {
    case 'ONE':
      return alive.size >= 1
    case 'TWO':
      return alive.size >= 2
    case 'THREE':
      return alive.size >= 3
    case 'ALL':
      return alive.size === all
    case 'QUORUM':
    case 'SERIAL':
      return alive.size >= majority(all)
    case 'LOCAL_ONE':
      return live(local) >= 1
    case 'LOCAL_QUORUM':
    case 'LOCAL_SERIAL':
      return live(local) >= majority(factors[local] ?? 0)
    default:
      return Object.entries(factors).every(([dc, factor]) => live(dc) >= majority(factor))
  }
}

const WRITES = ['ONE', 'TWO', 'THREE', 'QUORUM', 'ALL', 'LOCAL_ONE', 'LOCAL_QUORUM', 'EACH_QUORUM']
const READS = [...WRITES, 'SERIAL', 'LOCAL_SERIAL']

const keyspace = (replication: string, rest = ''): string =>
  `CREATE KEYSPACE "Orders" WITH replication = {${replication}};\n${rest}`

const TWO_CENTRES = keyspace("'class': 'NetworkTopologyStrategy', 'eu': 3, 'us': '3'")

describe('a Cassandra keyspace', () => {
  it('works when enough replicas for the levels are alive, for random levels and factors', () => {
    const random = seeded(4)
    let gaps = 0
    for (let run = 0; run < 250; run++) {
      const centres = ['eu', 'us', 'asia'].slice(0, random.int(1, 3))
      const replication = Object.fromEntries(centres.map((name) => [name, random.int(1, 3)]))
      const all = Object.values(replication).reduce((sum, factor) => sum + factor, 0)
      const possible = (level: string) => ['ONE', 'TWO', 'THREE'].indexOf(level) < all
      const read = random.pick(READS.filter(possible))
      const write = random.pick(WRITES.filter(possible))
      const local = { read: random.pick(centres), write: random.pick(centres) }
      const text = JSON.stringify({ replication, read, write, local })
      const { system, gap } = importQuorums(text)
      const works = { reads: new Set<string>(), writes: new Set<string>() }
      const wrong = wrongLiveSets(
        system,
        (alive) => enough(read, local.read, replication, alive),
        (alive) => enough(write, local.write, replication, alive),
      )
      expect(wrong, text).toEqual([])
      for (const { alive, reads, writes } of liveSets(system)) {
        const names = [...alive].sort().join()
        if (reads) works.reads.add(names)
        if (writes) works.writes.add(names)
      }
      // Quorums meet unless a live set is enough for one side and its complement for the other.
      const everybody = system.nodes.map(({ name }) => name)
      const disjoint = [...works.reads].some((names) => {
        const rest = everybody.filter((name) => !names.split(',').includes(name))
        return works.writes.has(rest.sort().join())
      })
      expect(gap !== undefined, text).toBe(disjoint)
      if (gap === undefined) continue
      gaps++
      expect(gap.meaning).toBe('reads may miss writes')
      expect(enough(read, local.read, replication, new Set(gap.read))).toBe(true)
      expect(enough(write, local.write, replication, new Set(gap.write))).toBe(true)
      expect(gap.read.filter((name) => gap.write.includes(name))).toEqual([])
    }
    expect(gaps).toBeGreaterThan(60)
    expect(gaps).toBeLessThan(190)
  })

  it('is read from CQL, with the level of cqlsh', () => {
    const text = `-- CREATE KEYSPACE old\n/* eu\n*/ ${TWO_CENTRES}CONSISTENCY LOCAL_QUORUM;`
    const { title, system, gap } = importQuorums(text, { local: 'us', read: 'each_quorum' })
    expect(title).toBe(
      'Cassandra keyspace Orders: 3 in eu, 3 in us; reads EACH_QUORUM, writes LOCAL_QUORUM in us',
    )
    expect(system.nodes.map(({ name, zone }) => `${name} ${zone ?? ''}`)).toEqual([
      ...['eu-1 eu', 'eu-2 eu', 'eu-3 eu', 'us-1 us', 'us-2 us', 'us-3 us'],
    ])
    expect(gap).toBeUndefined()
  })

  it('is read at the levels of the options where the text has others', () => {
    const text = '{"replication": {"eu": 3}, "read": "ALL", "write": "ALL"}'
    expect(importQuorums(text, { read: 'ONE' }).title).toMatch(/reads ONE, writes ALL$/)
    const script = `${TWO_CENTRES}CONSISTENCY ALL`
    expect(importQuorums(script, { write: 'ONE' }).title).toMatch(/reads ALL, writes ONE$/)
  })

  it('has one kind of quorum where the levels are the same', () => {
    const { system } = importQuorums(TWO_CENTRES, { read: 'QUORUM', write: 'quorum' })
    expect(system.reads).toBe(system.writes)
  })

  it('may name no data centre', () => {
    const text = keyspace("'class': 'SimpleStrategy', 'replication_factor': 3", 'CONSISTENCY ONE')
    const { title, system, gap } = importQuorums(text)
    expect(title).toBe('Cassandra keyspace Orders: 3 replicas; reads ONE, writes ONE')
    expect(system.nodes.map(({ name }) => name)).toEqual(['replica-1', 'replica-2', 'replica-3'])
    expect(gap?.read).toHaveLength(1)
  })

  it.each([
    [{}, 'k: it is not said at which consistency level clients read\n  try: --read QUORUM'],
    [{ read: 'ONE' }, 'k: it is not said at which consistency level clients write'],
    [{ read: 'ONE', write: 'ANY' }, 'k: write: ANY counts a hint on any machine as a write'],
    [{ read: 'ANY', write: 'ONE' }, 'k: read: ANY is a level of writes'],
    [
      { read: 'QUORM', write: 'ONE' },
      'there is no level "QUORM" here\n  try: did you mean QUORUM?',
    ],
    [{ read: 'ONE', write: 'SERIAL' }, 'SERIAL is a level of reads and of conditions'],
    [{ read: 'LOCAL_ONE', write: 'ALL' }, 'k: LOCAL_ONE depends on the data centre of the client'],
    [{ read: 'ONE', write: 'ALL', local: 'ue' }, 'no replicas in ue\n  try: did you mean eu?'],
  ])('is refused with %j: the place and the fact', (options, message) => {
    expect(refusal(TWO_CENTRES, { source: 'k', ...options })).toContain(message)
  })

  const both = { read: 'LOCAL_QUORUM', write: 'EACH_QUORUM', source: 'k.cql' }

  it.each([
    ['CREATE TABLE keyspace (k int)', 'k.cql: there is no keyspace'],
    ['/* a\nb */\nCREATE KEYSPACE k;', 'k.cql:3: this keyspace has no replication'],
    [keyspace("'class': 'NetworkTopologyStrategy'"), 'k.cql:1: there are no replicas'],
    [keyspace("'class': 'EverywhereStrategy'"), 'placement of EverywhereStrategy is not known'],
    [
      keyspace("'class': 'SimpleStrategy', 'replication_factor': 3"),
      'LOCAL_QUORUM asks for a data',
    ],
    [
      keyspace("'class': 'NetworkTopologyStrategy', 'eu': '3/1'"),
      'transient replicas vote at some',
    ],
    [keyspace("'eu': 'three'"), '"three" is no number of replicas of eu'],
    [
      keyspace("'class': 'NetworkTopologyStrategy', 'replication_factor': 3"),
      'replication_factor leaves open which data centres there are',
    ],
    ['{"replication": "three"}', 'k.cql: replication: "three" stands where an object with'],
    ['{"replication": {"eu": 3}, "read": 5}', 'k.cql: read: 5 stands where a consistency level'],
  ])('is refused where it says too little: %j', (text, message) => {
    expect(refusal(text, { ...both, format: 'cassandra' })).toContain(message)
  })

  it('is refused where more replicas are asked for than there are', () => {
    const text = '{"replication": {"eu": 2}, "read": "THREE", "write": "ALL"}'
    expect(refusal(text)).toContain('THREE of 2 replicas can never be had')
  })
})
