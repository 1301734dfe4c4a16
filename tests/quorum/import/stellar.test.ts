import { describe, expect, it } from 'vitest'
import type { Random } from '../../../src/core/random.ts'
import { seeded } from '../../../src/core/random.ts'
import { importQuorums } from '../../../src/quorum/import/import-quorums.ts'
import { liveSets, wrongLiveSets } from './live-sets.ts'
import { refusal } from './refusal.ts'

interface Slices {
  readonly threshold: number
  readonly validators: readonly string[]
  readonly innerQuorumSets: readonly Slices[]
}

function satisfied(set: Slices, alive: ReadonlySet<string>): boolean {
  const validators = set.validators.filter((name) => alive.has(name)).length
  const inner = set.innerQuorumSets.filter((one) => satisfied(one, alive)).length
  return validators + inner >= set.threshold
}

function randomSet(random: Random, names: string[], depth: number): Slices {
  const validators = names.splice(0, random.int(depth === 2 ? 1 : 0, 3))
  const innerQuorumSets: Slices[] = []
  while (depth < 2 && names.length > 0 && random.chance(2, 3)) {
    innerQuorumSets.push(randomSet(random, names, depth + 1))
  }
  if (validators.length + innerQuorumSets.length === 0) validators.push('spare')
  const threshold = random.int(1, validators.length + innerQuorumSets.length)
  return { threshold, validators, innerQuorumSets }
}

describe('a Stellar quorum set', () => {
  it('means its thresholds, for random ones, some with a validator twice', () => {
    const random = seeded(6)
    let repeats = 0
    let gaps = 0
    for (let run = 0; run < 300; run++) {
      const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].slice(0, random.int(1, 8))
      if (random.chance(1, 3)) names.push('a')
      const set = randomSet(random, names, 0)
      const { system, remarks, gap } = importQuorums(JSON.stringify(set))
      if (remarks.length > 1) repeats++
      const works = [...liveSets(system)]
      const wrong = wrongLiveSets(system, (alive) => satisfied(set, alive))
      expect(wrong, JSON.stringify(set)).toEqual([])
      const everybody = system.nodes.map(({ name }) => name)
      const splits = works.some(({ alive, reads }) => {
        const rest = new Set(everybody.filter((name) => !alive.has(name)))
        return reads && satisfied(set, rest)
      })
      expect(gap !== undefined, JSON.stringify(set)).toBe(splits)
      if (splits) gaps++
    }
    expect(repeats).toBeGreaterThan(20)
    expect(gaps).toBeGreaterThan(50)
  })

  it('is spelt in several ways', () => {
    for (const text of [
      '{"threshold": 1, "validators": ["a"], "innerSets": [{"threshold": 1, "validators": ["b"]}]}',
      '{"threshold": 1, "validators": ["a"], "inner_sets": [{"t": 1, "validators": ["b"]}]}',
      '{"Threshold": 1, "Validators": ["a"], "InnerQuorumSets": [{"t": 1, "v": ["b"]}]}',
      '{"quorumSet": {"t": 1, "v": ["a", {"t": 1, "v": ["b"]}]}}',
    ]) {
      const { title, system } = importQuorums(text)
      expect(title).toBe('Stellar quorum set: 2 validators')
      expect(system.nodes.map(({ name, zone }) => [name, zone])).toEqual([
        ['a', undefined],
        ['b', 'set 1'],
      ])
    }
  })

  it('has the inner sets of its top level as zones, and who is in two of them in none', () => {
    const inner = [
      { t: 1, v: ['a', { t: 1, v: ['b', 'c'], name: 'inner' }] },
      { t: 1, v: ['d', 'c'], name: 'bank' },
    ]
    const { system, remarks } = importQuorums(JSON.stringify({ t: 2, v: inner }))
    expect(system.nodes.map(({ name, zone }) => [name, zone])).toEqual([
      ...[
        ['a', 'set 1'],
        ['b', 'set 1'],
        ['c', undefined],
        ['d', 'bank'],
      ],
    ])
    expect(remarks).toContain('c is there more than once, which stellar-core refuses')
  })

  it.each([
    ['{"threshold": 0, "validators": ["a"]}', 'q: threshold: 0 stands where a whole number of at'],
    [
      '{"threshold": 3, "validators": ["a"]}',
      'q: threshold: threshold 3 of 1 can never be reached',
    ],
    [
      '{"t": 1, "v": [{"t": 1, "v": [5]}]}',
      'q: validators[0].validators[0]: 5 stands where a quorum set',
    ],
    ['{"t": 1, "v": "a"}', 'q: validators: "a" stands where a list has to be'],
    ['{"quorumSet": null}', 'q: quorumSet: null stands where a quorum set has to be'],
  ])('is refused with the path and the fact: %s', (text, message) => {
    expect(refusal(text, { source: 'q', format: 'stellar' })).toContain(message)
  })
})
