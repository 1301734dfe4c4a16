import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { id, int, mapOf, oneOf, option, record, seqOf, setOf } from '../../src/state/index.ts'

/**
 * Raft as it is run: what was ever said stays said. A message may come at any time, once, often or
 * never, so what counts of all messages of a term is who asked for votes with which log, who has
 * granted his, what the leader has in its log and has committed, and how far each server has
 * stored that. Entries come in messages of any number. A leader sends entries before they are on
 * its own disk, so that a restart may take from its log what it has not acknowledged to itself; of
 * all others the state is what is on their disks.
 *
 * Logs are kept from some index on: what comes before is committed everywhere and said of it is
 * only the term of its last entry. That is how a long run is followed in bounded states.
 */
export const raftFacts = spec(
  'raft-facts',
  {
    about: 'Raft as it is run: many entries in a message, logs on disks, restarts',
    source:
      'Ongaro and Ousterhout, In Search of an Understandable Consensus Algorithm, 2014, fig. 2',
    parameters: { server: 3, term: 2, length: 1, value: 1, restarts: true },
    mutants: {
      'ignore-log': 'servers vote for a candidate whose log is not as new as their own',
      'forget-vote': 'a server that restarts forgets for whom it has voted',
      'half-is-enough': 'half of the servers elect and commit',
      'lose-acknowledged': 'a restart may take away what was acknowledged',
    },
  },
  ({ server, term, length, value, restarts }, planted) => {
    const SERVER = id('server', server)
    const TERM = int(1, term)
    const SEEN = int(0, term)
    const INDEX = int(0, length)
    const ENTRY = record({ term: TERM, value: int(0, value - 1) })
    const LOG = seqOf(ENTRY, length)
    const SERVERS = setOf(SERVER)
    const state = {
      term: mapOf(SERVER, SEEN),
      votedFor: mapOf(SERVER, option(SERVER)),
      role: mapOf(SERVER, oneOf('follower', 'candidate', 'leader')),
      log: mapOf(SERVER, LOG),
      commit: mapOf(SERVER, INDEX),
      /** The term of the last entry that is not kept any more; 0: there was none, or long ago. */
      baseTerm: SEEN,

      /** How a candidate's log ends. -1: before all that is kept. */
      asked: mapOf(
        TERM,
        mapOf(SERVER, option(record({ lastTerm: SEEN, lastIndex: int(-1, length) }))),
      ),
      granted: mapOf(TERM, mapOf(SERVER, option(SERVER))),
      leader: mapOf(TERM, option(SERVER)),
      /** The log of the leader, of which messages show parts. */
      led: mapOf(TERM, LOG),
      /** What the leader has said to be committed. */
      committed: mapOf(TERM, INDEX),
      /** Up to where a server that is in the term has stored the log of its leader. */
      stored: mapOf(TERM, mapOf(SERVER, INDEX)),
    }
    type S = State<typeof state>
    const servers = Array.from({ length: server }, (_, i) => i)
    const majority = planted('half-is-enough') ? Math.floor(server / 2) : Math.floor(server / 2) + 1

    const lastTerm = (s: S, i: number) =>
      s.log.get(i).length === 0 ? s.baseTerm : s.log.get(i).last().term
    const isBegun = (s: S, t: number) => servers.some((c) => s.asked.get(t).get(c) !== null)
    const isAsNew = (s: S, t: number, c: number, v: number) => {
      const asked = s.asked.get(t).get(c)
      if (asked === null) return false
      if (planted('ignore-log')) return true
      const last = lastTerm(s, v)
      return (
        asked.lastTerm > last || (asked.lastTerm === last && asked.lastIndex >= s.log.get(v).length)
      )
    }
    /** Whether a log has an entry of this term at an index, which may be where it begins. */
    const matches = (s: S, i: number, t: number, index: number) =>
      index === 0 ||
      (index <= s.log.get(i).length &&
        index <= s.led.get(t).length &&
        s.log.get(i).at(index - 1).term === s.led.get(t).at(index - 1).term)
    const storedBy = (s: S, t: number, index: number) => {
      let count = 0
      for (const j of servers) if (s.stored.get(t).get(j) >= index) count++
      return count
    }
    const haveGranted = (s: S, i: number, voters: ReadonlySet<number>) => {
      const granted = s.granted.get(s.term.get(i))
      for (const v of voters) if (granted.get(v) !== i) return false
      return true
    }
    /** How much of its log a server is known to have on its disk. */
    const onDisk = (s: S, i: number) =>
      s.role.get(i) === 'leader' ? s.stored.get(s.term.get(i)).get(i) : s.log.get(i).length
    const enter = (s: S, i: number, t: number) => {
      s.term.set(i, t)
      s.votedFor.set(i, null)
      s.role.set(i, 'follower')
    }
    const agree = (s: S, i: number, j: number, upTo: number) => {
      for (let index = 0; index < upTo; index++)
        if (s.log.get(i).at(index) !== s.log.get(j).at(index)) return false
      return true
    }

    return model({
      state,
      actions: {
        /** A server begins the next term and votes for itself. */
        campaign: {
          for: [SERVER],
          when: (s, i) => s.term.get(i) < term && s.role.get(i) !== 'leader',
          then: (s, i) => {
            const t = s.term.get(i) + 1
            enter(s, i, t)
            s.votedFor.set(i, i)
            s.role.set(i, 'candidate')
            s.asked.get(t).set(i, { lastTerm: lastTerm(s, i), lastIndex: s.log.get(i).length })
            s.granted.get(t).set(i, i)
          },
        },
        /** A server hears of a later term, in any message. */
        hear: {
          for: [SERVER, TERM],
          when: (s, i, t) => t > s.term.get(i) && isBegun(s, t),
          then: enter,
        },
        grant: {
          for: [SERVER, SERVER],
          when: (s, v, c) =>
            v !== c &&
            s.term.get(v) > 0 &&
            [null, c].includes(s.votedFor.get(v)) &&
            isAsNew(s, s.term.get(v), c, v),
          then: (s, v, c) => {
            s.votedFor.set(v, c)
            s.granted.get(s.term.get(v)).set(v, c)
          },
        },
        /** A candidate has the votes of these servers. */
        win: {
          for: [SERVER, SERVERS],
          when: (s, i, voters: ReadonlySet<number>) =>
            s.role.get(i) === 'candidate' && voters.size >= majority && haveGranted(s, i, voters),
          then: (s, i) => {
            const t = s.term.get(i)
            s.role.set(i, 'leader')
            s.leader.set(t, i)
            s.led.get(t).assign(s.log.get(i).value())
            s.committed.set(t, s.commit.get(i))
          },
        },
        /** A leader that nobody answers gives up, all of its log being on its disk. */
        resign: {
          for: [SERVER],
          when: (s, i) =>
            s.role.get(i) === 'leader' &&
            s.stored.get(s.term.get(i)).get(i) === s.log.get(i).length,
          then: (s, i) => {
            s.role.set(i, 'follower')
          },
        },
        append: {
          for: [SERVER, int(0, value - 1)],
          when: (s, i) => s.role.get(i) === 'leader' && !s.log.get(i).full,
          then: (s, i, v) => {
            const t = s.term.get(i)
            s.log.get(i).push({ term: t, value: v })
            s.led.get(t).push({ term: t, value: v })
          },
        },
        /** What a leader has on its own disk counts like what others have. */
        store: {
          for: [SERVER, INDEX],
          when: (s, i, upTo) => s.role.get(i) === 'leader' && upTo <= s.log.get(i).length,
          then: (s, i, upTo) => {
            const stored = s.stored.get(s.term.get(i))
            stored.set(i, Math.max(stored.get(i), upTo))
          },
        },
        /** A follower takes over the entries from one index to another, where its log agrees. */
        accept: {
          for: [SERVER, TERM, INDEX, INDEX],
          when: (s, j, t, from, upTo) =>
            s.term.get(j) === t &&
            s.role.get(j) !== 'leader' &&
            s.leader.get(t) !== null &&
            from <= upTo &&
            upTo <= s.led.get(t).length &&
            matches(s, j, t, from),
          then: (s, j, t, from, upTo) => {
            const log = s.log.get(j)
            const led = s.led.get(t)
            let same = from
            while (same < upTo && same < log.length && log.at(same).term === led.at(same).term)
              same++
            if (same < upTo) {
              log.truncate(same)
              for (let index = same; index < upTo; index++) log.push(led.at(index))
            }
            s.role.set(j, 'follower')
            const stored = s.stored.get(t)
            stored.set(j, Math.max(stored.get(j), upTo))
          },
        },
        /** It takes away what is not the leader's first, and may restart before it goes on. */
        truncate: {
          for: [SERVER, TERM, INDEX],
          when: (s, j, t, from) =>
            s.term.get(j) === t &&
            s.role.get(j) !== 'leader' &&
            s.leader.get(t) !== null &&
            from < Math.min(s.log.get(j).length, s.led.get(t).length) &&
            matches(s, j, t, from) &&
            !matches(s, j, t, from + 1),
          then: (s, j, _t, from) => {
            s.log.get(j).truncate(from)
            s.role.set(j, 'follower')
          },
        },
        /** A follower takes over a snapshot of what is committed. */
        install: {
          for: [SERVER, TERM, INDEX],
          when: (s, j, t, upTo) =>
            s.term.get(j) === t &&
            s.role.get(j) !== 'leader' &&
            s.leader.get(t) !== null &&
            upTo > s.commit.get(j) &&
            upTo <= s.committed.get(t),
          then: (s, j, t, upTo) => {
            if (!matches(s, j, t, upTo)) s.log.get(j).assign(s.led.get(t).value().slice(0, upTo))
            s.role.set(j, 'follower')
            s.commit.set(j, upTo)
            const stored = s.stored.get(t)
            stored.set(j, Math.max(stored.get(j), upTo))
          },
        },
        commit: {
          for: [SERVER, INDEX],
          when: (s, i, upTo) =>
            s.role.get(i) === 'leader' &&
            upTo > s.commit.get(i) &&
            upTo <= s.log.get(i).length &&
            storedBy(s, s.term.get(i), upTo) >= majority &&
            s.log.get(i).at(upTo - 1).term === s.term.get(i),
          then: (s, i, upTo) => {
            const t = s.term.get(i)
            s.commit.set(i, upTo)
            s.committed.set(t, Math.max(s.committed.get(t), upTo))
          },
        },
        /** A follower hears that what it has stored is committed. */
        learn: {
          for: [SERVER, INDEX],
          when: (s, j, upTo) =>
            s.term.get(j) > 0 &&
            upTo > s.commit.get(j) &&
            upTo <= s.stored.get(s.term.get(j)).get(j) &&
            upTo <= s.committed.get(s.term.get(j)),
          then: (s, j, upTo) => {
            s.commit.set(j, upTo)
          },
        },
        /**
         * What is left of the log, and what is then known to be committed: that is on no disk, but
         * for snapshots.
         */
        restart: {
          for: [SERVER, INDEX, INDEX],
          when: (s, i, kept, committed) =>
            restarts &&
            kept <= s.log.get(i).length &&
            committed <= s.commit.get(i) &&
            committed <= kept &&
            (planted('lose-acknowledged') || kept >= onDisk(s, i)),
          then: (s, i, kept, committed) => {
            s.log.get(i).truncate(kept)
            s.role.set(i, 'follower')
            s.commit.set(i, committed)
            if (planted('forget-vote')) s.votedFor.set(i, null)
          },
        },
      },
      invariants: {
        'election safety: at most one leader in a term': {
          for: [SERVER, SERVER],
          holds: (s, i, j) =>
            i >= j ||
            s.role.get(i) !== 'leader' ||
            s.role.get(j) !== 'leader' ||
            s.term.get(i) !== s.term.get(j),
        },
        'state machine safety: what two servers commit is the same': {
          for: [SERVER, SERVER],
          holds: (s, i, j) => {
            if (i >= j) return true
            const both = Math.min(s.commit.get(i), s.commit.get(j))
            return (
              both <= s.log.get(i).length && both <= s.log.get(j).length && agree(s, i, j, both)
            )
          },
        },
        'leader completeness: a leader of a later term has what was committed': {
          for: [SERVER, TERM],
          holds: (s, i, t) => {
            if (s.role.get(i) !== 'leader' || s.term.get(i) <= t) return true
            const upTo = s.committed.get(t)
            if (upTo > s.log.get(i).length) return false
            for (let index = 0; index < upTo; index++)
              if (s.log.get(i).at(index) !== s.led.get(t).at(index)) return false
            return true
          },
        },
      },
      sometimes: {
        'an entry is committed by all': (s) => s.commit.every((index) => index > 0),
        'somebody leads in the last term': (s) => s.leader.get(term) !== null,
      },
      ends: 'anywhere',
      symmetry: [SERVER],
    })
  },
)
