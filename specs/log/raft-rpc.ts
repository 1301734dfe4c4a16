import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { bool, id, int, mapOf, seqOf, setOf } from '../../src/state/index.ts'

/**
 * Raft where a request and its answers are one step: a candidate and those who vote for it, a
 * leader and the follower to which it sends one entry. Messages that are late or lost are steps
 * that are not taken. Small enough for several terms, which is where the subtle rule of Raft is
 * needed: a leader counts copies only of entries of its own term (figure 8 of the paper).
 */
export const raftInSteps = spec(
  'raft-rpc',
  {
    about: 'Raft, a request and its answers being one step, over several terms',
    source:
      'Ongaro and Ousterhout, In Search of an Understandable Consensus Algorithm, 2014, section 5',
    parameters: { server: 3, term: 4, length: 1 },
    mutants: {
      'commit-old-term': 'a leader commits an entry of an earlier term when a majority has it',
      'ignore-log': 'servers vote for a candidate whose log is not as new as their own',
      'half-is-enough': 'half of the servers elect and commit',
      'vote-in-past': 'a server votes in a term that is not later than its own',
    },
  },
  ({ server, term, length }, planted) => {
    const SERVER = id('server', server)
    const TERM = int(0, term)
    const INDEX = int(0, length)
    const VOTERS = setOf(SERVER)
    const state = {
      term: mapOf(SERVER, TERM),
      leads: mapOf(SERVER, bool()),
      /** An entry is the term of the leader who made it. */
      log: mapOf(SERVER, seqOf(int(1, term), length)),
      committed: mapOf(SERVER, INDEX),
      /** What a leader knows to be stored by others; nothing if it does not lead. */
      matchIndex: mapOf(SERVER, mapOf(SERVER, INDEX)),
    }
    type S = State<typeof state>
    const servers = Array.from({ length: server }, (_, i) => i)
    const needed = planted('half-is-enough') ? Math.floor(server / 2) : Math.floor(server / 2) + 1

    const lastTerm = (s: S, i: number) => (s.log.get(i).length === 0 ? 0 : s.log.get(i).last())
    const isAsNew = (s: S, i: number, j: number) =>
      lastTerm(s, i) > lastTerm(s, j) ||
      (lastTerm(s, i) === lastTerm(s, j) && s.log.get(i).length >= s.log.get(j).length)
    const agreeUpTo = (s: S, i: number, j: number) => {
      const log = s.log.get(i)
      const other = s.log.get(j)
      let same = 0
      while (same < log.length && same < other.length && log.at(same) === other.at(same)) same++
      return same
    }
    /** The highest index of which a leader knows that enough servers have stored it. */
    const storedUpTo = (s: S, i: number) => {
      for (let index = s.log.get(i).length; index > 0; index--)
        if (servers.filter((j) => j === i || s.matchIndex.get(i).get(j) >= index).length >= needed)
          return index
      return 0
    }
    const stepDown = (s: S, i: number, to: number) => {
      s.term.set(i, to)
      s.leads.set(i, false)
      s.matchIndex.get(i).fill(0)
    }

    return model({
      state,
      actions: {
        /** A candidate times out as often as it likes, and is elected in some later term. */
        elect: {
          for: [SERVER, int(1, term), VOTERS],
          when: (s, i, t, voters) =>
            t > s.term.get(i) &&
            voters.size >= needed &&
            voters.has(i) &&
            servers.every(
              (j) =>
                j === i ||
                !voters.has(j) ||
                ((t > s.term.get(j) || planted('vote-in-past')) &&
                  (planted('ignore-log') || isAsNew(s, i, j))),
            ),
          then: (s, i, t, voters) => {
            for (const j of voters) stepDown(s, j, t)
            s.leads.set(i, true)
          },
        },
        append: {
          for: [SERVER],
          when: (s, i) => s.leads.get(i) && !s.log.get(i).full,
          then: (s, i) => {
            s.log.get(i).push(s.term.get(i))
          },
        },
        /** To the follower: the next entry, or only what is committed; it drops what conflicts. */
        replicate: {
          for: [SERVER, SERVER],
          when: (s, i, j) => i !== j && s.leads.get(i) && s.term.get(j) <= s.term.get(i),
          then: (s, i, j) => {
            if (s.leads.get(j) || s.term.get(j) < s.term.get(i)) stepDown(s, j, s.term.get(i))
            const log = s.log.get(i)
            let same = agreeUpTo(s, i, j)
            if (same < log.length) {
              s.log.get(j).truncate(same)
              s.log.get(j).push(log.at(same))
              same++
            }
            s.matchIndex.get(i).set(j, same)
            const committed = Math.min(s.committed.get(i), same)
            s.committed.set(j, Math.max(s.committed.get(j), committed))
          },
        },
        commit: {
          for: [SERVER],
          when: (s, i) => {
            if (!s.leads.get(i)) return false
            const index = storedUpTo(s, i)
            return (
              index > s.committed.get(i) &&
              (s.log.get(i).at(index - 1) === s.term.get(i) || planted('commit-old-term'))
            )
          },
          then: (s, i) => {
            s.committed.set(i, storedUpTo(s, i))
          },
        },
      },
      invariants: {
        'election safety: at most one leader in a term': {
          for: [SERVER, SERVER],
          holds: (s, i, j) =>
            i >= j || !s.leads.get(i) || !s.leads.get(j) || s.term.get(i) !== s.term.get(j),
        },
        'state machine safety: what two servers commit is the same': {
          for: [SERVER, SERVER],
          holds: (s, i, j) =>
            i >= j || agreeUpTo(s, i, j) >= Math.min(s.committed.get(i), s.committed.get(j)),
        },
        'leader completeness: a leader of a later term has what was committed': {
          for: [SERVER, SERVER],
          holds: (s, i, j) =>
            !s.leads.get(i) ||
            s.term.get(i) < s.term.get(j) ||
            agreeUpTo(s, i, j) >= s.committed.get(j),
        },
      },
      sometimes: {
        'an entry is committed by all': (s) => s.committed.every((index) => index > 0),
        'a leader is replaced': (s) =>
          servers.some((i) => s.leads.get(i) && s.term.get(i) === term),
      },
      ends: 'anywhere',
      symmetry: [SERVER],
    })
  },
)
