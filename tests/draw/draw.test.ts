import { describe, expect, it } from 'vitest'

import { judge } from '../../checkers/judge.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import { register } from '../../checkers/models/register.ts'
import { asynchronousNamed, bugNamed, specNamed } from '../../src/catalogue.ts'
import { compose } from '../../src/compose/index.ts'
import {
  comparisonRows,
  explorationText,
  failureSvg,
  frontSvg,
  historySvg,
  historyText,
  inputsSvg,
  judgementText,
  loadSvg,
  spaceTimeSvg,
  stateGraphSvg,
  valencyRuns,
  valencySvg,
  valencyText,
} from '../../src/draw/index.ts'
import { explore } from '../../src/explore/index.ts'
import { timeline } from '../../src/history/timeline.ts'
import { compare } from '../../src/quorum/compare/compare.ts'
import { parseSystem } from '../../src/quorum/index.ts'
import { valency } from '../../src/valency/index.ts'
import { copies } from './copies.ts'

const stale = timeline(`
  a: [write 1]  [write 2]
  b:                       [read -> 1]
`)

/** A picture that brings its own look, for light and for dark, and says what it shows. */
function expectDocument(svg: string | undefined, label: RegExp): void {
  expect(svg).toMatch(/^<svg [^>]*>/)
  expect(svg).toMatch(/<\/svg>\n$/)
  expect(/^<svg [^>]*aria-label="([^"]*)"/.exec(svg ?? '')?.[1]).toMatch(label)
  expect(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/.test(svg ?? '')).toBe(true)
  expect(svg).toContain('prefers-color-scheme: dark')
  // Lengths with more decimals than anybody sees would differ between machines.
  expect(svg).not.toMatch(/ (?:d|points|x|y|cx|cy|x1|transform)="[^"]*\d\.\d{3}/)
}

describe('texts and pictures of what was found', () => {
  it('tell a judgement without how long it took', async () => {
    const failed = await judge(stale, { model: register })
    const text = judgementText(stale, failed)
    expect(text).toMatch(/^FAIL linearizable \(3 operations, model register\)\n/)
    expect(text).toContain('client b read 1, but 2 had been written')
    expect(text).not.toMatch(/--json|\d ms|engine/)
    expect(judgementText(stale, { ...failed, seconds: 99 })).toBe(text)
    expect(historyText(stale, failed)).toContain('[read -> 1]')

    const held = await judge(timeline('a: [write 1]'), { model: register })
    expect(judgementText(timeline('a: [write 1]'), held)).toMatch(
      /^pass linearizable \(1 operation/,
    )
  })

  it('tell how many more violations there are', async () => {
    const twice = timeline(`
      a: [write x 1]  [write x 2]   [write y 1]  [write y 2]
      b:                                                       [read x -> 1]  [read y -> 1]
    `)
    const text = judgementText(twice, await judge(twice, { model: register }))
    expect(text).toContain('  1 more violation found\n')
    expect(text).not.toContain('--json')
  })

  it('draw a history, with a title of its own', async () => {
    const failed = await judge(stale, { model: register })
    expectDocument(historySvg(stale, failed, { title: 'Mine & <yours>' }), /^Mine &amp; &lt;yours/)
    expect(historySvg(stale, failed)).toContain('class="bar fault"')
    expect(historySvg(stale)).not.toContain('class="bar fault"')
  })

  it('tell and draw the exploration of a spec', async () => {
    const model = (await specNamed('twophase')).make({ rm: 2 }, 'commit-without-all')
    const found = await explore(model)
    const text = explorationText(model, found)
    expect(text).toMatch(/^FAIL: no two managers decide differently \(66 states; 154 generated; de/)
    expect(text).toContain('    3  tmCommit              tm: init -> committed\n')
    expect(explorationText(model, { ...found, seconds: 99 })).toBe(text)
    expect(explorationText(model, found, { full: true }).length).toBeGreaterThan(text.length)
    expectDocument(spaceTimeSvg(model, found), /^space-time diagram of 5 steps/)

    const sound = (await specNamed('twophase')).make({ rm: 1 })
    const held = await explore(sound)
    expect(explorationText(sound, held)).toBe('pass (12 states; 20 generated; depth 5)\n')
    expect(spaceTimeSvg(sound, held)).toBeUndefined()
    expectDocument(await stateGraphSvg(sound, { title: 'all 12' }), /^all 12$/)
  })

  it('tell and draw the exploration of real nodes', async () => {
    const system = compose(copies.make(), {
      nodes: 2,
      clients: [
        { asks: [{ f: 'write', value: 1 }], at: [0] },
        { asks: [{ f: 'read', value: null }], at: [1] },
      ],
      monitors: [linearizableMonitor(register)],
    })
    const found = await explore(system)
    expect(explorationText(system, found)).toContain('linearizable: no order of the operations')
    expectDocument(spaceTimeSvg(system, found), /processes: linearizable$/)
    expect((await bugNamed('rf-04')).mutant).toBe('old-term-committed')
    await expect(bugNamed('RF-004')).rejects.toThrow("no bug is called 'RF-004'")
  })

  it('tell and draw what keeps a protocol from consensus', async () => {
    const report = valency(await asynchronousNamed('wait-for-n-1'), 3, { drawn: true })
    expect(valencyText(report)).toMatch(/^wait-for-n-1, 3 processes: agreement violated\n/)
    expectDocument(await inputsSvg(report), /^before the first step/)
    expectDocument(await valencySvg(report), /^inputs \d+/)
    expect(valencyRuns(report)).toHaveLength(1)
    expectDocument(valencyRuns(report)[0], /two processes decide differently/)
  })

  it('tell and draw a comparison of quorum systems', async () => {
    const systems = ['majority(n=3)', 'grid(rows=2,cols=2)'].map((text) => parseSystem(text))
    const comparison = await compare(systems, { down: '1/10', series: true })
    expect(comparisonRows(comparison)[0]).toEqual({
      system: 'majority(n=3)',
      nodes: '3',
      quorum: '2',
      load: '2/3',
      'load ≈': '0.6667',
      least: '0.577',
      resilience: '1',
      'F (p = 0.1)': '0.0280',
      best: '*',
    })
    expectDocument(await loadSvg(comparison), /load against/)
    expectDocument(await failureSvg(comparison), /probability/)
    expectDocument(await frontSvg(comparison), /load and probability/)
    expect(await loadSvg(await compare(systems))).toBeUndefined()
  })
})
