import { raftFacts } from '../../specs/log/raft-facts.ts'
import { raftInSteps } from '../../specs/log/raft-rpc.ts'
import { raft } from '../../specs/log/raft.ts'
import { answer, question } from './check.ts'
import { subsets } from './quiet-run.ts'
import type { Plain, StateOf } from './spec-states.ts'
import { always, claimsHold, everyStep, reaches, someStepIsNot } from './spec-states.ts'

/** What states and steps of the specs of Raft are like. */

type Facts = StateOf<ReturnType<typeof raftFacts.make>>
type Steps = StateOf<ReturnType<typeof raftInSteps.make>>

const servers = [0, 1, 2]

const fromItsLeader = (s: Facts): boolean =>
  servers.every((i) =>
    s.log.get(i).every((entry, at) => {
      const led = s.led.get(entry.term)
      return at < led.length && led.at(at) === entry
    }),
  )

export const entriesFromLeader = always(
  'each entry of a term is at its place in the log of the leader of that term',
  { spec: raftFacts, size: { restarts: false }, symmetry: true },
  fromItsLeader,
)

export const entriesFromTwo = reaches(
  'where half of the servers elect there are entries of a term that its leader does not have',
  { spec: raftFacts, size: { term: 1, value: 2 }, mutant: 'half-is-enough' },
  (s) => !fromItsLeader(s),
)

const grantedTo = (s: Facts, candidate: number): number =>
  s.granted.get(1).count((to) => to === candidate)

export const threeSplit = reaches(
  'three candidates of three split the votes: each has its own',
  { spec: raft, size: { value: 0, maxElections: 3, maxRestarts: 0 } },
  (s) =>
    servers.every(
      (i) =>
        s.role.get(i) === 'candidate' &&
        s.votedFor.get(i) === i &&
        s.currentTerm.get(i) === s.currentTerm.get(0),
    ),
)

export const fiveSplit = reaches(
  'five voters split their votes two, two and one',
  { spec: raftFacts, size: { server: 5, term: 1 }, symmetry: true },
  (s) => {
    const counts = [0, 1, 2, 3, 4].map((candidate) => grantedTo(s, candidate))
    return counts.filter((count) => count === 2).length === 2 && counts.includes(1)
  },
)

export const evenIsSafe = claimsHold(
  'four servers of which three elect and commit are safe, and not idle',
  { spec: raftInSteps, size: { server: 4, term: 2, length: 1 }, symmetry: true },
)

export const halfOfFour = reaches(
  'where two of four are enough two of them lead in one term',
  { spec: raftInSteps, size: { server: 4, term: 1, length: 1 }, mutant: 'half-is-enough' },
  (s) =>
    [0, 1, 2, 3].filter((i) => s.leads.get(i)).length > 1 &&
    [0, 1, 2, 3].every((i) => s.term.get(i) === 1),
)

/** The smallest number of servers of which any two groups share one, by looking at the groups. */
function smallestQuorum(servers_: number): number {
  const all = Array.from({ length: servers_ }, (_, at) => at)
  for (let size = 1; size <= servers_; size++) {
    const groups = subsets(all, size)
    const meet = groups.every((one) =>
      groups.every((other) => one.some((server) => other.includes(server))),
    )
    if (meet) return size
  }
  return servers_
}

export const quorumSizes = question(
  'enumeration',
  'the smallest groups of which any two meet have n div 2, and one, servers',
  () => {
    const rows = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ n, size: smallestQuorum(n) }))
    return answer(
      rows.every(({ n, size }) => size === Math.floor(n / 2) + 1),
      `by looking at all groups: ${rows.map(({ n, size }) => `${size} of ${n}`).join(', ')}`,
    )
  },
)

export const evenToleratesNoMore = question(
  'enumeration',
  'an even number of servers tolerates no more faults than one server less',
  () => {
    const faults = (n: number): number => n - smallestQuorum(n)
    const rows = [2, 4, 6, 8].map((n) => ({ n, even: faults(n), odd: faults(n - 1) }))
    return answer(
      rows.every(({ even, odd }) => even === odd),
      rows.map(({ n, even, odd }) => `${n}: ${even}, ${n - 1}: ${odd}`).join('; '),
    )
  },
)

const ROLES: Readonly<Record<string, readonly string[]>> = {
  follower: ['follower', 'candidate'],
  candidate: ['candidate', 'leader', 'follower'],
  leader: ['leader', 'follower'],
}

const rolesFollow = (before: Plain, after: Plain): boolean => {
  const roles = [before, after].map((state) => state['role'] as ReadonlyMap<number, string>)
  return servers.every((i) => ROLES[roles[0]?.get(i) ?? '']?.includes(roles[1]?.get(i) ?? ''))
}

export const rolesOfServers = everyStep(
  'followers become candidates, candidates leaders or followers, and leaders followers',
  { spec: raftFacts, size: { term: 1 } },
  rolesFollow,
)

export const twoTermsTwoLeaders = reaches(
  'two servers lead at the same time, in different terms',
  { spec: raftInSteps, size: { term: 2 } },
  (s) => servers.filter((i) => s.leads.get(i)).length > 1,
)

const termsOf = (state: Plain): ReadonlyMap<number, number> =>
  state['term'] as ReadonlyMap<number, number>

const termsGrow = (before: Plain, after: Plain): boolean =>
  servers.every((i) => (termsOf(after).get(i) ?? 0) >= (termsOf(before).get(i) ?? 0))

export const termsNeverFall = everyStep(
  'no step makes the term of a server smaller',
  { spec: raftInSteps },
  termsGrow,
)

export const termsFall = someStepIsNot(
  'a server that votes in a term that is over goes back',
  { spec: raftInSteps, mutant: 'vote-in-past' },
  termsGrow,
)

const logsDiffer = (s: Steps): boolean =>
  servers.some((i) =>
    servers.some(
      (j) =>
        s.log.get(i).length > 0 &&
        s.log.get(j).length > 0 &&
        s.log.get(i).at(0) !== s.log.get(j).at(0),
    ),
  )

export const logsMayDiffer = reaches(
  'two logs have different entries at the same place, and nothing is wrong',
  { spec: raftInSteps, size: { term: 2 } },
  logsDiffer,
)

/** The entries that a majority stores at the first place, by their terms. */
function storedByMajority(state: Plain): readonly number[] {
  const logs = [...(state['log'] as ReadonlyMap<number, readonly number[]>).values()]
  const firsts = logs.flatMap((log) => log.slice(0, 1))
  return [1, 2, 3, 4].filter((term) => firsts.filter((first) => first === term).length > 1)
}

export const storedAndLost = someStepIsNot(
  'an entry that a majority has stored is always stored by a majority afterwards: not so, as',
  { spec: raftInSteps },
  (before, after) =>
    storedByMajority(before).every((term) => storedByMajority(after).includes(term)),
)

/** The leader of term 1 still is in its term, where it has committed nothing. */
const firstLeader = (s: Steps): number =>
  servers.find(
    (i) =>
      s.leads.get(i) && s.term.get(i) === 1 && s.committed.get(i) === 0 && s.log.get(i).length > 0,
  ) ?? -1

export const committedByTheNext = reaches(
  'an entry that a dead leader never committed is committed by the next one',
  { spec: raftInSteps, size: { term: 2, length: 2 } },
  (s) =>
    firstLeader(s) >= 0 &&
    servers.some((i) => s.term.get(i) === 2 && s.committed.get(i) > 0 && s.log.get(i).at(0) === 1),
)

export const overwrittenByTheNext = reaches(
  'such an entry may also give way to another one',
  { spec: raftInSteps, size: { term: 2, length: 2 } },
  (s) =>
    firstLeader(s) >= 0 &&
    servers.some((i) => s.term.get(i) === 2 && s.committed.get(i) > 0 && s.log.get(i).at(0) === 2),
)
