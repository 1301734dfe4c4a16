/**
 * Specs: state machines in plain TypeScript, all of whose states are looked at, as
 * `import { explore, model, spec } from 'synod/explore'`.
 *
 * @packageDocumentation
 */
export * from './model.ts'
export * from './spec.ts'
export type * from './exploration.ts'
export type * from './system.ts'
export type { Bounds } from './bounds.ts'
export { breadthFirst } from './breadth-first.ts'
export type { Trial } from './expander.ts'
export type { SearchOptions } from './search.ts'
export { explore } from './explore.ts'
export type { ExploreOptions } from './explore.ts'
export { generatedSystem } from './generated-system.ts'
export { NotNumbered, NumberingState } from './numbering.ts'
export type { Numbering } from './numbering.ts'
export { SearchAgain } from './reduce/reduction.ts'
export { isSystem } from './systems-of.ts'
export { modelSystem } from './model-system.ts'

export {
  among,
  bagOf,
  bool,
  format,
  id,
  int,
  mapOf,
  oneOf,
  option,
  packed,
  record,
  seqOf,
  setOf,
  tuple,
  union,
  value,
} from '../state/index.ts'
export type { Plan } from '../state/plan.ts'
export type {
  AnyLayout,
  BagPlace,
  Layout,
  MapPlace,
  PlaceOf,
  RecordOf,
  RecordPlace,
  SeqPlace,
  SetPlace,
  Shape,
  Snapshot,
  State,
  StateType,
  UnionOf,
  Universe,
  Universes,
  ValueOf,
  Variables,
  Workspace,
} from '../state/index.ts'
export { simulate } from './simulate-later.ts'
export type { SimulateOptions, Simulation, SimulationProgress } from './simulate.ts'
