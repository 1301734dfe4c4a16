import { entryAt, termAt } from './log.ts'
import { isConfiguration, membersInForce } from './membership.ts'
import { compactLog } from './snapshot.ts'
import type { RaftFx, Setup, State, Waiting } from './state.ts'
import { applied, resultOf } from './store.ts'

/** Entries up to an index are committed: they are applied in order, and clients are answered. */
export function commitTo(state: State, index: number, setup: Setup, fx: RaftFx): State {
  let machine = state.machine
  for (let at = state.commit + 1; at <= index; at++) {
    const value = entryAt(state.log, at)?.value ?? null
    if (value !== null && !isConfiguration(value)) machine = applied(machine, value, setup.rules)
  }
  const { log, snapshot } = state
  // A configuration that is committed has been used since it was in the log.
  const members = setup.rules.configurationsHoldAtOnce
    ? state.members
    : membersInForce(log, snapshot, index, setup, fx.nodes)
  const most = Math.max(state.applied, index)
  const next = { ...state, commit: index, machine, applied: most, members }
  return compactLog(answerWaiting(next, fx), setup, fx)
}

/** Answers those who wait for something at an index that is committed now. */
export function answerWaiting(state: State, fx: RaftFx): State {
  if (state.waiting.length === 0) return state
  const waiting = state.waiting.filter((one) => one.index > state.commit)
  if (waiting.length === state.waiting.length) return state
  for (const one of state.waiting) if (one.index <= state.commit) answer(one, state, fx)
  return { ...state, waiting }
}

function answer({ request, client, serial, index, term }: Waiting, state: State, fx: RaftFx): void {
  const result = resultOf(state.machine, client, serial)
  if (result !== undefined) {
    fx.reply(request, result)
    return
  }
  const committed = termAt(state.log, index)
  // Something else took the place of the entry: it can never be committed. Or else the client has
  // gone on without an answer, and nobody knows any more.
  const isLost = committed !== undefined && committed !== term
  fx.fail(request, isLost ? 'temporarily-unavailable' : 'crash')
}
