import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { bool, id, int, mapOf, oneOf, setOf } from '../../src/state/index.ts'
import type { Quorum } from '../consensus/quorums.ts'
import { quorumsOf } from '../consensus/quorums.ts'

/**
 * ABD for many writers and readers as it is run: calls go on side by side, messages may be late,
 * lost or come twice, and replicas restart. Tags stand for the values that were written under them,
 * greater tags for newer values. A replica answers queries with the newest tag that it has seen,
 * which may not be on its disk yet; that it has stored something it says when that is on its disk.
 *
 * A tag that is taken from a call that is over may still come to be stored: what counts of it is
 * that somebody wrote under it.
 */
export const abdCalls = spec(
  'abd-calls',
  {
    about: 'ABD as it is run: calls of many writers and readers, disks, restarts',
    source:
      'Lynch and Shvartsman, Robust emulation of shared memory using dynamic ' +
      'quorum-acknowledged broadcasts, 1997, without reconfiguration',
    parameters: { quorums: 'majority(n=3)', calls: 2, tags: 2, restarts: true },
    mutants: {
      'no-write-back': 'a read is over when it has asked a quorum',
      'write-without-query': 'a write takes a tag without asking a quorum',
      'say-before-durable': 'replicas say that they have stored what is not on their disks',
    },
  },
  ({ quorums, calls, tags, restarts }, planted) => {
    const { size, reads, writes, symmetric } = quorumsOf(quorums)
    const REPLICA = id('replica', size)
    const CALL = id('call', calls)
    /** 0: what is there at first, or older than all that is looked at. */
    const TAG = int(0, tags)
    const state = {
      seen: mapOf(REPLICA, TAG),
      stored: mapOf(REPLICA, TAG),
      /** Tags under which something was written. */
      written: setOf(TAG),
      phase: mapOf(CALL, oneOf('idle', 'query', 'store')),
      isWrite: mapOf(CALL, bool()),
      /** The newest tag that was found, then the one that is being stored. */
      tag: mapOf(CALL, TAG),
      answered: mapOf(CALL, setOf(REPLICA)),
      /** What replicas have answered to the query of a call. */
      replies: mapOf(CALL, mapOf(REPLICA, setOf(TAG))),
      /** The newest tag that any call was finished with, and what it was when a call began. */
      told: TAG,
      floor: mapOf(CALL, TAG),
    }
    type S = State<typeof state>
    const contains = (s: S, c: number, side: readonly Quorum[]) =>
      side.some((quorum) => s.answered.get(c).hasAll(quorum))
    const forget = (s: S, c: number) => {
      s.phase.set(c, 'idle')
      s.isWrite.set(c, false)
      s.tag.set(c, 0)
      s.floor.set(c, 0)
      s.answered.get(c).clear()
      for (let r = 0; r < size; r++) s.replies.get(c).get(r).clear()
    }

    return model({
      state,
      init: (s) => {
        s.written.add(0)
      },
      actions: {
        begin: {
          for: [CALL, bool()],
          when: (s, c) => s.phase.get(c) === 'idle',
          then: (s, c, isWrite) => {
            s.phase.set(c, 'query')
            s.isWrite.set(c, isWrite)
            s.floor.set(c, s.told)
          },
        },
        reply: {
          for: [CALL, REPLICA],
          when: (s, c) => s.phase.get(c) === 'query',
          then: (s, c, r) => {
            s.replies.get(c).get(r).add(s.seen.get(r))
          },
        },
        hear: {
          for: [CALL, REPLICA, TAG],
          when: (s, c, r, tag) =>
            s.phase.get(c) === 'query' &&
            !s.answered.get(c).has(r) &&
            s.replies.get(c).get(r).has(tag),
          then: (s, c, r, tag) => {
            s.answered.get(c).add(r)
            s.tag.set(c, Math.max(s.tag.get(c), tag))
          },
        },
        /** A read stores what it has found, a write something new. */
        beginStore: {
          for: [CALL, TAG],
          when: (s, c, tag) =>
            s.phase.get(c) === 'query' &&
            (contains(s, c, reads) || (planted('write-without-query') && s.isWrite.get(c))) &&
            (s.isWrite.get(c) ? tag > s.tag.get(c) : tag === s.tag.get(c)) &&
            (!s.isWrite.get(c) || !s.written.has(tag)),
          then: (s, c, tag) => {
            s.phase.set(c, 'store')
            s.tag.set(c, tag)
            s.written.add(tag)
            s.answered.get(c).clear()
            for (let r = 0; r < size; r++) s.replies.get(c).get(r).clear()
          },
        },
        take: {
          for: [REPLICA, TAG],
          when: (s, r, tag) => s.written.has(tag) && tag > s.seen.get(r),
          then: (s, r, tag) => {
            s.seen.set(r, tag)
          },
        },
        persist: {
          for: [REPLICA, TAG],
          when: (s, r, tag) => tag <= s.seen.get(r) && tag > s.stored.get(r),
          then: (s, r, tag) => {
            s.stored.set(r, tag)
          },
        },
        /** A replica has said that it has stored what the call is about, or something newer. */
        acknowledge: {
          for: [CALL, REPLICA],
          when: (s, c, r) =>
            s.phase.get(c) === 'store' &&
            !s.answered.get(c).has(r) &&
            (planted('say-before-durable') ? s.seen.get(r) : s.stored.get(r)) >= s.tag.get(c),
          then: (s, c, r) => {
            s.answered.get(c).add(r)
          },
        },
        finish: {
          for: [CALL],
          when: (s, c) =>
            s.phase.get(c) === 'store'
              ? contains(s, c, writes)
              : s.phase.get(c) === 'query' &&
                planted('no-write-back') &&
                !s.isWrite.get(c) &&
                contains(s, c, reads),
          then: (s, c) => {
            s.told = Math.max(s.told, s.tag.get(c))
            forget(s, c)
          },
        },
        /** Whoever has called is not there any more. */
        abandon: {
          for: [CALL],
          when: (s, c) => s.phase.get(c) !== 'idle',
          then: forget,
        },
        restart: {
          for: [REPLICA],
          when: (s, r) => restarts && s.seen.get(r) > s.stored.get(r),
          then: (s, r) => {
            s.seen.set(r, s.stored.get(r))
          },
        },
      },
      invariants: {
        'a call is not finished with less than was told before it began': {
          for: [CALL],
          holds: (s, c) => {
            const isRead = !s.isWrite.get(c)
            if (s.phase.get(c) === 'store') return s.tag.get(c) >= s.floor.get(c)
            const mayEnd = planted('no-write-back') && isRead && contains(s, c, reads)
            return !mayEnd || s.phase.get(c) === 'idle' || s.tag.get(c) >= s.floor.get(c)
          },
        },
        'what is told is stored by a quorum': (s) =>
          planted('no-write-back') ||
          writes.some((quorum) => quorum.every((r) => s.stored.get(r) >= s.told)),
      },
      sometimes: { 'the last tag is told': (s) => s.told === tags },
      ends: 'anywhere',
      symmetry: symmetric ? [REPLICA, CALL] : [CALL],
    })
  },
)
