import { priorityQueue } from '../../checkers/models/priority-queue.ts'
import { queue } from '../../checkers/models/queue.ts'
import { stack } from '../../checkers/models/stack.ts'
import type { Problem } from '../../src/core/engine.ts'
import type { Model } from '../../src/core/model.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { Random } from '../../src/core/random.ts'
import { priorityQueueOf } from '../../src/linearize/priority-queue-sweep.ts'
import { fifoQueue } from '../../src/linearize/queue-order.ts'
import { lifoStack } from '../../src/linearize/stack-intervals.ts'
import type { Kind } from './collection-check.ts'
import { fastPriorityQueue, fastQueue, fastStack } from './collection-run.ts'
import { randomProblem } from '../oracle/random-problem.ts'

/** How a collection calls its operations. */
export interface Names {
  readonly insert: string
  readonly remove: string
  readonly peek: string
}

const inQueue: Names = { insert: 'enqueue', remove: 'dequeue', peek: 'peek' }
const inStack: Names = { insert: 'push', remove: 'pop', peek: 'peek' }
const inPriorityQueue: Names = { insert: 'insert', remove: 'extract-min', peek: 'find-min' }

const lists = ({ insert, remove, peek }: Names) => ({
  insert: [insert],
  remove: [remove],
  peek: [peek],
})

export const queueKind: Kind = {
  model: queue,
  names: inQueue,
  engine: fifoQueue(lists(inQueue)),
  fast: fastQueue,
}
export const stackKind: Kind = {
  model: stack,
  names: inStack,
  engine: lifoStack(lists(inStack)),
  fast: fastStack,
}
export const priorityKind: Kind = {
  model: priorityQueue,
  names: inPriorityQueue,
  engine: priorityQueueOf(lists(inPriorityQueue)),
  fast: fastPriorityQueue,
}
export const queueProblem = collectionProblem(queue, inQueue)
export const stackProblem = collectionProblem(stack, inStack)
export const priorityProblem = collectionProblem(priorityQueue, inPriorityQueue)

/**
 * Random small histories of a collection with unique values: with many answers 'empty', peeks,
 * values that nobody removes, initial values, unknown outcomes, and wrong answers in most.
 */
function collectionProblem(model: Model, names: Names) {
  return (random: Random): Problem => {
    const problem = random.chance(1, 4) ? legal(random, model, names) : noisy(random, model, names)
    if (random.chance(1, 2)) return problem
    return random.chance(1, 2)
      ? exchanged(random, problem, names)
      : corrupted(random, problem, names)
  }
}

/** How a history is made up, so that there are some of every kind. */
function mixture(random: Random, names: Names) {
  const insertions = random.int(30, 60)
  const peeks = random.pick([0, 0, 15, 35])
  const order = random.shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  return {
    initial: random.chance(1, 8) ? [100, 101].slice(random.int(0, 1)) : [],
    operations: random.pick([6, 9, 11]),
    crashes: random.pick([0, 0, 8, 20]),
    call: (draw: Random, n: number) => {
      if (draw.int(1, 100) <= insertions) return { f: names.insert, value: order[n] ?? n + 1 }
      return { f: draw.int(1, 100) <= peeks ? names.peek : names.remove, value: null }
    },
  }
}

function legal(random: Random, model: Model, names: Names): Problem {
  const clients = random.pick([2, 2, 3, 4])
  return randomProblem(random, { model, clients, ...mixture(random, names) })
}

/**
 * Every operation takes effect at a moment somewhere near its interval: mostly in it, and in noisy
 * histories also before or after, which gives plausible wrong answers.
 */
function noisy(random: Random, model: Model, names: Names): Problem {
  const { initial, operations: most, crashes, call } = mixture(random, names)
  const noise = random.pick([0, 15, 30, 60, 120])
  const width = random.int(1, 3)
  const count = random.int(4, most)
  const open: number[] = []
  const operations: Operation[] = []
  for (let position = 0; operations.length < count || open.length > 0; position++) {
    const opens = operations.length < count && open.length < width
    if (opens && (open.length === 0 || random.chance(1, 2))) {
      const id = operations.length
      open.push(id)
      operations.push({
        id,
        process: id,
        key: undefined,
        ...call(random, id),
        result: undefined,
        called: position,
        returned: Infinity,
        calledAt: undefined,
        returnedAt: undefined,
      })
    } else {
      const id = random.pick(open)
      open.splice(open.indexOf(id), 1)
      operations[id] = { ...(operations[id] as Operation), returned: position }
    }
  }
  const moments = operations.map(({ called, returned }, id) => {
    const wrong = random.chance(2, 3) ? random.int(-noise, noise) : 0
    return { id, moment: random.int(10 * called + 1, 10 * returned - 1) + wrong }
  })
  let state = model.initial(initial)
  for (const { id } of moments.sort((a, b) => a.moment - b.moment)) {
    const op = operations[id] as Operation
    const crashed = random.int(1, 100) <= crashes
    if (crashed) operations[id] = { ...op, returned: Infinity }
    if (crashed && random.chance(1, 2)) continue
    const [step] = model.step(state, op)
    if (step === undefined) throw new Error(`${model.name} allows no step`)
    state = step.state
    if (!crashed) operations[id] = { ...op, result: step.result }
  }
  return { model, initial, operations }
}

/** Gives the answers of the removals to each other at random, and those of the peeks. */
function exchanged(random: Random, problem: Problem, { insert, remove }: Names): Problem {
  const operations = problem.operations.map((operation) => ({ ...operation }))
  for (const removes of [true, false]) {
    const looks = operations.filter((op) => {
      return op.f !== insert && op.result !== undefined && (op.f === remove) === removes
    })
    const results = random.shuffle(looks.map((op) => op.result))
    looks.forEach((op, i) => Object.assign(op, { result: results[i] }))
  }
  return { ...problem, operations }
}

/** Changes an answer, mostly to a value that was inserted and that nobody else got. */
function corrupted(random: Random, problem: Problem, names: Names): Problem {
  const operations = problem.operations.map((operation) => ({ ...operation }))
  const looks = operations.filter((op) => op.f !== names.insert && op.result !== undefined)
  if (looks.length === 0) return problem
  const one = random.pick(looks)
  const other = random.pick(looks)
  if (random.chance(1, 3)) {
    const result = one.result
    Object.assign(one, { result: other.result })
    Object.assign(other, { result })
  } else {
    const inserted = operations.filter((op) => op.f === names.insert).map((op) => op.value)
    const removed = looks.filter((op) => op.f === names.remove).map((op) => op.result)
    const free = inserted.filter((value) => !removed.includes(value))
    const pool = random.chance(1, 2) && free.length > 0 ? free : [null, ...free]
    Object.assign(one, { result: random.pick(pool) })
  }
  return { ...problem, operations }
}
