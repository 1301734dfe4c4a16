import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { id, int, mapOf, option, record, seqOf, setOf } from '../../src/state/index.ts'

/**
 * Zab as it is run: what was ever said stays said, and a message may come at any time, once, often
 * or never. Servers are what is on their disks: the epoch that was promised, the one that was
 * entered, and the history, which is made a leader's write by write. Of an epoch there is who leads
 * it, what each server has reported when it promised, the history with which it began and what its
 * leader has added (that may be more than the leader has on its own disk), how much each server has
 * acknowledged, and how much its leader has committed. What a server leads and what it has
 * delivered is lost when it restarts.
 *
 * Histories may be kept from some transaction on that is delivered everywhere, as what all of them
 * begin with decides nothing. That is how a long run is followed in bounded states.
 */
export const zabFacts = spec(
  'zab-facts',
  {
    about: 'Zab as it is run: histories on disks, taken over write by write, and restarts',
    source:
      'Junqueira, Reed and Serafini, Zab: High-Performance Broadcast for Primary-Backup Systems, ' +
      '2011, section 4',
    parameters: { server: 3, epoch: 2, length: 1, value: 1, restarts: true },
    mutants: {
      'epoch-twice': 'two servers take the same epoch',
      'promise-below': 'a server promises an epoch although it promised a later one',
      'own-history': 'a leader begins with its own report, not with the best',
      'half-is-enough': 'what half of the servers have acknowledged is committed',
      'epoch-before-history': 'a server enters an epoch before it has the history of its leader',
      'deliver-acknowledged': 'a server delivers what it has acknowledged',
      'lose-acknowledged': 'a restart may take away the last transaction',
    },
  },
  ({ server, epoch, length, value, restarts }, planted) => {
    const SERVER = id('server', server)
    const EPOCH = int(1, epoch)
    const SEEN = int(0, epoch)
    const INDEX = int(0, length)
    const SOFAR = int(-1, length)
    const TXN = record({ epoch: EPOCH, value: int(0, value - 1) })
    const LOG = seqOf(TXN, length)
    const SERVERS = setOf(SERVER)
    const state = {
      /** The last epoch that a server has promised (f.p in the paper). */
      promised: mapOf(SERVER, SEEN),
      /** The last epoch that it has entered (f.a). */
      current: mapOf(SERVER, SEEN),
      history: mapOf(SERVER, LOG),
      /** The epoch that a server leads, or is about to; 0: none. */
      leading: mapOf(SERVER, SEEN),
      delivered: mapOf(SERVER, LOG),

      /** Who has taken an epoch to lead it. */
      owner: mapOf(EPOCH, option(SERVER)),
      /** In which epoch a server was when it promised this one (ACK-E); -1: it has not. */
      entered: mapOf(EPOCH, mapOf(SERVER, int(-1, epoch))),
      reported: mapOf(EPOCH, mapOf(SERVER, LOG)),
      /** How long the history was with which the epoch began; -1: that is not chosen. */
      initial: mapOf(EPOCH, SOFAR),
      /** The history of the leader, of which messages show parts. */
      led: mapOf(EPOCH, LOG),
      /** How much of that a server has acknowledged (ACK-LD, ACK); -1: nothing. */
      acked: mapOf(EPOCH, mapOf(SERVER, SOFAR)),
      /** What the leader has said to be committed; -1: it is not established. */
      committed: mapOf(EPOCH, SOFAR),
    }
    type S = State<typeof state>
    type Log = ReturnType<S['history']['get']>
    const servers = Array.from({ length: server }, (_, i) => i)
    const majority = Math.floor(server / 2) + 1
    const enough = planted('half-is-enough') ? Math.floor(server / 2) : majority

    const agreeUpTo = (one: Log, other: Log, most: number) => {
      const end = Math.min(one.length, other.length, most)
      let same = 0
      while (same < end && one.at(same) === other.at(same)) same++
      return same
    }
    /** How new a report is: by the epoch that was entered, the last transaction, the length. */
    const newness = (s: S, e: number, i: number) => {
      const log = s.reported.get(e).get(i)
      const last = log.length === 0 ? 0 : log.last().epoch
      return (s.entered.get(e).get(i) * (epoch + 1) + last) * (length + 1) + log.length
    }
    const bestOf = (s: S, e: number, quorum: ReadonlySet<number>) => {
      let best = -1
      for (const i of quorum) if (best < 0 || newness(s, e, i) > newness(s, e, best)) best = i
      return best
    }
    const allHaveReported = (s: S, e: number, quorum: ReadonlySet<number>) => {
      for (const j of quorum) if (s.entered.get(e).get(j) < 0) return false
      return true
    }
    const allAreSynchronised = (s: S, e: number, quorum: ReadonlySet<number>) => {
      for (const j of quorum) if (s.acked.get(e).get(j) < 0) return false
      return true
    }
    const ackedBy = (s: S, e: number, index: number) => {
      let count = 0
      for (const j of servers) if (s.acked.get(e).get(j) >= index) count++
      return count
    }
    /** Whether a server follows the leader of an epoch, which has a history to follow. */
    const follows = (s: S, j: number, e: number) => s.promised.get(j) === e && s.initial.get(e) >= 0
    /** Whether all that a server has is its leader's: after it has entered the epoch that is so. */
    const isBehind = (s: S, j: number, e: number) => {
      const own = s.history.get(j)
      if (s.current.get(j) === e) return true
      return agreeUpTo(own, s.led.get(e), length) === own.length
    }

    return model({
      state,
      init: (s) => {
        for (let e = 1; e <= epoch; e++) {
          s.initial.set(e, -1)
          s.committed.set(e, -1)
          s.entered.get(e).fill(-1)
          s.acked.get(e).fill(-1)
        }
      },
      actions: {
        /** A server that would like to lead takes an epoch that is later than all it knows. */
        begin: {
          for: [SERVER, EPOCH],
          when: (s, i, e) =>
            e > s.promised.get(i) && (planted('epoch-twice') || s.owner.get(e) === null),
          then: (s, i, e) => {
            s.promised.set(i, e)
            s.owner.set(e, i)
            s.leading.set(i, e)
          },
        },
        /** ACK-E: a promise, with a report of what the server has. Only the first is heeded. */
        promise: {
          for: [SERVER, EPOCH],
          when: (s, j, e) =>
            s.owner.get(e) !== null && (planted('promise-below') || e >= s.promised.get(j)),
          then: (s, j, e) => {
            s.promised.set(j, e)
            if (s.leading.get(j) !== e) s.leading.set(j, 0)
            if (s.initial.get(e) >= 0) return
            s.entered.get(e).set(j, s.current.get(j))
            s.reported.get(e).get(j).assign(s.history.get(j).value())
          },
        },
        /** The leader chooses the history of its epoch, by the reports of these servers. */
        select: {
          for: [SERVER, SERVERS],
          when: (s, i, quorum: ReadonlySet<number>) =>
            s.leading.get(i) > 0 &&
            s.initial.get(s.leading.get(i)) < 0 &&
            quorum.size >= majority &&
            allHaveReported(s, s.leading.get(i), quorum),
          then: (s, i, quorum: ReadonlySet<number>) => {
            const e = s.leading.get(i)
            const isOwn = planted('own-history') && quorum.has(i)
            const reported = s.reported.get(e)
            const best = reported.get(isOwn ? i : bestOf(s, e, quorum)).value()
            s.led.get(e).assign(best)
            s.initial.set(e, best.length)
            // No report of this epoch is looked at again.
            for (const j of servers) reported.get(j).assign([])
            s.entered.get(e).fill(-1)
          },
        },
        /** What the leader does not have is taken away first. */
        truncate: {
          for: [SERVER, EPOCH, INDEX],
          when: (s, j, e, keep) =>
            follows(s, j, e) &&
            s.current.get(j) < e &&
            keep < s.history.get(j).length &&
            agreeUpTo(s.history.get(j), s.led.get(e), length) === keep,
          then: (s, j, _e, keep) => {
            s.history.get(j).truncate(keep)
          },
        },
        /** The next transactions of the leader: of its initial history, or proposed since then. */
        accept: {
          for: [SERVER, EPOCH, INDEX],
          when: (s, j, e, upTo) =>
            follows(s, j, e) &&
            upTo > s.history.get(j).length &&
            upTo <= s.led.get(e).length &&
            isBehind(s, j, e),
          then: (s, j, e, upTo) => {
            const own = s.history.get(j)
            for (let index = own.length; index < upTo; index++) own.push(s.led.get(e).at(index))
          },
        },
        /** A server enters the epoch once it has the history with which it began. */
        enter: {
          for: [SERVER, EPOCH],
          when: (s, j, e) =>
            follows(s, j, e) &&
            (planted('epoch-before-history') || s.history.get(j).length >= s.initial.get(e)) &&
            isBehind(s, j, e),
          then: (s, j, e) => {
            s.current.set(j, e)
          },
        },
        /** ACK-LD, and ACK of all up to a transaction. */
        acknowledge: {
          for: [SERVER, EPOCH, INDEX],
          when: (s, j, e, upTo) =>
            s.current.get(j) === e &&
            s.promised.get(j) === e &&
            (planted('epoch-before-history') || upTo <= s.history.get(j).length),
          then: (s, j, e, upTo) => {
            const acked = s.acked.get(e)
            acked.set(j, Math.max(acked.get(j), upTo))
          },
        },
        /** These servers have the history of the leader: it is the primary of its epoch. */
        establish: {
          for: [SERVER, SERVERS],
          when: (s, i, quorum: ReadonlySet<number>) =>
            s.leading.get(i) > 0 &&
            s.initial.get(s.leading.get(i)) >= 0 &&
            s.committed.get(s.leading.get(i)) < 0 &&
            quorum.size >= majority &&
            allAreSynchronised(s, s.leading.get(i), quorum),
          then: (s, i) => {
            const e = s.leading.get(i)
            s.committed.set(e, s.initial.get(e))
          },
        },
        propose: {
          for: [SERVER, int(0, value - 1)],
          when: (s, i) =>
            s.leading.get(i) > 0 &&
            s.committed.get(s.leading.get(i)) >= 0 &&
            !s.led.get(s.leading.get(i)).full,
          then: (s, i, v) => {
            const e = s.leading.get(i)
            s.led.get(e).push({ epoch: e, value: v })
          },
        },
        commit: {
          for: [SERVER, INDEX],
          when: (s, i, upTo) =>
            s.leading.get(i) > 0 &&
            s.committed.get(s.leading.get(i)) >= 0 &&
            upTo > s.committed.get(s.leading.get(i)) &&
            upTo <= s.led.get(s.leading.get(i)).length &&
            ackedBy(s, s.leading.get(i), upTo) >= enough,
          then: (s, i, upTo) => {
            s.committed.set(s.leading.get(i), upTo)
          },
        },
        /** A server hears what is committed. It may not have it on its own disk yet. */
        deliver: {
          for: [SERVER, EPOCH, INDEX],
          when: (s, j, e, upTo) =>
            s.promised.get(j) === e &&
            (s.current.get(j) === e || s.leading.get(j) === e) &&
            upTo > s.delivered.get(j).length &&
            upTo <= (planted('deliver-acknowledged') ? s.acked.get(e).get(j) : s.committed.get(e)),
          then: (s, j, e, upTo) => {
            const own = s.delivered.get(j)
            for (let index = own.length; index < upTo; index++) own.push(s.led.get(e).at(index))
          },
        },
        /** What is led and what is delivered is on no disk. */
        restart: {
          for: [SERVER],
          when: () => restarts,
          then: (s, i) => {
            s.leading.set(i, 0)
            s.delivered.get(i).assign([])
            const own = s.history.get(i)
            if (planted('lose-acknowledged') && own.length > 0) own.truncate(own.length - 1)
          },
        },
      },
      invariants: {
        'one leader is established in an epoch': {
          for: [SERVER, SERVER],
          holds: (s, i, j) =>
            i >= j ||
            s.leading.get(i) === 0 ||
            s.leading.get(i) !== s.leading.get(j) ||
            s.committed.get(s.leading.get(i)) < 0,
        },
        'total order: what two servers deliver is the same': {
          for: [SERVER, SERVER],
          holds: (s, i, j) => {
            const [one, other] = [s.delivered.get(i), s.delivered.get(j)]
            return i >= j || agreeUpTo(one, other, length) >= Math.min(one.length, other.length)
          },
        },
        'primary order: transactions are delivered in the order of their epochs': {
          for: [SERVER],
          holds: (s, i) =>
            s.delivered
              .get(i)
              .every((txn, at) => at === 0 || s.delivered.get(i).at(at - 1).epoch <= txn.epoch),
        },
        'primary integrity: an established leader has what was committed before': {
          for: [EPOCH, EPOCH],
          holds: (s, d, e) =>
            d >= e ||
            s.committed.get(d) <= 0 ||
            s.committed.get(e) < 0 ||
            agreeUpTo(s.led.get(d), s.led.get(e), s.initial.get(e)) >= s.committed.get(d),
        },
      },
      sometimes: {
        'all deliver a transaction': (s) => s.delivered.every((log) => log.length > 0),
        'somebody is established in the last epoch': (s) => s.committed.get(epoch) >= 0,
      },
      ends: 'anywhere',
      symmetry: [SERVER],
    })
  },
)
