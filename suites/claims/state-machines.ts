/** Small machines whose commands are replicated: all short logs of them, in all orders. */
import { casRegister } from '../../checkers/models/cas-register.ts'
import { counter } from '../../checkers/models/counter.ts'
import { queue } from '../../checkers/models/queue.ts'
import { register } from '../../checkers/models/register.ts'
import { set } from '../../checkers/models/set.ts'
import type { Json } from '../../src/core/json.ts'
import { canonical } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import { callText } from '../../src/core/wording.ts'

export interface Command {
  readonly f: string
  readonly value: Json
}

export interface Machine {
  readonly name: string
  readonly commands: readonly Command[]
  readonly initial: Json
  apply(state: Json, command: Command): Json
}

function machineOf(model: Model, commands: readonly Command[]): Machine {
  return {
    name: model.name,
    commands,
    initial: model.initial(),
    apply(state, { f, value }) {
      const [only, ...others] = model.step(state, { f, value, process: 0 })
      if (only === undefined || others.length > 0)
        throw new Error(`${model.name} is not a function`)
      return only.state
    },
  }
}

const does = (f: string, value: Json = null): Command => ({ f, value })

export const registerMachine = machineOf(register, [
  does('write', 1),
  does('write', 2),
  does('read'),
])

export const counterMachine = machineOf(counter, [does('add', 1), does('add', 2), does('read')])

/** Those that come with synod and of which all small states can be looked at. */
export const machines: readonly Machine[] = [
  registerMachine,
  counterMachine,
  machineOf(casRegister, [does('write', 1), does('cas', [1, 2]), does('cas', [2, 1])]),
  machineOf(set, [does('add', 1), does('add', 2), does('remove', 1)]),
  machineOf(queue, [does('enqueue', 1), does('enqueue', 2), does('dequeue')]),
]

/** All logs of at most so many commands, the shortest first. */
export function logsOf({ commands }: Machine, most: number): readonly (readonly Command[])[] {
  let level: readonly (readonly Command[])[] = [[]]
  const all = [...level]
  for (let length = 1; length <= most; length++) {
    level = level.flatMap((log) => commands.map((command) => [...log, command]))
    all.push(...level)
  }
  return all
}

/** The state after a log. */
export function after(machine: Machine, log: readonly Command[]): Json {
  return log.reduce<Json>((state, command) => machine.apply(state, command), machine.initial)
}

export function isSame(one: Json, other: Json): boolean {
  return canonical(one) === canonical(other)
}

/** The states that logs of at most so many commands lead to. */
export function statesOf(machine: Machine, most: number): readonly Json[] {
  const states = logsOf(machine, most).map((log) => after(machine, log))
  return [...new Map(states.map((state) => [canonical(state), state])).values()]
}

/** Whether two commands lead to one state in either order, from each of these states. */
export function commute(
  machine: Machine,
  states: readonly Json[],
  one: Command,
  other: Command,
): boolean {
  return states.every((state) =>
    isSame(
      machine.apply(machine.apply(state, one), other),
      machine.apply(machine.apply(state, other), one),
    ),
  )
}

export function without<Item>(items: readonly Item[], at: number): readonly Item[] {
  return items.filter((_, place) => place !== at)
}

/** The log with the commands at a place and after it exchanged. */
export function swappedAt<Item>(items: readonly Item[], at: number): readonly Item[] {
  return items.map((item, place) =>
    place === at ? (items[at + 1] ?? item) : place === at + 1 ? (items[at] ?? item) : item,
  )
}

/** `write 1, read` */
export function logText(log: readonly Command[]): string {
  return log.map(({ f, value }) => callText(f, value)).join(', ')
}
