import { compacted, termAt } from './log.ts'
import { configurationAt, initialConfiguration } from './membership.ts'
import type { RaftFx, Setup, Snapshot, State } from './state.ts'
import { emptyMachine } from './store.ts'
import type { NodeId } from '../../src/node/index.ts'

/** What the cluster begins with: nothing, and its first voters. */
export function firstSnapshot(setup: Setup, nodes: readonly NodeId[]): Snapshot {
  const configuration = initialConfiguration(setup, nodes)
  return { index: 0, term: 0, configuration, machine: emptyMachine }
}

/**
 * Puts what was applied in the place of the older half of a log that has become long (§7). The
 * newer half stays for those that are only a little behind.
 */
export function compactLog(state: State, setup: Setup, fx: RaftFx): State {
  const { log, commit, machine } = state
  const every = setup.snapshotEvery
  if (every === 0 || commit < log.base + 2 * every) return state
  const [configuration] = configurationAt(log, state.snapshot, commit)
  const index = setup.rules.snapshotNamesItsLastEntry ? commit : commit + 1
  const snapshot = { index, term: termAt(log, commit) as number, configuration, machine }
  // Writes reach the disk in this order, so there is never a gap between a snapshot and a log.
  const base = commit - every
  if (!setup.rules.snapshotsAreOneWrite) {
    fx.put('snapshot', { ...snapshot, machine: state.snapshot.machine })
  }
  fx.put('snapshot', snapshot)
  fx.compact('log', base)
  fx.note('snapshot', index)
  return { ...state, snapshot, log: compacted(log, base) }
}
