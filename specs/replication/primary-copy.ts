import { model, spec } from '../../src/explore/index.ts'
import { id, int, mapOf, option, setOf } from '../../src/state/index.ts'

/**
 * Primary copy: one replica takes all writes and forwards them; another one takes over when it is
 * thought to have failed. Each takeover begins an epoch, which the replicas that can be reached
 * learn, so that they refuse whom they have replaced. Values are the numbers of the writes.
 */
export const primaryCopy = spec(
  'primary-copy',
  {
    about: 'primary copy with takeover: a write is acknowledged when every backup has it',
    source: 'Alsberg and Day, A Principle for Resilient Sharing of Distributed Resources, 1976',
    parameters: { replicas: 3, writes: 2, crashes: 1, takeovers: 1, falseAlarms: true },
    mutants: {
      'acknowledges-first': 'the primary acknowledges a write before any backup has it',
      'keeps-old-work': 'a replica goes on with what it did as the primary of an earlier epoch',
      'no-fencing': 'replicas accept writes from a primary that was replaced',
      'acknowledges-at-a-majority': 'the primary does not wait for all backups',
    },
  },
  ({ replicas, writes, crashes, takeovers, falseAlarms }, planted) => {
    const Replica = id('replica', replicas)
    const Write = int(0, writes)
    const Epoch = int(0, replicas * (takeovers + 1))
    const all = Array.from({ length: replicas }, (_, replica) => replica)
    const primaryOf = (epoch: number) => epoch % replicas
    const newestEpoch = (epochs: { get(replica: number): number }) =>
      Math.max(...all.map((replica) => epochs.get(replica)))

    return model({
      state: {
        value: mapOf(Replica, Write),
        epoch: mapOf(Replica, Epoch),
        takeovers: int(0, takeovers),
        issued: Write,
        acknowledged: Write,
        /** The write that a primary is forwarding, and who has it. */
        pending: mapOf(Replica, option(Write)),
        stored: mapOf(Replica, setOf(Replica)),
        crashed: setOf(Replica),
      },
      actions: {
        write: {
          for: [Replica],
          when: (s, p) =>
            !s.crashed.has(p) &&
            primaryOf(s.epoch.get(p)) === p &&
            s.pending.get(p) === null &&
            s.issued < writes,
          then: (s, p) => {
            s.issued++
            s.value.set(p, s.issued)
            s.pending.set(p, s.issued)
            s.stored.get(p).add(p)
            if (planted('acknowledges-first')) s.acknowledged = s.issued
          },
        },
        forward: {
          for: [Replica, Replica],
          when: (s, p, q) =>
            !s.crashed.has(p) &&
            !s.crashed.has(q) &&
            s.pending.get(p) !== null &&
            !s.stored.get(p).has(q) &&
            (planted('no-fencing') || s.epoch.get(p) >= s.epoch.get(q)),
          then: (s, p, q) => {
            s.value.set(q, s.pending.get(p) ?? 0)
            s.stored.get(p).add(q)
            if (s.epoch.get(p) <= s.epoch.get(q)) return
            // A primary learns here that it was replaced, and gives up what it was doing.
            s.epoch.set(q, s.epoch.get(p))
            s.pending.set(q, null)
            s.stored.get(q).clear()
          },
        },
        acknowledge: {
          for: [Replica],
          when: (s, p) =>
            !s.crashed.has(p) &&
            s.pending.get(p) !== null &&
            all.filter((q) => s.crashed.has(q) || s.stored.get(p).has(q)).length >=
              (planted('acknowledges-at-a-majority') ? Math.floor(replicas / 2) + 1 : replicas),
          then: (s, p) => {
            s.acknowledged = Math.max(s.acknowledged, s.pending.get(p) ?? 0)
            s.pending.set(p, null)
            s.stored.get(p).clear()
          },
        },
        takeOver: {
          for: [Replica],
          when: (s, q) => {
            const now = newestEpoch(s.epoch)
            const failed = s.crashed.has(primaryOf(now))
            return (
              !s.crashed.has(q) &&
              s.takeovers < takeovers &&
              primaryOf(now) !== q &&
              (failed || falseAlarms)
            )
          },
          then: (s, q) => {
            const now = newestEpoch(s.epoch)
            const old = primaryOf(now)
            let next = now + 1
            while (primaryOf(next) !== q) next++
            s.takeovers++
            for (const replica of all) {
              // The old primary is not told: it may be cut off, which looks like a crash.
              if (replica === old) continue
              s.epoch.set(replica, next)
              // Whatever it was doing as the primary of an earlier epoch is void.
              if (planted('keeps-old-work')) continue
              s.pending.set(replica, null)
              s.stored.get(replica).clear()
            }
          },
        },
        crash: {
          for: [Replica],
          when: (s, r) => s.crashed.size < crashes && !s.crashed.has(r),
          then: (s, r) => {
            s.crashed.add(r)
          },
        },
      },
      invariants: {
        'every replica has what was acknowledged': {
          for: [Replica],
          holds: (s, replica) => s.crashed.has(replica) || s.value.get(replica) >= s.acknowledged,
        },
      },
      sometimes: {
        'all writes are acknowledged': (s) => s.acknowledged === writes,
        'a write is acknowledged after a takeover': (s) => s.takeovers > 0 && s.acknowledged === 2,
      },
      ends: 'anywhere',
    })
  },
)
