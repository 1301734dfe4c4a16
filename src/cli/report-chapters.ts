import type { Entry } from '../../suites/entry.ts'
import { stateGraph } from '../explore/state-graph.ts'
import { withRoom } from '../explore/with-room.ts'
import { stateGraphDot } from '../report/state-graph-dot.ts'
import type { Chapter, ChapterPart, ReportEntry } from '../report/report/content.ts'
import { askedModel } from './explore-spec.ts'
import { flpParts } from './report-flp.ts'
import { graphviz } from './report-graphs.ts'
import { latticeExhibit } from './report-objects.ts'
import { quorumParts } from './report-quorums.ts'
import { chainExhibit } from './report-rounds.ts'
import type { KnownRow } from './report-runs.ts'

/** What chapters are made of. */
export interface Material {
  readonly rows: readonly KnownRow[]
  /** Each with its evidence, by name. */
  readonly entries: ReadonlyMap<string, ReportEntry>
  readonly entryOf: (name: string) => Entry | undefined
  readonly say: (text: string) => void
}

/**
 * The pictures of the report. Those of what was run come from the runs; what is computed for the
 * page is the same whenever it is computed.
 */
export async function chaptersOf(material: Material): Promise<readonly Chapter[]> {
  const { say } = material
  const chapters = [recordings(material), counterexamples(material)]
  say('looking for runs that never decide')
  const flp = await flpParts()
  say('rounds and shared objects')
  return [
    ...chapters.filter(({ parts }) => parts.length > 0),
    {
      key: 'flp',
      title: 'What asynchrony forbids',
      about: [
        'No protocol solves consensus if messages may take any time and one process may crash ' +
          '(Fischer, Lynch and Paterson 1985). Each box is a configuration: what can still be ' +
          'decided from there is its colour and its last word. Computed for this page.',
      ],
      parts: [...flp, ...roundsPart(), await objectsPart(), await statePart()],
    },
    {
      key: 'quorums',
      title: 'Quorum systems',
      about: [
        'Which nodes are enough for a read and for a write: how much work falls on the busiest ' +
          'node (load), how many may fail (resilience), and how likely it is that no quorum is ' +
          'alive (F). The comparisons are computed for this page.',
      ],
      parts: await quorumParts(material.rows, material.entryOf, say),
    },
  ]
}

const RECORDED = [
  [
    'histories/etcd-ser-partition/linearizable',
    'etcd, read from the local copy of a server while it is cut off',
    'Each row is a client, each bar an operation from call to answer. The marked ones contradict ' +
      'each other: no order in real time explains them. Faults are drawn as bands behind.',
  ],
  [
    'histories/zk-plain-partition/z/linearizable',
    'ZooKeeper, read without sync',
    'It promises no more than sequential consistency to such clients, and keeps that promise.',
  ],
] as const

function recordings({ entries }: Material): Chapter {
  return {
    key: 'recordings',
    title: 'What clients of real systems saw',
    about: [],
    parts: RECORDED.flatMap(([name, title, about]) => partOf(entries.get(name), title, [about])),
  }
}

const SHOWN = [
  [
    'specs/log/raft-rpc/commit-old-term',
    'Raft that commits entries of an old term by counting (figure 8 of its paper)',
    'The shortest way to the violation. The arrow keys go through it step by step; on the right ' +
      'is the whole state, with what has just changed in bold.',
  ],
  [
    'protocols/abd/read-without-write-back',
    'A replicated register whose reads do not write back, under simulated faults',
    'One seed of the simulator, shrunk to what is needed for the violation.',
  ],
  [
    'specs/commit/threepc/participant-2-crashes-0-partition-true/claims',
    'Three-phase commit in a partition',
    'No bug is planted: the protocol does not survive this.',
  ],
] as const

/** Whether a check has a chapter to itself. */
export function isExhibited(name: string): boolean {
  return [...RECORDED, ...SHOWN].some(([shown]) => shown === name)
}

function counterexamples({ entries }: Material): Chapter {
  return {
    key: 'counterexamples',
    title: 'How protocols go wrong',
    about: [
      'Bugs that are planted, or assumptions that are taken away: each must be caught, and this ' +
        'is how. All others are with their checks, below.',
    ],
    parts: SHOWN.flatMap(([name, title, about]) => partOf(entries.get(name), title, [about])),
  }
}

function partOf(
  entry: ReportEntry | undefined,
  title: string,
  about: readonly string[],
): readonly ChapterPart[] {
  if (entry === undefined || entry.evidence.length === 0) return []
  return [{ title, about, exhibits: entry.evidence, again: entry.again }]
}

function roundsPart(): readonly ChapterPart[] {
  const chain = chainExhibit({
    model: 'crash',
    processes: 3,
    failures: 1,
    rounds: 1,
    validity: 'all',
  })
  if (chain === undefined) return []
  return [
    {
      title: 'Even in rounds: one round is too few if one process may crash',
      about: [
        'A chain of runs, each of which somebody cannot tell from the next, from where all must ' +
          'decide 0 to where all must decide 1.',
      ],
      exhibits: [chain],
      again: 'synod rounds crash --processes 3 --failures 1 --rounds 1',
    },
  ]
}

async function objectsPart(): Promise<ChapterPart> {
  return {
    title: 'What helps: objects that several processes share',
    about: [
      'With which features of a store like ZooKeeper can how many clients agree, whoever of them ' +
        'crashes (Herlihy 1991)?',
    ],
    exhibits: [await latticeExhibit()],
    again: 'synod hierarchy --lattice --html lattice.html',
  }
}

async function statePart(): Promise<ChapterPart> {
  const { spec, model, title } = await askedModel('tcommit', { param: [{ name: 'rm', text: '2' }] })
  const graph = withRoom(spec.name, model, (system) =>
    stateGraph(system, { maxStates: 200, selfLoops: false }),
  )
  const svg = await graphviz(stateGraphDot({ ...graph, title }))
  return {
    title: 'All states of a small spec: transaction commit with two resource managers',
    about: [spec.about],
    exhibits: [{ type: 'graph', title: `${graph.nodes.length} states`, svg }],
    again: 'synod graph tcommit --param rm=2 -o graph.svg',
  }
}
