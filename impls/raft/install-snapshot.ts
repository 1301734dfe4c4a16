import type { NodeId } from '../../src/node/index.ts'
import { answerWaiting } from './commit.ts'
import { follow } from './follower.ts'
import { compacted, termAt } from './log.ts'
import type { Log } from './log.ts'
import { membersInForce } from './membership.ts'
import type { MessageOf, RaftFx, Setup, State } from './state.ts'

/** InstallSnapshot (figure 13), in one message. */
export function onSnapshot(
  before: State,
  from: NodeId,
  { term, round, snapshot }: MessageOf<'snapshot'>,
  setup: Setup,
  fx: RaftFx,
): State {
  if (term < before.term) {
    if (setup.refusals) {
      const refusal = { type: 'appended', term: before.term, round, ok: false, index: 1 } as const
      fx.send(from, refusal, before.written)
    }
    return before
  }
  const state = follow(before, from, setup, fx)
  const { index } = snapshot
  // A late one: what it has is committed here already, and what came after must not be lost.
  if (index <= state.commit && setup.rules.oldSnapshotsAreIgnored) {
    fx.send(from, { type: 'appended', term, round, ok: true, index }, state.written)
    return state
  }
  const put = fx.put('snapshot', snapshot)
  // Where the log agrees with the snapshot, its entries after it stay.
  const agrees = termAt(state.log, index) === snapshot.term
  if (!agrees) fx.truncate('log', 0)
  const compact = fx.compact('log', index)
  const log: Log = agrees
    ? compacted(state.log, index)
    : { base: index, baseTerm: snapshot.term, entries: [] }
  const written = Math.max(put, compact)
  fx.send(from, { type: 'appended', term, round, ok: true, index }, written)
  fx.note('snapshot installed', index)
  const members = membersInForce(log, snapshot, index, setup, fx.nodes)
  const applied = Math.max(state.applied, index)
  const { machine } = snapshot
  const next = { ...state, snapshot, log, members, written, commit: index, machine, applied }
  return answerWaiting(next, fx)
}
