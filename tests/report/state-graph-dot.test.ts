import { instance } from '@viz-js/viz'
import { describe, expect, it } from 'vitest'

import { stateGraphDot } from '../../src/report/state-graph-dot.ts'
import { HOSTILE, UNSEEN } from './hostile.ts'

const plain = { initial: false, violating: false, end: 'no', outside: false } as const

describe('a state graph in DOT', () => {
  it('marks beginnings, ends, violations and what is not gone on from', () => {
    const dot = stateGraphDot({
      title: 'g',
      nodes: [
        { ...plain, lines: ['x: 0', 'y: 1'], initial: true },
        { ...plain, lines: ['x: 1'], end: 'may' },
        { ...plain, lines: ['x: 2'], end: 'stuck' },
        { ...plain, lines: ['x: 3'], violating: true, outside: true },
      ],
      edges: [
        { from: 0, to: 1, labels: ['a', 'b'] },
        { from: 0, to: 2, labels: ['1', '2', '3', '4', '5', '6'] },
      ],
    })
    const line = (begin: string) => dot.split('\n').find((each) => each.startsWith(`  ${begin} `))
    expect(line('s0')).toMatch(/label="x: 0\\ny: 1", penwidth=2\.5/)
    expect(line('s1')).toContain('peripheries=2')
    expect(line('s2')).toMatch(/x: 2\\n\[stuck\]".*fillcolor/)
    expect(line('s3')).toMatch(/\[a claim is false\]\\n\[not gone on from\]".*dashed/)
    expect(dot).toContain('s0 -> s1 [label="a\\nb"]')
    expect(dot).toContain('s0 -> s2 [label="1\\n2\\n3\\n4\\nand 2 more"]')
  })

  it('is understood by Graphviz, and runs nothing, whatever states are called', async () => {
    for (const text of HOSTILE) {
      const viz = await instance()
      const lines = [text, `\\N ${text} \\`]
      const dot = stateGraphDot({
        title: text,
        nodes: [{ ...plain, lines }],
        edges: [{ from: 0, to: 0, labels: lines }],
      })
      expect(dot.replaceAll('\n', '')).not.toMatch(UNSEEN)
      const drawn = viz.renderString(dot, { format: 'svg', engine: 'dot' })
      expect(drawn).not.toMatch(/<script|<img|onload="|<a /)
      expect(drawn.match(/<g id="node/g)).toHaveLength(1)
    }
  })
})
