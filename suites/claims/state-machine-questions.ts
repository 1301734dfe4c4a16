/** What becomes of replicas that apply a log, or not quite the same one. */
import { applied, emptyKeyValue } from '../../impls/machine/key-value.ts'
import type { KeyValue } from '../../impls/machine/key-value.ts'
import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import { counted } from '../../src/core/wording.ts'
import { answer, question } from './check.ts'
import type { Command, Machine } from './state-machines.ts'
import {
  after,
  commute,
  counterMachine,
  isSame,
  logText,
  logsOf,
  machines,
  registerMachine,
  statesOf,
  swappedAt,
  without,
} from './state-machines.ts'

const REPLICAS = 3
const MOST = 5

export const sameLogSameState = question(
  'enumeration',
  'three replicas of the key-value store that apply the same log are in the same state',
  () => {
    const commands = [
      { f: 'write', value: 1 },
      { f: 'write', value: 2 },
      { f: 'cas', value: [1, 2] },
      { f: 'read', value: null },
    ] as const
    const logs = logsOf({ ...registerMachine, commands }, MOST)
    let same = 0
    for (const log of logs) {
      const states = Array.from({ length: REPLICAS }, () => storeAfter(log))
      if (new Set(states.map((state) => canonical(state as unknown as Json))).size === 1) same++
    }
    const sentence = `${same} of ${counted(logs.length, 'log')} of at most ${MOST} commands`
    return answer(same === logs.length, sentence)
  },
)

function storeAfter(log: readonly Command[]): KeyValue {
  return log.reduce<KeyValue>(
    (machine, { f, value }, at) =>
      applied(machine, { client: 'c', serial: at + 1, f: f as 'read', key: 'x', value }),
    emptyKeyValue,
  )
}

/** What each replica draws for itself: all ways to draw 0 or 1. */
function draws(): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** REPLICAS }, (_, bits) =>
    Array.from({ length: REPLICAS }, (_each, replica) => (bits >> replica) & 1),
  )
}

export const drawnApart = question(
  'enumeration',
  'a single command that draws a number lets replicas that execute it come apart',
  () => {
    const apart = draws().filter((drawn) => new Set(drawn).size > 1)
    const sentence =
      `in ${apart.length} of ${draws().length} ways to draw 0 or 1, each for itself, the ` +
      `registers of ${REPLICAS} replicas differ after the first command`
    const [first = []] = apart
    return answer(apart.length > 0, sentence, [`write a number of its own: ${first.join(', ')}`])
  },
)

export const drawnOnce = question(
  'enumeration',
  'they stay together if one draws, and the number is what is replicated',
  () => {
    const ends = [0, 1].map((number) =>
      Array.from({ length: REPLICAS }, () =>
        after(registerMachine, [{ f: 'write', value: number }]),
      ),
    )
    const apart = ends.filter((states) => new Set(states.map(canonical)).size > 1)
    return answer(
      apart.length === 0,
      `they differ in ${apart.length} of ${ends.length} ways to draw`,
    )
  },
)

interface Skipped {
  readonly log: readonly Command[]
  readonly at: number
  readonly diverges: boolean
}

/** All logs with one command left out at one replica. */
function skips(machine: Machine, most: number): readonly Skipped[] {
  return logsOf(machine, most).flatMap((log) =>
    log.map((_, at) => ({
      log,
      at,
      diverges: !isSame(after(machine, log), after(machine, without(log, at))),
    })),
  )
}

export const skippedUnseen = question(
  'enumeration',
  'a replica of a register that skips a command may end up the same',
  () => {
    const all = skips(registerMachine, 4)
    const same = all.filter(({ diverges }) => !diverges)
    const writes = same.filter(({ log, at }) => log[at]?.f === 'write')
    const [first] = writes
    const sentence =
      `in ${same.length} of ${counted(all.length, 'case')}, in ${writes.length} of which it ` +
      'skips a write'
    const shown =
      first === undefined
        ? []
        : [`${logText(first.log)}: without ${logText(first.log.slice(first.at, first.at + 1))}`]
    return answer(writes.length > 0, sentence, shown)
  },
)

export const skippedSeen = question(
  'enumeration',
  'it diverges just where the command is the last write, and writes what was not there',
  () => {
    const all = skips(registerMachine, MOST)
    const wrong = all.filter(({ log, at, diverges }) => {
      const last = log.findLastIndex(({ f }) => f === 'write') === at
      const there = after(registerMachine, log.slice(0, at))
      return diverges !== (last && !isSame(there, log[at]?.value ?? null))
    })
    const sentence = `${wrong.length} exceptions in ${counted(all.length, 'case')}`
    return answer(wrong.length === 0, sentence)
  },
)

export const addsAreMissed = question(
  'enumeration',
  'a counter that skips an add always diverges, and one that skips a read never',
  () => {
    const all = skips(counterMachine, MOST)
    const wrong = all.filter(({ log, at, diverges }) => diverges !== (log[at]?.f === 'add'))
    return answer(
      wrong.length === 0,
      `${wrong.length} exceptions in ${counted(all.length, 'case')}`,
    )
  },
)

interface Swapped {
  readonly log: readonly Command[]
  readonly at: number
  readonly diverges: boolean
  readonly commutes: boolean
}

/** All logs with two neighbours exchanged at one replica. */
function swaps(machine: Machine, most: number): readonly Swapped[] {
  const states = statesOf(machine, most)
  return logsOf(machine, most).flatMap((log) =>
    log.slice(1).flatMap((other, at): readonly Swapped[] => {
      const one = log[at]
      if (one === undefined || one === other) return []
      const diverges = !isSame(after(machine, log), after(machine, swappedAt(log, at)))
      return [{ log, at, diverges, commutes: commute(machine, states, one, other) }]
    }),
  )
}

export const orderUnseen = question(
  'enumeration',
  'replicas of a counter that apply commands in different orders end up the same',
  () => {
    const all = swaps(counterMachine, MOST)
    const apart = all.filter(({ diverges }) => diverges)
    return answer(
      all.length > 0 && apart.length === 0,
      `${apart.length} of ${counted(all.length, 'exchange')} of neighbours make a difference`,
    )
  },
)

export const orderSeen = question(
  'enumeration',
  'exchanging commands that commute makes no difference; others make one in some log',
  () => {
    const rows = machines.map((machine) => {
      const all = swaps(machine, 4)
      const wrong = all.filter(({ commutes, diverges }) => commutes && diverges).length
      const open = all.filter(({ commutes }) => !commutes)
      const apart = open.filter(({ diverges }) => diverges).length
      return { name: machine.name, wrong, open: open.length, apart }
    })
    const shown = rows.map(
      ({ name, wrong, open, apart }) =>
        `${name}: ${wrong} of those that commute differ, ${apart} of ${open} others`,
    )
    const isSo = rows.every(({ wrong, open, apart }) => wrong === 0 && apart > 0 === open > 0)
    // What is overwritten later leaves no trace, so not each of the others makes a difference.
    return answer(isSo && rows.some(({ open, apart }) => apart < open), shown.join('; '), shown)
  },
)

/** Pairs of commands that come apart after some log, by the literature, of those that are tried. */
const KNOWN_APART: Readonly<Record<string, readonly string[]>> = {
  register: ['write 1 and write 2'],
  counter: [],
  'cas-register': ['write 1 and cas [1,2]', 'cas [1,2] and cas [2,1]'],
  set: ['add 1 and remove 1'],
  queue: ['enqueue 1 and enqueue 2', 'enqueue 1 and dequeue', 'enqueue 2 and dequeue'],
}

export const orderMatrix = question(
  'enumeration',
  'two replicas that take two commands in opposite orders come apart just where these do not ' +
    'commute: writes, updates of one element, operations on a queue, and never adds to a counter',
  () => {
    const found = machines.map((machine) => ({ name: machine.name, apart: pairsApart(machine) }))
    const shown = found.map(({ name, apart }) => {
      return `${name}: ${apart.length === 0 ? 'all commute' : apart.join('; ')}`
    })
    const isSo = found.every(({ name, apart }) => apart.join() === KNOWN_APART[name]?.join())
    const pairs = machines.reduce((sum, { commands: { length } }) => sum + choices(length), 0)
    const all = found.reduce((sum, { apart }) => sum + apart.length, 0)
    return answer(isSo, `${all} of ${counted(pairs, 'pair')} of commands do not commute`, shown)
  },
)

function pairsApart(machine: Machine): readonly string[] {
  const logs = logsOf(machine, 3)
  return machine.commands.flatMap((one, at) =>
    machine.commands.slice(at + 1).flatMap((other) => {
      const isApart = logs.some(
        (log) =>
          !isSame(after(machine, [...log, one, other]), after(machine, [...log, other, one])),
      )
      return isApart ? [`${logText([one])} and ${logText([other])}`] : []
    }),
  )
}

function choices(count: number): number {
  return (count * (count - 1)) / 2
}
