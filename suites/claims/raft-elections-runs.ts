import { raft } from '../../impls/raft/raft.ts'
import type { Fault } from '../../src/node/index.ts'
import type { Run } from '../../src/simulate/index.ts'
import { askedOnce } from './asked-once.ts'
import { answer, question } from './check.ts'
import type { Quiet } from './quiet-run.ts'
import { endedIn, names, quietRun, sentIn, viewsIn } from './quiet-run.ts'

/** What elections of the real code of Raft do, in runs in which nothing else is left to chance. */

/** As in the options of the code. */
export const ELECTION_MS = 200
export const HEARTBEAT_MS = 50

export function raftRun(quiet: Partial<Quiet>): Run {
  return quietRun({ protocol: raft, nodes: 3, asks: [[]], ...quiet })
}

export function writes(count: number, client = 1): Quiet['asks'][number] {
  return Array.from({ length: count }, (_, at) => ({
    f: 'write',
    key: 'x',
    value: client * 10_000 + at,
  }))
}

/** Who was elected when, in which term. */
export interface Elected {
  readonly node: string
  readonly term: number
  readonly at: number
}

export function electedIn({ trace }: Run): readonly Elected[] {
  return trace.flatMap(({ node = '', time, effects }) =>
    effects.flatMap((effect): readonly Elected[] =>
      effect.type === 'note' && effect.label === 'leads'
        ? [{ node, term: effect.data as number, at: time / 1000 }]
        : [],
    ),
  )
}

/** Whoever leads when nothing goes wrong. */
export function leaderOf(quiet: Partial<Quiet>): string {
  return electedIn(raftRun({ ...quiet, faults: [] })).at(-1)?.node ?? 'n1'
}

const SPLIT_SEEDS = 100

/** In how many of the runs the first election elects nobody. */
function splitVotes(delayMs: number): number {
  let split = 0
  for (let seed = 1; seed <= SPLIT_SEEDS; seed++) {
    const [first] = electedIn(raftRun({ seed, delayMs, forMs: 900 + 10 * delayMs }))
    if (first?.term !== 1) split++
  }
  return split
}

const DELAYS = [0.5, 5, 20, 50, 120]

export const splitsBySpread = askedOnce(
  question(
    'run',
    'votes are split the more rarely, the wider timeouts are spread beside the delay of a message',
    () => {
      const rows = DELAYS.map((delay) => ({ ratio: ELECTION_MS / delay, split: splitVotes(delay) }))
      const told = rows.map(({ ratio, split }) => `${ratio.toFixed(1)}: ${split}`)
      const isSo = rows.every(({ split }, at) => at === 0 || split > (rows[at - 1]?.split ?? 0))
      return answer(
        isSo,
        `first elections without a leader, of ${SPLIT_SEEDS} (seeds 1 to ${SPLIT_SEEDS}), by the ` +
          `ratio of spread to delay: ${told.join(', ')}`,
      )
    },
  ),
)

export const splitsNeverOrAlways = question(
  'run',
  'whether votes are split can be made as good as impossible, and as good as certain',
  () => {
    const [quick, slow] = [0.5, 250]
    const [rare, certain] = [splitVotes(quick), splitVotes(slow)]
    return answer(
      rare <= 0.05 * SPLIT_SEEDS && certain >= 0.95 * SPLIT_SEEDS,
      `with a spread of ${ELECTION_MS} ms ${rare} of ${SPLIT_SEEDS} first elections elect nobody ` +
        `when messages take ${quick} ms, and ${certain} when they take ${slow} ms ` +
        `(seeds 1 to ${SPLIT_SEEDS})`,
    )
  },
)

export const splitForEver = askedOnce(
  question('run', 'nodes whose timers run equally long split their votes again and again', () => {
    const run = raftRun({ equalTimers: true, forMs: 60_000 })
    const terms = [...viewsIn(run).values()].map((view) => view['term'] as number)
    return answer(
      electedIn(run).length === 0 && Math.min(...terms) > 100,
      `in 60 s, in ${Math.min(...terms)} terms, nobody is elected: each votes for itself`,
    )
  }),
)

export const electedSoon = question(
  'run',
  'with timeouts that are drawn, and messages in time, somebody is elected in every run',
  () => {
    const times = Array.from({ length: SPLIT_SEEDS }, (_, at) => {
      const elected = electedIn(raftRun({ nodes: 5, seed: at + 1, forMs: 3000 }))
      return elected[0]?.at ?? Infinity
    })
    const latest = Math.max(...times)
    return answer(
      latest < 3000,
      `of seeds 1 to ${SPLIT_SEEDS} all, after ${Math.round(latest)} ms at the latest`,
    )
  },
)

export const electionSteps = question(
  'run',
  'after a silence a node begins the next term, votes for itself, asks all others, and leads',
  () => {
    const run = raftRun({ nodes: 5, forMs: 800 })
    const [leader] = electedIn(run)
    const node = leader?.node ?? ''
    const asked = sentIn(run).filter(({ type, from }) => type === 'ask-vote' && from === node)
    const began = run.trace.find(
      (step) =>
        step.node === node && step.event.type === 'timer' && step.event.timer === 'election',
    )
    const view = (began?.view ?? {}) as Readonly<Record<string, unknown>>
    const round = (leader?.at ?? 0) - (asked[0]?.at ?? 0)
    const isSo =
      view['role'] === 'candidate' &&
      view['term'] === 1 &&
      view['votedFor'] === node &&
      asked.length === 4 &&
      (asked[0]?.at ?? 0) >= ELECTION_MS
    return answer(
      isSo && Math.round(round) === 20,
      `at ${Math.round(asked[0]?.at ?? 0)} ms ${node} is ${String(view['role'])} in term ` +
        `${String(view['term'])}, has voted for ${String(view['votedFor'])} and asks ` +
        `${asked.length} others; it leads ${Math.round(round)} ms later, a round trip`,
    )
  },
)

const KILL_MS = 1000
const KILL_SEEDS = 40

/** By seed: two questions are about the same runs. */
const killed = new Map<number, { readonly noticed: number; readonly served: number }>()

/** The leader crashes for ever; what happens then, in milliseconds after it. */
function leaderKilled(seed: number): { readonly noticed: number; readonly served: number } {
  const known = killed.get(seed)
  if (known !== undefined) return known
  const about = { nodes: 5, seed, asks: [1, 2, 3].map((client) => writes(400, client)) }
  const usual: Partial<Quiet> = { ...about, rate: 100, againMs: 20, forMs: 3000 }
  const leader = leaderOf({ ...usual, forMs: KILL_MS })
  const at = KILL_MS + (seed % 10) * 5
  const run = raftRun({ ...usual, faults: [{ type: 'crash', node: leader, at }] })
  const asked = sentIn(run).find((sent) => sent.type === 'ask-vote' && sent.at > at)
  const ok = endedIn(run).filter(({ outcome }) => outcome === 'ok')
  const last = Math.max(0, ...ok.filter(({ until }) => until <= at).map(({ until }) => until))
  const next = Math.min(...ok.filter(({ until }) => until > at + 20).map(({ until }) => until))
  const found = { noticed: (asked?.at ?? Infinity) - at, served: next - last }
  killed.set(seed, found)
  return found
}

function spreadOf(times: readonly number[]): string {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length
  const [least, most] = [Math.min(...times), Math.max(...times)].map(Math.round)
  return `${least} to ${most} ms, ${Math.round(mean)} ms in the mean`
}

export const silenceIsNoticed = question(
  'run',
  'followers notice within two election timeouts that the heartbeats of a leader have stopped',
  () => {
    const seeds = Array.from({ length: KILL_SEEDS }, (_, at) => at + 1)
    const times = seeds.map((seed) => leaderKilled(seed).noticed)
    return answer(
      Math.min(...times) >= ELECTION_MS - HEARTBEAT_MS - 10 &&
        Math.max(...times) <= 2 * ELECTION_MS + 10,
      `the first asks for votes after ${spreadOf(times)} (${KILL_SEEDS} seeds; heartbeats every ` +
        `${HEARTBEAT_MS} ms, timeouts of ${ELECTION_MS} to ${2 * ELECTION_MS} ms)`,
    )
  },
)

export const noServiceWithoutLeader = question(
  'run',
  'when the leader is killed nobody is served for about an election timeout',
  () => {
    const seeds = Array.from({ length: KILL_SEEDS }, (_, at) => at + 1)
    const gaps = seeds.map((seed) => leaderKilled(seed).served).sort((a, b) => a - b)
    const median = gaps[Math.floor(gaps.length / 2)] ?? 0
    return answer(
      Math.min(...gaps) >= ELECTION_MS - HEARTBEAT_MS && median <= 2.5 * ELECTION_MS,
      `between two answers there are ${spreadOf(gaps)}, half of them within ` +
        `${Math.round(median)} ms (${KILL_SEEDS} seeds; timeouts of ${ELECTION_MS} to ` +
        `${2 * ELECTION_MS} ms)`,
    )
  },
)

export const onlyLeadersServe = question(
  'run',
  'while nobody leads no operation ends well, and only who leads sends entries',
  () => {
    const run = raftRun({ nodes: 5, asks: [1, 2, 3].map((client) => writes(50, client)) })
    const first = electedIn(run)[0]?.at ?? 0
    const early = endedIn(run).filter(({ outcome, until }) => outcome === 'ok' && until < first)
    const senders = new Set(
      sentIn(run).flatMap(({ type, from }) => (type === 'append' ? [from] : [])),
    )
    const leaders = new Set(electedIn(run).map(({ node }) => node))
    const served = endedIn(run).filter(({ outcome }) => outcome === 'ok').length
    return answer(
      early.length === 0 && served > 0 && [...senders].every((node) => leaders.has(node)),
      `the first is elected at ${Math.round(first)} ms; ${early.length} of ${served} operations ` +
        `end before; entries come from ${[...senders].join(', ')} only`,
    )
  },
)

export const timersTooShort = question(
  'run',
  'with timeouts below a round trip hardly anything is done, and nothing wrong',
  () => {
    const asks = [1, 2].map((client) => writes(100, client))
    const about: Partial<Quiet> = { asks, rate: 50, forMs: 4000, againMs: 50 }
    const served = (options: Quiet['options']): number =>
      endedIn(raftRun({ ...about, options: options ?? {} })).filter(
        ({ outcome }) => outcome === 'ok',
      ).length
    const [usual, short] = [served({}), served({ electionMs: 12, heartbeatMs: 6 })]
    return answer(
      usual > 100 && short < usual / 4,
      `${usual} operations with timeouts of ${ELECTION_MS} ms, ${short} with 12 ms, where a ` +
        'round trip takes 20 ms',
    )
  },
)

/** Parts of a cluster that cannot reach each other, from the beginning. */
export function partsOf(parts: readonly (readonly string[])[]): readonly Fault[] {
  return parts.flatMap((part, at) =>
    parts
      .slice(at + 1)
      .map((other): Fault => ({ type: 'partition', from: part, to: other, both: true, at: 0 })),
  )
}

/** All ways to part a list. */
export function partitions<Item>(
  items: readonly Item[],
): readonly (readonly (readonly Item[])[])[] {
  const [first, ...rest] = items
  if (first === undefined) return [[]]
  return partitions(rest).flatMap((parts) => [
    [[first], ...parts],
    ...parts.map((part, at) => parts.with(at, [first, ...part])),
  ])
}

/** Which parts elect a leader and commit something, for all ways to part so many nodes. */
function partsThatCommit(nodes: number) {
  return partitions(names(nodes)).map((parts) => {
    const run = raftRun({
      nodes,
      faults: partsOf(parts),
      asks: parts.map((_, client) => writes(3, client)),
      forMs: 1500,
    })
    const committed = parts.filter((part) =>
      part.some((node) => Number(viewsIn(run).get(node)?.['commit']) > 0),
    )
    const elected = parts.filter((part) => electedIn(run).some(({ node }) => part.includes(node)))
    return { parts, committed, elected }
  })
}

const sizes = (parts: readonly (readonly string[])[]): string =>
  parts
    .map((part) => part.length)
    .sort((a, b) => b - a)
    .join('-')

export const onlyMajoritiesElect = askedOnce(
  question(
    'run',
    'of all ways to part five nodes, a part elects and commits exactly if it has three or more',
    () => {
      const rows = partsThatCommit(5)
      const wrong = rows.find(
        ({ parts, committed, elected }) =>
          committed.length !== parts.filter((part) => part.length > 2).length ||
          elected.length !== committed.length,
      )
      const none = rows.filter(({ committed }) => committed.length === 0)
      return answer(
        wrong === undefined && none.length > 0,
        wrong === undefined
          ? `so it is in all ${rows.length}; in ${none.length} nobody does: ` +
              [...new Set(none.map(({ parts }) => sizes(parts)))].join(', ')
          : `not so in ${sizes(wrong.parts)}`,
      )
    },
  ),
)

export const biggestPartElectsNobody = question(
  'run',
  'parted into two, two and one, five nodes elect nobody',
  () => {
    const parts = [['n1', 'n2'], ['n3', 'n4'], ['n5']]
    const run = raftRun({ nodes: 5, faults: partsOf(parts), forMs: 20_000 })
    const terms = [...viewsIn(run).values()].map((view) => view['term'] as number)
    return answer(
      electedIn(run).length === 0 && Math.max(...terms) > 10,
      `in 20 s and ${Math.max(...terms)} terms nobody is elected, in the parts of two neither`,
    )
  },
)

export const halfCommitsNothing = question(
  'run',
  'four nodes in two halves commit nothing, and three beside one do',
  () => {
    const rows = partsThatCommit(4).filter(({ parts }) => parts.length === 2)
    const halves = rows.filter(({ parts }) => sizes(parts) === '2-2')
    const others = rows.filter(({ parts }) => sizes(parts) === '3-1')
    return answer(
      halves.length === 3 &&
        halves.every(({ committed }) => committed.length === 0) &&
        others.every(({ committed }) => committed.length === 1 && committed[0]?.length === 3),
      `of ${halves.length} ways to halve them in none a half commits; of ${others.length} ways ` +
        'to cut one off the three commit in all',
    )
  },
)

export const noElectionNeeded = question(
  'run',
  'where the leader is with the majority nobody is elected anew',
  () => {
    const about: Partial<Quiet> = { nodes: 5, asks: [writes(40)], rate: 20, forMs: 3000 }
    const leader = leaderOf({ ...about, forMs: 1000 })
    const cut = names(5)
      .filter((node) => node !== leader)
      .slice(0, 2)
    const rest = names(5).filter((node) => !cut.includes(node))
    const fault: Fault = { type: 'partition', from: cut, to: rest, both: true, at: 1000 }
    const run = raftRun({ ...about, faults: [fault] })
    const after = electedIn(run).filter(({ at }) => at > 1000)
    const served = endedIn(run).filter(({ outcome, until }) => outcome === 'ok' && until > 1000)
    return answer(
      after.length === 0 && served.length > 0,
      `${leader} goes on without ${cut.join(' and ')}: ${after.length} elections, and ` +
        `${served.length} operations are served`,
    )
  },
)
