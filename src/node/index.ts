/**
 * What a protocol is: one implementation that runs unchanged in every host.
 *
 * @packageDocumentation
 */
export type { Invariant, View } from '../core/invariant.ts'
export type {
  Effect,
  StoredDisk,
  StoredLog,
  TracedRequest,
  TraceEvent,
  TraceHeader,
  TraceStep,
  Write,
} from '../core/trace.ts'
export { DiskImage } from './disk-image.ts'
export { errorCodes, errorNamed, isDefinite } from './error-code.ts'
export type { ErrorName } from './error-code.ts'
export { faultTypes } from './fault.ts'
export type { CrashFault, Fault, FaultType, LinkFault, Span } from './fault.ts'
export type { Delay, Disk, Fx, NodeId, Request, RequestId, Ticket } from './fx.ts'
export { program, protocol } from './protocol.ts'
export type {
  Alike,
  AnyProtocol,
  Given,
  Option,
  Options,
  Program,
  Protocol,
  ProtocolHeader,
  Tolerates,
} from './protocol.ts'
export { RecordedFx } from './recorded-fx.ts'
export type { Choices } from './recorded-fx.ts'
export { replay } from './replay.ts'
export type { Divergence } from './replay.ts'
export { runStep } from './run-step.ts'
export { RuleBroken, strict } from './strict.ts'
export type { Asked, ClientOf, Workload, WorkloadClient } from './workload.ts'
export { oneEach, sharedMemory } from './shared-memory.ts'
export type {
  Access,
  Applied,
  Decision,
  ObjectOperation,
  ObjectType,
  SharedHeader,
  SharedObject,
  SharedProgram,
  SharedProtocol,
} from './shared-memory.ts'
