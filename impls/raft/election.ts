import type { NodeId } from '../../src/node/index.ts'
import { enterTerm, stepDown } from './follower.ts'
import { isUpToDate, lastIndex, lastTerm } from './log.ts'
import { agreed, isMajority, membersAt } from './membership.ts'
import { append } from './leader.ts'
import type { Lead, MessageOf, RaftFx, Setup, State } from './state.ts'

/** Nothing was heard for the shortest election timeout. */
export function onSilence(state: State, setup: Setup, fx: RaftFx): State {
  if (state.lead !== null) return checkQuorum(state, state.lead, setup, fx)
  if (mayLead(state, fx)) fx.setTimer('election', [0, setup.electionMs])
  return { ...state, heard: false, leader: null }
}

/**
 * A leader that no majority answers gives up, so that its clients go elsewhere (dissertation §6.2):
 * the rounds that it had begun when it looked last must be confirmed by now.
 */
function checkQuorum(state: State, lead: Lead, setup: Setup, fx: RaftFx): State {
  const isAnswered = agreed(state.members, lead.progress, 'round') >= lead.checked
  const givesUp = setup.checkQuorum && setup.rules.leadersNeedMajority
  if (!isAnswered && givesUp) return stepDown(state, setup, fx)
  fx.setTimer('silence', setup.electionMs)
  return { ...state, lead: { ...lead, checked: lead.round } }
}

/** The election timeout: nobody leads, or the votes were split. */
export function onElection(state: State, setup: Setup, fx: RaftFx): State {
  if (state.lead !== null || !mayLead(state, fx)) return state
  return setup.preVote ? askBefore(state, setup, fx) : campaign(state, setup, fx)
}

/**
 * PreVote (dissertation §9.6): asks who would vote for this node before it begins a term, so that
 * one that was cut off does not disturb the others when it comes back.
 */
function askBefore(state: State, setup: Setup, fx: RaftFx): State {
  fx.setTimer('election', [setup.electionMs, 2 * setup.electionMs])
  const votes = [fx.nodes.indexOf(fx.self)]
  const next = { ...state, role: 'pre-candidate', leader: null, votes } as const
  askForVotes(next, true, state.term + 1, setup, fx)
  return countVotes(next, setup, fx)
}

/** Begins a term and votes for itself (§5.2). Its own vote arrives when it is on the disk. */
function campaign(state: State, setup: Setup, fx: RaftFx): State {
  const term = state.term + 1
  const written = fx.put('ballot', { term, votedFor: fx.self })
  fx.setTimer('election', [setup.electionMs, 2 * setup.electionMs])
  const candidate = { role: 'candidate', term, votedFor: fx.self, leader: null, votes: [] } as const
  const next: State = { ...state, ...candidate, written }
  askForVotes(next, false, term, setup, fx)
  fx.send(fx.self, { type: 'vote', term, pre: false, granted: true }, written)
  return next
}

/** A question may be lost, so it is asked again (§5.1) of those who have not said yes. */
export function askAgain(state: State, setup: Setup, fx: RaftFx): State {
  if (state.role === 'candidate') askForVotes(state, false, state.term, setup, fx)
  if (state.role === 'pre-candidate') askForVotes(state, true, state.term + 1, setup, fx)
  return state
}

function askForVotes(state: State, pre: boolean, term: number, setup: Setup, fx: RaftFx): void {
  const last = { lastIndex: lastIndex(state.log), lastTerm: lastTerm(state.log) }
  for (const number of state.members.all) {
    const node = fx.nodes[number] as NodeId
    if (node === fx.self || state.votes.includes(number)) continue
    fx.send(node, { type: 'ask-vote', term, pre, ...last }, state.written)
  }
  fx.setTimer('heartbeat', setup.heartbeatMs)
}

/** RequestVote, receiver (figure 2). */
export function onAskVote(
  before: State,
  from: NodeId,
  { term, pre, lastIndex, lastTerm }: MessageOf<'ask-vote'>,
  setup: Setup,
  fx: RaftFx,
): State {
  const { rules } = setup
  // Whoever hears a leader neither votes nor enters the term: somebody who was removed, or cut off,
  // must not end it (§6), and its lease relies on that (dissertation §6.4.1).
  if (before.heard && rules.votersWaitForSilence) return before
  const state = !pre && term > before.term ? enterTerm(before, term, setup, fx) : before
  const free = state.votedFor === null || state.votedFor === from
  const isCurrent = pre ? term > state.term : term === state.term && free
  const knowsEnough = !rules.votersCompareLogs || isUpToDate(state.log, lastIndex, lastTerm)
  if (!isCurrent || !knowsEnough) {
    if (setup.refusals) {
      fx.send(from, { type: 'vote', term: state.term, pre, granted: false }, state.written)
    }
    return state
  }
  if (pre) {
    fx.send(from, { type: 'vote', term, pre, granted: true }, state.written)
    return state
  }
  const ballot = { term, votedFor: from }
  const written = rules.votesArePersistent ? fx.put('ballot', ballot) : state.written
  fx.send(from, { type: 'vote', term, pre, granted: true }, written)
  fx.setTimer('election', [setup.electionMs, 2 * setup.electionMs])
  return { ...state, votedFor: from, written }
}

/** RequestVote, the answer. A vote is for one term, and counts in no other. */
export function onVote(
  state: State,
  from: NodeId,
  { term, pre, granted }: MessageOf<'vote'>,
  setup: Setup,
  fx: RaftFx,
): State {
  if (!granted || state.role !== (pre ? 'pre-candidate' : 'candidate')) return state
  const asked = pre ? state.term + 1 : state.term
  if (term !== asked && setup.rules.votesCountInTheirTermOnly) return state
  const number = fx.nodes.indexOf(from)
  if (state.votes.includes(number)) return state
  return countVotes({ ...state, votes: [...state.votes, number] }, setup, fx)
}

function countVotes(state: State, setup: Setup, fx: RaftFx): State {
  if (!isMajority(state.members, state.votes)) return state
  return state.role === 'candidate' ? becomeLeader(state, setup, fx) : campaign(state, setup, fx)
}

/**
 * A leader knows at first neither what the others have nor what is committed. The entry without a
 * command that it begins with tells it both (§8): when that is committed, so is all before it.
 */
function becomeLeader(state: State, setup: Setup, fx: RaftFx): State {
  const next = lastIndex(state.log) + 1
  const others = { next, agrees: false, match: 0, round: 0 }
  // The leader need not be asked whether it still leads.
  const own = { ...others, round: Number.MAX_SAFE_INTEGER }
  const lead: Lead = {
    progress: fx.nodes.map((node) => (node === fx.self ? own : others)),
    start: next,
    round: 0,
    checked: 0,
    reads: [],
    begun: [],
    lease: null,
    change: null,
  }
  fx.note('leads', state.term)
  fx.cancelTimer('election')
  fx.setTimer('silence', setup.electionMs)
  fx.setTimer('heartbeat', setup.heartbeatMs)
  const leader = { role: 'leader', leader: fx.self, heard: true, led: state.term } as const
  return append({ ...state, ...leader, votes: [], lead }, null, setup, fx)
}

/**
 * Whoever votes may campaign; and who is about to lose his vote, until that is committed: the
 * others may lack the entry that says so, and then nobody else could win (dissertation §4.2.2).
 */
function mayLead({ members, log, snapshot, commit }: State, fx: RaftFx): boolean {
  const self = fx.nodes.indexOf(fx.self)
  if (members.all.includes(self)) return true
  if (members.index <= commit) return false
  return membersAt(log, snapshot, members.index - 1, fx.nodes).all.includes(self)
}
