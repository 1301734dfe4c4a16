import type { StateEdge, StateGraph, StateNode } from '../core/state-graph.ts'
import { pageColours } from './timeline-style.ts'
import { shown, visible } from './visible.ts'

const LONGEST_LINE = 60
const MOST_LABELS = 4

/** A state graph in DOT, the language of Graphviz. */
export function stateGraphDot({ title, nodes, edges }: StateGraph): string {
  const { light } = pageColours
  const letters = { fontname: FONT, fontsize: 10, margin: '0.09,0.05' }
  const box = { color: light.edge, fillcolor: light.stripe, fontcolor: light.ink }
  const line = { color: light.muted, fontcolor: light.muted }
  const lines = [
    `digraph ${quoted(shown(title, 200))} {`,
    `  graph [${attributes({ rankdir: 'TB', nodesep: 0.25, ranksep: 0.45, bgcolor: light.page })}]`,
    `  node [${attributes({ shape: 'box', style: 'rounded,filled', ...letters, ...box })}]`,
    `  edge [${attributes({ fontname: FONT, fontsize: 9, arrowsize: 0.6, ...line })}]`,
    ...nodes.map(nodeLine),
    ...edges.map(edgeLine),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${quoted(String(value))}`)
    .join(', ')
}

/** Graphviz measures the letters of a font that it knows. */
const FONT = 'Helvetica'

function nodeLine({ lines, initial, violating, end, outside }: StateNode, at: number): string {
  const { light } = pageColours
  const notes = [
    ...(violating ? ['a claim is false'] : []),
    ...(end === 'stuck' ? ['stuck'] : []),
    ...(outside ? ['not gone on from'] : []),
  ]
  const text = [
    ...lines.map((line) => shown(line, LONGEST_LINE)),
    ...notes.map((note) => `[${note}]`),
  ]
  const told = [
    `label=${label(text.length === 0 ? [String(at)] : text)}`,
    ...(initial ? ['penwidth=2.5', `color=${quoted(light.ink)}`] : []),
    ...(end === 'may' ? ['peripheries=2'] : []),
    ...(violating || end === 'stuck'
      ? [`fillcolor=${quoted(light.fault)}`, `fontcolor=${quoted(light.onFault)}`]
      : []),
    ...(outside ? ['style="rounded,dashed"'] : []),
  ]
  return `  s${at} [${told.join(', ')}]`
}

function edgeLine({ from, to, labels }: StateEdge): string {
  const more = labels.length - MOST_LABELS
  const texts = [
    ...labels.slice(0, MOST_LABELS).map((each) => shown(each, LONGEST_LINE)),
    ...(more > 0 ? [`and ${more} more`] : []),
  ]
  return `  s${from} -> s${to} [label=${label(texts)}]`
}

/** Centred lines. What a backslash begins in DOT is not begun by any text of a state. */
function label(lines: readonly string[]): string {
  return `"${lines.map(escaped).join('\\n')}"`
}

function quoted(text: string): string {
  return `"${escaped(visible(text))}"`
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
}
