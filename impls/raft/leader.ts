import type { NodeId } from '../../src/node/index.ts'
import { commitTo } from './commit.ts'
import { entriesFrom, lastIndex, termAt, withEntries } from './log.ts'
import { isConfiguration, membersInForce } from './membership.ts'
import type { Command, Entry, Lead, Progress, RaftFx, Setup, State } from './state.ts'

/** The leader puts a command at the end of its log, and sends it to the others at once (§5.3). */
export function append(state: State, value: Command, setup: Setup, fx: RaftFx): State {
  const entry: Entry = { term: state.term, value }
  const index = lastIndex(state.log) + 1
  const written = fx.append('log', entry)
  // To count itself the leader waits for its disk like everybody else.
  const after = setup.rules.leaderCountsItselfWhenDurable ? written : undefined
  fx.send(fx.self, { type: 'appended', term: state.term, round: 0, ok: true, index }, after)
  const log = withEntries(state.log, index, [entry])
  const members = isConfiguration(value)
    ? membersInForce(log, state.snapshot, state.commit, setup, fx.nodes)
    : state.members
  const next = { ...state, log, members, written }
  const sent = sendToAll(next, next.lead as Lead, setup, fx)
  return setup.rules.appliesWhenCommitted ? sent : commitTo(sent, index, setup, fx)
}

/**
 * Begins a round: shows everybody that this node leads, and sends what they lack. When a majority
 * has answered the round, nobody else had been elected when it began.
 */
export function beginRound(state: State, setup: Setup, fx: RaftFx): State {
  const before = state.lead as Lead
  const round = before.round + 1
  // Only who has a lease to keep looks at the clock.
  if (setup.leaseMs === 0) return sendToAll(state, { ...before, round }, setup, fx)
  const at = fx.now()
  const begun = [...before.begun, { round, at }]
  const lease = setup.rules.leasesNeedAnswers ? before.lease : at
  return sendToAll(state, { ...before, round, begun, lease }, setup, fx)
}

function sendToAll(state: State, lead: Lead, setup: Setup, fx: RaftFx): State {
  const progress = lead.progress.slice()
  const self = fx.nodes.indexOf(fx.self)
  for (const number of state.members.all) {
    if (number !== self) progress[number] = sendTo(number, state, lead, setup, fx)
  }
  // New voters are brought up to date before they get a vote.
  for (const number of lead.change?.voters ?? []) {
    if (!state.members.all.includes(number)) {
      progress[number] = sendTo(number, state, lead, setup, fx)
    }
  }
  return { ...state, lead: { ...lead, progress } }
}

/**
 * Sends one node what it lacks. If its log agreed at its last answer the leader supposes that this
 * arrives, so that the next entries need not wait (dissertation §10.2.1); if not, the node says so.
 */
export function sendTo(
  number: number,
  state: State,
  lead: Lead,
  setup: Setup,
  fx: RaftFx,
): Progress {
  const progress = lead.progress[number] as Progress
  const to = fx.nodes[number] as NodeId
  const { term, log, snapshot, commit } = state
  const { round } = lead
  if (progress.next <= log.base) {
    fx.send(to, { type: 'snapshot', term, round, snapshot })
    return { ...progress, next: snapshot.index + 1 }
  }
  const prevIndex = progress.next - 1
  const prevTerm = termAt(log, prevIndex) as number
  const entries = entriesFrom(log, progress.next, setup.batch)
  fx.send(to, { type: 'append', term, round, prevIndex, prevTerm, entries, commit })
  if (entries.length === 0 || !progress.agrees) return progress
  return { ...progress, next: progress.next + entries.length }
}
