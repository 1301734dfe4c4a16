import type { HierarchyClaim } from '../../suites/hierarchy-claim.ts'
import { storeLattice } from '../../suites/store-lattice.ts'
import { accessTable } from '../report/hierarchy-document.ts'
import { latticeDot } from '../report/lattice-dot.ts'
import type { Exhibit } from '../report/report/content.ts'
import { sharedConsensus } from '../valency/shared-memory/shared-consensus.ts'
import { accessesOf, latticePicture } from './hierarchy-page.ts'
import { graphviz } from './report-graphs.ts'

/** None of ours comes near. */
const BUDGET = { seconds: 20 }
const MOST = 4

/** How a protocol on shared objects goes wrong, an access a row. */
export function accessExhibits(
  claim: Extract<HierarchyClaim, { type: 'protocol' }>,
): readonly Exhibit[] {
  const { protocol, processes, mutant } = claim
  const planted = mutant === undefined ? {} : { mutant }
  const found = sharedConsensus(protocol, { processes, ...planted, budget: BUDGET })
  return found.violations.slice(0, 2).flatMap(({ sentence, trace }): readonly Exhibit[] => [
    { type: 'paragraphs', texts: [sentence] },
    { type: 'drawn', markup: accessTable(accessesOf(trace, processes)) },
  ])
}

/** Which features of a store let how many clients agree. */
export async function latticeExhibit(): Promise<Exhibit> {
  const lattice = storeLattice(MOST, BUDGET)
  const title =
    'Higher up is more. Pale: no two clients can agree; marked: two; full: as many as were asked ' +
    `about, which is ${MOST}.`
  return { type: 'graph', title, svg: await graphviz(latticeDot(latticePicture(lattice))) }
}
