import { pageColours } from './timeline-style.ts'
import { shown } from './visible.ts'

/** Things of which some are stronger than others: drawn upwards, each with its rank. */
export interface LatticePicture {
  readonly title: string
  readonly nodes: readonly {
    readonly lines: readonly string[]
    /** What it can do, in a word or two. */
    readonly rank: string
    /** 0 is drawn pale, 1 marked, 2 full: the rank is told by a word as well. */
    readonly strength: 0 | 1 | 2
  }[]
  /** `[weaker, stronger]`, where nothing lies between. */
  readonly covers: readonly (readonly [number, number])[]
}

const LONGEST = 60
const FONT = 'Helvetica'

/** A Hasse diagram in DOT, the language of Graphviz. */
export function latticeDot({ title, nodes, covers }: LatticePicture): string {
  const { light } = pageColours
  const looks = [
    { fillcolor: light.stripe, fontcolor: light.ink, color: light.edge },
    { fillcolor: light.window, fontcolor: light.ink, color: light.windowLine },
    { fillcolor: light.core, fontcolor: light.onCore, color: light.core },
  ] as const
  const box = { shape: 'box', style: 'rounded,filled', fontname: FONT, fontsize: 10 }
  return `${[
    `digraph ${quoted(shown(title, 200))} {`,
    `  graph [${listed({ rankdir: 'BT', nodesep: 0.3, ranksep: 0.5, bgcolor: 'transparent' })}]`,
    `  node [${listed({ ...box, margin: '0.12,0.07' })}]`,
    `  edge [${listed({ dir: 'none', color: light.muted })}]`,
    ...nodes.map(({ lines, rank, strength }, at) => {
      const text = [...lines, rank].map((line) => escaped(shown(line, LONGEST))).join('\\n')
      return `  n${at} [label="${text}", ${listed(looks[strength])}]`
    }),
    ...covers.map(([weaker, stronger]) => `  n${weaker} -> n${stronger}`),
    '}',
  ].join('\n')}\n`
}

function listed(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${quoted(String(value))}`)
    .join(', ')
}

function quoted(text: string): string {
  return `"${escaped(text)}"`
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
}
