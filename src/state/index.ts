export { among, bool, id, int, oneOf, option, packed, tuple, value } from './atoms.ts'
export { bagOf, mapOf, seqOf, setOf } from './collections.ts'
export type { RecordOf, RecordPlace, UnionOf } from './composites.ts'
export { record, union } from './composites.ts'
export { firstOf } from './first.ts'
export { format, formatState } from './format.ts'
export { fromItf, fromJson, toItf, toJson } from './json.ts'
export type { AnyLayout, Layout, PlaceOf, Shape, ValueOf } from './layout.ts'
export { NotAValue, OutOfBounds } from './not-a-value.ts'
export type { Json } from './notation.ts'
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
export { Universes } from './universes.ts'
