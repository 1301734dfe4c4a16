import type { NodeId } from '../../src/node/index.ts'
import type { RaftFx, Setup, State } from './state.ts'

/** Rules for all servers (figure 2): a greater term makes everybody a follower in it. */
export function enterTerm(state: State, term: number, setup: Setup, fx: RaftFx): State {
  const follower = stepDown(state, setup, fx)
  const written = fx.put('ballot', { term, votedFor: null })
  return { ...follower, term, votedFor: null, leader: null, written }
}

/** A leader or candidate gives up. Entries of waiting clients may still be committed by others. */
export function stepDown(state: State, setup: Setup, fx: RaftFx): State {
  if (state.lead !== null) {
    for (const { request } of state.lead.reads) fx.fail(request, 'temporarily-unavailable')
    // Whoever leads next goes on with a change that has begun.
    if (state.lead.change !== null) fx.fail(state.lead.change.request, 'crash')
    fx.cancelTimer('heartbeat')
    fx.cancelTimer('silence')
    fx.setTimer('election', [setup.electionMs, 2 * setup.electionMs])
    fx.note('steps down', state.term)
    return { ...state, role: 'follower', leader: null, heard: false, lead: null }
  }
  return { ...state, role: 'follower', votes: [] }
}

/**
 * There is a leader in this term. Time is measured in two parts: a silence as long as the shortest
 * election timeout, during which nobody else is voted for, then a random while.
 */
export function follow(state: State, leader: NodeId, setup: Setup, fx: RaftFx): State {
  fx.setTimer('silence', setup.electionMs)
  if (state.heard && state.leader === leader) return state
  fx.cancelTimer('election')
  return { ...state, role: 'follower', votes: [], leader, heard: true }
}
