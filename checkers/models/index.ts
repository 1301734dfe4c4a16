import type { Model } from '../../src/core/model.ts'
import { nearest } from '../../src/core/nearest.ts'
import type { Operation } from '../../src/core/operation.ts'
import { UserError } from '../../src/core/user-error.ts'
import { callText, shown, who } from '../../src/core/wording.ts'
import type { History } from '../../src/history/history.ts'
import { casRegister } from './cas-register.ts'
import { counter } from './counter.ts'
import { fetchAndAdd } from './fetch-and-add.ts'
import { lock } from './lock.ts'
import { log } from './log.ts'
import { multiRegister } from './multi-register.ts'
import { mutex } from './mutex.ts'
import { priorityQueue } from './priority-queue.ts'
import { queue } from './queue.ts'
import { register } from './register.ts'
import { semaphore } from './semaphore.ts'
import { set } from './set.ts'
import { snapshot } from './snapshot.ts'
import { stack } from './stack.ts'
import { stringMap } from './string-map.ts'

/**
 * All models. Where operations fit several, the first one is meant, so the simpler stands before
 * the richer: reads and writes alone are a register's, and whoever means a lock with an owner
 * rather than a mutex has to say so.
 */
export const models: readonly Model[] = [
  register,
  casRegister,
  stringMap,
  counter,
  set,
  log,
  queue,
  stack,
  priorityQueue,
  fetchAndAdd,
  mutex,
  lock,
  semaphore,
  snapshot,
  multiRegister,
]

/** The model that is called `name`. @throws UserError if there is none */
export function modelNamed(name: string): Model {
  const found = models.find((model) => model.name === name)
  if (found !== undefined) return found
  const names = models.map((model) => model.name)
  const close = nearest(name, names)
  throw new UserError(`there is no model called ${shown(name)}`, {
    where: '--model',
    hint: `${close === undefined ? '' : `did you mean ${close}? There are: `}${names.join(', ')}`,
  })
}

/**
 * The first model that knows all operations and accepts every argument and answer. `source` names
 * the history in messages.
 *
 * @throws UserError that names the first operation at which no model is left
 */
export function inferModel(operations: readonly Operation[], source?: string): Model {
  let left = models
  for (const operation of operations) {
    // Nearly always every model that was left is still left.
    if (allAccept(left, operation)) continue
    const fitting = left.filter((model) => refusal(model, operation) === undefined)
    if (fitting.length === 0) throw noModel(left, operation, source)
    left = fitting
  }
  return left[0] ?? register
}

/**
 * Makes sure that the model knows all operations of a history and accepts their values. @throws
 * UserError
 */
export function validate(model: Model, history: History): void {
  for (const operation of history.operations) {
    const reason = refusal(model, operation)
    if (reason === undefined) continue
    throw new UserError(`${reason}, so this is no history of a ${model.name}`, {
      where: placeOf(operation, history.source),
      hint:
        meant(operation.f, [model]) +
        `another --model; a ${model.name} knows ${Object.keys(model.operations).join(', ')}`,
    })
  }
}

/**
 * `did you mean read? Otherwise `, for a name that no model knows but one of `likely` nearly has.
 */
function meant(f: string, likely: readonly Model[]): string {
  if (models.some((model) => Object.hasOwn(model.operations, f))) return ''
  const names = (among: readonly Model[]) => among.flatMap((model) => Object.keys(model.operations))
  const close = nearest(f, names(likely)) ?? nearest(f, names(models))
  return close === undefined ? '' : `did you mean ${close}? Otherwise `
}

function allAccept(left: readonly Model[], { f, value, result }: Operation): boolean {
  for (const model of left) {
    if (!Object.hasOwn(model.operations, f)) return false
    const shape = model.operations[f]
    if (shape?.value.accepts(value) !== true) return false
    if (result !== undefined && !shape.result.accepts(result)) return false
  }
  return true
}

/** Why an operation is not one of the model, as a fact, or `undefined` if it is. */
function refusal(model: Model, { f, process, value, result }: Operation): string | undefined {
  const shape = Object.hasOwn(model.operations, f) ? model.operations[f] : undefined
  if (shape === undefined) return `${who(process)} called ${callText(f, null)}`
  if (!shape.value.accepts(value)) {
    return `${who(process)} called ${f} with ${shown(value)}, not with ${shape.value.text}`
  }
  if (result === undefined || shape.result.accepts(result)) return undefined
  return `${who(process)} called ${f} and got ${shown(result)}, not ${shape.result.text}`
}

function noModel(left: readonly Model[], operation: Operation, source?: string): UserError {
  const where = placeOf(operation, source)
  const names = models.map((model) => model.name).join(', ')
  const knowing = models.filter((model) => Object.hasOwn(model.operations, operation.f))
  const deed = `${who(operation.process)} called ${callText(operation.f, null)}`
  if (knowing.length === 0) {
    const hint =
      meant(operation.f, left) +
      `--model with a module of your own, ./mine.js#model; built in are ${names}`
    return new UserError(`${deed}, which no model knows`, { where, hint })
  }
  const [only] = knowing
  const hint = `--model NAME, to see what does not fit; there are ${names}`
  if (left.length === models.length && knowing.length === 1 && only !== undefined) {
    return new UserError(refusal(only, operation) ?? deed, { where, hint })
  }
  const before = left.map((model) => model.name).join(' or ')
  const got = operation.result === undefined ? '' : ` and got ${shown(operation.result)}`
  const call = `${who(operation.process)} called ${callText(operation.f, operation.value)}${got}`
  const fact =
    left.length === models.length
      ? `${call}, which no model accepts`
      : `${call}, but all operations before it are those of a ${before}`
  return new UserError(fact, { where, hint })
}

function placeOf({ called }: Operation, source: string | undefined): string {
  return source === undefined ? `event ${called}` : `${source}, event ${called}`
}
