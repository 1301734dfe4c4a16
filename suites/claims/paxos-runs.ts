import { multiPaxos } from '../../impls/multi-paxos/multi-paxos.ts'
import { paxos } from '../../impls/paxos/paxos.ts'
import type { Fault } from '../../src/node/index.ts'
import type { Run } from '../../src/simulate/index.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import { decidedIn, proposals } from './paxos-questions.ts'
import { countedByType, endedIn, quietRun, sentIn, stepsWith, subsets } from './quiet-run.ts'

/** What is measured of runs of Paxos and Multi-Paxos in which nothing is left to chance. */

const DELAY = 10

/** In delays of one message, rounded, as disks and nodes themselves take next to nothing. */
const delays = (ms: number): number => Math.round(ms / DELAY)

const alone = (more: object = {}): Run =>
  quietRun({ protocol: paxos, nodes: 3, asks: proposals(3), delayMs: DELAY, ...more })

const firstRequest = (run: Run): number =>
  (run.trace.find(({ event }) => event.type === 'request')?.time ?? 0) / 1000
const firstReply = (run: Run): number => (stepsWith(run, 'reply')[0]?.time ?? 0) / 1000

export const threeRoundTrips = question(
  'run',
  'a client that sits elsewhere waits three round trips',
  () => {
    const [ended] = endedIn(alone())
    const took = delays((ended?.until ?? 0) - (ended?.from ?? 0))
    return answer(
      ended?.outcome === 'ok' && took === 6,
      `from its request to its answer ${took} messages go one after the other`,
    )
  },
)

export const twoRoundTrips = question(
  'run',
  'between the request and the answer at the proposer there are two round trips',
  () => {
    const run = alone()
    const took = delays(firstReply(run) - firstRequest(run))
    return answer(took === 4, `there ${took} messages go one after the other`)
  },
)

export const wavesOfMessages = question(
  'run',
  'a decision takes five waves of messages: two questions with answers, and an announcement',
  () => {
    const sent = sentIn(alone())
    const began = sent[0]?.at ?? 0
    const waves = [...new Set(sent.map(({ at, type }) => `${delays(at - began)} ${type}`))]
    const expected = ['0 prepare', '1 promise', '2 accept', '3 accepted', '4 decided']
    return answer(
      waves.join() === expected.join(),
      `by the number of messages before: ${waves.join(', ')}`,
    )
  },
)

const spreads = (spread: string, nodes: number): Readonly<Record<string, number>> =>
  countedByType(
    sentIn(quietRun({ protocol: paxos, nodes, asks: proposals(nodes), options: { spread } })),
  )

const SIZES = [3, 5, 7]

/** How many messages tell the decision, for clusters of 3, 5 and 7 nodes. */
function tellingTakes(
  asks: string,
  spread: string,
  types: readonly string[],
  expected: (nodes: number) => number,
): Question {
  return question('run', asks, () => {
    const counts = SIZES.map((nodes) => {
      const sent = spreads(spread, nodes)
      return types.reduce((sum, type) => sum + (sent[type] ?? 0), 0)
    })
    const told = SIZES.map((nodes, at) => `${counts[at]} for n = ${nodes}`)
    return answer(
      SIZES.every((nodes, at) => counts[at] === expected(nodes)),
      `${types.join(' and ')} messages: ${told.join(', ')}`,
    )
  })
}

export const proposerTells = tellingTakes(
  'a proposer that tells all sends n - 1 messages',
  'proposer',
  ['decided'],
  (n) => n - 1,
)
export const acceptorsTell = tellingTakes(
  'acceptors that tell all send n(n - 1) messages',
  'acceptors',
  ['accepted'],
  (n) => n * (n - 1),
)
export const relaysTell = tellingTakes(
  'two relays take 2 + 2(n - 1) messages',
  'relays',
  ['pass-on', 'decided'],
  (n) => 2 + 2 * (n - 1),
)

/** Who knows the decision when some nodes crash for ever, as soon as a message is on its way. */
function learnersAfter(spread: string, type: string, dead: readonly string[]): readonly string[] {
  const options = { spread }
  const about = { protocol: paxos, nodes: 5, asks: proposals(5), options, forMs: 400 }
  const at = (sentIn(quietRun(about)).find((sent) => sent.type === type)?.at ?? 0) + DELAY / 2
  const faults = dead.map((node): Fault => ({ type: 'crash', node, at }))
  const decided = decidedIn(quietRun({ ...about, faults }), 400)
  return [...decided.keys()].filter((node) => !dead.includes(node))
}

export const proposerDies = question(
  'run',
  'where the proposer alone would tell, nobody learns what was chosen if it dies first',
  () => {
    const alive = learnersAfter('proposer', 'accepted', [])
    const learned = learnersAfter('proposer', 'accepted', ['n1'])
    return answer(
      alive.length === 5 && learned.length === 0,
      `the acceptances are on their way when n1 dies: ${learned.length} of 4 learn; without a ` +
        `crash ${alive.length} of 5`,
    )
  },
)

export const acceptorsGoOn = question(
  'run',
  'where acceptors tell all, all others learn although the proposer dies',
  () => {
    const learned = learnersAfter('acceptors', 'accepted', ['n1'])
    return answer(
      learned.length === 4,
      `the acceptances are on their way when n1 dies: ${learned.join(', ')} learn`,
    )
  },
)

export const oneRelayIsEnough = question(
  'run',
  'with two relays all others learn as long as one of the relays is left',
  () => {
    const one = learnersAfter('relays', 'pass-on', ['n1', 'n2'])
    const none = learnersAfter('relays', 'pass-on', ['n1', 'n2', 'n3'])
    return answer(
      one.length === 3 && none.length === 0,
      `when n1 and the relay n2 die ${one.join(', ')} learn; when n3 dies as well ` +
        `${none.length} of 2`,
    )
  },
)

/** Of the others b are relays; each set of nodes that die is looked at. */
export const curveOfRelays = question(
  'enumeration',
  'more relays cost more messages and leave fewer crashes after which nobody learns',
  () => {
    const others = [1, 2, 3, 4]
    const rows = others.map((relays) => {
      let lost = 0
      let all = 0
      for (let dead = 0; dead <= others.length; dead++) {
        for (const some of subsets(others, dead)) {
          all++
          if (others.slice(0, relays).every((relay) => some.includes(relay))) lost++
        }
      }
      return { relays, messages: relays + relays * others.length, lost, all }
    })
    const isSo = rows.every(
      ({ messages, lost }, at) =>
        at === 0 || (messages > (rows[at - 1]?.messages ?? 0) && lost < (rows[at - 1]?.lost ?? 0)),
    )
    return answer(
      isSo,
      `of ${rows[0]?.all} sets of the four others that die: ${rows
        .map(({ relays, messages, lost }) => `${relays} relays, ${messages} messages, ${lost} lost`)
        .join('; ')}`,
    )
  },
)

/**
 * A node is late, and the numbers that it tries are below those that an acceptor has promised to
 * somebody who is gone.
 */
function lateProposer(nak: boolean, seed: number): { ms: number; tries: number; refused: number } {
  const gone = 3000
  const run = quietRun({
    protocol: paxos,
    options: { nak },
    nodes: 3,
    asks: proposals(3, [0, 2]),
    seed,
    forMs: 20_000,
    faults: [
      { type: 'partition', from: ['n1'], to: ['n3'], both: true, at: 0 },
      { type: 'partition', from: ['n2'], to: ['n1'], at: 0 },
      { type: 'pause', node: 'n3', at: 0, until: gone },
      { type: 'crash', node: 'n1', at: gone },
    ],
  })
  const sent = sentIn(run).filter(({ at }) => at >= gone)
  const ended = endedIn(run, 20_000).find(({ process }) => process === 'c3')
  return {
    ms: (ended?.until ?? 20_000) - gone,
    tries: sent.filter(({ from, to, type }) => from === 'n3' && to === 'n2' && type === 'prepare')
      .length,
    refused: sent.filter(({ type }) => type === 'refused').length,
  }
}

export const refusalsHelp = question(
  'run',
  'with refusals a proposer whose numbers are too small gives up sooner',
  () => {
    const seeds = Array.from({ length: 20 }, (_, at) => at + 1)
    const told = seeds.map((seed) => lateProposer(true, seed))
    const silent = seeds.map((seed) => lateProposer(false, seed))
    const mean = (all: readonly number[]): number =>
      Math.round((all.reduce((sum, one) => sum + one, 0) / all.length) * 10) / 10
    const [withNak, without] = [told, silent].map((runs) => ({
      ms: mean(runs.map(({ ms }) => ms)),
      tries: mean(runs.map(({ tries }) => tries)),
      refused: mean(runs.map(({ refused }) => refused)),
    }))
    if (withNak === undefined || without === undefined) return answer(false, 'nothing was run')
    return answer(
      withNak.ms < without.ms && withNak.tries < without.tries && withNak.refused > 0,
      `means of seeds 1 to ${seeds.length}: with refusals ${withNak.tries} numbers are tried and ` +
        `${withNak.ms} ms pass, without ${without.tries} and ${without.ms} ms`,
    )
  },
)

export const refusalsCost = question(
  'run',
  'where three propose at once, refusals are messages more',
  () => {
    const total = (nak: boolean): number =>
      Array.from({ length: 20 }, (_, at) => at + 1)
        .map((seed) =>
          quietRun({
            protocol: paxos,
            options: { nak },
            nodes: 3,
            asks: proposals(3, [0, 1, 2]),
            rate: 1000,
            seed,
          }),
        )
        .reduce((sum, run) => sum + sentIn(run).length, 0)
    const [told, silent] = [total(true), total(false)]
    return answer(told > silent, `${told} messages in 20 runs, and ${silent} without refusals`)
  },
)

const writes = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ f: 'write', key: 'x', value: at + 1 }))

export const oneRoundTripInSteadyState = question(
  'run',
  'a leader that is established answers after one round trip to the acceptors',
  () => {
    const run = quietRun({ protocol: multiPaxos, nodes: 3, asks: [writes(20)], delayMs: DELAY })
    // The first finds a leader, and who it is.
    const later = endedIn(run).slice(5)
    const served = new Map<unknown, number>()
    const took: number[] = []
    for (const { time, event, effects } of run.trace) {
      if (event.type === 'request') served.set(event.request.id, time / 1000)
      for (const effect of effects) {
        const from = effect.type === 'reply' ? served.get(effect.request) : undefined
        if (from !== undefined) took.push(delays(time / 1000 - from))
      }
    }
    const steady = took.slice(5)
    return answer(
      steady.length > 0 && steady.every((one) => one === 2) && later.every((one) => isOk(one)),
      `${steady.length} commands take ${[...new Set(steady)].join(', ')} messages one after the ` +
        'other at the leader, and two more to the client and back',
    )
  },
)

function isOk({ outcome }: { readonly outcome: string }): boolean {
  return outcome === 'ok'
}

export const phaseOneBefore = question(
  'run',
  'phase 1 is over before anybody asks, and is not run again for any command',
  () => {
    const idle = sentIn(quietRun({ protocol: multiPaxos, nodes: 3, asks: [[]] }))
    const busy = sentIn(quietRun({ protocol: multiPaxos, nodes: 3, asks: [writes(20)] }))
    const [none, twenty] = [idle, busy].map((sent) => countedByType(sent)['prepare'] ?? 0)
    const proposed = (countedByType(busy)['accept'] ?? 0) - (countedByType(idle)['accept'] ?? 0)
    return answer(
      none === 2 && twenty === none && proposed >= 40,
      `${none} prepare messages without any command, ${twenty} with 20 commands, for which ` +
        `${proposed} accept messages are sent`,
    )
  },
)
