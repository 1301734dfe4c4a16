import { agreement } from '../../checkers/invariants/agreement.ts'
import { paxos } from '../../impls/paxos/paxos.ts'
import type { Run } from '../../src/simulate/index.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import type { VotingState } from './inductive-voting.ts'
import { allStates, chosenIn, isInductive, stepsFrom } from './inductive-voting.ts'
import type { Quiet } from './quiet-run.ts'
import { down, names, quietRun, sentIn, subsets, viewsIn } from './quiet-run.ts'

/** Node k proposes k, but only those that are listed. */
export function proposals(nodes: number, who: readonly number[] = [0]): Quiet['asks'] {
  return Array.from({ length: nodes }, (_, at) =>
    who.includes(at) ? [{ f: 'propose', value: at + 1 }] : [],
  )
}

/** What each node has decided, of those that have. */
export function decidedIn(run: Run, untilMs?: number): ReadonlyMap<string, unknown> {
  return new Map(
    [...viewsIn(run, untilMs)].flatMap(([node, view]) =>
      'decided' in view ? [[node, view['decided']]] : [],
    ),
  )
}

export const rolesOfAll = question(
  'run',
  'each node proposes, accepts and learns, and one that proposes nothing does the rest',
  () => {
    const run = quietRun({ protocol: paxos, nodes: 3, asks: proposals(3, [0, 1]), forMs: 4000 })
    const sent = sentIn(run)
    const rolesOf = (node: string): readonly string[] => [
      ...(sent.some(({ from, type }) => from === node && type === 'prepare') ? ['proposer'] : []),
      ...(viewsIn(run).get(node)?.['accepted'] === null ? [] : ['acceptor']),
      ...(decidedIn(run).has(node) ? ['learner'] : []),
    ]
    const roles = names(3).map((node) => ({ node, roles: rolesOf(node) }))
    const wanted = [3, 3, 2]
    return answer(
      roles.every((one, at) => one.roles.length === wanted[at]),
      roles.map(({ node, roles: some }) => `${node} is ${some.join(', ')}`).join('; '),
    )
  },
)

const SEEDS = 30

export const ballotsAreOwn = question(
  'run',
  'no two nodes ever use the same number, and each uses greater and greater ones',
  () => {
    let ballots = 0
    for (let seed = 1; seed <= SEEDS; seed++) {
      const run = quietRun({
        protocol: paxos,
        nodes: 3,
        asks: proposals(3, [0, 1, 2]),
        forMs: 4000,
        // A restart in the middle: what was used before must not be used again.
        faults: [{ type: 'crash', node: 'n1', at: 5 + seed * 3, until: 60 + seed * 3 }],
        rate: 1000,
        seed,
      })
      const used = new Map<number, string>()
      const last = new Map<string, number>()
      for (const { from, message, type, to } of sentIn(run)) {
        if (type !== 'prepare' || to !== names(3).find((node) => node !== from)) continue
        const ballot = message['ballot'] as number
        ballots++
        if (used.has(ballot) || ballot <= (last.get(from) ?? 0)) {
          return answer(false, `seed ${seed}: ${from} uses ${ballot}, as ${used.get(ballot)} did`)
        }
        used.set(ballot, from)
        last.set(from, ballot)
      }
    }
    return answer(ballots > SEEDS, `so are all ${ballots} numbers that ${SEEDS} runs use`)
  },
)

/** All sets of nodes that may be down: the others decide exactly if they are a majority. */
export function majorityIsEnough(nodes: number): Question {
  return question(
    'run',
    `of ${nodes} nodes those that are up decide exactly if they are a majority`,
    () => {
      let decide = 0
      let wait = 0
      for (let dead = 0; dead <= nodes; dead++) {
        for (const some of subsets(names(nodes), dead)) {
          const up = names(nodes).filter((node) => !some.includes(node))
          const run = quietRun({
            protocol: paxos,
            nodes,
            asks: proposals(nodes, up.length === 0 ? [] : [names(nodes).indexOf(up[0] ?? '')]),
            faults: down(some),
            invariants: [agreement],
            forMs: 3000,
          })
          const learned = decidedIn(run, 3000).size
          const isRight = 2 * up.length > nodes ? learned === up.length : learned === 0
          if (!isRight || run.outcome !== 'pass') {
            return answer(false, `with ${some.join(', ')} down ${learned} nodes have decided`)
          }
          if (learned > 0) decide++
          else wait++
        }
      }
      const all = decide + wait
      return answer(
        decide > 0 && wait > 0,
        `of ${all} sets of nodes that are up ${decide} decide, all of them; ${wait} never do`,
      )
    },
  )
}

export const oneNeverLearns = question(
  'run',
  'a node that is cut off never learns what the others have chosen',
  () => {
    const run = quietRun({
      protocol: paxos,
      nodes: 3,
      asks: proposals(3),
      forMs: 5000,
      faults: [{ type: 'partition', from: ['n1', 'n2'], to: ['n3'], both: true, at: 0 }],
    })
    const decided = decidedIn(run, 5000)
    return answer(
      decided.size === 2 && !decided.has('n3'),
      `after 5 s ${[...decided.keys()].join(' and ')} have decided ${String(
        decided.get('n1'),
      )}, and n3 knows of nothing`,
    )
  },
)

const BALLOTS = 3

export const inductive = question(
  'enumeration',
  'its inductive invariant implies agreement, holds at first, and no step leads out of it',
  () => {
    let holding = 0
    let steps = 0
    for (const state of allStates(BALLOTS)) {
      if (!isInductive(state, BALLOTS)) continue
      holding++
      if (chosenIn(state, BALLOTS) > 1) return answer(false, 'two values are chosen in one of them')
      for (const next of stepsFrom(state, BALLOTS, true)) {
        steps++
        if (!isInductive(next, BALLOTS)) return answer(false, 'a step leads out', linesOf(next))
      }
    }
    const start = { at: [-1, -1, -1], votes: [0, 1, 2].map(() => [-1, -1, -1]) }
    return answer(
      isInductive(start, BALLOTS) && holding > 0,
      `${holding} states with 3 acceptors, 2 values and ${BALLOTS} ballots satisfy it, reachable ` +
        `or not; none of them has two chosen values, and none of their ${steps} steps leads out`,
    )
  },
)

export const notInductive = question(
  'enumeration',
  'where acceptors vote for what is not safe, steps lead out of it, and on to two chosen values',
  () => {
    const start = { at: [-1, -1, -1], votes: [0, 1, 2].map(() => [-1, -1]) }
    const open = [start as VotingState]
    const seen = new Set([JSON.stringify(start)])
    for (const state of open) {
      if (chosenIn(state, 2) > 1) {
        const found = `after ${seen.size} states one comes in which two values are chosen`
        return answer(!isInductive(state, 2), found, linesOf(state))
      }
      for (const next of stepsFrom(state, 2, false)) {
        const key = JSON.stringify(next)
        if (seen.has(key)) continue
        seen.add(key)
        open.push(next)
      }
    }
    return answer(false, `in none of ${seen.size} states two values are chosen`)
  },
)

function linesOf({ at, votes }: VotingState): readonly string[] {
  return at.map((ballot, a) => `acceptor ${a} is in ballot ${ballot}, votes ${votes[a]?.join(' ')}`)
}
