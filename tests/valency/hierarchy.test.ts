import { describe, expect, it } from 'vitest'

import { sharedProtocols } from '../../impls/flp/shared-memory/index.ts'
import { keyValue } from '../../impls/flp/shared-memory/not-enough.ts'
import { testAndSet } from '../../impls/flp/shared-memory/two-processes.ts'
import { replicaSet, versionInGet } from '../../impls/flp/shared-memory/versions.ts'
import { store, tellingStore } from '../../impls/flp/shared-memory/objects/stores.ts'
import { runEntry } from '../../src/cli/run-entry.ts'
import { asExpected } from '../../src/core/results.ts'
import { criticalSteps } from '../../src/valency/shared-memory/critical-steps.ts'
import { consensusNumber } from '../../src/valency/shared-memory/discerning.ts'
import { readability, withRead } from '../../src/valency/shared-memory/readable.ts'
import { sharedConsensus } from '../../src/valency/shared-memory/shared-consensus.ts'
import { typeFinding } from '../../src/valency/shared-memory/type-finding.ts'
import { typeTable } from '../../src/valency/shared-memory/type-table.ts'
import { hierarchy } from '../../suites/hierarchy.ts'
import { objectTypes } from '../../suites/object-types.ts'
import { storeLattice } from '../../suites/store-lattice.ts'

const named = (name: string) => sharedProtocols.find((protocol) => protocol.name === name)!
const typeNamed = (name: string, processes = 4) =>
  objectTypes.find((type) => type.name === name)!.type(processes)

/** For which numbers of processes a type, or the same with a read, is discerning. */
function answers(name: string, most: number): string {
  const type = typeNamed(name)
  const table = typeTable(type)
  const asked = readability(table).readable ? table : typeTable(withRead(type))
  return consensusNumber(asked, most)
    .answers.map(({ processes, answer }) => `${processes} ${answer.outcome}`)
    .join(', ')
}

/** All of them are in tests/long/hierarchy.long.ts. */
const LONG = /store|assignment-3|registers|3-processes-2-steps|2-processes-3-steps|three-bits|-and-/

describe('the hierarchy of shared objects', () => {
  it('comes out as expected, entry by entry', async () => {
    const quick = hierarchy.filter(({ name, claim }) => {
      return claim.type !== 'registers' && claim.type !== 'composition' && !LONG.test(name)
    })
    expect(quick.length).toBeGreaterThan(80)
    for (const entry of quick) {
      const { row } = await runEntry(entry, '', { seconds: 60 })
      expect([row.name, asExpected(row), row.outcome]).toEqual([row.name, true, entry.expected])
    }
  })

  it('HIE-01: compare-and-set is enough for any number of processes that was asked about', () => {
    expect(answers('compare-and-set', 5)).toBe('2 yes, 3 yes, 4 yes, 5 yes')
    for (const processes of [2, 3, 4, 5]) {
      const found = sharedConsensus(named('compare-and-set'), { processes })
      expect(found).toMatchObject({ outcome: 'pass', steps: 1, inputs: 2 ** processes })
    }
  })

  it('HIE-02: registers are not enough for two', () => {
    expect(answers('register', 4)).toBe('2 no')
    expect(criticalSteps(typeTable(typeNamed('register'))).atMost).toBe(1)
    const found = sharedConsensus(named('registers'), { processes: 2 })
    expect(found.violations.map(({ claim, sentence }) => [claim, sentence])).toEqual([
      ['agreement', 'process 0 decides 0 and process 1 decides 1 (inputs 0, 1, 4 accesses)'],
    ])
    expect(sharedConsensus(named('waiting-registers'), { processes: 2 })).toMatchObject({
      agreement: 'holds',
      validity: 'holds',
      waitFree: 'violated',
    })
  })

  it('HIE-03: a key-value store is not, unless put or delete tells whether the key existed', () => {
    expect(answers('key-value', 4)).toBe('2 no')
    expect(answers('telling-key-value', 4)).toBe('2 yes, 3 no')
    expect(readability(typeTable(tellingStore())).readable).toBe(true)
    expect(sharedConsensus(keyValue, { processes: 2 })).toMatchObject({ agreement: 'violated' })
  })

  it('HIE-04: with create if absent, sequential create or conditional set it is for any', () => {
    const { points, covers } = storeLattice(4)
    expect(points).toHaveLength(12)
    const strong = ['create if absent', 'sequential create', 'conditional set']
    for (const { features, number } of points) {
      const expected = features.some((feature) => strong.includes(feature))
        ? { atLeast: 4, exact: false }
        : { atLeast: features.length + 1, exact: true }
      expect({ features, ...number }).toMatchObject({ features, ...expected })
    }
    // Each cover adds one feature, but for the version that a conditional set needs.
    expect(covers).toHaveLength(20)
    for (const [weaker, stronger] of covers) {
      const more = points[stronger]!.features.length - points[weaker]!.features.length
      expect(more).toBe(1)
    }
  })

  it('HIE-04: it is for two if get tells the version, though nothing is conditional', () => {
    expect(answers('version-in-get', 4)).toBe('2 yes, 3 no')
    expect(sharedConsensus(versionInGet, { processes: 2 })).toMatchObject({ outcome: 'pass' })
    expect(sharedConsensus(versionInGet, { processes: 3 })).toMatchObject({
      agreement: 'violated',
    })
  })

  it('HIE-05: any two steps on a key-value store commute, or one wipes out the other', () => {
    const steps = criticalSteps(typeTable(store([])))
    // Four states, and 15 pairs of get, delete and three puts.
    expect(steps).toMatchObject({ pairs: 60, atMost: 1, told: undefined, seen: undefined })
    expect(steps.counts).toEqual({ unseen: 60, 'unseen by others': 0, seen: 0 })
    // And that is all that a critical configuration could have: there is none.
    expect(sharedConsensus(keyValue, { processes: 2 }).critical.configurations).toBe(0)
  })

  it('HIE-06: types are ranked as known', () => {
    const ranks = objectTypes.map(({ name }) => [name, answers(name, 4)])
    const any = '2 yes, 3 yes, 4 yes'
    expect(Object.fromEntries(ranks)).toEqual({
      register: '2 no',
      'max-register': '2 no',
      counter: '2 no',
      snapshot: '2 no',
      'key-value': '2 no',
      'test-and-set': '2 yes, 3 no',
      swap: '2 yes, 3 no',
      'fetch-and-add': '2 yes, 3 no',
      'fetch-and-add-3': '2 yes, 3 no',
      'fetch-and-or': '2 yes, 3 no',
      // With a read, which a queue has not.
      queue: any,
      stack: any,
      'telling-key-value': '2 yes, 3 no',
      'version-in-get': '2 yes, 3 no',
      'peekable-queue': any,
      'compare-and-set': any,
      'sticky-bit': any,
      'load-linked': any,
      'create-if-absent': any,
      'conditional-set': any,
      'sequential-create': any,
    })
    const bounds = ['test-and-set', 'swap', 'fetch-and-add', 'fetch-and-or', 'queue'].map(
      (name) => typeFinding(typeNamed(name), 4).atMost,
    )
    expect(bounds).toEqual([2, 2, 2, 2, undefined])
  })

  it('HIE-07: leaders that change the replicas unconditionally remove each other', () => {
    expect(sharedConsensus(replicaSet, { processes: 2 })).toMatchObject({ outcome: 'pass' })
    const found = sharedConsensus(replicaSet, { processes: 2, mutant: 'unconditional' })
    expect(found.violations[0]?.trace.steps.map(({ operation }) => operation)).toEqual([
      'put(0)',
      'put(1)',
    ])
    expect(found.violations[0]?.trace.decided).toEqual([0, 1])
  })

  it('HIE-08: a protocol for as many as the number says exists, and for one more it fails', () => {
    for (const { known, protocol } of objectTypes) {
      if (protocol === undefined) continue
      const most = known === 'any' ? 5 : known
      for (let processes = 2; processes <= most; processes++) {
        const found = sharedConsensus(protocol, { processes })
        expect(found).toMatchObject({ outcome: 'pass', processes })
        // Whoever is next decides, and all are about to access one and the same object.
        expect(Object.keys(found.critical.objects)).toHaveLength(1)
        expect(found.critical.objects).not.toHaveProperty('several')
        expect(found.bivalentInitial).toHaveLength(2 ** processes - 2)
      }
      if (known === 'any') continue
      expect(sharedConsensus(protocol, { processes: known + 1 }).outcome).toBe('fail')
    }
  })

  it('shows the shortest way to a disagreement of three by test-and-set', () => {
    const [violation] = sharedConsensus(testAndSet, { processes: 3 }).violations
    expect(violation?.trace.inputs).toEqual([0, 0, 1])
    expect(violation?.trace.steps.map(({ process, object }) => `${process} ${object}`)).toEqual([
      '0 proposed[0]',
      '1 proposed[1]',
      '2 proposed[2]',
      '2 contest',
      '0 contest',
      '0 proposed[1]',
    ])
  })
})
