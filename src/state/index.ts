export { among, bool, id, int, oneOf, option, packed, value } from './atoms.ts'
export type { RecordOf, RecordPlace, UnionOf } from './composites.ts'
export { bagOf, mapOf, record, seqOf, setOf, tuple, union } from './composites.ts'
export type { AnyLayout, Layout, PlaceOf, Shape, ValueOf } from './layout.ts'
export { NotAValue, OutOfBounds } from './not-a-value.ts'
export type { BagPlace, MapPlace, SeqPlace, SetPlace } from './places.ts'
export type {
  Snapshot,
  State,
  StateType,
  StateTypeOptions,
  Variables,
  Workspace,
} from './state-type.ts'
export { stateType } from './state-type.ts'
export { Universe, UniverseFull } from './universe.ts'
export { Universes } from './plan.ts'
