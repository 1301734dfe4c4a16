/**
 * Quorum systems, as `import { majority, node, quorumSystem } from 'synod/quorum'`: which sets of
 * nodes may answer a read or a write, and what follows from that.
 *
 * @packageDocumentation
 */
export { Expression, choose, majority, node } from './expression.ts'
export { parseExpression } from './parse.ts'
export { parseSystem } from './parse-system.ts'
export { quorumSystem, systemOf, withNodes } from './system.ts'
export type { QuorumSystem, SystemOptions } from './system.ts'
export { disjointQuorums } from './disjoint-quorums.ts'
export type { DisjointQuorums } from './disjoint-quorums.ts'
export { quorumNode } from './node.ts'
export type { NodeOptions, QuorumNode } from './node.ts'
export { Rational } from './rational.ts'
export type { RationalLike } from './rational.ts'
export type { Obtained } from './obtained.ts'
export type { Formula, Gate } from './formula.ts'
export type { LinearProgram, Terms, Uses } from './linear-program.ts'
export type { Chance, Down, Priced, QuorumSet } from './quorum-set.ts'
export { thresholdTree } from './structures/threshold-tree.ts'
export type { ThresholdTree } from './structures/threshold-tree.ts'
export type { FlatTree } from './structures/flat-tree.ts'
export { generalFormula } from './structures/general-formula.ts'
export { listOfQuorums } from './structures/list-of-quorums.ts'
export type { ListOfQuorums, ListOptions } from './structures/list-of-quorums.ts'
export { quorumSetOf } from './structures/quorum-set-of.ts'
export { IMPORT_FORMATS } from './import/imported.ts'
export type { Gap, Imported, ImportFormat, ImportOptions } from './import/imported.ts'
export { importQuorums } from './import/import-quorums.ts'
export { families, familyCall, familyNamed } from './families/registry.ts'
export type { Family, Parameter } from './families/family.ts'
export {
  disseminationSystem,
  mGridSystem,
  maskingGridSystem,
  maskingSystem,
  opaqueMaskingSystem,
  originalMaskingGridSystem,
} from './families/byzantine.ts'
export {
  bGridSystem,
  basicGridSystem,
  coverGridSystem,
  gridBelowSystem,
  gridProtocolSystem,
  gridSystem,
  readWriteGridSystem,
} from './families/grids.ts'
export { nucleusSystem } from './families/nucleus.ts'
export { pathsSystem } from './families/paths.ts'
export { projectivePlaneSystem } from './families/planes.ts'
export {
  dynamoSystem,
  flexiblePaxosGridSystem,
  flexiblePaxosSystem,
  jointConsensusSystem,
} from './families/protocols.ts'
export {
  majoritySystem,
  readAllWriteOneSystem,
  readOneWriteAllSystem,
  readWriteThresholdSystem,
  singletonSystem,
  thresholdSystem,
  weightedSystem,
} from './families/thresholds.ts'
export { hierarchySystem, treeSystem, zookeeperGroupsSystem } from './families/trees.ts'
export { triangleSystem, wallSystem, wheelSystem } from './families/walls.ts'
export { ySystem } from './families/y.ts'
export { grid } from './structures/grid.ts'
export type { GridQuorums, GridShape } from './structures/grid.ts'
export { bGrid, coverGrid } from './structures/b-grid.ts'
export type { BGridQuorums } from './structures/b-grid.ts'
export type { BandShape } from './structures/bands.ts'
export { crosses } from './structures/crosses.ts'
export type { CrossQuorums } from './structures/crosses.ts'
export { wall } from './structures/wall.ts'
export type { WallQuorums, WallShape } from './structures/wall.ts'
export { assemblyTime } from './metrics/assembly-time.ts'
export type { AssemblyTime } from './metrics/assembly-time.ts'
export { byzantineClass } from './metrics/byzantine.ts'
export type { ByzantineClass } from './metrics/byzantine.ts'
export { domination } from './metrics/domination.ts'
export type { Domination } from './metrics/domination.ts'
export type { Repair } from './metrics/repair.ts'
export { estimateFailure } from './metrics/failure-estimate.ts'
export type { EstimateOptions, FailureEstimate } from './metrics/failure-estimate.ts'
export { failureProbability } from './metrics/failure-probability.ts'
export type { FailureOptions, FailureProbability } from './metrics/failure-probability.ts'
export type { ChanceOptions } from './metrics/hazards.ts'
export { liveSetCounts } from './metrics/live-set-counts.ts'
export type { LiveSetCounts } from './metrics/live-set-counts.ts'
export { minimalQuorumCount } from './metrics/minimal-quorum-count.ts'
export { nodeImportance } from './metrics/node-importance.ts'
export type { ImportanceOptions, NodeImportance } from './metrics/node-importance.ts'
export { outages } from './metrics/outages.ts'
export type { OutageOptions, Outages } from './metrics/outages.ts'
export { resilience } from './metrics/resilience.ts'
export type { Resilience } from './metrics/resilience.ts'
export type { Side } from './metrics/sides.ts'
export { smallestQuorum } from './metrics/smallest-quorum.ts'
export type { SmallestQuorum } from './metrics/smallest-quorum.ts'
export { toleratedFailures } from './metrics/tolerated-failures.ts'
export type {
  AfterZone,
  SideFailures,
  StoppingSets,
  ToleratedFailures,
  ToleratedOptions,
} from './metrics/tolerated-failures.ts'
export { best, MOST_FOR_ALL } from './search/best.ts'
export type { Best } from './search/best.ts'
export type { BestOptions, Limits, Objective, Scope } from './search/question.ts'
export { frontier } from './search/frontier.ts'
export type { Frontier, FrontierOptions, FrontierPoint } from './search/frontier.ts'
export { load } from './load/load.ts'
export type { Load, LoadOptions } from './load/load.ts'
export { verifyLoad } from './load/verify-load.ts'
export type { LoadCertificate, Verified } from './load/verify-load.ts'
export type { ListedStrategy, MarginalStrategy, SideStrategy, Strategy } from './load/strategy.ts'
export type { Distribution, Workload, WorkloadPoint } from './load/workload.ts'
export type { Fractions } from './load/fractions.ts'
export { networkLoad, nodeTraffic, pickQuorum, strategyLatency } from './load/strategy-facts.ts'
export type { NodeTraffic } from './load/strategy-facts.ts'
export { bestStrategy } from './load/best-strategy.ts'
export type { BestStrategy, StrategyOptions } from './load/best-strategy.ts'
export { loadBound } from './compare/bound.ts'
export { bGridFailureAtSize, bGridThreshold, ROWS } from './compare/b-grid-limit.ts'
export type { Rows } from './compare/b-grid-limit.ts'
export { checkClaim } from './compare/claim.ts'
export type { Claim, ClaimFinding, Metric } from './compare/claim.ts'
export { compare } from './compare/compare.ts'
export type { CompareOptions, ComparedSystem, Comparison, Series } from './compare/compare.ts'
export { undominated } from './compare/front.ts'
export { measure } from './compare/measure.ts'
export type { Circumstances, Measures, Refusal } from './compare/measure.ts'
export type { NodeLoad, SeriesPoint } from './compare/series.ts'
