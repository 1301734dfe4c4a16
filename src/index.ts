/**
 * Judges recorded histories of distributed systems.
 *
 * @packageDocumentation
 */
export { judge } from '../checkers/judge.ts'
export type { Evidence, JudgeOptions, Judgement } from '../checkers/judge.ts'
export type { Violation, Witness } from '../checkers/condition.ts'
export type { Weaker } from '../checkers/weaker.ts'

export { eventJsonSchema } from './history/event.ts'
export type { HistoryEvent } from './history/event.ts'
export type { Fault, History } from './history/history.ts'
export { readHistory } from './history/read-history.ts'
export type { Input, ReadOptions } from './history/read-history.ts'
export { record } from './history/record.ts'
export type {
  RecordedClient,
  RecordedOperation,
  Recorder,
  RecorderOptions,
} from './history/record.ts'
export { timeline } from './history/timeline.ts'

export type { Budget } from './core/budget.ts'
export type { Decision, Engine, Problem } from './core/engine.ts'
export type { Meter } from './core/budget.ts'
export type { Json } from './core/json.ts'
export type { Call, Model, OperationShape, Step } from './core/model.ts'
export type { Operation, Process } from './core/operation.ts'
export type { Shape } from './core/shape.ts'
export { UserError } from './core/user-error.ts'
export type { BoundHit, Outcome } from './core/verdict.ts'

export {
  casRegister,
  counter,
  fetchAndAdd,
  lock,
  log,
  multiRegister,
  mutex,
  priorityQueue,
  queue,
  register,
  semaphore,
  set,
  snapshot,
  stack,
  stringMap,
} from './models.ts'
export type { MakeModel } from './models.ts'
