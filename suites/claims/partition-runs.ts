/** Real replicas whose links are cut for a while: who is answered, and with what. */
import { linearizable } from '../../checkers/linearizable.ts'
import { register } from '../../checkers/models/register.ts'
import { abd } from '../../impls/registers/abd.ts'
import { tunableStore } from '../../impls/replication/tunable-store.ts'
import type { Fault } from '../../src/node/index.ts'
import type { History } from '../../src/history/history.ts'
import { counted } from '../../src/core/wording.ts'
import { answer, question } from './check.ts'
import type { Ask } from './scripted-run.ts'
import { answered, eventsOf, linesOf, played } from './scripted-run.ts'

const SIDES = [['n1', 'n2'], ['n3']] as const

const CUT: Fault = { type: 'partition', at: 50, from: [...SIDES[0]], to: [...SIDES[1]], both: true }

/** A write on the one side, and reads on both, with the link cut; first a write while it is up. */
const ASKS: readonly Ask[] = [
  { at: 10, client: 0, node: 'n1', f: 'write', value: 1 },
  { at: 100, client: 0, node: 'n1', f: 'write', value: 2 },
  { at: 200, client: 1, node: 'n2', f: 'read' },
  { at: 300, client: 2, node: 'n3', f: 'read' },
  { at: 400, client: 2, node: 'n3', f: 'write', value: 3 },
  { at: 500, client: 3, node: 'n1', f: 'read' },
]

interface Outcome {
  readonly history: History
  readonly isConsistent: boolean
  readonly isAvailable: boolean
}

/** The store with so many answers and acknowledgements of 3, with its link cut or not. */
function outcomeOf(reads: number, writes: number, faults: readonly Fault[]): Outcome {
  const history = played({
    protocol: tunableStore,
    options: { reads, writes },
    nodes: 3,
    asks: ASKS,
    faults,
  })
  const { outcome } = linearizable.check(history, { model: register })
  return {
    history,
    isConsistent: outcome === 'pass',
    isAvailable: answered(history) === ASKS.length,
  }
}

const NUMBERS = [1, 2, 3]

const CONFIGURATIONS = NUMBERS.flatMap((reads) =>
  NUMBERS.map((writes) => ({ reads, writes, name: `R = ${reads}, W = ${writes}` })),
)

/** Consistent, available, and cut in two: of all settings none has all three. */
export const notAllThree = question(
  'run',
  'whatever R and W of 3 replicas are, a run with the link cut is not linearizable or not answered',
  () => {
    const found = CONFIGURATIONS.map((one) => ({
      ...one,
      ...outcomeOf(one.reads, one.writes, [CUT]),
    }))
    const both = found.filter(({ isConsistent, isAvailable }) => isConsistent && isAvailable)
    const consistent = found.filter(({ isConsistent }) => isConsistent)
    const available = found.filter(({ isAvailable }) => isAvailable)
    const [example] = available
    const sentence =
      `of 9 settings ${consistent.length} are linearizable in the run, ${available.length} ` +
      `answer everything (${available.map(({ name }) => name).join('; ')}), ${both.length} both`
    const isSo = both.length === 0 && consistent.length > 0 && available.length > 0
    const shown = example === undefined ? [] : [`${example.name}:`, ...linesOf(example.history)]
    return answer(isSo, sentence, shown)
  },
)

/** The same run with the link up: the control. */
export const allWithoutCut = question(
  'run',
  'the same run with the link up is linearizable and answered wherever R + W > 3',
  () => {
    const found = CONFIGURATIONS.filter(({ reads, writes }) => reads + writes > 3).map((one) =>
      outcomeOf(one.reads, one.writes, []),
    )
    const right = found.filter(({ isConsistent, isAvailable }) => isConsistent && isAvailable)
    return answer(
      right.length === found.length,
      `${right.length} of ${counted(found.length, 'setting')} with R + W > 3`,
    )
  },
)

/** How many are answered on the smaller side, and whether they see what was acknowledged. */
export const tuning = question(
  'run',
  'with the link cut the smaller side reads if R = 1 and writes if W = 1; R + W > 3 is never stale',
  () => {
    let wrong = 0
    const lines = CONFIGURATIONS.map(({ reads, writes, name }) => {
      const { history } = outcomeOf(reads, writes, [CUT])
      const alone = history.operations.filter(({ process }) => String(process).startsWith('c3'))
      const [read] = alone.filter(({ f }) => f === 'read')
      const [write] = alone.filter(({ f }) => f === 'write')
      const isRead = read?.result !== undefined
      const isWritten = write?.result !== undefined
      const wasAcknowledged = history.operations.some(
        ({ f, value, result }) => f === 'write' && value === 2 && result !== undefined,
      )
      const isStale = isRead && wasAcknowledged && read.result !== 2
      wrong += Number(isRead !== (reads === 1))
      // A client whose read is not answered does not come to write.
      wrong += Number(isRead && isWritten !== (writes === 1))
      wrong += Number(isStale && reads + writes > 3)
      const told = !isRead ? 'no read' : isStale ? 'a stale read' : 'a read'
      return `${name}: ${told}, ${isWritten ? 'a write' : 'no write'}`
    })
    const stale = lines.filter((line) => line.includes('stale')).length
    const sentence = `the smaller side gets: ${lines.join('; ')}`
    return answer(wrong === 0 && stale > 0 && stale < lines.length, sentence)
  },
)

/** For how long the link is slow, or cut, and for how long clients wait. */
const SLOW_MS = 600
const PATIENCE_MS = 200

/** Links that deliver nothing for longer than anybody waits, and links that lose everything. */
export const slowIsCut = question(
  'run',
  'clients that wait for 200 ms see no difference between links held for 600 ms and cut ones',
  () => {
    const [slow, cut] = (['clog', 'partition'] as const).map((type) => ({
      protocol: abd,
      nodes: 3,
      timeoutMs: PATIENCE_MS,
      untilMs: 50 + SLOW_MS - 1,
      asks: [
        ...ASKS.map((ask) => ({ ...ask, client: ask.at / 10 })),
        { at: 120, client: 0, node: 'n3', f: 'read' as const },
      ],
      faults: [{ ...CUT, type, until: 50 + SLOW_MS }] as readonly Fault[],
    }))
    if (slow === undefined || cut === undefined) return answer(false, 'there are two scripts')
    const [held, lost] = [eventsOf(slow), eventsOf(cut)]
    const texts = [held, lost].map((events) => events.map((event) => JSON.stringify(event)))
    const isSame = texts[0]?.join() === texts[1]?.join()
    const up = eventsOf({ ...cut, faults: [] }).map((event) => JSON.stringify(event))
    const differs = up.join() !== texts[1]?.join()
    const sentence =
      `${counted(held.length, 'event')} with slow links, ${lost.length} with cut ones: ` +
      `${isSame ? 'the same, to the nanosecond' : 'they differ'}; with links that work ` +
      (differs ? 'others' : 'the same')
    return answer(isSame && differs, sentence, linesOf(played(cut)))
  },
)
