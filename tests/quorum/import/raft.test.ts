import { describe, expect, it } from 'vitest'
import { seeded } from '../../../src/core/random.ts'
import { importQuorums } from '../../../src/quorum/import/import-quorums.ts'
import { wrongLiveSets } from './live-sets.ts'
import { refusal } from './refusal.ts'

const isMajority = (voters: readonly number[], alive: ReadonlySet<string>): boolean =>
  2 * voters.filter((voter) => alive.has(String(voter))).length > voters.length

describe('the configuration of a Raft group', () => {
  it('takes a majority of each configuration, for random ones', () => {
    const random = seeded(5)
    const subset = () => random.shuffle([1, 2, 3, 4, 5, 6, 7]).slice(0, random.int(1, 5))
    for (let run = 0; run < 200; run++) {
      const voters = subset()
      const outgoing = random.chance(1, 3) ? [] : subset()
      const { system, gap } = importQuorums(
        JSON.stringify({ voters, voters_outgoing: outgoing, learners: [9] }),
      )
      const configurations = outgoing.length === 0 ? [voters] : [voters, outgoing]
      const wrong = wrongLiveSets(system, (alive) =>
        configurations.every((one) => isMajority(one, alive)),
      )
      expect(wrong).toEqual([])
      expect(gap).toBeUndefined()
      expect(system.reads).toBe(system.writes)
    }
  })

  it('is found in a state file, whatever the keys are called', () => {
    const text = '{"state": {"conf_state": {"voters": [3, 1], "votersOutgoing": [1, 2]}}}'
    const { title, system } = importQuorums(text)
    expect(title).toBe('Raft, joint consensus: majorities of 2 and of 2 voters, 3 in all')
    expect(system.nodes.map(({ name }) => name)).toEqual(['3', '1', '2'])
  })

  it('may be that of openraft', () => {
    const text = '{"configs": [[1, 2, 3], [3, 4, 5]], "nodes": {"1": {}, "6": {}}}'
    const { title, remarks } = importQuorums(text)
    expect(title).toBe('Raft, joint consensus: majorities of 3 and of 3 voters, 5 in all')
    expect(remarks).toEqual(['1 learner left out: they do not vote'])
  })

  it('keeps voters apart whose numbers no double can tell apart', () => {
    const { system } = importQuorums('{"voters": [9223372036854775807, 9223372036854775806]}')
    expect(system.nodes.map(({ name }) => name)).toEqual([
      '9223372036854775807',
      '9223372036854775806',
    ])
  })

  it.each([
    ['{"voters": []}', 'c: voters: there are no voters'],
    ['{"voters": [1, 2, 1]}', 'c: voter 1 is there twice in one configuration'],
    ['{"voters": [1], "learners": [1]}', 'c: learners: 1 is a voter and a learner'],
    ['{"voters": [1.5]}', 'c: voters[0]: 1.5 stands where a whole number or a string has to be'],
    ['{"conf_state": {"voters": 3}}', 'c: confstate: voters: 3 stands where a list of voters'],
    ['{"configs": []}', 'c: no configuration has a voter'],
  ])('is refused with the path and the fact: %s', (text, message) => {
    expect(refusal(text, { source: 'c' })).toContain(message)
  })
})

describe('the members of an etcd cluster', () => {
  it('are voters unless they learn', () => {
    const members = [
      { ID: 1, name: 'a', zone: 'x' },
      { ID: '2', name: '', peerURLs: ['http://b:2380'] },
      { ID: 3, name: 'c', isLearner: true },
      { ID: 4 },
    ]
    const { title, system, remarks } = importQuorums(JSON.stringify({ members }))
    expect(title).toBe('etcd: 3 voters of 4 members')
    expect(system.nodes.map(({ name, zone }) => [name, zone])).toEqual([
      ...[
        ['a', 'x'],
        ['http://b:2380', undefined],
        ['4', undefined],
      ],
    ])
    expect(remarks).toEqual(['1 learner left out: they do not vote'])
    expect(wrongLiveSets(system, (alive) => alive.size >= 2)).toEqual([])
  })

  it('of one name are told apart by their IDs, to the last digit', () => {
    const member = (id: string) => `{"ID": ${id}, "name": "a"}`
    const ids = ['18446744073709551615', '18446744073709551614']
    const text = `{"members": [${ids.map(member).join(', ')}]}`
    expect(importQuorums(text).system.nodes.map(({ name }) => name)).toEqual([
      'a 18446744073709551615',
      'a 18446744073709551614',
    ])
  })

  it.each([
    ['{"members": {}}', 'm: members: an object stands where a list of members has to be'],
    ['{"members": []}', 'm: members: no member votes'],
    ['{"members": [{"name": 5}]}', 'm: members[0].name: 5 stands where a string, the name'],
    ['{"members": [{}]}', 'm: members: a member has neither name nor ID'],
    ['{"members": [{"ID": 7}, {"ID": 7}]}', 'm: members: member 7 7 is there twice'],
  ])('are refused with the path and the fact: %s', (text, message) => {
    expect(refusal(text, { source: 'm' })).toContain(message)
  })
})
