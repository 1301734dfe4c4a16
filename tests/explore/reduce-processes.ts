import type { Random } from '../../src/core/random.ts'
import type { AnyModel } from '../../src/explore/index.ts'
import { model } from '../../src/explore/index.ts'
import type { MapPlace, SeqPlace } from '../../src/state/index.ts'
import { id, int, mapOf, seqOf, tuple } from '../../src/state/index.ts'

interface Open {
  at: MapPlace<number, number, number>
  flag: MapPlace<number, number, number>
  board: number
  link: MapPlace<unknown, readonly number[], SeqPlace<number>>
}

/** What one kind of step asks and does. */
interface Made {
  readonly in: number
  readonly waits: 'no' | 'for anything' | 'for a message' | 'for two' | 'for silence'
  readonly message: number
  readonly asksBoard: boolean
  readonly board: number
  readonly to: number
  readonly raises: number
  readonly writesBoard: boolean
  readonly sends: number
  readonly choices: number
}

const SIZE = 2

/**
 * Random processes with three places each that wait for messages, change places, raise a flag and
 * send; sometimes over a board that everybody reads and writes. In a ring, or each with each.
 */
export function randomProcesses(random: Random): AnyModel {
  const count = random.int(2, 3)
  const ring = random.chance(1, 2)
  const Node = id('node', count)
  const steps = Array.from({ length: random.int(3, 6) }, () => randomStep(random))
  const next = (n: number) => (n + 1) % count
  const links = ring
    ? mapOf(Node, seqOf(int(0, 1), SIZE))
    : mapOf(tuple(Node, Node), seqOf(int(0, 1), SIZE))
  const from = (n: number) => (n + count - 1) % count
  const inbox = (n: number): unknown => (ring ? n : [from(n), n])
  const outbox = (n: number): unknown => (ring ? next(n) : [n, next(n)])
  const awake = random.chance(1, 4) ? 1 : count
  const made = {
    state: {
      at: mapOf(Node, int(0, 2)),
      flag: mapOf(Node, int(0, 1)),
      board: int(0, 1),
      link: links,
    },
    init: (s: Open) => {
      for (let n = awake; n < count; n++) s.at.set(n, 2)
    },
    actions: Object.fromEntries(
      steps.map((step, index) => [`step${String(index)}`, actionOf(step, Node, inbox, outbox)]),
    ),
    invariants: claims(random, 2),
    sometimes: claims(random, 2),
    ends: random.chance(1, 2) ? ('anywhere' as const) : () => false,
    ...(random.chance(1, 5) ? { within: (s: Open) => s.flag.get(0) === 0 } : {}),
    processes: {
      kind: Node,
      links: {
        link: ring
          ? (n: number) => [from(n), n]
          : ([one, other]: readonly number[]) => [one, other],
      },
    },
  }
  return model(made as never) as AnyModel
}

function randomStep(random: Random): Made {
  return {
    in: random.int(0, 2),
    waits: random.chance(1, 40)
      ? 'for silence'
      : random.pick(['no', 'no', 'for anything', 'for a message', 'for a message', 'for two']),
    message: random.int(0, 1),
    asksBoard: random.chance(1, 12),
    board: random.int(0, 1),
    to: random.int(0, 2),
    raises: random.chance(1, 4) ? random.int(0, 1) : 2,
    writesBoard: random.chance(1, 12),
    sends: random.int(0, 3),
    choices: random.chance(1, 4) ? 2 : 1,
  }
}

function actionOf(
  step: Made,
  Node: ReturnType<typeof id>,
  inbox: (n: number) => unknown,
  outbox: (n: number) => unknown,
) {
  const heard = (s: Open, n: number): boolean => {
    const link = s.link.get(inbox(n))
    switch (step.waits) {
      case 'no':
        return true
      case 'for anything':
        return link.length > 0
      case 'for a message':
        return link.length > 0 && link.at(0) === step.message
      case 'for two':
        return link.length >= 2
      case 'for silence':
        return link.length === 0
    }
  }
  const takes = step.waits.startsWith('for a') || step.waits === 'for two'
  return {
    for: [Node, int(1, step.choices)],
    when: (s: Open, n: number) =>
      s.at.get(n) === step.in &&
      (!step.asksBoard || s.board === step.board) &&
      heard(s, n) &&
      (step.sends > 1 || !s.link.get(outbox(n)).full),
    then: (s: Open, n: number, choice: number) => {
      if (takes) s.link.get(inbox(n)).shift()
      s.at.set(n, (step.to + choice) % 3)
      if (step.raises < 2) s.flag.set(n, step.raises)
      if (step.writesBoard) s.board = step.board
      if (step.sends < 2) s.link.get(outbox(n)).push(step.sends)
    },
  }
}

function claims(random: Random, most: number) {
  const claim = () => {
    const wanted = random.int(0, 2)
    const count = random.int(0, 2)
    const aboutFlags = [
      (s: Open) => s.flag.count((flag) => flag === 1) <= count,
      (s: Open) => s.flag.some((flag) => flag === 1),
      (s: Open) => s.flag.every((flag) => flag === 1),
    ]
    if (random.chance(4, 5)) return random.pick(aboutFlags)
    return random.pick([
      (s: Open) => s.at.get(0) !== wanted || s.at.get(1) !== wanted,
      (s: Open) => s.flag.get(0) === 0 || s.at.get(1) === wanted,
      (s: Open) => s.link.every((link) => link.length < SIZE),
      (s: Open) => s.board === 0,
    ])
  }
  return Object.fromEntries(
    Array.from({ length: random.int(0, most) }, (_, index) => [`claim${String(index)}`, claim()]),
  )
}
