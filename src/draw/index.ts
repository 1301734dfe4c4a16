/**
 * What was found, in words and as pictures: `import { historySvg } from 'synod/draw'`. Texts are
 * for people, and the same wherever they are made; pictures are SVG documents that need nothing
 * else, in light and in dark.
 *
 * @packageDocumentation
 */
export { historySvg, historyText, judgementText } from './history.ts'
export type { TimelineOptions } from './history.ts'
export { explorationText, spaceTimeSvg, stateGraphSvg } from './exploration.ts'
export type { Explored, ExplorationTextOptions, StateGraphSvgOptions } from './exploration.ts'
export { runHistorySvg, runSvg, simulationText } from './simulation.ts'
export { inputsSvg, valencyRuns, valencySvg, valencyText } from './valency.ts'
export { comparisonRows, failureSvg, frontSvg, loadSvg } from './quorums.ts'
export type { TextOptions } from './text-options.ts'
