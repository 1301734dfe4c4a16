/**
 * Judges recorded histories of distributed systems.
 *
 * @packageDocumentation
 */
export { conditionNamed, conditions, directConditions } from '../checkers/conditions.ts'
export { judge } from '../checkers/judge.ts'
export type { Evidence, JudgeOptions, Judgement } from '../checkers/judge.ts'
export type {
  CheckOptions,
  Condition,
  ConditionVerdict,
  Violation,
  Witness,
} from '../checkers/condition.ts'
export { inferModel, modelNamed, models } from '../checkers/models/index.ts'
export type { Weaker } from '../checkers/weaker.ts'
export { linearizableMonitor } from '../checkers/monitors/linearizable.ts'
export type { LinearizableState } from '../checkers/monitors/linearizable.ts'
export type { HistoryMoment, Monitor } from './core/monitor.ts'

export { drawTimeline } from './history/draw-timeline.ts'
export type { DrawOptions } from './history/draw-timeline.ts'
export { eventJsonSchema, historyEvent } from './history/event.ts'
export type { HistoryEvent } from './history/event.ts'
export { FORMATS } from './history/format.ts'
export type { Format } from './history/format.ts'
export { generate } from './history/generate.ts'
export type { GeneratedHistory, GenerateOptions } from './history/generate.ts'
export type { CallOptions, DrawnCall, Situation } from './history/draw-call.ts'
export type { Fault, History } from './history/history.ts'
export { FAULTS } from './history/plant-fault.ts'
export type { PlantedFault } from './history/plant-fault.ts'
export { readEvents, readHistory } from './history/read-history.ts'
export type { Input, ReadOptions } from './history/read-history.ts'
export { record } from './history/record.ts'
export type {
  RecordedClient,
  RecordedOperation,
  Recorder,
  RecorderOptions,
} from './history/record.ts'
export { timeline } from './history/timeline.ts'
export type { JepsenOptions } from './history/translate-jepsen.ts'
export { writeEvents, writeHistory } from './history/write-history.ts'
export type { Output } from './history/write-history.ts'

export type { Budget } from './core/budget.ts'
export type { Contradiction, Decision, Engine, Problem } from './core/engine.ts'
export type { Meter } from './core/budget.ts'
export type { Json } from './core/json.ts'
export type { Call, Model, OperationShape, Step } from './core/model.ts'
export type { Operation, Process } from './core/operation.ts'
export type { Random } from './core/random.ts'
export type { Shape } from './core/shape.ts'
export { UserError } from './core/user-error.ts'
export type { BoundHit, Outcome, Verdict } from './core/verdict.ts'

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
