import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { id, int, mapOf, oneOf, option, record, seqOf, setOf } from '../../src/state/index.ts'

/**
 * Viewstamped Replication: the primary of a view orders operations, the primary being the view
 * number modulo the number of replicas; in a view change the next primary takes over the log of
 * the latest normal view that a majority knows of. Nothing is on disk: a replica that crashed asks
 * the others for its state before it takes part again.
 *
 * As published, recovery is not safe: messages of a view change that a replica sent before it
 * crashed are still counted afterwards, when it no longer stands by them. Here they are not: each
 * message belongs to an incarnation of its sender (Michael, Ports, Sharma and Szekeres, Recovering
 * Shared Objects without Stable Storage, DISC 2017).
 */
export const viewstampedReplication = spec(
  'viewstamped',
  {
    about: 'Viewstamped Replication: normal operation, view changes, recovery without disks',
    source: 'Liskov and Cowling, Viewstamped Replication Revisited, 2012, section 4',
    parameters: { replica: 3, view: 1, op: 1, crashes: 1 },
    mutants: {
      'count-old-incarnations': 'what a replica said before it crashed counts after its recovery',
      'longest-log': 'a new primary takes the longest log, not that of the latest normal view',
      'own-log': 'a new primary keeps its own log',
      'answer-too-early': 'a primary commits what no other replica has stored',
    },
  },
  ({ replica, view, op, crashes }, planted) => {
    const REPLICA = id('replica', replica)
    const REPLICAS = setOf(REPLICA)
    const VIEW = int(0, view)
    const LOG = seqOf(id('op', op), op)
    const INDEX = int(0, op)
    const state = {
      status: mapOf(REPLICA, oneOf('normal', 'viewChange', 'recovering')),
      view: mapOf(REPLICA, VIEW),
      /** The last view in which a replica was normal. */
      lastNormal: mapOf(REPLICA, VIEW),
      log: mapOf(REPLICA, LOG),
      committed: mapOf(REPLICA, INDEX),
      /** What a primary knows to be stored by others in its view. */
      acked: mapOf(REPLICA, mapOf(REPLICA, INDEX)),
      /** Messages of view changes, by view and sender; they may be received at any time. */
      startViewChange: mapOf(VIEW, REPLICAS),
      doViewChange: mapOf(
        VIEW,
        mapOf(REPLICA, option(record({ log: LOG, lastNormal: VIEW, committed: INDEX }))),
      ),
      startView: mapOf(VIEW, option(record({ log: LOG, committed: INDEX }))),
      crashes: int(0, crashes),
    }
    type S = State<typeof state>
    type Some = ReadonlySet<number>
    const replicas = Array.from({ length: replica }, (_, i) => i)
    const views = Array.from({ length: view + 1 }, (_, v) => v)
    const f = Math.floor((replica - 1) / 2)

    const primaryOf = (v: number) => v % replica
    const isPrimary = (s: S, i: number) =>
      s.status.get(i) === 'normal' && primaryOf(s.view.get(i)) === i
    const together = (s: S, i: number, j: number) =>
      i !== j && isPrimary(s, i) && s.status.get(j) === 'normal' && s.view.get(j) === s.view.get(i)
    const agreeUpTo = (s: S, i: number, j: number) => {
      const [own, other] = [s.log.get(i), s.log.get(j)]
      let same = 0
      while (same < own.length && same < other.length && own.at(same) === other.at(same)) same++
      return same
    }
    const enterViewChange = (s: S, i: number, v: number) => {
      s.view.set(i, v)
      s.status.set(i, 'viewChange')
      s.acked.get(i).fill(0)
      s.startViewChange.get(v).add(i)
    }
    const becomeNormal = (s: S, i: number, v: number, log: readonly number[], index: number) => {
      s.view.set(i, v)
      s.status.set(i, 'normal')
      s.lastNormal.set(i, v)
      s.log.get(i).assign(log)
      s.committed.set(i, Math.max(s.committed.get(i), index))
      s.acked.get(i).fill(0)
    }
    /** The latest normal view wins, and within it the longest log. */
    const isNewer = (
      one: { readonly lastNormal: number; readonly log: readonly number[] },
      other: { readonly lastNormal: number; readonly log: readonly number[] },
    ) => {
      if (one.lastNormal !== other.lastNormal && !planted('longest-log'))
        return one.lastNormal > other.lastNormal
      return one.log.length > other.log.length
    }
    /** The primary of the latest view among those who answer a replica that recovers, or -1. */
    const answering = (s: S, i: number, answers: Some) => {
      let latest = -1
      for (const j of answers) {
        if (j === i || s.status.get(j) !== 'normal') return -1
        latest = Math.max(latest, s.view.get(j))
      }
      const primary = primaryOf(latest)
      return answers.has(primary) && s.view.get(primary) === latest ? primary : -1
    }

    return model({
      state,
      actions: {
        request: {
          for: [REPLICA, id('op', op)],
          when: (s, i, one) => isPrimary(s, i) && !s.log.get(i).some((other) => other === one),
          then: (s, i, one) => {
            s.log.get(i).push(one)
          },
        },
        prepare: {
          for: [REPLICA, REPLICA],
          when: (s, i, j) => together(s, i, j) && s.log.get(j).length < s.log.get(i).length,
          then: (s, i, j) => {
            const next = s.log.get(j).length
            s.log.get(j).push(s.log.get(i).at(next))
            s.acked.get(i).set(j, next + 1)
          },
        },
        /** A backup that has the log already, from a view change, says so. */
        prepareAgain: {
          for: [REPLICA, REPLICA],
          when: (s, i, j) => together(s, i, j) && s.acked.get(i).get(j) < s.log.get(j).length,
          then: (s, i, j) => {
            s.acked.get(i).set(j, s.log.get(j).length)
          },
        },
        commit: {
          for: [REPLICA],
          when: (s, i) => {
            const next = s.committed.get(i) + 1
            return (
              isPrimary(s, i) &&
              next <= s.log.get(i).length &&
              (planted('answer-too-early') || s.acked.get(i).count((index) => index >= next) >= f)
            )
          },
          then: (s, i) => {
            s.committed.set(i, s.committed.get(i) + 1)
          },
        },
        learnCommit: {
          for: [REPLICA, REPLICA],
          when: (s, i, j) =>
            together(s, i, j) &&
            s.committed.get(j) < Math.min(s.committed.get(i), s.log.get(j).length),
          then: (s, i, j) => {
            s.committed.set(j, s.committed.get(j) + 1)
          },
        },
        /** A replica hears nothing of its primary. */
        suspect: {
          for: [REPLICA],
          when: (s, i) => s.status.get(i) !== 'recovering' && s.view.get(i) < view,
          then: (s, i) => {
            enterViewChange(s, i, s.view.get(i) + 1)
          },
        },
        joinViewChange: {
          for: [REPLICA, VIEW],
          when: (s, i, v) =>
            s.status.get(i) !== 'recovering' &&
            v > s.view.get(i) &&
            s.startViewChange.get(v).size > 0,
          then: (s, i, v) => {
            enterViewChange(s, i, v)
          },
        },
        sendDoViewChange: {
          for: [REPLICA],
          when: (s, i) => {
            const v = s.view.get(i)
            return (
              s.status.get(i) === 'viewChange' &&
              s.startViewChange.get(v).count((j) => j !== i) >= f &&
              s.doViewChange.get(v).get(i) === null
            )
          },
          then: (s, i) => {
            const log = s.log.get(i).value()
            const [lastNormal, committed] = [s.lastNormal.get(i), s.committed.get(i)]
            s.doViewChange.get(s.view.get(i)).set(i, { log, lastNormal, committed })
          },
        },
        becomePrimary: {
          for: [VIEW, REPLICAS],
          when: (s, v, heard: Some) => {
            const i = primaryOf(v)
            return (
              heard.has(i) &&
              heard.size > f &&
              s.status.get(i) === 'viewChange' &&
              s.view.get(i) === v &&
              replicas.every((j) => !heard.has(j) || s.doViewChange.get(v).get(j) !== null)
            )
          },
          then: (s, v, heard: Some) => {
            const i = primaryOf(v)
            let best = s.doViewChange.get(v).get(i)
            let committed = 0
            for (const j of heard) {
              const one = s.doViewChange.get(v).get(j)
              if (one === null || best === null) continue
              if (isNewer(one, best) && !planted('own-log')) best = one
              committed = Math.max(committed, one.committed)
            }
            if (best === null) return
            becomeNormal(s, i, v, best.log, Math.min(committed, best.log.length))
            s.startView.set(v, { log: best.log, committed: s.committed.get(i) })
          },
        },
        receiveStartView: {
          for: [REPLICA, VIEW],
          when: (s, i, v) =>
            s.startView.get(v) !== null &&
            primaryOf(v) !== i &&
            (v > s.view.get(i) ? s.status.get(i) !== 'recovering' : v === s.view.get(i)) &&
            (v > s.view.get(i) || s.status.get(i) === 'viewChange'),
          then: (s, i, v) => {
            const { log, committed } = s.startView.get(v) ?? { log: [], committed: 0 }
            becomeNormal(s, i, v, log, committed)
          },
        },
        /** No more than f are down at any time. */
        crash: {
          for: [REPLICA],
          when: (s, i) =>
            s.crashes < crashes &&
            s.status.get(i) !== 'recovering' &&
            s.status.count((status) => status === 'recovering') < f,
          then: (s, i) => {
            s.crashes++
            s.status.set(i, 'recovering')
            s.view.set(i, 0)
            s.lastNormal.set(i, 0)
            s.log.get(i).clear()
            s.committed.set(i, 0)
            s.acked.get(i).fill(0)
            if (planted('count-old-incarnations')) return
            for (const v of views) {
              s.startViewChange.get(v).delete(i)
              s.doViewChange.get(v).set(i, null)
            }
          },
        },
        recover: {
          for: [REPLICA, REPLICAS],
          when: (s, i, answers: Some) =>
            s.status.get(i) === 'recovering' && answers.size > f && answering(s, i, answers) >= 0,
          then: (s, i, answers: Some) => {
            const primary = answering(s, i, answers)
            const log = s.log.get(primary).value()
            becomeNormal(s, i, s.view.get(primary), log, s.committed.get(primary))
          },
        },
      },
      invariants: {
        'what two replicas commit is the same': {
          for: [REPLICA, REPLICA],
          holds: (s, i, j) =>
            i >= j || agreeUpTo(s, i, j) >= Math.min(s.committed.get(i), s.committed.get(j)),
        },
        'a primary has all that was committed in earlier views': {
          for: [REPLICA, REPLICA],
          holds: (s, i, j) =>
            !isPrimary(s, i) ||
            s.view.get(i) < s.view.get(j) ||
            agreeUpTo(s, i, j) >= s.committed.get(j),
        },
      },
      sometimes: {
        'all commit an operation': (s) => s.committed.every((index) => index > 0),
        'an operation is committed in a later view': (s) =>
          view === 0 || s.committed.some((index, i) => index > 0 && s.view.get(i) === view),
      },
      ends: 'anywhere',
    })
  },
)
