import { casRegister as casRegisterModel } from '../checkers/models/cas-register.ts'
import { counter as counterModel } from '../checkers/models/counter.ts'
import { fetchAndAdd as fetchAndAddModel } from '../checkers/models/fetch-and-add.ts'
import { lock as lockModel } from '../checkers/models/lock.ts'
import { log as logModel } from '../checkers/models/log.ts'
import { multiRegister as multiRegisterModel } from '../checkers/models/multi-register.ts'
import { mutex as mutexModel } from '../checkers/models/mutex.ts'
import { priorityQueue as priorityQueueModel } from '../checkers/models/priority-queue.ts'
import { queue as queueModel } from '../checkers/models/queue.ts'
import { register as registerModel } from '../checkers/models/register.ts'
import { semaphore as semaphoreModel } from '../checkers/models/semaphore.ts'
import { set as setModel } from '../checkers/models/set.ts'
import { snapshot as snapshotModel } from '../checkers/models/snapshot.ts'
import { stack as stackModel } from '../checkers/models/stack.ts'
import { stringMap as stringMapModel } from '../checkers/models/string-map.ts'
import type { Json } from './core/json.ts'
import type { Model } from './core/model.ts'

/**
 * Makes a model. `initial` is the value at the beginning; without it the model's own.
 *
 * @throws UserError if the object cannot begin with that value
 */
export type MakeModel = (initial?: Json) => Model

/** One value, `null` at first: `read`, `write`. */
export const register = maker(registerModel)

/** A register with compare-and-set: `read`, `write`, `cas [from, to]`. */
export const casRegister = maker(casRegisterModel)

/** Registers by key, read and written several at once: `txn`. */
export const multiRegister = maker(multiRegisterModel)

/** A string by key, `""` at first: `get`, `put`, `append`. */
export const stringMap = maker(stringMapModel)

/** Values without order: `add`, `remove`, `contains`, `read`. */
export const set = maker(setModel)

/** First in, first out: `enqueue`, `dequeue`, `peek`. */
export const queue = maker(queueModel)

/** Last in, first out: `push`, `pop`, `peek`. */
export const stack = maker(stackModel)

/** The smallest first: `insert`, `extract-min`, `find-min`. */
export const priorityQueue = maker(priorityQueueModel)

/** A sum, 0 at first: `add`, `read`. */
export const counter = maker(counterModel)

/** A sum whose old value is answered: `fetch-and-add`, `read`. */
export const fetchAndAdd = maker(fetchAndAddModel)

/** Taken or free, whoever took it: `acquire`, `release`. */
export const mutex = maker(mutexModel)

/** Released only by the client that took it: `acquire`, `release`. */
export const lock = maker(lockModel)

/** So many permits as it has at the beginning, 1 by default: `acquire`, `release`. */
export const semaphore = maker(semaphoreModel)

/** A list that only grows: `append`, `read`. */
export const log = maker(logModel)

/** Named cells that can be seen all at once: `write [name, value]`, `read`, `snapshot`. */
export const snapshot = maker(snapshotModel)

function maker(model: Model): MakeModel {
  return (initial) => {
    if (initial === undefined) return model
    // Asked now, so that a value the model cannot begin with is refused where it was given.
    model.initial(initial)
    return { ...model, initial: (value = initial) => model.initial(value) }
  }
}
