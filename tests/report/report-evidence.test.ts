import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { rowEvidence } from '../../src/cli/report-evidence.ts'
import { runOf } from '../../src/cli/save.ts'
import { readRun, saveRun } from '../../src/core/results.ts'
import { STALE, newFolder } from '../cli/files.ts'
import type { Folder } from '../cli/files.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

/** What is drawn of a row of which this was saved, and what is warned of. */
async function drawn(name: string, content: unknown) {
  const row = { name, outcome: 'fail', sentence: '', seconds: 0 } as const
  const run = runOf('check', new Date(0), {}, [row])
  const path = await saveRun(join(folder.path, 'runs'), run, [{ name, content }])
  const read = await readRun(path)
  const warnings: string[] = []
  const mind = (warning: string): void => {
    warnings.push(warning)
  }
  const from = { folder: join(path, '..'), run: read }
  const known = { name, row: read.rows[0]!, from }
  const { exhibits } = await rowEvidence(known, undefined, { tries: 0, mind })
  return { exhibits, warnings, types: exhibits.map(({ type }) => type) }
}

const story = { claim: 'it holds', faults: [], steps: [{ title: 'x', changes: [], state: [] }] }

describe('what was saved of a row', () => {
  it('is drawn by the suite of the row: stories, facts, tables of what differs', async () => {
    const spec = await drawn('specs/a/b/claims', {
      violations: [story, story, story, story],
      warnings: ['beware'],
      coverage: [{ action: 'go', taken: 1200 }],
    })
    expect(spec.types).toEqual(['story', 'story', 'story', 'paragraphs'])
    expect(spec.exhibits[3]).toMatchObject({ texts: ['beware', '1 more violations are left out.'] })
    const sound = await drawn('specs/a/b/c', {
      violations: [],
      coverage: [{ action: 'go', taken: 1200 }],
    })
    expect(sound.exhibits).toMatchObject([{ texts: ['Taken how often: go 1,200.'] }])
    expect((await drawn('zoo/XX-01', { about: 'a bug', story })).types).toEqual([
      'paragraphs',
      'story',
    ])
    const quorum = await drawn('quorums/x/load', {
      found: '3/8',
      sentence: '',
      method: 'exactly',
    })
    expect(quorum.exhibits).toMatchObject([{ facts: [{ text: '3/8' }, { text: 'exactly' }] }])
    for (const { warnings } of [spec, sound, quorum]) expect(warnings).toEqual([])
  })

  it('names the step of a trace that does not fit, and what was asked of it', async () => {
    const nearest = {
      action: 'vote',
      parameters: ['n1'],
      because: 's.up',
      reads: [{ variable: 'up', value: 'false' }],
      state: 'up false\nterm 1',
    }
    const trace = { protocol: 'raft', seed: 3, spec: 'raft', matched: 7, actions: 2 }
    const step = { step: 8, node: 'n1', event: { type: 'timer' } }
    const { exhibits } = await drawn('traces/raft/claims', { ...trace, misfit: { step, nearest } })
    const texts = JSON.stringify(exhibits)
    for (const text of ['step 8 of n1', 'vote(n1)', 's.up', 'but up is', 'term 1']) {
      expect(texts).toContain(text)
    }
    expect((await drawn('traces/raft/claims', trace)).types).toEqual(['facts'])
  })

  it('draws a history while its file is as it was, and says where it is not', async () => {
    const file = folder.write('stale.jsonl', STALE)
    const violation = { sentence: 'stale', operations: [0, 1], others: [{ sentence: 'more' }] }
    const saved = { file, operations: 2, evidence: { sentence: 'stale', violation } }
    expect((await drawn('judged/stale.jsonl', saved)).types).toEqual(['timeline', 'paragraphs'])
    const longer = await drawn('judged/stale.jsonl', { ...saved, operations: 99 })
    expect(longer.types).toEqual([])
    expect(longer.warnings).toEqual([
      `${file}: not here, or another one by now, so it is not drawn`,
    ])
    const gone = await drawn('judged/stale.jsonl', { ...saved, file: 'gone.jsonl' })
    expect(gone.warnings).toHaveLength(1)
    const witness = { orders: [{ part: '', order: [0, 1] }] }
    const passed = { ...saved, evidence: { sentence: 'fine', witness } }
    expect((await drawn('judged/stale.jsonl', passed)).types).toEqual(['timeline'])
  })

  it('is recognised in rows of no suite, and named where it has another form', async () => {
    expect((await drawn('mine/first', { violations: [story] })).types).toEqual(['story'])
    expect(await drawn('mine/first', { what: 'nobody knows' })).toMatchObject({
      types: [],
      warnings: [],
    })
    for (const suite of ['specs', 'zoo', 'protocols', 'traces', 'histories', 'quorums']) {
      const { types, warnings } = await drawn(`${suite}/x`, { what: 'nobody knows' })
      expect([types, warnings.length]).toEqual([[], 1])
      expect(warnings[0]).toContain('has another form')
    }
  })
})
