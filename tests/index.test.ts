import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import * as library from '../src/index.ts'

const text = readFileSync(new URL('../docs/history.md', import.meta.url), 'utf8')

describe('the library', () => {
  it('exports whatever the description of histories calls', () => {
    const called = [...text.matchAll(/`(\w+)\(/g), ...text.matchAll(/import \{ (\w+) \}/g)]
    const names = new Set(called.map(([, name]) => name))
    expect([...names]).toEqual(expect.arrayContaining(['generate', 'writeHistory']))
    for (const name of ['timeline', 'drawTimeline', 'readHistory', ...names]) {
      expect(library).toHaveProperty(String(name))
    }
  })

  it('generates, writes down, draws and judges with what it exports alone', async () => {
    const { conditions, drawTimeline, generate, judge, register, timeline } = library
    const model = register()
    const history = generate({ model, seed: 1, operations: 40, fault: 'stale-read' })
    const drawn = timeline(drawTimeline(history))
    expect(await judge(drawn, { model })).toMatchObject({ outcome: 'fail' })
    expect(conditions).toContain(library.conditionNamed('linearizable'))
    expect(library.models).toContain(library.modelNamed('register'))
  })
})
