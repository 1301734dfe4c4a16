import type { Disk, NodeId } from '../../src/node/index.ts'
import { emptyKeyValue } from '../machine/key-value.ts'
import { commonPrefix, lastZxid } from './state.ts'
import type { Candidate, History, Leading, State, ZabFx } from './state.ts'

/** What a node starts with in this life: what its disk has kept. */
export function started(disk: Disk, life: number, written: number): State {
  const currentEpoch = (disk.get('currentEpoch') as number | undefined) ?? 0
  const promised = (disk.get('acceptedEpoch') as number | undefined) ?? 0
  const acceptedEpoch = Math.max(promised, currentEpoch)
  return {
    acceptedEpoch,
    currentEpoch,
    history: disk.log('history').records as History,
    written,
    phase: 'election',
    leader: null,
    attempt: [life, 0],
    initial: 0,
    greatest: acceptedEpoch,
    delivered: [],
    store: emptyKeyValue,
    waiting: {},
    leading: null,
  }
}

/** What somebody begins with who would like to lead. */
export const unelected: Leading = {
  epoch: 0,
  followers: {},
  promised: {},
  selected: false,
  synchronised: {},
  established: false,
  logged: {},
  committed: 0,
  store: emptyKeyValue,
  heard: [],
}

/** The last counter of the current epoch that is in the history. */
export function counterOf({ history, currentEpoch }: State): number {
  const [epoch, counter] = lastZxid(history)
  return epoch === currentEpoch ? counter : 0
}

/** Whether a leader says this to the follower that a node is now, and not to one that it was. */
export function isExpected(
  { leader, phase, attempt }: State,
  from: NodeId,
  expected: State['phase'],
  [life, number]: State['attempt'],
): boolean {
  return leader === from && phase === expected && attempt[0] === life && attempt[1] === number
}

/** Of the latest epoch that anybody has entered the one that goes furthest (section 4.1). */
export function best(candidates: readonly Candidate[]): Candidate {
  return candidates.reduce((one, other) => {
    if (one.currentEpoch !== other.currentEpoch) {
      return one.currentEpoch > other.currentEpoch ? one : other
    }
    const [[epoch, counter], [itsEpoch, its]] = [lastZxid(one.history), lastZxid(other.history)]
    return epoch > itsEpoch || (epoch === itsEpoch && counter >= its) ? one : other
  })
}

/** CEPOCH */
export function introduce(state: State, leader: NodeId, fx: ZabFx): State {
  const { acceptedEpoch, attempt, written } = state
  fx.send(leader, { type: 'cepoch', acceptedEpoch, attempt }, written)
  return state
}

/** NEWLEADER: the difference between the own history and that of a follower. */
export function offer(state: State, to: NodeId, { attempt, history }: Candidate, fx: ZabFx): void {
  const keep = commonPrefix(history, state.history)
  const add = state.history.slice(keep)
  const { currentEpoch: epoch, initial } = state
  fx.send(to, { type: 'new-leader', epoch, attempt, initial, keep, add })
}

/** COMMIT-LD */
export function commitLeader(
  { epoch, committed }: Leading,
  to: NodeId,
  attempt: State['attempt'],
  fx: ZabFx,
): void {
  if (to === fx.self) return
  fx.send(to, { type: 'commit-leader', epoch, attempt, committed })
}
