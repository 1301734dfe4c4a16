import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { id, int, mapOf, option, setOf } from '../../src/state/index.ts'

/**
 * Vertical Paxos in its primary-backup form: a configuration master, which is a consensus service
 * and does not fail, names one configuration after the other, and within a configuration a leader
 * gives each write to all members. A new configuration is announced first. Its leader takes over
 * the state of one member of the active one, which from then on takes no part in that any more,
 * and gives it to all its members. Only then is it activated, and may write.
 *
 * Values are the numbers of the writes. One member is enough to read from, as a write is
 * acknowledged when all members have it.
 */
export const verticalPaxos = spec(
  'vertical-paxos',
  {
    about: 'primary and backups, in configurations that a master announces and activates',
    source: 'Lamport, Malkhi and Zhou, Vertical Paxos and Primary-Backup Replication, 2009',
    parameters: { replica: 3, configuration: 1, writes: 2, crashes: 1 },
    mutants: {
      'activate-early': 'a configuration is activated before its leader has taken over the state',
      'no-fence': 'who has given away its state still takes writes of the old configuration',
      'acknowledge-early': 'a leader acknowledges before all members have the write',
    },
  },
  ({ replica, configuration, writes, crashes }, planted) => {
    const REPLICA = id('replica', replica)
    const CONFIGURATION = int(0, configuration)
    const WRITE = int(0, writes)
    const state = {
      /** The last write that a replica has stored. */
      value: mapOf(REPLICA, WRITE),
      /** The configuration in which a replica takes part; -1: it has just been named. */
      at: mapOf(REPLICA, int(-1, configuration)),
      /** What the master has said. */
      members: mapOf(CONFIGURATION, setOf(REPLICA)),
      leader: mapOf(CONFIGURATION, REPLICA),
      announced: CONFIGURATION,
      active: CONFIGURATION,
      /** The write that the leader of a configuration gives to its members, and who has it. */
      pending: mapOf(CONFIGURATION, option(WRITE)),
      stored: mapOf(CONFIGURATION, setOf(REPLICA)),
      issued: WRITE,
      acknowledged: WRITE,
      crashed: setOf(REPLICA),
    }
    type S = State<typeof state>
    const replicas = Array.from({ length: replica }, (_, i) => i)
    const isUp = (s: S, i: number) => !s.crashed.has(i)
    const isChanging = (s: S) => s.announced > s.active
    const leads = (s: S, c: number) => isUp(s, s.leader.get(c)) && s.at.get(s.leader.get(c)) === c
    const isReady = (s: S) => {
      const next = s.members.get(s.announced)
      return replicas.every((i) => !next.has(i) || s.at.get(i) === s.announced)
    }

    return model({
      state,
      init: (s) => {
        s.members.get(0).assign(replicas.slice(0, -1))
        s.at.fill(0)
        s.at.set(replica - 1, -1)
      },
      actions: {
        announce: {
          for: [setOf(REPLICA), REPLICA],
          when: (s, members: ReadonlySet<number>, leader) =>
            !isChanging(s) &&
            s.announced < configuration &&
            members.has(leader) &&
            members.size === replica - 1,
          then: (s, members: ReadonlySet<number>, leader) => {
            s.announced++
            s.members.get(s.announced).assign(members)
            s.leader.set(s.announced, leader)
          },
        },
        /** The new leader takes over what a member of the active configuration has. */
        takeOver: {
          for: [REPLICA],
          when: (s, from) => {
            const leader = s.leader.get(s.announced)
            return (
              isChanging(s) &&
              s.members.get(s.active).has(from) &&
              isUp(s, from) &&
              isUp(s, leader) &&
              s.at.get(leader) < s.announced
            )
          },
          then: (s, from) => {
            const leader = s.leader.get(s.announced)
            s.value.set(leader, s.value.get(from))
            s.at.set(leader, s.announced)
            if (!planted('no-fence')) s.at.set(from, s.announced)
          },
        },
        giveOn: {
          for: [REPLICA],
          when: (s, to) => {
            const leader = s.leader.get(s.announced)
            return (
              isChanging(s) &&
              s.members.get(s.announced).has(to) &&
              to !== leader &&
              isUp(s, to) &&
              isUp(s, leader) &&
              s.at.get(leader) === s.announced &&
              (s.at.get(to) < s.announced || s.value.get(to) !== s.value.get(leader))
            )
          },
          then: (s, to) => {
            s.value.set(to, s.value.get(s.leader.get(s.announced)))
            s.at.set(to, s.announced)
          },
        },
        activate: {
          when: (s) =>
            isChanging(s) &&
            (planted('activate-early') ||
              (isReady(s) &&
                replicas.every(
                  (i) =>
                    !s.members.get(s.announced).has(i) ||
                    s.value.get(i) === s.value.get(s.leader.get(s.announced)),
                ))),
          then: (s) => {
            s.active = s.announced
            if (!planted('activate-early')) return
            for (const i of s.members.get(s.active)) s.at.set(i, s.active)
          },
        },
        write: {
          for: [CONFIGURATION],
          when: (s, c) =>
            c <= s.active && s.pending.get(c) === null && s.issued < writes && leads(s, c),
          then: (s, c) => {
            s.issued++
            s.value.set(s.leader.get(c), s.issued)
            s.pending.set(c, s.issued)
            s.stored.get(c).assign([s.leader.get(c)])
          },
        },
        forward: {
          for: [CONFIGURATION, REPLICA],
          when: (s, c, to) =>
            s.pending.get(c) !== null &&
            leads(s, c) &&
            s.members.get(c).has(to) &&
            isUp(s, to) &&
            s.at.get(to) === c &&
            !s.stored.get(c).has(to),
          then: (s, c, to) => {
            s.value.set(to, s.pending.get(c) ?? 0)
            s.stored.get(c).add(to)
          },
        },
        acknowledge: {
          for: [CONFIGURATION],
          when: (s, c) =>
            s.pending.get(c) !== null &&
            leads(s, c) &&
            (planted('acknowledge-early') ||
              replicas.every((i) => !s.members.get(c).has(i) || s.stored.get(c).has(i))),
          then: (s, c) => {
            s.acknowledged = Math.max(s.acknowledged, s.pending.get(c) ?? 0)
            s.pending.set(c, null)
            s.stored.get(c).clear()
          },
        },
        crash: {
          for: [REPLICA],
          when: (s, i) => isUp(s, i) && s.crashed.size < crashes,
          then: (s, i) => {
            s.crashed.add(i)
          },
        },
      },
      invariants: {
        'all members of the active configuration have what was acknowledged': {
          for: [REPLICA],
          holds: (s, i) => !s.members.get(s.active).has(i) || s.value.get(i) >= s.acknowledged,
        },
      },
      sometimes: {
        'a write is acknowledged after a change': (s) => s.active > 0 && s.acknowledged === writes,
        'a replica that crashed is replaced': (s) =>
          s.active > 0 && replicas.some((i) => !isUp(s, i) && !s.members.get(s.active).has(i)),
      },
      ends: 'anywhere',
    })
  },
)
