import type { QuorumSystem } from '../src/quorum/index.ts'
import { best, load, parseSystem, resilience } from '../src/quorum/index.ts'
import { awaited } from './awaited.ts'
import type { PeerAnswer, PeerQuestion } from './quoracle.ts'
import { askQuoracle, quoracleAbsent } from './quoracle.ts'
import type { Row, Theme } from './row.ts'
import { atMost } from './row.ts'

/** Questions of one kind; the size where we are the slowest in proportion counts. */
interface Contest {
  readonly work: string
  readonly sizes: readonly (readonly number[])[]
  question(size: readonly number[]): PeerQuestion
  answer(size: readonly number[]): Promise<number> | number
}

/** For one question. A size that quoracle cannot do in this time is told, not compared. */
const LIMIT_SECONDS = 60

/** quoracle's solver writes eight digits or so. */
const TOLERANCE = 1e-6

const HALF = { readFraction: '1/2' } as const

const CONTESTS: readonly Contest[] = [
  {
    work: 'load of a majority',
    sizes: [[3], [4], [5], [6], [7], [8], [9], [10], [11], [12], [13], [14], [15]],
    question: (size) => ({ job: 'load', family: 'majority', size }),
    answer: (size) => loadOf(majorityOf(size)),
  },
  {
    work: 'load of a grid, rows and one of each row',
    sizes: [3, 4, 5, 6].map((side) => [side, side]),
    question: (size) => ({ job: 'load', family: 'rows', size }),
    answer: (size) => loadOf(parseSystem(rowsText(size))),
  },
  {
    work: 'load of a B-grid',
    sizes: [
      [2, 2, 2],
      [3, 2, 2],
      [4, 2, 2],
      [5, 2, 2],
    ],
    question: (size) => ({ job: 'load', family: 'bgrid', size }),
    answer: ([d, h, r]) => loadOf(parseSystem(`bgrid(d=${d},h=${h},r=${r})`)),
  },
  {
    work: 'resilience of a grid, row and column',
    sizes: [3, 4, 5].map((side) => [side, side]),
    question: (size) => ({ job: 'resilience', family: 'grid', size }),
    answer: ([rows, cols]) => resilience(parseSystem(`grid(rows=${rows},cols=${cols})`)).both,
  },
  {
    work: 'load of a majority, any one node may fail',
    sizes: [[3], [5], [7], [9], [11], [13], [14]],
    question: (size) => ({ job: 'load-f1', family: 'majority', size }),
    answer: (size) => loadOf(majorityOf(size), 1),
  },
  {
    work: 'search for the least load, resilience 1',
    sizes: [[3], [4], [5]],
    question: (size) => ({ job: 'search', size }),
    answer: async ([nodes]) => {
      const found = await best({ nodes: nodes!, ...HALF, resilience: 1 })
      return found.load.value
    },
  },
]

/** The same questions to quoracle and to us, in one run. */
export const quoracle: Theme = async (report) => {
  const absent = quoracleAbsent()
  for (const contest of CONTESTS) report(await hold(contest, absent))
}

async function hold(contest: Contest, absent: string | undefined): Promise<Row> {
  const row = { work: `${contest.work}: our time / quoracle's`, unit: 'times' } as const
  const faults: string[] = []
  const notes: string[] = []
  let worst = 0
  let peerEnds = false
  for (const size of contest.sizes) {
    const name = size.join('x')
    const ours = await awaited(() => contest.answer(size))
    // What is bigger takes longer still.
    const theirs: PeerAnswer | string | undefined =
      absent === undefined && !peerEnds
        ? await askQuoracle(contest.question(size), LIMIT_SECONDS)
        : undefined
    const told = `${name}: ${milliseconds(ours.seconds)}`
    if (theirs === undefined || typeof theirs === 'string') {
      peerEnds ||= theirs !== undefined
      notes.push(theirs === undefined ? told : `${told} / ${theirs}`)
      continue
    }
    notes.push(`${told} / ${milliseconds(theirs.seconds)}`)
    faults.push(...disagreement(name, ours.result, theirs))
    worst = Math.max(worst, ours.seconds / theirs.seconds)
  }
  const note = [...notes, ...(absent === undefined ? [] : [absent])].join('; ')
  const bar = atMost(1)
  return worst === 0 ? { ...row, bar, faults, note } : { ...row, bar, figure: worst, faults, note }
}

function disagreement(name: string, ours: number, { value }: PeerAnswer): readonly string[] {
  if (Math.abs(ours - value) <= TOLERANCE) return []
  return [`${name}: ${ours} here, ${value} from quoracle`]
}

/** Of each size all reads ask a majority, and writes what meets all of those. */
function majorityOf([nodes]: readonly number[]): QuorumSystem {
  const names = Array.from({ length: nodes ?? 0 }, (_, node) => `n${node + 1}`)
  return parseSystem(`majority(${names.join(', ')})`)
}

function rowsText([rows, columns]: readonly number[]): string {
  const row = (number: number) =>
    Array.from({ length: columns ?? 0 }, (_, column) => `n${number}.${column}`).join(' * ')
  return Array.from({ length: rows ?? 0 }, (_, number) => row(number)).join(' + ')
}

async function loadOf(system: QuorumSystem, failures = 0): Promise<number> {
  const { value } = await load(system, { ...HALF, failures })
  return value
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toPrecision(3)} ms`
}
