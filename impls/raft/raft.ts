import type { Program } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'
import { askAgain, onAskVote, onElection, onSilence, onVote } from './election.ts'
import { enterTerm } from './follower.ts'
import { onSnapshot } from './install-snapshot.ts'
import { append, beginRound } from './leader.ts'
import { lastIndex } from './log.ts'
import { onRead } from './reads.ts'
import { onReconfigure } from './reconfigure.ts'
import { recovered } from './recovery.ts'
import { onAppend, onAppended } from './replication.ts'
import { mutants, rulesOf } from './rules.ts'
import type { Message, Setup, State, Timer } from './state.ts'

/**
 * A store of values by key, on every node of a cluster, that is as one (Ongaro & Ousterhout 2014).
 *
 * All nodes apply the same commands in the same order, that of a log. Time is divided into terms;
 * in each at most one node leads, as it needs the votes of a majority and a node votes once in a
 * term. Only the leader adds to the log, and a command is committed when a majority has it on disk.
 * Nobody becomes leader whose log is older than that of one of his voters, and any two majorities
 * share a node: so every later leader has every committed command, and no two nodes ever apply
 * different ones at the same place.
 *
 *   election.ts      how a leader is chosen (§5.2, §5.4.1; PreVote and CheckQuorum: dissertation)
 *   leader.ts        how a command gets into the log and to the others (§5.3)
 *   replication.ts   AppendEntries at both ends, and when something is committed (§5.3, §5.4.2)
 *   commit.ts        what is committed is applied, and its client is answered
 *   reads.ts         reads that need no entry (§8)
 *   store.ts         the state machine, and operations that are asked for twice (§8)
 *   snapshot.ts, install-snapshot.ts, recovery.ts        logs that do not grow for ever (§7)
 *   membership.ts, reconfigure.ts                        other voters, by joint consensus (§6)
 *   rules.ts         what may not be done otherwise, and the named bugs that do it otherwise
 */
export const raft = protocol(
  'raft',
  {
    about: 'A replicated log and a key-value store: elections, snapshots, other voters, sessions',
    source:
      'Ongaro, Ousterhout 2014, In search of an understandable consensus algorithm; ' +
      'Ongaro 2014, Consensus: bridging theory and practice',
    options: {
      heartbeatMs: 50,
      electionMs: 200,
      batch: 64,
      snapshotEvery: 64,
      preVote: false,
      checkQuorum: true,
      members: 0,
      changes: 'joint',
      showsProgress: false,
      refusals: true,
    },
    mutants,
    tolerates: {
      crashes: 'any',
      restarts: true,
      loss: true,
      duplication: true,
      reordering: true,
      partitions: true,
      pauses: true,
      diskFull: true,
      clockSkew: 25,
      clockJumps: true,
    },
    sessions: true,
    alike: {
      numbers: ['votes'],
      sets: ['voters', 'incoming', 'all'],
      indexed: ['progress', 'match'],
    },
  },
  (options, planted) => raftNode({ ...options, leaseMs: 0, rules: rulesOf(planted) }),
)

export function raftNode(setup: Setup): Program<State, Message, Timer> {
  return program<State, Message, Timer>({
    boot: (disk, fx) => recovered(disk, setup, fx),

    onRequest(state, request, fx) {
      const { id, client, serial, f, key, value } = request
      const { lead, term } = state
      if (lead === null) {
        fx.fail(id, 'temporarily-unavailable', state.leader ?? undefined)
        return state
      }
      switch (f) {
        case 'read':
          return onRead(state, lead, request, setup, fx)
        case 'cas':
        case 'write': {
          if (f === 'cas' && !(Array.isArray(value) && value.length === 2)) {
            fx.fail(id, 'malformed-request')
            return state
          }
          const index = lastIndex(state.log) + 1
          const waiting = [...state.waiting, { request: id, client, serial, index, term }]
          const change = { f, client, serial, key: key ?? null, value } as const
          return append({ ...state, waiting }, change, setup, fx)
        }
        case 'reconfigure':
          return onReconfigure(state, lead, request, setup, fx)
        default:
          fx.fail(id, 'not-supported')
          return state
      }
    },

    onMessage(before, from, message, fx) {
      if (message.type === 'ask-vote') return onAskVote(before, from, message, setup, fx)
      // A promise to vote names the term that was asked for, which nobody is in yet.
      const isPromise = message.type === 'vote' && message.pre && message.granted
      const state =
        message.term > before.term && !isPromise
          ? enterTerm(before, message.term, setup, fx)
          : before
      switch (message.type) {
        case 'vote':
          return onVote(state, from, message, setup, fx)
        case 'append':
          return onAppend(state, from, message, setup, fx)
        case 'snapshot':
          return onSnapshot(state, from, message, setup, fx)
        case 'appended':
          return onAppended(state, from, message, setup, fx)
      }
    },

    onTimer(state, timer, fx) {
      switch (timer) {
        case 'silence':
          return onSilence(state, setup, fx)
        case 'election':
          return onElection(state, setup, fx)
        case 'heartbeat':
          if (state.lead === null) return askAgain(state, setup, fx)
          fx.setTimer('heartbeat', setup.heartbeatMs)
          return beginRound(state, setup, fx)
      }
    },

    view: ({ role, term, led, votedFor, commit, log, members, applied, lead }) => ({
      role,
      term,
      led,
      votedFor,
      commit,
      base: log.base,
      log: log.entries,
      voters: members.voters,
      incoming: members.incoming,
      ...(setup.showsProgress && {
        applied,
        match: lead === null ? null : lead.progress.map(({ match }) => match),
      }),
    }),

    enough(up, nodes) {
      // Where voters change nobody outside knows who they are.
      if (setup.members > 0) return up.length === nodes.length
      return 2 * up.length > nodes.length
    },
  })
}
