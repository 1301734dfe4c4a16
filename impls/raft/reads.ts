import type { Request } from '../../src/node/index.ts'
import { beginRound } from './leader.ts'
import { agreed } from './membership.ts'
import type { Lead, Progress, RaftFx, Setup, State } from './state.ts'
import { valueOf } from './store.ts'

/**
 * A read without an entry (§8, dissertation §6.4): a leader remembers what is committed now, finds
 * out that nobody else had been elected when it did so, and answers when that much is applied. A
 * new leader does not know what is committed before the first entry of its own term is.
 */
export function onRead(
  state: State,
  lead: Lead,
  { id, key }: Request,
  setup: Setup,
  fx: RaftFx,
): State {
  const { readsConfirmLeadership, readsWaitForOwnTerm } = setup.rules
  if (!readsConfirmLeadership || holdsLease(state, lead, setup, fx)) {
    fx.reply(id, valueOf(state.machine, key))
    return state
  }
  const index = readsWaitForOwnTerm ? Math.max(state.commit, lead.start) : state.commit
  // While others wait for a round, this one waits for the next, which serves all until then.
  const reads = [...lead.reads, { request: id, key, index, round: lead.round + 1 }]
  const next = { ...state, lead: { ...lead, reads } }
  return answerReads(lead.reads.length === 0 ? beginRound(next, setup, fx) : next, setup, fx)
}

/** Answers reads whose round is confirmed, and begins the next round if others wait for it. */
export function answerReads(state: State, setup: Setup, fx: RaftFx): State {
  const lead = state.lead as Lead
  if (lead.reads.length === 0) return state
  const confirmed = agreed(state.members, lead.progress, 'round')
  const left = []
  for (const read of lead.reads) {
    const isReady = read.round <= confirmed && read.index <= state.commit
    if (isReady) fx.reply(read.request, valueOf(state.machine, read.key))
    else left.push(read)
  }
  if (left.length === lead.reads.length && confirmed < lead.round) return state
  const next = { ...state, lead: { ...lead, reads: left } }
  const wait = left.some(({ round }) => round > lead.round)
  return wait && confirmed >= lead.round ? beginRound(next, setup, fx) : next
}

/**
 * Nobody votes for another within the shortest election timeout of hearing from the leader, so for
 * that long after a round began that a majority has answered, there is no other (dissertation
 * §6.4.1). `leaseMs` is less by as much as two clocks may differ.
 */
function holdsLease({ commit }: State, lead: Lead, { leaseMs }: Setup, fx: RaftFx): boolean {
  if (lead.lease === null || commit < lead.start) return false
  const passed = fx.now() - lead.lease
  return passed >= 0 && passed < leaseMs
}

/** Which of the rounds that were begun are confirmed, and when the last of them began. */
export function withLease(lead: Lead, state: State, progress: readonly Progress[]): Lead {
  const confirmed = agreed(state.members, progress, 'round')
  const last = lead.begun.findLast(({ round }) => round <= confirmed)
  if (last === undefined) return { ...lead, progress }
  const begun = lead.begun.filter(({ round }) => round > confirmed)
  return { ...lead, progress, begun, lease: last.at }
}
