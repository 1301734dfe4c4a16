export * from './model.ts'
export * from './spec.ts'
export * from './exploration.ts'
export * from './system.ts'
export type { Bounds } from './bounds.ts'
export { breadthFirst } from './breadth-first.ts'
export { explore } from './explore.ts'
export type { ExploreOptions } from './explore.ts'
export { generatedSystem } from './generated-system.ts'
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
export type {
  AnyLayout,
  BagPlace,
  Layout,
  MapPlace,
  PlaceOf,
  SeqPlace,
  SetPlace,
  State,
  ValueOf,
  Variables,
} from '../state/index.ts'
export { simulate } from './simulate.ts'
export type { SimulateOptions, Simulation, SimulationProgress } from './simulate.ts'
