import { answer, question } from './check.ts'
import { raftRun, writes } from './raft-elections-runs.ts'
import { countedByType, sentIn } from './quiet-run.ts'

export const messagesCarryTerms = question('run', 'every message carries a term', () => {
  const run = raftRun({
    asks: [1, 2].map((client) => writes(30, client)),
    rate: 60,
    options: { snapshotEvery: 2, preVote: true },
    faults: [
      { type: 'crash', node: 'n1', at: 600, until: 1400 },
      { type: 'crash', node: 'n2', at: 1500, until: 2200 },
    ],
    forMs: 3000,
  })
  const sent = sentIn(run)
  const without = sent.filter(({ message }) => typeof message['term'] !== 'number')
  const types = Object.entries(countedByType(sent)).map(([type, count]) => `${count} ${type}`)
  return answer(
    without.length === 0 && types.length === 5,
    `of ${types.join(', ')} messages ${without.length} have none`,
  )
})

/** How likely it is that at least so many of them are better by chance alone, on either side. */
export function signTest(better: number, all: number): number {
  let ways = 0n
  let total = 0n
  let choose = 1n
  for (let k = 0; k <= all; k++) {
    if (k >= better) ways += choose
    total += choose
    choose = (choose * BigInt(all - k)) / BigInt(k + 1)
  }
  return Number((2n * ways * 10n ** 12n) / total) / 1e12
}

export const userStudy = question(
  'metric',
  '33 of 43 is more than three quarters, and hardly chance',
  () => {
    const [better, all] = [33, 43]
    const [share, chance] = [(100 * better) / all, signTest(better, all)]
    return answer(
      share > 75 && chance < 0.001,
      `${share.toFixed(1)} %; if it were a matter of chance, that or more on either side would ` +
        `come with probability ${chance.toFixed(5)}`,
    )
  },
)
