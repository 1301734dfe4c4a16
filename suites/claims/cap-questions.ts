/**
 * All small protocols for the two nodes of the CAP theorem. Each node answers a read with its own
 * copy or asks the other one first, and answers a write at once, after it has told the other one,
 * or without keeping it. While the link is cut whoever asks or tells waits in vain.
 */
import { conditionNamed } from '../../checkers/conditions.ts'
import { register } from '../../checkers/models/register.ts'
import type { Operation } from '../../src/core/operation.ts'
import { counted, shown as toldAs } from '../../src/core/wording.ts'
import { historyOf } from '../register-histories.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import { remembered } from './remembered.ts'

const READS = ['own copy', 'asks first', 'never answers'] as const
const WRITES = ['at once', 'tells first', 'tells later', 'never answers'] as const

/** What one node does. */
interface Node {
  readonly read: (typeof READS)[number]
  readonly write: (typeof WRITES)[number]
}

type Protocol = readonly [Node, Node]

const NODES: readonly Node[] = READS.flatMap((read) => WRITES.map((write) => ({ read, write })))

const PROTOCOLS: readonly Protocol[] = NODES.flatMap((first) =>
  NODES.map((second): Protocol => [first, second]),
)

/** Who asks what: a read or a write at the first or at the second node, one after the other. */
interface Deed {
  readonly at: 0 | 1
  readonly f: 'read' | 'write'
}

/** All scripts of up to three operations. */
const SCRIPTS: readonly (readonly Deed[])[] = [1, 2, 3].flatMap(scriptsOf)

function scriptsOf(length: number): readonly (readonly Deed[])[] {
  if (length === 0) return [[]]
  const deeds = ([0, 1] as const).flatMap((at) =>
    (['read', 'write'] as const).map((f): Deed => ({ at, f })),
  )
  return scriptsOf(length - 1).flatMap((script) => deeds.map((deed) => [...script, deed]))
}

/** What clients see if they ask one after the other, with the link up or cut all the time. */
function play(protocol: Protocol, script: readonly Deed[], isCut: boolean): readonly Operation[] {
  const copies: [number, number] = [0, 0]
  let written = 0
  return script.map(({ at, f }, id): Operation => {
    const { read, write } = protocol[at]
    const other = at === 0 ? 1 : 0
    const waits = f === 'read' ? read : write
    const isStuck = waits === 'never answers' || (isCut && /first/.test(waits))
    const value = f === 'write' ? ++written : null
    if (value !== null) {
      copies[at] = value
      if (!isCut && write !== 'at once' && write !== 'never answers') copies[other] = value
    } else if (!isCut && read === 'asks first') copies[at] = Math.max(...copies)
    const result = isStuck ? undefined : f === 'write' ? null : copies[at]
    return {
      id,
      process: `client ${at + 1}${isStuck ? ` (${id})` : ''}`,
      f,
      key: undefined,
      value,
      result,
      called: 2 * id,
      returned: isStuck ? Infinity : 2 * id + 1,
      calledAt: undefined,
      returnedAt: undefined,
    }
  })
}

const holds = (condition: string, operations: readonly Operation[]): boolean =>
  conditionNamed(condition).check(historyOf(operations), { model: register, initial: 0 })
    .outcome === 'pass'

const isAnswered = (operations: readonly Operation[]): boolean =>
  operations.every(({ returned }) => returned !== Infinity)

interface Kept {
  readonly isConsistent: boolean
  readonly isAvailable: boolean
}

/** What each protocol keeps, in all scripts, under a condition and with the link up or cut. */
const keptBy = {
  up: remembered(() => keptIn('linearizable', false)),
  cut: remembered(() => keptIn('linearizable', true)),
  weaklyCut: remembered(() => keptIn('causal-memory', true)),
}

function keptIn(condition: string, isCut: boolean): readonly Kept[] {
  return PROTOCOLS.map((protocol) => {
    const runs = SCRIPTS.map((script) => play(protocol, script, isCut))
    return {
      isConsistent: runs.every((run) => holds(condition, run)),
      isAvailable: runs.every(isAnswered),
    }
  })
}

/** How many protocols have which of both. */
function countsOf(found: readonly Kept[]) {
  return {
    consistent: found.filter(({ isConsistent }) => isConsistent).length,
    available: found.filter(({ isAvailable }) => isAvailable).length,
    both: found.filter(({ isConsistent, isAvailable }) => isConsistent && isAvailable).length,
  }
}

function countsText({ consistent, available, both }: ReturnType<typeof countsOf>): string {
  return `${consistent} are consistent, ${available} available, ${both} both`
}

const size =
  `of ${counted(PROTOCOLS.length, 'protocol')} of two nodes, in all ` +
  `${counted(SCRIPTS.length, 'script')} of up to 3 operations,`

/** With the link cut nothing is linearizable and available. */
export const notBoth = question(
  'enumeration',
  'while the link is cut no small protocol is both linearizable and available, but some are either',
  () => {
    const counts = countsOf(keptBy.cut())
    const isSo = counts.both === 0 && counts.consistent > 0 && counts.available > 0
    return answer(isSo, `${size} with the link cut ${countsText(counts)}`)
  },
)

/** With the link up some are: what cannot be had is not asked of the system alone. */
export const bothWithoutCut = question(
  'enumeration',
  'while the link is up some protocols are both',
  () => {
    const counts = countsOf(keptBy.up())
    return answer(counts.both > 0, `${size} with the link up ${countsText(counts)}`)
  },
)

/** A weaker consistency can be had with the link cut. */
export const bothIfWeak = question(
  'enumeration',
  'for causal memory instead of linearizability some protocols are both, with the link cut',
  () => {
    const weak = countsOf(keptBy.weaklyCut())
    const sentence = `${size} with the link cut and causal memory asked for ${countsText(weak)}`
    return answer(weak.both > 0 && countsOf(keptBy.cut()).both === 0, sentence)
  },
)

/** Whoever seems to have chosen C and A: which of the two it loses when the link is cut. */
export const noneIsSpared = question(
  'enumeration',
  'whatever is linearizable and available with the link up loses one of both when it is cut',
  () => {
    const lost = { consistency: 0, availability: 0, neither: 0 }
    let both = 0
    const cut = keptBy.cut()
    keptBy.up().forEach((up, at) => {
      if (!up.isConsistent || !up.isAvailable) return
      both++
      const { isConsistent, isAvailable } = cut[at] ?? up
      lost.consistency += Number(!isConsistent)
      lost.availability += Number(!isAvailable)
      lost.neither += Number(isConsistent && isAvailable)
    })
    const sentence =
      `of ${both} protocols that are both with the link up, ${lost.consistency} lose consistency ` +
      `when it is cut, ${lost.availability} availability, and ${lost.neither} neither`
    return answer(both > 0 && lost.neither === 0, sentence)
  },
)

/** The proof: what the second node answers cannot depend on the write that it has not heard of. */
export const cannotTell: Question = question(
  'enumeration',
  'with the link cut, a read at N2 returns the same with and without a write at N1',
  () => {
    let [answered, same, wrong] = [0, 0, 0]
    let shown: readonly string[] | undefined
    for (const protocol of PROTOCOLS) {
      const alone = play(protocol, [{ at: 1, f: 'read' }], true)
      const after = play(
        protocol,
        [
          { at: 0, f: 'write' },
          { at: 1, f: 'read' },
        ],
        true,
      )
      if (!isAnswered(alone) || !isAnswered(after)) continue
      const [before, later] = [alone.at(-1)?.result, after.at(-1)?.result]
      answered++
      same += Number(before === later)
      wrong += Number(!holds('linearizable', alone) || !holds('linearizable', after))
      shown ??= [
        `without the write: N2 answers ${toldAs(before)}`,
        `after N1 has acknowledged a write of 1: N2 answers ${toldAs(later)}`,
      ]
    }
    const sentence =
      `of ${answered} protocols that answer both, ${same} give the same answer, and in ${wrong} ` +
      'one of the two histories is not linearizable'
    return answer(answered > 0 && same === answered && wrong === answered, sentence, shown)
  },
)
