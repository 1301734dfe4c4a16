import type { Disk } from '../../src/node/index.ts'
import type { Log } from './log.ts'
import { membersInForce } from './membership.ts'
import { firstSnapshot } from './snapshot.ts'
import type { Entry, RaftFx, Setup, Snapshot, State } from './state.ts'

/**
 * The first start, and every other. What a node had promised is on its disk; what is committed it
 * learns from the leader. Where leases rely on silence it behaves as if it had just heard of
 * a leader, as before the crash it may have.
 */
export function recovered(disk: Disk, setup: Setup, fx: RaftFx): State {
  const ballot = (disk.get('ballot') as Ballot | undefined) ?? { term: 0, votedFor: null }
  const snapshot = (disk.get('snapshot') as Snapshot | undefined) ?? firstSnapshot(setup, fx.nodes)
  const log = recoveredLog(disk, snapshot, setup, fx)
  fx.setTimer('silence', setup.electionMs)
  return {
    term: setup.rules.termsArePersistent ? ballot.term : 0,
    votedFor: ballot.votedFor,
    log,
    snapshot,
    written: 0,
    role: 'follower',
    leader: null,
    heard: setup.leaseMs > 0,
    commit: snapshot.index,
    applied: snapshot.index,
    machine: snapshot.machine,
    members: membersInForce(log, snapshot, snapshot.index, setup, fx.nodes),
    votes: [],
    lead: null,
    led: 0,
    waiting: [],
  }
}

interface Ballot {
  readonly term: number
  readonly votedFor: string | null
}

/**
 * The entries after the snapshot. A crash may have come between a snapshot and the removal of a log
 * that does not agree with it.
 */
function recoveredLog(disk: Disk, { index, term }: Snapshot, { rules }: Setup, fx: RaftFx): Log {
  const { first, records } = disk.log('log')
  const entries = records as Entry[]
  // The disk has left out a record that was torn. What is there may have been acknowledged.
  if (!rules.goodRecordsStay && entries.pop()) fx.truncate('log', first + entries.length)
  const isNext = first === index
  if (isNext || entries[index - first - 1]?.term === term) {
    return { base: index, baseTerm: term, entries: entries.slice(index - first) }
  }
  fx.truncate('log', 0)
  fx.compact('log', index)
  return { base: index, baseTerm: term, entries: [] }
}
