import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import type { RaftMessage } from './raft-variables.ts'
import { raftVariables } from './raft-variables.ts'

/**
 * Raft with messages that may be lost, delayed and reordered: elections, replication one entry at a
 * time with at most one request under way to each follower, commitment, and restarts. How many
 * elections and restarts there may be is bounded, and each client value is asked for once.
 */
export const raft = spec(
  'raft-v',
  {
    about: 'Raft: a leader is elected in each term and replicates its log',
    source:
      'Ongaro and Ousterhout, In Search of an Understandable Consensus Algorithm, 2014, fig. 2; ' +
      'after the Raft.tla of J. Vanlightly',
    parameters: { server: 3, value: 1, maxElections: 1, maxRestarts: 0 },
    mutants: {
      'vote-twice': 'a server votes for every candidate of its term',
      'forget-vote': 'a server that restarts forgets for whom it voted',
      'ignore-log': 'a server votes for a candidate whose log is not as new as its own',
      'count-stale-votes': 'a candidate counts votes for an earlier term',
      'commit-on-one': 'a leader commits what one follower less than a majority has stored',
    },
  },
  ({ server, value, maxElections, maxRestarts }, planted) => {
    const { SERVER, VALUE, state } = raftVariables(server, value, maxElections, maxRestarts)
    type S = State<typeof state>
    type Message = RaftMessage
    type Response = Message & { readonly type: 'voteResponse' | 'appendResponse' }
    const servers = Array.from({ length: server }, (_, i) => i)
    const majority = Math.floor(server / 2) + 1

    const canReceive = (s: S, message: Message) => s.messages.count(message) > 1
    const send = (s: S, message: Message) => {
      s.messages.add(message, s.messages.has(message) ? 1 : 2)
    }
    const reply = (s: S, request: Message, response: Response) => {
      s.messages.remove(request)
      send(s, response)
    }
    const termAt = (s: S, i: number, index: number) =>
      index === 0 ? 0 : s.log.get(i).at(index - 1).term
    const lastTerm = (s: S, i: number) => termAt(s, i, s.log.get(i).length)
    const requestVote = (s: S, i: number, to: number): Message => ({
      type: 'requestVote',
      from: i,
      to,
      term: s.currentTerm.get(i) + 1,
      lastLogTerm: lastTerm(s, i),
      lastLogIndex: s.log.get(i).length,
    })
    const appendEntries = (s: S, i: number, to: number): Message => {
      const log = s.log.get(i)
      const next = s.nextIndex.get(i).get(to)
      const prevLogIndex = next - 1
      return {
        type: 'appendEntries',
        from: i,
        to,
        term: s.currentTerm.get(i),
        prevLogIndex,
        prevLogTerm: termAt(s, i, prevLogIndex),
        entry: next <= log.length ? log.at(next - 1) : null,
        commitIndex: Math.min(s.commitIndex.get(i), log.length, next),
      }
    }
    const logMatches = (s: S, i: number, index: number, term: number) =>
      index === 0 || (index <= s.log.get(i).length && termAt(s, i, index) === term)
    const forgetFollowers = (s: S, i: number, next: number) => {
      s.nextIndex.get(i).fill(next)
      s.matchIndex.get(i).fill(0)
      s.pending.get(i).clear()
    }
    /** The highest index that a majority has stored, counting the leader itself. */
    const agreedIndex = (s: S, i: number) => {
      const needed = planted('commit-on-one') ? majority - 1 : majority
      for (let index = s.log.get(i).length; index > 0; index--) {
        let stored = 1
        for (const j of servers) if (j !== i && s.matchIndex.get(i).get(j) >= index) stored++
        if (stored >= needed) return index
      }
      return 0
    }
    const stores = (s: S, i: number, v: number) => {
      const log = s.log.get(i)
      for (let index = 0; index < log.length; index++) if (log.at(index).value === v) return true
      return false
    }

    return model({
      state,
      init: (s) => {
        for (const i of servers) s.nextIndex.get(i).fill(1)
      },
      actions: {
        restart: {
          for: [SERVER],
          when: (s) => s.restarts < maxRestarts,
          then: (s, i) => {
            s.restarts++
            s.role.set(i, 'follower')
            s.votesGranted.get(i).clear()
            s.commitIndex.set(i, 0)
            forgetFollowers(s, i, 1)
            if (planted('forget-vote')) s.votedFor.set(i, null)
          },
        },
        timeout: {
          for: [SERVER],
          when: (s, i) =>
            s.elections < maxElections &&
            s.role.get(i) !== 'leader' &&
            servers.every((j) => j === i || !s.messages.has(requestVote(s, i, j))),
          then: (s, i) => {
            for (const j of servers) if (j !== i) send(s, requestVote(s, i, j))
            s.elections++
            s.role.set(i, 'candidate')
            s.currentTerm.set(i, s.currentTerm.get(i) + 1)
            s.votedFor.set(i, i)
            s.votesGranted.get(i).clear()
            s.votesGranted.get(i).add(i)
          },
        },
        becomeLeader: {
          for: [SERVER],
          when: (s, i) => s.role.get(i) === 'candidate' && s.votesGranted.get(i).size >= majority,
          then: (s, i) => {
            s.role.set(i, 'leader')
            forgetFollowers(s, i, s.log.get(i).length + 1)
          },
        },
        clientRequest: {
          for: [SERVER, VALUE],
          when: (s, i, v) => value > 0 && s.role.get(i) === 'leader' && s.acked.get(v) === 'unsent',
          then: (s, i, v) => {
            s.log.get(i).push({ term: s.currentTerm.get(i), value: v })
            s.acked.set(v, 'sent')
          },
        },
        advanceCommitIndex: {
          for: [SERVER],
          when: (s, i) => {
            if (s.role.get(i) !== 'leader') return false
            const agreed = agreedIndex(s, i)
            return agreed > s.commitIndex.get(i) && termAt(s, i, agreed) === s.currentTerm.get(i)
          },
          then: (s, i) => {
            const before = s.commitIndex.get(i)
            const agreed = agreedIndex(s, i)
            s.commitIndex.set(i, agreed)
            // A client that waits is told whether its value is among what was committed now.
            const log = s.log.get(i)
            for (let v = 0; v < value; v++) {
              if (s.acked.get(v) !== 'sent') continue
              for (let index = before; index < agreed; index++)
                if (log.at(index).value === v) s.acked.set(v, 'acked')
            }
          },
        },
        replicate: {
          for: [SERVER, SERVER],
          when: (s, i, j) => {
            if (i === j || s.role.get(i) !== 'leader' || s.pending.get(i).has(j)) return false
            const message = appendEntries(s, i, j)
            return (
              message.type !== 'appendEntries' || message.entry !== null || !s.messages.has(message)
            )
          },
          then: (s, i, j) => {
            send(s, appendEntries(s, i, j))
            s.pending.get(i).add(j)
          },
        },
        /** A server hears of a later term, from any message that was ever sent to it. */
        updateTerm: {
          for: ['messages'],
          when: (s, message) => message.term > s.currentTerm.get(message.to),
          then: (s, { to, term }) => {
            s.currentTerm.set(to, term)
            s.role.set(to, 'follower')
            s.votedFor.set(to, null)
          },
        },
        receiveRequestVote: {
          for: ['messages.requestVote'],
          when: (s, request) =>
            canReceive(s, request) && request.term <= s.currentTerm.get(request.to),
          then: (s, request) => {
            const { from, to: i } = request
            const last = lastTerm(s, i)
            const isNewEnough =
              planted('ignore-log') ||
              request.lastLogTerm > last ||
              (request.lastLogTerm === last && request.lastLogIndex >= s.log.get(i).length)
            const votedFor = s.votedFor.get(i)
            const granted =
              request.term === s.currentTerm.get(i) &&
              isNewEnough &&
              (votedFor === null || votedFor === from || planted('vote-twice'))
            if (granted) s.votedFor.set(i, from)
            const term = s.currentTerm.get(i)
            reply(s, request, { type: 'voteResponse', from: i, to: from, term, granted })
          },
        },
        receiveVoteResponse: {
          for: ['messages.voteResponse'],
          when: (s, response) =>
            canReceive(s, response) &&
            (response.term === s.currentTerm.get(response.to) || planted('count-stale-votes')),
          then: (s, response) => {
            if (response.granted) s.votesGranted.get(response.to).add(response.from)
            s.messages.remove(response)
          },
        },
        rejectAppendEntries: {
          for: ['messages.appendEntries'],
          when: (s, request) => {
            const { to: i, term, prevLogIndex, prevLogTerm } = request
            if (!canReceive(s, request) || term > s.currentTerm.get(i)) return false
            return (
              term < s.currentTerm.get(i) ||
              (s.role.get(i) === 'follower' && !logMatches(s, i, prevLogIndex, prevLogTerm))
            )
          },
          then: (s, request) => {
            const { from, to: i } = request
            const term = s.currentTerm.get(i)
            reply(s, request, {
              type: 'appendResponse',
              from: i,
              to: from,
              term,
              success: false,
              matchIndex: 0,
            })
          },
        },
        acceptAppendEntries: {
          for: ['messages.appendEntries'],
          when: (s, request) =>
            canReceive(s, request) &&
            request.term === s.currentTerm.get(request.to) &&
            s.role.get(request.to) !== 'leader' &&
            logMatches(s, request.to, request.prevLogIndex, request.prevLogTerm),
          then: (s, request) => {
            const { from, to: i, term, prevLogIndex, entry } = request
            s.role.set(i, 'follower')
            s.log.get(i).truncate(prevLogIndex)
            if (entry !== null) s.log.get(i).push(entry)
            s.commitIndex.set(i, request.commitIndex)
            reply(s, request, {
              type: 'appendResponse',
              from: i,
              to: from,
              term,
              success: true,
              matchIndex: s.log.get(i).length,
            })
          },
        },
        receiveAppendResponse: {
          for: ['messages.appendResponse'],
          when: (s, response) =>
            canReceive(s, response) && response.term === s.currentTerm.get(response.to),
          then: (s, response) => {
            const { from, to: i, success, matchIndex } = response
            const next = s.nextIndex.get(i)
            if (success) {
              next.set(from, matchIndex + 1)
              s.matchIndex.get(i).set(from, matchIndex)
            } else next.set(from, Math.max(next.get(from) - 1, 1))
            s.pending.get(i).delete(from)
            s.messages.remove(response)
          },
        },
      },
      invariants: {
        'election safety: at most one leader in a term': {
          for: [SERVER],
          holds: (s, i) => {
            if (s.role.get(i) !== 'leader') return true
            const term = s.currentTerm.get(i)
            for (const j of servers)
              if (j !== i && s.role.get(j) === 'leader' && s.currentTerm.get(j) === term)
                return false
            return true
          },
        },
        'log matching: logs with an entry of the same term are the same up to there': {
          for: [SERVER],
          holds: (s, i) => {
            const log = s.log.get(i)
            if (log.length === 0) return true
            for (let j = 0; j < i; j++) {
              const other = s.log.get(j)
              let same = true
              for (let index = 0; index < log.length && index < other.length; index++) {
                const one = log.at(index)
                const two = other.at(index)
                if (one.term === two.term && (!same || one.value !== two.value)) return false
                same &&= one.term === two.term
              }
            }
            return true
          },
        },
        'leader completeness: the newest leader has all that was acknowledged': {
          for: [VALUE],
          holds: (s, v) => {
            if (s.acked.get(v) !== 'acked') return true
            for (const i of servers) {
              if (s.role.get(i) !== 'leader' || stores(s, i, v)) continue
              const term = s.currentTerm.get(i)
              if (!s.currentTerm.some((other) => other > term)) return false
            }
            return true
          },
        },
        'state machine safety: what two servers commit is the same': {
          for: [SERVER],
          holds: (s, i) => {
            const committed = s.commitIndex.get(i)
            if (committed === 0) return true
            const log = s.log.get(i)
            for (let j = 0; j < i; j++) {
              const other = s.log.get(j)
              const both = Math.min(committed, s.commitIndex.get(j), log.length, other.length)
              for (let index = 0; index < both; index++)
                if (log.at(index) !== other.at(index)) return false
            }
            return true
          },
        },
        'what is acknowledged is stored by a majority': {
          for: [VALUE],
          holds: (s, v) => {
            if (s.acked.get(v) !== 'acked') return true
            let stored = 0
            for (const i of servers) if (stores(s, i, v)) stored++
            return stored >= majority
          },
        },
      },
      sometimes: {
        'a leader is elected': (s) => s.role.some((role) => role === 'leader'),
        'a value is acknowledged': (s) =>
          value === 0 || maxElections === 0 || s.acked.some((what) => what === 'acked'),
      },
      ends: 'anywhere',
      symmetry: [SERVER, VALUE],
      network: ['messages'],
    })
  },
)
