import { multiPaxosFacts } from '../../specs/log/multi-paxos-facts.ts'
import { paxos } from '../../specs/consensus/paxos.ts'
import { askedOnce } from './asked-once.ts'
import type { Claim } from './claim.ts'
import type { Plain, StateOf } from './spec-states.ts'
import { always, claimsHold, everyStep, reaches, someStepIsNot } from './spec-states.ts'
import {
  ballotsAreOwn,
  inductive,
  majorityIsEnough,
  notInductive,
  oneNeverLearns,
  rolesOfAll,
} from './paxos-questions.ts'

type Made = ReturnType<typeof paxos.make>
type S = StateOf<Made>

const two = { spec: paxos }
const three = { spec: paxos, size: { ballot: 3 }, symmetry: true } as const

const votesIn = (s: S, ballot: number, value: number): number => {
  let count = 0
  for (const acceptor of [0, 1, 2])
    if (s.msgs.has({ type: 'phase2b', acceptor, ballot, value })) count++
  return count
}
const isChosenAt = (s: S, ballot: number, value: number): boolean => votesIn(s, ballot, value) > 1
const isProposed = (s: S, ballot: number, value: number): boolean =>
  s.msgs.has({ type: 'phase2a', ballot, value })

/** What is chosen in a ballot is what every later ballot proposes. */
const laterAreAlike =
  (ballots: number) =>
  (s: S): boolean => {
    for (let lower = 0; lower < ballots - 1; lower++)
      for (const value of [0, 1])
        if (isChosenAt(s, lower, value))
          for (let later = lower + 1; later < ballots; later++)
            if (isProposed(s, later, 1 - value)) return false
    return true
  }

/** An acceptor accepts the very ballot that it has promised, and no other. */
const onlyPromised = {
  about: 'accepts only the ballot it has promised',
  model: (made: Made): Made => ({
    ...made,
    actions: {
      ...made.actions,
      phase2b: {
        ...made.actions.phase2b,
        when: (s, a, b, v) =>
          b === s.maxBal.get(a) && s.msgs.has({ type: 'phase2a', ballot: b, value: v }),
      },
    },
  }),
}

const promised = (s: S, acceptor: number, ballot: number): boolean => {
  for (const message of s.msgs)
    if (message.type === 'phase1b' && message.acceptor === acceptor && message.ballot === ballot)
      return true
  return false
}
const acceptsUnpromised = (s: S): boolean =>
  [0, 1, 2].some((a) => {
    const vote = s.vote.get(a)
    return vote !== null && !promised(s, a, vote.ballot)
  })

const neverGoesDown = (before: Plain, after: Plain): boolean => {
  const [old, now] = [before, after].map((state) => state['maxBal'] as ReadonlyMap<number, number>)
  return [0, 1, 2].every((a) => (now?.get(a) ?? -1) >= (old?.get(a) ?? -1))
}

const ofFive = askedOnce(majorityIsEnough(5))
const SAFE = 'specs/consensus/paxos/quorums-majority-n-3-value-2-ballot-2/claims'

/** Paxos for one value. */
export const paxosClaims: readonly Claim[] = [
  {
    id: 'PAX-01',
    name: 'Single-decree Paxos',
    kind: 'protocol',
    says:
      'A proposer has a majority promise its number, then has a majority accept its value; what ' +
      'a majority has accepted is chosen.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.2',
    verdict: 'holds',
    checks: [SAFE, 'traces/paxos/claims', 'protocols/paxos/claims', 'zoo/PX-01'],
  },
  {
    id: 'PAX-02',
    name: 'Proposers, acceptors, learners',
    kind: 'spec',
    says: 'There are three roles, and a node may have several of them.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.1',
    verdict: 'holds',
    checks: [rolesOfAll],
  },
  {
    id: 'PAX-03',
    name: 'Numbers are unique and grow',
    kind: 'property',
    says: 'Each new proposal has a number that nobody has used, greater than those before.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.2 and 2.5',
    verdict: 'holds',
    checks: [ballotsAreOwn, 'specs/consensus/paxos/reuse-ballot', 'protocols/paxos/ballot-reused'],
  },
  {
    id: 'PAX-04',
    name: 'Accept if greater than any number heard',
    kind: 'spec',
    says: 'An acceptor accepts a proposal if its number is greater than any it has heard of.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: ['specs/consensus/paxos/accept-only-higher', 'zoo/PX-08'],
    instead:
      'It accepts a number that is at least what it has promised. Greater would forbid the very ' +
      'number that it promised; equal is safe as well, where it is proposed to those who promised.',
    checks: [
      SAFE,
      claimsHold('accepting only the ballot that was promised is safe too, and not empty', {
        ...two,
        changed: onlyPromised,
      }),
    ],
  },
  {
    id: 'PAX-05',
    name: 'What an acceptor keeps on disk',
    kind: 'spec',
    says:
      'An acceptor keeps on disk the greatest number it has promised and the last proposal it ' +
      'has accepted, and is silent about smaller numbers.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.5',
    verdict: 'holds',
    checks: ['protocols/paxos/silent', 'zoo/PX-05', 'zoo/PX-06', 'traces/paxos/claims'],
  },
  {
    id: 'PAX-06',
    name: 'Why on disk?',
    kind: 'claim',
    says: 'An acceptor that forgets its promise when it restarts does harm.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.5',
    verdict: 'holds',
    checks: ['specs/consensus/paxos/forget-promise', 'zoo/PX-05', SAFE],
  },
  {
    id: 'PAX-07',
    name: 'The value of the greatest number',
    kind: 'spec',
    says:
      'A proposer takes over the value of the greatest number that it is told of, and proposes ' +
      'its own if there is none.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.2',
    verdict: 'holds',
    checks: [SAFE, 'specs/consensus/paxos/ignore-votes', 'zoo/PX-02', 'zoo/PX-03'],
  },
  {
    id: 'PAX-08',
    name: 'Proposed to those who promised',
    kind: 'spec',
    says: 'The proposal is sent to the same acceptors that have promised its number.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [
      reaches('an acceptor accepts a ballot that it never promised', two, acceptsUnpromised),
    ],
    instead: 'It may go to any acceptors: no two values are chosen all the same.',
    checks: [
      SAFE,
      always(
        'where only what was promised is accepted, all others just ignore it',
        { ...two, changed: onlyPromised },
        (s) => !acceptsUnpromised(s),
      ),
    ],
  },
  {
    id: 'PAX-09',
    name: 'Once chosen, always proposed',
    kind: 'theorem',
    says: 'If a value is chosen, every proposal with a greater number has that value.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.2, P2b',
    verdict: 'holds',
    checks: [
      always('so it is with two ballots', two, laterAreAlike(2)),
      always('so it is with three ballots', three, laterAreAlike(3)),
      reaches(
        'it is not so where a leader ignores the votes that were reported',
        { ...two, mutant: 'ignore-votes' },
        (s) => !laterAreAlike(2)(s),
      ),
    ],
  },
  {
    id: 'PAX-10',
    name: 'All nodes choose what was chosen',
    kind: 'theorem',
    says: 'If a value is chosen, all nodes choose it.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [
      oneNeverLearns,
      reaches(
        'a value is chosen, and somebody has not learned it',
        { spec: multiPaxosFacts, size: { ballot: 1, value: 1 } },
        (s) => s.accepted.get(1).get(0).size > 1 && s.applied.some((count) => count === 0),
      ),
    ],
    instead: 'No other value is ever chosen. That all learn it needs messages that arrive.',
    checks: [SAFE, 'protocols/paxos/claims'],
  },
  {
    id: 'PAX-11',
    name: 'Several proposals chosen',
    kind: 'claim',
    says: 'Any number of proposals may be chosen, as long as all of them have the same value.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.2',
    verdict: 'holds',
    checks: [
      reaches('both ballots are chosen', two, (s) => isChosenAt(s, 0, 0) && isChosenAt(s, 1, 0)),
      always(
        'they are never chosen with different values',
        two,
        (s) => ![0, 1].some((v) => isChosenAt(s, 0, v) && isChosenAt(s, 1, 1 - v)),
      ),
    ],
  },
  {
    id: 'PAX-12',
    name: 'Paxos has no coordinator',
    kind: 'claim',
    says: 'Unlike two-phase commit it needs no distinguished node: anybody may propose.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      reaches(
        'two ballots are proposed at the same time, with different values',
        two,
        (s) => isProposed(s, 0, 0) && isProposed(s, 1, 1),
      ),
      majorityIsEnough(3),
      'valency/2pc/3-processes',
    ],
  },
  {
    id: 'PAX-13',
    name: 'Fewer than half may fail',
    kind: 'theorem',
    says:
      'It tolerates crashes and recoveries of fewer than half of the nodes in an asynchronous ' +
      'system.',
    source: 'Lamport, The Part-Time Parliament, 1998',
    verdict: 'holds',
    checks: [
      ofFive,
      'protocols/paxos/five',
      'protocols/paxos/claims',
      'valency/paxos/2-processes/gst',
      'zoo/PX-06',
    ],
  },
  {
    id: 'PAX-14',
    name: 'Safe, not live',
    kind: 'theorem',
    says: 'It guarantees safety and not that it ends, and so does not contradict FLP.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.4',
    verdict: 'holds',
    checks: [SAFE, 'valency/paxos/3-processes/010', 'valency/paxos/2-processes/omega'],
  },
  {
    id: 'PAX-16',
    name: 'A majority that is up is enough',
    kind: 'claim',
    says: 'Agreement by majorities works as long as a majority is up.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2',
    verdict: 'holds',
    checks: [ofFive, 'protocols/paxos/half-is-enough'],
  },
  {
    id: 'PAX-17',
    name: 'Numbers only grow',
    kind: 'property',
    says: 'The number that an acceptor has got to never becomes smaller.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.2',
    verdict: 'holds',
    checks: [
      everyStep('no step makes it smaller', two, neverGoesDown),
      someStepIsNot(
        'the restart of an acceptor that has not stored its promise does',
        { ...two, mutant: 'forget-promise' },
        neverGoesDown,
      ),
    ],
  },
  {
    id: 'PAX-22',
    name: 'A round where promises name numbers only',
    kind: 'protocol',
    says:
      'A leader appoints itself and sends a number, nodes answer with the highest number they ' +
      'know, and if a majority answers with that of the leader it goes on with its value.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: ['specs/consensus/paxos/promise-without-vote', 'zoo/PX-09'],
    instead:
      'A promise also says which proposal of the greatest number was accepted, and binds who ' +
      'gives it; the leader is not free, it must take over the value of the greatest number.',
    checks: [SAFE, 'protocols/paxos/claims'],
  },
  {
    id: 'PAX-23',
    name: 'Several rounds at the same time',
    kind: 'claim',
    says: 'Rounds of different leaders can run at the same time, also for a single decision.',
    source: 'Lamport, The Part-Time Parliament, 1998',
    verdict: 'holds',
    checks: [
      reaches(
        'two ballots are in their second phase at once, and neither is chosen',
        two,
        (s) =>
          [0, 1].every((b) => [0, 1].some((v) => votesIn(s, b, v) === 1)) &&
          ![0, 1].some((b) => [0, 1].some((v) => isChosenAt(s, b, v))),
      ),
      SAFE,
    ],
  },
  {
    id: 'PAX-24',
    name: 'Several proposals in one round',
    kind: 'claim',
    says: 'Even in the same round there can be several proposals, each with an identifier.',
    source: 'lecture notes',
    verdict: 'refuted as worded',
    counterexamples: ['specs/consensus/paxos/reuse-ballot', 'protocols/paxos/ballot-reused'],
    instead:
      'Different proposers use different numbers, and with one number at most one value is ' +
      'proposed.',
    checks: [
      always(
        'no two values are proposed in a ballot',
        two,
        (s) => ![0, 1].some((b) => isProposed(s, b, 0) && isProposed(s, b, 1)),
      ),
      'specs/consensus/voting/split-ballot',
    ],
  },
  {
    id: 'PAX-25',
    name: 'Proven safe',
    kind: 'claim',
    says: 'There is a formal proof that it is safe.',
    source: 'Lamport, The Paxos Algorithm, or How to Win a Turing Award, 2019',
    verdict: 'holds',
    checks: [
      SAFE,
      'specs/consensus/voting/quorums-majority-n-3-value-2-ballot-3/claims',
      inductive,
      notInductive,
    ],
  },
]
