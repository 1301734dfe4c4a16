import type { ValencyEdge, ValencyGraph, ValencyNode } from '../core/valency-graph.ts'
import { pageColours } from './timeline-style.ts'
import { shown } from './visible.ts'

const LONGEST_LINE = 64
const FONT = 'Helvetica'

/**
 * Configurations in DOT, the language of Graphviz. Valency is colour, and a word, as nothing may
 * depend on colour alone.
 */
export function valencyDot({ title, nodes, edges }: ValencyGraph): string {
  const { light } = pageColours
  const letters = `fontname="${FONT}", fontsize=10`
  const lines = [
    `digraph "${escaped(shown(title, 200))}" {`,
    `  graph [rankdir=TB, nodesep=0.25, ranksep=0.45, bgcolor="${light.page}"]`,
    `  node [shape=box, style="rounded,filled", margin="0.09,0.05", ${letters}]`,
    `  edge [fontname="${FONT}", fontsize=9, arrowsize=0.6, color="${light.muted}"]`,
    ...nodes.map(nodeLine),
    ...edges.map(edgeLine),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

/** What each colour means, in the order of the legend. */
export const VALENCY_WORDS = {
  both: 'bivalent',
  first: '0-valent',
  second: '1-valent',
  none: 'nothing can be decided',
} as const

export function valencyColours(valency: ValencyNode['valency']): {
  readonly fill: string
  readonly ink: string
} {
  const { light } = pageColours
  if (valency === 'both') return { fill: light.window, ink: light.ink }
  if (valency === 'first') return { fill: light.core, ink: light.onCore }
  if (valency === 'second') return { fill: light.fault, ink: light.onFault }
  return { fill: light.context, ink: light.onContext }
}

function nodeLine(node: ValencyNode, at: number): string {
  const { fill, ink } = valencyColours(node.valency)
  const { light } = pageColours
  const word = node.critical ? 'critical: the next step decides' : VALENCY_WORDS[node.valency]
  const text = [...node.lines.map((line) => shown(line, LONGEST_LINE)), `[${word}]`]
  const label = text.map(escaped).join('\\n')
  const told = [
    `label="${label}"`,
    `fillcolor="${fill}"`,
    `fontcolor="${ink}"`,
    `color="${node.initial || node.critical ? light.ink : light.edge}"`,
    ...(node.initial ? ['penwidth=2.5'] : []),
    ...(node.critical ? ['penwidth=3', 'shape=octagon', 'style=filled'] : []),
    ...(node.decided ? ['peripheries=2'] : []),
  ]
  return `  c${at} [${told.join(', ')}]`
}

function edgeLine({ from, to, label, between, again }: ValencyEdge): string {
  const { light } = pageColours
  const told = [
    `label="${escaped(shown(label, LONGEST_LINE))}"`,
    ...(between ? ['dir=none', 'style=dashed'] : []),
    ...(again ? [`color="${light.ink}"`, 'penwidth=2.2'] : []),
  ]
  return `  c${from} -> c${to} [${told.join(', ')}]`
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
}
