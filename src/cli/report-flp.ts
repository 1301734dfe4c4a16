import type { ValencyEntry } from '../../suites/valency-entries.ts'
import { valencyEntries } from '../../suites/valency-entries.ts'
import type { Entry } from '../../suites/entry.ts'
import type { ValencyGraph } from '../core/valency-graph.ts'
import type { ChapterPart, Exhibit } from '../report/report/content.ts'
import { valencyDot } from '../report/valency-dot.ts'
import { valency } from '../valency/valency.ts'
import { againOf } from './again.ts'
import { graphviz } from './report-graphs.ts'
import { cubeOf, interestingGraph, runsOf } from './valency-draw.ts'
import { factRows, verdictLine } from './valency-text.ts'

/** Those that show each defect that the theorem leaves, in the order of a lecture. */
const SHOWN: readonly (readonly [name: string, title: string, about: string])[] = [
  [
    'paxos/2-processes/01-until-decided',
    'Paxos, two processes: a run in which all take steps and nobody ever decides',
    'Whatever is undecided can be kept undecided: two proposers refuse each other in turn. The ' +
      'run below is fair, everything that is sent arrives, and its last steps come again for ever.',
  ],
  [
    'leader-timeout/3-processes',
    'A leader with a timeout: two processes decide differently',
    'Whoever stops waiting may be wrong about who is slow and who has crashed.',
  ],
]

/** FLP on protocols that are small enough to be looked at as a whole. */
export async function flpParts(): Promise<readonly ChapterPart[]> {
  const parts: ChapterPart[] = []
  for (const [name, title, about] of SHOWN) {
    const entry = valencyEntries.find((each) => each.name === name)
    if (entry !== undefined) parts.push(await partOf(entry, title, about))
  }
  return parts
}

async function partOf(entry: ValencyEntry, title: string, about: string): Promise<ChapterPart> {
  const report = valency(entry.protocol, entry.processes, { ...entry.options, drawn: true })
  const graph = interestingGraph(report)
  const cube = report.findings.length > 1 ? [cubeOf(report)] : []
  const graphs = [...cube, ...(graph === undefined ? [] : [graph])]
  const drawn: Exhibit[] = []
  for (const each of graphs) drawn.push(await graphExhibit(each))
  const check: Entry = {
    type: 'valency',
    name: `valency/${entry.name}`,
    entry,
    expected: 'pass',
    because: entry.because,
  }
  return {
    title,
    about: [about],
    exhibits: [
      { type: 'paragraphs', texts: [verdictLine(report)] },
      ...runsOf(report).map((picture): Exhibit => ({ type: 'space-time', picture })),
      ...drawn,
      {
        type: 'facts',
        facts: factRows(report).map(([fact = '', text = '']) => ({ name: fact, text })),
      },
    ],
    again: againOf(check),
  }
}

async function graphExhibit(graph: ValencyGraph): Promise<Exhibit> {
  const { title, cut } = graph
  const svg = await graphviz(valencyDot(graph))
  return { type: 'graph', title, svg, legend: 'valency', ...(cut === undefined ? {} : { cut }) }
}
