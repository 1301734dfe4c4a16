import { storeFeatures } from '../../impls/flp/shared-memory/objects/stores.ts'
import { numberText } from '../../suites/hierarchy-claim.ts'
import type { StoreLattice } from '../../suites/store-lattice.ts'
import { canonical } from '../core/json.ts'
import { counted } from '../core/wording.ts'
import type { SharedProtocol } from '../node/index.ts'
import type { AccessPicture, HierarchyPart } from '../report/hierarchy-document.ts'
import { hierarchyDocument } from '../report/hierarchy-document.ts'
import type { LatticePicture } from '../report/lattice-dot.ts'
import { latticeDot } from '../report/lattice-dot.ts'
import type { SharedFinding } from '../valency/shared-memory/shared-consensus.ts'
import type { SharedTrace } from '../valency/shared-memory/shared-trace.ts'
import type { HierarchyRow } from './hierarchy-row.ts'
import { hierarchyTable } from './hierarchy-text.ts'

/** Types and the lattice of stores as a page. */
export async function hierarchyPage(
  rows: readonly HierarchyRow[],
  lattice?: StoreLattice,
  asked?: string,
): Promise<string> {
  const most = lattice?.most ?? rows[0]?.most ?? 0
  return hierarchyDocument({
    title: `How many processes agree, up to ${most}`,
    facts: [
      'The consensus number of a type of objects is the greatest number of processes that can ' +
        'agree by objects of it and registers, each within a bounded number of its own steps, ' +
        'whatever the others do.',
    ],
    parts: [
      ...(rows.length === 0
        ? []
        : [{ title: 'Types of objects', facts: [], table: hierarchyTable(rows) }]),
      ...(lattice === undefined ? [] : [await latticePart(lattice)]),
    ],
    replay:
      asked !== undefined
        ? `synod hierarchy --type ${asked} --processes ${most}`
        : `synod hierarchy${rows.length === 0 ? ' --lattice' : ''} --processes ${most}`,
  })
}

async function latticePart(lattice: StoreLattice): Promise<HierarchyPart> {
  return {
    title: 'A store with features of ZooKeeper',
    facts: [
      'Get, put and delete are always there and ask about nothing. Higher up is more. Pale: no ' +
        'two clients can agree; marked: two; full: as many as were asked about.',
      ...Object.entries(storeFeatures).map(([name, about]) => `${name}: ${about}`),
    ],
    drawing: await drawn(latticeDot(latticePicture(lattice))),
  }
}

/** The neutral form of the lattice. */
export function latticePicture({ most, points, covers }: StoreLattice): LatticePicture {
  return {
    title: 'features of a store',
    nodes: points.map(({ features, number }) => ({
      lines: features.length === 0 ? ['get, put, delete'] : features,
      rank: numberText(number, most),
      strength: number.atLeast === 1 ? 0 : number.exact ? 1 : 2,
    })),
    covers,
  }
}

/** What was found about a protocol as a page. */
export function sharedPage(
  { about, source }: SharedProtocol,
  found: SharedFinding,
  asked: string,
): string {
  const { protocol, processes, mutant, violations, outcome } = found
  const planted = mutant === undefined ? '' : ` --mutant ${mutant}`
  const verdict = {
    pass: 'It solves wait-free consensus.',
    fail: `Violated: ${violations.map(({ claim }) => claim).join(', ')}.`,
    unknown: `Unknown: ${found.bound?.covered ?? ''}.`,
  }
  return hierarchyDocument({
    title: `${protocol} for ${processes} processes${mutant === undefined ? '' : `, ${mutant}`}`,
    facts: [verdict[outcome], about, ...(source === undefined ? [] : [source])],
    parts: [
      {
        title: 'What was looked at',
        facts: [
          `${counted(found.configurations, 'configuration')} from all ` +
            `${counted(found.inputs, 'choice')} of inputs, in every interleaving`,
        ],
      },
      ...violations.map(({ claim, sentence, trace }) => ({
        title: claim,
        facts: [sentence],
        accesses: accessesOf(trace, processes),
      })),
    ],
    replay: `synod hierarchy --protocol ${asked} --processes ${processes}${planted}`,
  })
}

/** The neutral form of a run of shared objects. */
export function accessesOf({ steps, loop }: SharedTrace, processes: number): AccessPicture {
  return {
    processes,
    steps: steps.map(({ process, object, operation, response, decides }) => ({
      process,
      access: `${object}.${operation}`,
      told: response === null ? '' : canonical(response),
      ...(decides === undefined ? {} : { decides: canonical(decides) }),
    })),
    ...(loop === undefined ? {} : { loop }),
  }
}

/** Graphviz, in WebAssembly: loaded only where it is needed. */
async function drawn(dot: string): Promise<string> {
  const { instance } = await import('@viz-js/viz')
  const viz = await instance()
  return viz.renderString(dot, { format: 'svg', engine: 'dot' })
}
