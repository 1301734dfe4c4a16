import type { NodeId } from '../../src/node/index.ts'
import { commitTo } from './commit.ts'
import { follow } from './follower.ts'
import { sendTo } from './leader.ts'
import { entryAt, lastIndex, startOfTerm, termAt, withEntries } from './log.ts'
import { agreed, isConfiguration, membersInForce } from './membership.ts'
import { answerReads, withLease } from './reads.ts'
import { goOn } from './reconfigure.ts'
import type { Entry, Lead, MessageOf, Progress, RaftFx, Setup, State } from './state.ts'

/** AppendEntries, receiver (figure 2). */
export function onAppend(
  before: State,
  from: NodeId,
  message: MessageOf<'append'>,
  setup: Setup,
  fx: RaftFx,
): State {
  const { term, round, prevIndex, prevTerm, entries } = message
  if (term < before.term) {
    if (setup.refusals) {
      const refusal = { type: 'appended', term: before.term, round, ok: false, index: 1 } as const
      fx.send(from, refusal, before.written)
    }
    return before
  }
  const state = follow(before, from, setup, fx)
  if (!agrees(state, prevIndex, prevTerm)) {
    const index = whereToGoOn(state, prevIndex)
    fx.send(from, { type: 'appended', term, round, ok: false, index }, state.written)
    return state
  }
  const next = entries.length === 0 ? state : withNew(state, prevIndex + 1, entries, setup, fx)
  const index = prevIndex + entries.length
  // What is acknowledged must survive a crash, also what an earlier message has brought.
  const after = setup.rules.followersAcknowledgeWhenDurable ? next.written : undefined
  fx.send(from, { type: 'appended', term, round, ok: true, index }, after)
  const commit = Math.min(message.commit, index)
  // A message that was sent earlier knows less.
  const isNews = commit > next.commit || !setup.rules.commitNeverGoesBack
  return isNews ? commitTo(next, commit, setup, fx) : next
}

/** The consistency check (§5.3). What is before the log is committed, so it agrees. */
function agrees({ log }: State, prevIndex: number, prevTerm: number): boolean {
  return prevIndex < log.base || termAt(log, prevIndex) === prevTerm
}

/** The leader skips a whole term that it does not have, or everything that is not here (§5.3). */
function whereToGoOn({ log, commit }: State, prevIndex: number): number {
  const last = lastIndex(log)
  return prevIndex > last ? last + 1 : Math.max(commit + 1, startOfTerm(log, prevIndex))
}

/** The first entry that is new, or differs, takes the place of all from there on. */
function withNew(
  state: State,
  first: number,
  entries: readonly Entry[],
  setup: Setup,
  fx: RaftFx,
): State {
  const { log } = state
  let known = Math.max(0, log.base + 1 - first)
  // An old message may bring less than is here already: that must stay.
  if (setup.rules.matchingEntriesStay) {
    while (known < entries.length && termAt(log, first + known) === entries[known]?.term) known++
  }
  if (known >= entries.length) return state
  const added = known === 0 ? entries : entries.slice(known)
  const index = first + known
  // Records are counted from 0, entries from 1.
  let written = state.written
  const conflicts = index <= lastIndex(log)
  if (conflicts) fx.truncate('log', index - 1)
  for (const entry of added) written = fx.append('log', entry)
  const next = { ...state, log: withEntries(log, index, added), written }
  const isChanged =
    state.members.index >= index || added.some(({ value }) => isConfiguration(value))
  if (!isChanged) return next
  return { ...next, members: membersInForce(next.log, next.snapshot, next.commit, setup, fx.nodes) }
}

/** AppendEntries, the answer. */
export function onAppended(
  state: State,
  from: NodeId,
  message: MessageOf<'appended'>,
  setup: Setup,
  fx: RaftFx,
): State {
  const before = state.lead
  if (before === null || message.term !== state.term) return state
  const number = fx.nodes.indexOf(from)
  const known = before.progress[number] as Progress
  const progress = before.progress.slice()
  const now = updated(known, message, setup)
  progress[number] = now
  const lead = setup.leaseMs === 0 ? { ...before, progress } : withLease(before, state, progress)
  let next: State = { ...state, lead }
  if (now.match > known.match) next = advanceCommit(next, lead, setup, fx)
  // A refusal that says nothing new was answered before, or will be by the next heartbeat.
  const isNews = message.ok || now.next < known.next
  if (isNews && lacks(next, number, fx)) next = sendMore(next, number, setup, fx)
  next = answerReads(next, setup, fx)
  return goOn(next, setup, fx)
}

/** Answers may be late or come twice: what was known to be stored stays known. */
function updated(
  known: Progress,
  { ok, index, round }: MessageOf<'appended'>,
  { rules }: Setup,
): Progress {
  const stored = rules.matchNeverGoesBack ? Math.max(known.match, index) : index
  const match = ok || !rules.refusalsStoreNothing ? stored : known.match
  const next = ok ? known.next : Math.min(known.next, index)
  return { next: Math.max(next, match + 1), agrees: ok, match, round: Math.max(known.round, round) }
}

function lacks({ log, lead }: State, number: number, { nodes, self }: RaftFx): boolean {
  const progress = lead?.progress[number] as Progress
  return nodes[number] !== self && progress.next <= lastIndex(log)
}

function sendMore(state: State, number: number, setup: Setup, fx: RaftFx): State {
  const lead = state.lead as Lead
  const progress = lead.progress.slice()
  progress[number] = sendTo(number, state, lead, setup, fx)
  return { ...state, lead: { ...lead, progress } }
}

/**
 * An entry of this term is committed when a majority has it on disk, and with it all before. One
 * of an earlier term is not: whoever has a newer one may still be elected and erase it (§5.4.2).
 */
function advanceCommit(state: State, lead: Lead, setup: Setup, fx: RaftFx): State {
  const index = agreed(state.members, lead.progress, 'match')
  if (index <= state.commit) return state
  const decides = setup.rules.commitPassesOldTerms ? index : state.commit + 1
  const isOwn = entryAt(state.log, decides)?.term === state.term
  return isOwn || !setup.rules.countsOwnTermOnly ? commitTo(state, index, setup, fx) : state
}
