import type { ValueOf } from '../../src/state/index.ts'
import {
  bagOf,
  bool,
  id,
  int,
  mapOf,
  oneOf,
  option,
  record,
  seqOf,
  setOf,
  union,
} from '../../src/state/index.ts'

/** What servers of Raft keep and send, and what is on its way. */
export function raftVariables(
  server: number,
  value: number,
  maxElections: number,
  maxRestarts: number,
) {
  const SERVER = id('server', server)
  const VALUE = id('value', Math.max(1, value))
  const TERM = int(1, 1 + maxElections)
  /** Positions in a log start at 1; 0 is before the first entry, and its term is 0. */
  const INDEX = int(0, value)
  const TERM_OF_ENTRY = int(0, 1 + maxElections)
  const ENTRY = record({ term: TERM, value: VALUE })
  const MESSAGE = union({
    requestVote: {
      from: SERVER,
      to: SERVER,
      term: TERM,
      lastLogTerm: TERM_OF_ENTRY,
      lastLogIndex: INDEX,
    },
    voteResponse: { from: SERVER, to: SERVER, term: TERM, granted: bool() },
    appendEntries: {
      from: SERVER,
      to: SERVER,
      term: TERM,
      prevLogIndex: INDEX,
      prevLogTerm: TERM_OF_ENTRY,
      entry: option(ENTRY),
      commitIndex: INDEX,
    },
    appendResponse: { from: SERVER, to: SERVER, term: TERM, success: bool(), matchIndex: INDEX },
  })
  const state = {
    currentTerm: mapOf(SERVER, TERM),
    role: mapOf(SERVER, oneOf('follower', 'candidate', 'leader')),
    votedFor: mapOf(SERVER, option(SERVER)),
    log: mapOf(SERVER, seqOf(ENTRY, value)),
    commitIndex: mapOf(SERVER, INDEX),
    votesGranted: mapOf(SERVER, setOf(SERVER)),
    nextIndex: mapOf(SERVER, mapOf(SERVER, int(1, value + 1))),
    matchIndex: mapOf(SERVER, mapOf(SERVER, INDEX)),
    /** To whom a leader has sent entries without an answer yet. */
    pending: mapOf(SERVER, setOf(SERVER)),
    /** What the client knows of each value. */
    acked: mapOf(VALUE, oneOf('unsent', 'sent', 'acked')),
    elections: int(0, maxElections),
    restarts: int(0, maxRestarts),
    /**
     * Each message that was ever sent, as often as it may still be received, and once more:
     * that it was sent is remembered, so that nothing is asked for twice.
     */
    messages: bagOf(MESSAGE, 3),
  }
  return { SERVER, VALUE, MESSAGE, state }
}

export type RaftMessage = ValueOf<ReturnType<typeof raftVariables>['MESSAGE']>
