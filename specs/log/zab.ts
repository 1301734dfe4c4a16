import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { id, int, mapOf, oneOf, seqOf, setOf } from '../../src/state/index.ts'

/**
 * The core of Zab, the atomic broadcast of ZooKeeper, in its three phases. A message and its answer
 * are one step; those that are late or lost are steps that are not taken.
 *
 * Discovery: a prospective leader has a quorum promise a new epoch, and takes over the history of
 * that one of them that followed the latest leader and has the most. Synchronization: followers
 * take over the history of the leader; once a quorum has, it is committed, and the leader is
 * established. Broadcast: the leader proposes transactions, followers append them in order, and
 * what a quorum has is committed.
 */
export const zab = spec(
  'zab',
  {
    about: 'Zab: primary-order atomic broadcast for a primary with backups',
    source:
      'Junqueira, Reed and Serafini, Zab: High-Performance Broadcast for Primary-Backup Systems, ' +
      '2011, section 4',
    parameters: { server: 3, epoch: 3, length: 2 },
    mutants: {
      'promise-again': 'a server promises an epoch to two prospective leaders',
      'longest-history': 'the longest history is taken over, not that of the latest leader',
      'own-history': 'a prospective leader keeps its own history',
      'broadcast-early': 'a leader commits proposals before a quorum has taken over its history',
      'compare-promises': 'who promised the later epoch counts as having the newer history',
    },
  },
  ({ server, epoch, length }, planted) => {
    const SERVER = id('server', server)
    const EPOCH = int(0, epoch)
    const SERVERS = setOf(SERVER)
    const state = {
      /** The last epoch that a server promised (f.p in the paper). */
      promised: mapOf(SERVER, EPOCH),
      /** The last epoch whose leader a server has synchronized with (f.a). */
      current: mapOf(SERVER, EPOCH),
      /** A transaction is the epoch of its leader; its place in the history does the rest. */
      history: mapOf(SERVER, seqOf(int(1, epoch), length)),
      delivered: mapOf(SERVER, int(0, length)),
      role: mapOf(SERVER, oneOf('following', 'synchronizing', 'established')),
      /** What of a leader's history others have acknowledged; -1: not synchronized. */
      acked: mapOf(SERVER, mapOf(SERVER, int(-1, length))),
    }
    type S = State<typeof state>
    const servers = Array.from({ length: server }, (_, i) => i)
    const majority = Math.floor(server / 2) + 1

    const last = (s: S, i: number) => (s.history.get(i).length === 0 ? 0 : s.history.get(i).last())
    /** How new a history is; it decides by epoch of the leader, then by the last transaction. */
    const newness = (s: S, i: number) => {
      const size = s.history.get(i).length
      // Of histories that are equally long, the one that is later from the first transaction on.
      if (planted('longest-history'))
        return s.history
          .get(i)
          .value()
          .reduce((sum, of) => sum * (epoch + 1) + of, size)
      const age = planted('compare-promises') ? s.promised.get(i) : s.current.get(i)
      return (age * (epoch + 1) + last(s, i)) * (length + 1) + size
    }
    const agreeUpTo = (s: S, i: number, j: number) => {
      const [own, other] = [s.history.get(i), s.history.get(j)]
      let same = 0
      while (same < own.length && same < other.length && own.at(same) === other.at(same)) same++
      return same
    }
    const leads = (s: S, i: number) => s.role.get(i) !== 'following'
    const ackedBy = (s: S, i: number, index: number) =>
      servers.filter((j) => j === i || s.acked.get(i).get(j) >= index).length
    const follow = (s: S, i: number, e: number) => {
      s.promised.set(i, e)
      s.role.set(i, 'following')
      s.acked.get(i).fill(-1)
    }

    return model({
      state,
      init: (s) => {
        for (const i of servers) s.acked.get(i).fill(-1)
      },
      actions: {
        discover: {
          for: [SERVER, int(1, epoch), SERVERS],
          when: (s, i, e, quorum: ReadonlySet<number>) =>
            quorum.has(i) &&
            quorum.size >= majority &&
            servers.every(
              (j) =>
                !quorum.has(j) ||
                e > s.promised.get(j) ||
                (planted('promise-again') && j !== i && e === s.promised.get(j) && !leads(s, j)),
            ),
          then: (s, i, e, quorum: ReadonlySet<number>) => {
            let best = i
            if (!planted('own-history'))
              for (const j of quorum) if (newness(s, j) > newness(s, best)) best = j
            const history = s.history.get(best).value()
            for (const j of quorum) follow(s, j, e)
            s.history.get(i).assign(history)
            s.current.set(i, e)
            s.role.set(i, 'synchronizing')
          },
        },
        /** A follower takes over the history of the leader, during synchronization or later. */
        synchronize: {
          for: [SERVER, SERVER],
          when: (s, i, j) =>
            i !== j &&
            leads(s, i) &&
            s.acked.get(i).get(j) < 0 &&
            s.promised.get(j) <= s.promised.get(i) &&
            !(leads(s, j) && s.promised.get(j) === s.promised.get(i)),
          then: (s, i, j) => {
            if (s.promised.get(j) < s.promised.get(i)) follow(s, j, s.promised.get(i))
            s.history.get(j).assign(s.history.get(i).value())
            s.current.set(j, s.promised.get(i))
            s.acked.get(i).set(j, s.history.get(i).length)
          },
        },
        establish: {
          for: [SERVER],
          when: (s, i) => s.role.get(i) === 'synchronizing' && ackedBy(s, i, 0) >= majority,
          then: (s, i) => {
            s.role.set(i, 'established')
            s.delivered.set(i, s.history.get(i).length)
          },
        },
        propose: {
          for: [SERVER],
          when: (s, i) =>
            (s.role.get(i) === 'established' || (planted('broadcast-early') && leads(s, i))) &&
            !s.history.get(i).full,
          then: (s, i) => {
            s.history.get(i).push(s.promised.get(i))
          },
        },
        accept: {
          for: [SERVER, SERVER],
          when: (s, i, j) =>
            leads(s, i) &&
            s.acked.get(i).get(j) >= 0 &&
            s.promised.get(j) === s.promised.get(i) &&
            s.history.get(j).length < s.history.get(i).length,
          then: (s, i, j) => {
            const next = s.history.get(j).length
            s.history.get(j).push(s.history.get(i).at(next))
            s.acked.get(i).set(j, next + 1)
          },
        },
        commit: {
          for: [SERVER],
          when: (s, i) => {
            const next = s.delivered.get(i) + 1
            return (
              (s.role.get(i) === 'established' || (planted('broadcast-early') && leads(s, i))) &&
              next <= s.history.get(i).length &&
              (planted('broadcast-early') || ackedBy(s, i, next) >= majority)
            )
          },
          then: (s, i) => {
            s.delivered.set(i, s.delivered.get(i) + 1)
          },
        },
        deliver: {
          for: [SERVER, SERVER],
          when: (s, i, j) =>
            s.role.get(i) === 'established' &&
            s.promised.get(j) === s.promised.get(i) &&
            s.acked.get(i).get(j) > s.delivered.get(j) &&
            s.delivered.get(j) < s.delivered.get(i),
          then: (s, i, j) => {
            s.delivered.set(j, s.delivered.get(j) + 1)
          },
        },
      },
      invariants: {
        'one leader is established in an epoch': {
          for: [SERVER, SERVER],
          holds: (s, i, j) =>
            i >= j ||
            s.role.get(i) !== 'established' ||
            s.role.get(j) !== 'established' ||
            s.promised.get(i) !== s.promised.get(j),
        },
        'total order: what two servers deliver is the same': {
          for: [SERVER, SERVER],
          holds: (s, i, j) =>
            i >= j || agreeUpTo(s, i, j) >= Math.min(s.delivered.get(i), s.delivered.get(j)),
        },
        'primary order: transactions are delivered in the order of their epochs': {
          for: [SERVER],
          holds: (s, i) =>
            s.history.get(i).every((e, at) => at === 0 || s.history.get(i).at(at - 1) <= e),
        },
        'primary integrity: an established leader has what was delivered before': {
          for: [SERVER, SERVER],
          holds: (s, i, j) =>
            s.role.get(i) !== 'established' ||
            s.promised.get(i) < s.promised.get(j) ||
            agreeUpTo(s, i, j) >= s.delivered.get(j),
        },
      },
      sometimes: {
        'all deliver a transaction': (s) => s.delivered.every((index) => index > 0),
        'a later leader goes on where an earlier one stopped': (s) =>
          s.history.some(
            (log, i) => log.length === 2 && log.at(0) < log.at(1) && s.delivered.get(i) === 2,
          ),
      },
      ends: 'anywhere',
      symmetry: [SERVER],
    })
  },
)
