import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { bool, id, int, mapOf, option, record, seqOf, setOf } from '../../src/state/index.ts'

/**
 * Raft whose members change one at a time. A configuration is an entry of the log and is used from
 * the moment it is there, committed or not; majorities of two that differ by one member meet. That
 * is not enough: configurations that leaders of different terms append to the same one before may
 * differ by two. So a leader first commits an entry of its own term.
 * A request and its answers are one step, as in `raft-rpc`.
 */
export const raftMembership = spec(
  'raft-membership',
  {
    about: 'Raft with single-server changes of membership',
    source:
      'Ongaro, Consensus: Bridging Theory and Practice, 2014, section 4.1; ' +
      'and his correction, "bug in single-server membership changes", raft-dev, July 2015',
    parameters: { server: 3, term: 3, length: 2 },
    mutants: {
      'change-at-once': 'a new leader changes members before it has committed an entry of its term',
      'change-two': 'a leader exchanges two members in one change',
      'change-uncommitted': 'a leader changes members while its last change is not committed',
    },
  },
  ({ server, term, length }, planted) => {
    const SERVER = id('server', server)
    const MEMBERS = setOf(SERVER)
    const INDEX = int(0, length)
    /** `null`: an entry that changes nothing. */
    const ENTRY = record({ term: int(1, term), members: option(MEMBERS) })
    const state = {
      term: mapOf(SERVER, int(0, term)),
      leads: mapOf(SERVER, bool()),
      log: mapOf(SERVER, seqOf(ENTRY, length)),
      committed: mapOf(SERVER, INDEX),
      matchIndex: mapOf(SERVER, mapOf(SERVER, INDEX)),
    }
    type S = State<typeof state>
    type Members = ReadonlySet<number>
    const servers = Array.from({ length: server }, (_, i) => i)
    const everybody: Members = new Set(servers)
    const oneChange = planted('change-two') ? 2 : 1

    /** Where the last change of members stands in a log; -1 if there is none. */
    const lastChange = (s: S, i: number) => {
      const log = s.log.get(i)
      for (let at = log.length - 1; at >= 0; at--) if (log.at(at).members !== null) return at
      return -1
    }
    const membersOf = (s: S, i: number): Members => {
      const at = lastChange(s, i)
      return at < 0 ? everybody : (s.log.get(i).at(at).members ?? everybody)
    }
    const isMajority = (some: Members, members: Members) => {
      let count = 0
      for (const i of some) if (members.has(i)) count++
      return 2 * count > members.size
    }
    const difference = (one: Members, other: Members) =>
      servers.filter((i) => one.has(i) !== other.has(i)).length
    const lastTerm = (s: S, i: number) => (s.log.get(i).length === 0 ? 0 : s.log.get(i).last().term)
    const isAsNew = (s: S, i: number, j: number) =>
      lastTerm(s, i) > lastTerm(s, j) ||
      (lastTerm(s, i) === lastTerm(s, j) && s.log.get(i).length >= s.log.get(j).length)
    const agreeUpTo = (s: S, i: number, j: number) => {
      const log = s.log.get(i)
      const other = s.log.get(j)
      let same = 0
      while (same < log.length && same < other.length && log.at(same).term === other.at(same).term)
        same++
      return same
    }
    const storedUpTo = (s: S, i: number) => {
      const members = membersOf(s, i)
      for (let index = s.log.get(i).length; index > 0; index--) {
        const have = servers.filter((j) => j === i || s.matchIndex.get(i).get(j) >= index)
        if (isMajority(new Set(have), members)) return index
      }
      return 0
    }
    const stepDown = (s: S, i: number, to: number) => {
      s.term.set(i, to)
      s.leads.set(i, false)
      s.matchIndex.get(i).fill(0)
    }
    const mayChange = (s: S, i: number) => {
      const committed = s.committed.get(i)
      return (
        (planted('change-uncommitted') || lastChange(s, i) < committed) &&
        (planted('change-at-once') ||
          (committed > 0 && s.log.get(i).at(committed - 1).term === s.term.get(i)))
      )
    }

    return model({
      state,
      actions: {
        elect: {
          for: [SERVER, int(1, term), MEMBERS],
          when: (s, i, t, voters: Members) =>
            t > s.term.get(i) &&
            voters.has(i) &&
            isMajority(voters, membersOf(s, i)) &&
            servers.every(
              (j) => j === i || !voters.has(j) || (t > s.term.get(j) && isAsNew(s, i, j)),
            ),
          then: (s, i, t, voters: Members) => {
            for (const j of voters) stepDown(s, j, t)
            s.leads.set(i, true)
          },
        },
        append: {
          for: [SERVER],
          when: (s, i) => s.leads.get(i) && !s.log.get(i).full && lastTerm(s, i) < s.term.get(i),
          then: (s, i) => {
            s.log.get(i).push({ term: s.term.get(i), members: null })
          },
        },
        changeMembers: {
          for: [SERVER, MEMBERS],
          when: (s, i, members: Members) =>
            s.leads.get(i) &&
            !s.log.get(i).full &&
            members.has(i) &&
            difference(members, membersOf(s, i)) === oneChange &&
            mayChange(s, i),
          then: (s, i, members: Members) => {
            s.log.get(i).push({ term: s.term.get(i), members })
          },
        },
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
            return index > s.committed.get(i) && s.log.get(i).at(index - 1).term === s.term.get(i)
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
        'a change of members is committed': (s) =>
          servers.some((i) => lastChange(s, i) >= 0 && lastChange(s, i) < s.committed.get(i)),
      },
      ends: 'anywhere',
      symmetry: [SERVER],
    })
  },
)
