import type { NodeId, Request } from '../../src/node/index.ts'
import { stepDown } from './follower.ts'
import { append } from './leader.ts'
import type { Members } from './membership.ts'
import type {
  Configuration,
  Lead,
  Progress,
  RaftFx,
  Reconfiguration,
  Setup,
  State,
} from './state.ts'

/** Asks for other voters: `{ f: 'reconfigure', value: ['n1', 'n2', 'n4'] }` (§6). */
export function onReconfigure(
  state: State,
  lead: Lead,
  { id, value }: Request,
  setup: Setup,
  fx: RaftFx,
): State {
  const nodes = fx.nodes as readonly unknown[]
  const isSet = Array.isArray(value) && value.length > 0 && new Set(value).size === value.length
  if (!isSet || !value.every((node) => nodes.includes(node))) {
    fx.fail(id, 'malformed-request')
    return state
  }
  // One change at a time, and none before this leader knows what is committed.
  const isKnown = state.commit >= lead.start || !setup.rules.changesWaitForOwnTerm
  if (lead.change !== null || isChanging(state) || !isKnown) {
    fx.fail(id, 'abort')
    return state
  }
  const change = { request: id, voters: value.map((node) => nodes.indexOf(node)) }
  if (setup.changes === 'single' && differences(state.members, change.voters) > 1) {
    fx.fail(id, 'not-supported')
    return state
  }
  return goOn({ ...state, lead: { ...lead, change } }, setup, fx)
}

/** The next step of a change, when the one before is committed. Any leader takes it. */
export function goOn(state: State, setup: Setup, fx: RaftFx): State {
  const { members } = state
  const lead = state.lead as Lead
  const isMember = members.all.includes(fx.nodes.indexOf(fx.self))
  if (lead.change === null && members.incoming.length === 0 && isMember) return state
  const isEarly = members.incoming.length > 0 && !setup.rules.jointsAreCommitted
  if (members.index > state.commit && !isEarly) return state
  // Both halves have agreed that the old one goes.
  if (members.incoming.length > 0) return configure(state, members.incoming, [], setup, fx)
  if (lead.change !== null) return begin(state, lead, lead.change, setup, fx)
  // A leader that is not in the new configuration leads until that is committed.
  return isMember ? state : stepDown(state, setup, fx)
}

function begin(state: State, lead: Lead, change: Reconfiguration, setup: Setup, fx: RaftFx): State {
  const { request, voters } = change
  if (isSame(state.members, voters)) {
    fx.reply(request, null)
    return goOn({ ...state, lead: { ...lead, change: null } }, setup, fx)
  }
  if (!voters.every((number) => isCaughtUp(number, state, lead, setup, fx))) return state
  // Majorities of sets that differ in one node meet (dissertation §4.1).
  const isJoint = setup.changes === 'joint' && setup.rules.changesAreJoint
  if (!isJoint) return configure(state, voters, [], setup, fx)
  return configure(state, state.members.voters, voters, setup, fx)
}

/** New voters that lack much would keep the cluster from committing anything (§6). */
function isCaughtUp(number: number, state: State, lead: Lead, setup: Setup, fx: RaftFx): boolean {
  const { match } = lead.progress[number] as Progress
  return fx.nodes[number] === fx.self || match + setup.batch >= state.commit
}

function configure(
  state: State,
  voters: readonly number[],
  incoming: readonly number[],
  setup: Setup,
  fx: RaftFx,
): State {
  const names = (numbers: readonly number[]) => numbers.map((number) => fx.nodes[number] as NodeId)
  const value: Configuration = {
    f: 'configure',
    voters: names(voters),
    incoming: names(incoming),
  }
  fx.note('configuration', value)
  // Rounds that the former voters confirmed say nothing of the next.
  const lead = { ...(state.lead as Lead), begun: [], lease: null }
  return append({ ...state, lead }, value, setup, fx)
}

function isChanging({ members, commit }: State): boolean {
  return members.incoming.length > 0 || members.index > commit
}

function differences({ voters }: Members, wanted: readonly number[]): number {
  const gone = voters.filter((number) => !wanted.includes(number))
  return gone.length + wanted.filter((number) => !voters.includes(number)).length
}

function isSame({ voters }: Members, wanted: readonly number[]): boolean {
  return voters.length === wanted.length && voters.every((number) => wanted.includes(number))
}
