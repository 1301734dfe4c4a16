import type { Json } from '../../core/json.ts'
import { Interner, canonical } from '../../core/json.ts'
import { UserError } from '../../core/user-error.ts'
import { BoundReached } from '../../explore/bounds.ts'
import type { Access, Decision, ObjectOperation, SharedProgram } from '../../node/index.ts'
import { operationText, outcomesOf } from './type-table.ts'

/** Local states and states of objects have numbers of sixteen bits. */
const MOST_NUMBERS = 1 << 16
const UNKNOWN = -1

/**
 * A program over integers: each local state of each process and each state of each object has a
 * number, and every step is computed by the real code once. Code is asked twice each time: a step
 * that comes out differently is told.
 */
export class InternedProgram {
  readonly processes: number
  readonly objects: readonly string[]
  /** Outcome `i` of a step: the new local state, the new state of the object, the response. */
  readonly locals: number[] = []
  readonly states: number[] = []
  readonly responses: Json[] = []
  readonly decisions = new Interner()
  readonly #name: string
  readonly #program: SharedProgram
  readonly #known: readonly ProcessStates[]
  readonly #objectStates: readonly Interner[]
  /** For each code of a step: its first outcome, and how many there are. */
  readonly #firsts: number[] = []
  readonly #counts: number[] = []

  constructor(name: string, program: SharedProgram, processes: number) {
    this.#name = name
    this.#program = program
    this.processes = processes
    this.objects = Object.keys(program.objects)
    this.#known = Array.from({ length: processes }, () => new ProcessStates())
    this.#objectStates = this.objects.map(() => new Interner())
  }

  /** The number of the local state in which a process begins with this input. */
  start(self: number, input: Json): number {
    return this.#local(self, () => this.#program.start(self, input), `start(${canonical(input)})`)
  }

  /** The numbers of the states in which the objects are made. */
  initialStates(): readonly number[] {
    return this.objects.map((name, object) =>
      numbered(this.#objectStates[object], this.#program.objects[name]?.initial),
    )
  }

  /** The object that a process accesses next, -1 if it has decided. */
  objectOf(self: number, local: number): number {
    return this.#known[self]!.objects[local]!
  }

  /** The number of what a process has decided, -1 if it has not. */
  decisionOf(self: number, local: number): number {
    return this.#known[self]!.decisions[local]!
  }

  localOf(self: number, local: number): Json {
    return this.#known[self]!.locals.value(local)
  }

  stateOf(object: number, state: number): Json {
    return this.#objectStates[object]!.value(state)
  }

  operationOf(self: number, local: number): ObjectOperation {
    const operation = this.#known[self]!.operations[local]
    if (operation === undefined) throw new RangeError('who has decided does nothing')
    return operation
  }

  /** A code for the step of a process whose object is in this state. */
  step(self: number, local: number, state: number): number {
    const row = this.#known[self]!.steps[local]!
    const code = state < row.length ? row[state]! : UNKNOWN
    return code === UNKNOWN ? this.#compute(self, local, state) : code
  }

  firstOutcome(code: number): number {
    return this.#firsts[code]!
  }

  outcomes(code: number): number {
    return this.#counts[code]!
  }

  #compute(self: number, local: number, state: number): number {
    const object = this.objectOf(self, local)
    const name = this.objects[object] ?? ''
    const shared = this.#program.objects[name]
    if (shared === undefined) throw new RangeError(`no object ${name}`)
    const operation = this.operationOf(self, local)
    const before = this.localOf(self, local)
    const found = outcomesOf(shared.type, this.stateOf(object, state), operation)
    const code = this.#firsts.length
    this.#firsts.push(this.locals.length)
    this.#counts.push(found.length)
    const told = `${name}.${operationText(operation)}`
    const after = found.map(({ response }) =>
      this.#local(
        self,
        () => this.#program.after(before, response, self),
        `after ${told} -> ${canonical(response)} in ${canonical(before)}`,
        before,
      ),
    )
    found.forEach((outcome, at) => {
      this.locals.push(after[at]!)
      this.states.push(numbered(this.#objectStates[object], outcome.state))
      this.responses.push(outcome.response)
    })
    this.#remember(self, local, state, code)
    return code
  }

  #remember(self: number, local: number, state: number, code: number): void {
    const { steps } = this.#known[self]!
    let row = steps[local]!
    if (state >= row.length) {
      const longer = new Int32Array(Math.max(state + 1, row.length * 2, 4)).fill(UNKNOWN)
      longer.set(row)
      row = longer
      steps[local] = row
    }
    row[state] = code
  }

  /** The number of a local state that the code makes, with what is done in it. */
  #local(self: number, make: () => Json, where: string, given: Json = null): number {
    const local = this.#twice(self, where, make, given)
    const states = this.#known[self]!
    const known = states.locals.find(local)
    if (known >= 0) return known
    const next = this.#twice(
      self,
      `next in ${canonical(local)}`,
      () => this.#checked(self, local),
      local,
    )
    const number = numbered(states.locals, local)
    const decided = 'decide' in next
    states.objects.push(decided ? -1 : this.objects.indexOf(next.object))
    states.operations.push(decided ? undefined : next.operation)
    states.decisions.push(decided ? this.decisions.id(next.decide) : -1)
    states.steps.push(new Int32Array(0))
    return number
  }

  /** What a process does, if it is something that can be done. */
  #checked(self: number, local: Json): Access | Decision {
    const next = this.#program.next(local, self) as Partial<Access & Decision>
    if (next.decide !== undefined) return { decide: next.decide }
    const { object = '', operation } = next
    if (operation !== undefined && Object.hasOwn(this.#program.objects, object))
      return { object, operation }
    const known = this.objects.join(', ')
    throw new UserError(
      operation === undefined
        ? 'next says neither what to access nor what is decided'
        : `there is no object '${object}'`,
      {
        where: `${this.#name}, process ${self}, in ${canonical(local)}`,
        hint: `next returns { object, operation } or { decide }; there is ${known}`,
      },
    )
  }

  /** Runs code of the protocol twice: it may have no memory, and may not change what it gets. */
  #twice<Answer extends Json | Access | Decision>(
    self: number,
    where: string,
    run: () => Answer,
    given: Json,
  ): Answer {
    const place = `${this.#name}, process ${self}, ${where}`
    const before = canonical(given)
    let first: Answer
    let again: Answer
    try {
      first = run()
      again = run()
    } catch (cause) {
      if (cause instanceof UserError) throw cause
      throw new UserError(`the protocol fails: ${String(cause)}`, {
        where: place,
        hint: 'a process must know what to do in every local state it can get into',
        cause,
      })
    }
    if ((first as unknown) === undefined)
      throw new UserError('the protocol answers nothing', { where: place, hint: 'return a value' })
    const answers = [canonical(first as Json), canonical(again as Json)]
    if (answers[0] !== answers[1])
      throw new UserError(`one step comes out in two ways: ${answers.join(' and ')}`, {
        where: place,
        hint: 'processes are deterministic: keep all memory in the local state',
      })
    if (canonical(given) !== before)
      throw new UserError('the step changes the local state it is given', {
        where: place,
        hint: 'return a new local state instead',
      })
    return first
  }
}

class ProcessStates {
  readonly locals = new Interner()
  readonly objects: number[] = []
  readonly operations: (ObjectOperation | undefined)[] = []
  readonly decisions: number[] = []
  /** For each local state, by state of the object: the code of the step. */
  readonly steps: Int32Array[] = []
}

function numbered(values: Interner | undefined, value: Json | undefined): number {
  const number = values?.id(value) ?? 0
  if (number >= MOST_NUMBERS) throw new BoundReached('states', MOST_NUMBERS)
  return number
}
