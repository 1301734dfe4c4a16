import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { importQuorums } from '../../../src/quorum/import/import-quorums.ts'
import { parseJson } from '../../../src/quorum/import/json-text.ts'
import { refusal } from './refusal.ts'

const FOLDER = 'examples/quorums'

describe('the format of a configuration', () => {
  it('is told from the text, for each of the examples', () => {
    const told = readdirSync(FOLDER)
      .filter((file) => !file.endsWith('.md'))
      .map((file) => {
        const { format, title } = importQuorums(readFileSync(`${FOLDER}/${file}`, 'utf8'))
        return [file, format, title]
      })
    const [levels, quorum] = [
      'reads LOCAL_QUORUM in us, writes LOCAL_QUORUM in eu',
      'reads QUORUM, writes QUORUM',
    ]
    const keyspace = 'Cassandra keyspace orders: 3 in eu, 3 in us'
    const joint = 'Raft, joint consensus: majorities of 3 and of 3 voters, 5 in all'
    expect(told).toEqual([
      ['cassandra-local.json', 'cassandra', `${keyspace}; ${levels}`],
      ['cassandra-orders.cql', 'cassandra', `${keyspace}; ${quorum}`],
      ['etcd-members.json', 'etcd', 'etcd: 3 voters of 4 members'],
      ['raft-joint.json', 'raft', joint],
      ['stellar-organisations.json', 'stellar', 'Stellar quorum set: 9 validators'],
      ['zookeeper-groups.cfg', 'zookeeper', 'ZooKeeper: 2 of 3 groups, 9 servers'],
    ])
  })

  it('is asked for when it cannot be told', () => {
    const hint = '--format etcd, --format raft, --format zookeeper, --format cassandra'
    for (const text of ['{"a": 1}', 'tickTime=2000', '"voters"']) {
      expect(refusal(text, { source: 'f' })).toContain(
        'f: this is not a configuration that is known',
      )
      expect(refusal(text)).toContain(hint)
    }
    expect(refusal('')).toContain('configuration: this file is empty')
    expect(refusal('[{"voters": [1]}]')).toContain('this is a list')
    expect(refusal('voters: 1', { format: 'raft' })).toContain('this is not JSON')
  })
})

describe('zones', () => {
  it('of the user go before those of the configuration', () => {
    const text = '\uFEFF{"members": [{"name": "a", "zone": "x"}, {"name": "b", "zone": "x"}]}'
    const { system } = importQuorums(text, { zones: { a: 'y' } })
    expect(system.nodes.map(({ zone }) => zone)).toEqual(['y', 'x'])
  })

  it('are given by the names of nodes', () => {
    const { system } = importQuorums('{"voters": [1, 2]}', { zones: { '2': 'eu' } })
    expect(system.nodes.map(({ zone }) => zone)).toEqual([undefined, 'eu'])
    expect(system.name).toBe('quorums: 1 * 2{zone=eu}')
  })

  it('are refused for a node that is not there', () => {
    const text = 'server.1=a:1:2\nserver.2=b:1:2'
    expect(refusal(text, { zones: { 'server.3': 'x' } })).toContain(
      'there is no node server.3 to put in a zone\n  try: did you mean server.1?',
    )
  })
})

describe('JSON of a configuration', () => {
  it('is read as JSON.parse reads it', () => {
    for (const text of [
      '{"a": [1, -2.5e3, "x\\u0041\\n", true, false, null, {}, []], "b": {"c": ""}}',
      ' [ ] ',
      '"a"',
      '12',
    ]) {
      expect(JSON.stringify(parseJson(text, 'f'))).toBe(JSON.stringify(JSON.parse(text)))
    }
  })

  it('keeps every digit of a large number', () => {
    const text = '[9007199254740991, 9007199254740993, -9007199254740993, 1e300]'
    expect(parseJson(text, 'f')).toEqual([
      ...[9007199254740991, '9007199254740993', '-9007199254740993', 1e300],
    ])
  })

  it.each([
    ['{\n"a": 1,\n}', 'f:3: "}" stands where a name in quotes has to be'],
    ['{"a" 1}', 'f:1: "1" stands where a colon has to be'],
    ['[1 2]', 'f:1: "2" stands where a comma or ] has to be'],
    ['{"a": 1', 'f:1: the end of the file stands where a comma or } has to be'],
    ['{"a":\n\ntru}', 'f:3: "t" stands where a value has to be'],
    ['{} {}', 'f:1: "{" stands behind the end of the value'],
    ['["a\n"]', 'f:1: "\\"" stands where a value has to be'],
    ['['.repeat(200), 'f:1: this nests more than 100 levels deep'],
  ])('is refused with the line and the fact: %j', (text, message) => {
    expect(refusal(text, { source: 'f' })).toContain(message)
  })
})
