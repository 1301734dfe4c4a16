import { clusterMutants } from './cluster.ts'
import { commandLine } from './command-line.ts'
import { composeMutants } from './compose.ts'
import { cutShort } from './cut-short.ts'
import { directChecks } from './direct-checks.ts'
import { collections } from './collections.ts'
import { drawMutants } from './draw.ts'
import { exploreChanges } from './explore-changes.ts'
import { exploreEngine } from './explore-engine.ts'
import { exploreFaces } from './explore-faces.ts'
import { exploreLiveness } from './explore-liveness.ts'
import { exploreParallel } from './explore-parallel.ts'
import { exploreReduce } from './explore-reduce.ts'
import { fastEngines } from './fast-engines.ts'
import { generalSearch } from './general-search.ts'
import { hierarchyMutants } from './hierarchy.ts'
import { messageMutants } from './live-messages.ts'
import { matcherMutants } from './matchers.ts'
import { nodeMutants } from './nodes.ts'
import { notebookMutants } from './notebooks.ts'
import { orders } from './orders.ts'
import { quorumAlgebra } from './quorum-algebra.ts'
import { quorumCompare } from './quorum-compare.ts'
import { quorumImport } from './quorum-import.ts'
import { quorumLoad } from './quorum-load.ts'
import { quorumMetrics } from './quorum-metrics.ts'
import { quorumSearch } from './quorum-search.ts'
import { quorumStructures } from './quorum-structures.ts'
import { raftBookkeeping } from './raft-bookkeeping.ts'
import { registers } from './registers.ts'
import { regression } from './regress.ts'
import { reportMutants } from './report.ts'
import { rounds } from './rounds.ts'
import { searchTables } from './search-tables.ts'
import { simulatorMutants } from './simulate.ts'
import { shrinkMutants } from './simulate-shrink.ts'
import { stateLayouts } from './state.ts'
import { storms } from './storms.ts'
import { validateMutants, zabTraceMutants } from './validate.ts'
import { valencyEngine } from './valency.ts'
import type { MutantArea } from './mutant.ts'

/** Further areas go here: a list of mutants, and the tests that must notice them. */
export const areas: Readonly<Record<string, MutantArea>> = {
  'queues, stacks and priority queues': collections,
  ...fastEngines,
  ...generalSearch,
  ...searchTables,
  ...registers,
  ...directChecks,
  'the orders of clients': orders,
  'the command line': commandLine,
  'what is told when time runs out': cutShort,
  'storms of faults': storms,
  'the engine that explores': exploreEngine,
  'going on by what has changed': exploreChanges,
  'the search by several threads': exploreParallel,
  'stories, pages and graphs of states': exploreFaces,
  ...exploreLiveness,
  'the algebra of quorum systems': quorumAlgebra,
  'structures and families of quorum systems': quorumStructures,
  ...quorumLoad,
  'the metrics of quorum systems': quorumMetrics,
  'the search for the best quorum system': quorumSearch,
  'comparisons of quorum systems': quorumCompare,
  'imported quorum systems': quorumImport,
  ...exploreReduce,
  ...stateLayouts,
  ...rounds,
  'nodes and what is claimed of them': nodeMutants,
  ...hierarchyMutants,
  ...reportMutants,
  'the bookkeeping of Raft': raftBookkeeping,
  'composed systems': composeMutants,
  'messages that mean nothing': messageMutants,
  'the simulator': simulatorMutants,
  'small runs': shrinkMutants,
  ...regression,
  'traces against specs': validateMutants,
  'traces of Zab against its spec': zabTraceMutants,
  ...clusterMutants,
  'the valency of asynchronous protocols': valencyEngine,
  notebooks: notebookMutants,
  'texts and pictures for programs': drawMutants,
  ...matcherMutants,
}
