import { model, spec } from '../../src/explore/index.ts'
import { bool, id, int, mapOf, oneOf, setOf } from '../../src/state/index.ts'

/**
 * Non-blocking atomic commitment in which messages are only counted: how many yes and no were sent,
 * and how many of them each process has received. A process that crashes may have sent its vote
 * to some, so its vote may be received or not.
 */
export const atomicCommitCounting = spec(
  'nbacg-guer01',
  {
    about: 'atomic commitment with a failure detector, its messages only counted',
    source: 'Guerraoui, On the hardness of failure-sensitive agreement problems, 2001',
    parameters: { process: 3 },
    mutants: {
      'commit-without-all': 'a process commits when one yes is missing',
      'vote-though-suspicious': 'a process that knows of a failure sends its vote nevertheless',
    },
  },
  ({ process }, planted) => {
    const PROCESS = id('process', process)
    const COUNT = int(0, process)
    const needed = planted('commit-without-all') ? process - 1 : process
    return model({
      state: {
        at: mapOf(PROCESS, oneOf('no', 'yes', 'sent', 'abort', 'commit', 'crashed')),
        /** What the failure detector tells a process: that somebody has failed. */
        someFail: mapOf(PROCESS, bool()),
        sentNo: COUNT,
        sentYes: COUNT,
        /** Votes of crashed processes that some may receive and others not. */
        lostNo: COUNT,
        lostYes: COUNT,
        receivedNo: mapOf(PROCESS, COUNT),
        receivedYes: mapOf(PROCESS, COUNT),
      },
      init: {
        votes: {
          for: [setOf(PROCESS), setOf(PROCESS)],
          then: (s, yes, warned) => {
            for (const i of yes) s.at.set(i, 'yes')
            for (const i of warned) s.someFail.set(i, true)
          },
        },
      },
      actions: {
        sendYes: {
          for: [PROCESS],
          when: (s, i) =>
            s.at.get(i) === 'yes' && (!s.someFail.get(i) || planted('vote-though-suspicious')),
          then: (s, i) => {
            s.at.set(i, 'sent')
            s.sentYes++
          },
        },
        sendNo: {
          for: [PROCESS],
          when: (s, i) =>
            s.at.get(i) === 'no' && (!s.someFail.get(i) || planted('vote-though-suspicious')),
          then: (s, i) => {
            s.at.set(i, 'sent')
            s.sentNo++
          },
        },
        abortUnsent: {
          for: [PROCESS],
          when: (s, i) => s.someFail.get(i) && (s.at.get(i) === 'yes' || s.at.get(i) === 'no'),
          then: (s, i) => {
            s.at.set(i, 'abort')
          },
        },
        receiveYes: {
          for: [PROCESS],
          when: (s, i) => s.at.get(i) === 'sent' && s.receivedYes.get(i) < s.sentYes + s.lostYes,
          then: (s, i) => {
            s.receivedYes.set(i, s.receivedYes.get(i) + 1)
          },
        },
        receiveNo: {
          for: [PROCESS],
          when: (s, i) => s.at.get(i) === 'sent' && s.receivedNo.get(i) < s.sentNo + s.lostNo,
          then: (s, i) => {
            s.receivedNo.set(i, s.receivedNo.get(i) + 1)
          },
        },
        receiveNothing: {
          for: [PROCESS],
          when: (s, i) =>
            s.at.get(i) === 'sent' &&
            s.receivedYes.get(i) === s.sentYes + s.lostYes &&
            s.receivedNo.get(i) === s.sentNo + s.lostNo,
          then: () => undefined,
        },
        abortOnNo: {
          for: [PROCESS],
          when: (s, i) => s.at.get(i) === 'sent' && s.receivedNo.get(i) > 0,
          then: (s, i) => {
            s.at.set(i, 'abort')
          },
        },
        commit: {
          for: [PROCESS],
          when: (s, i) =>
            s.at.get(i) === 'sent' && s.receivedNo.get(i) === 0 && s.receivedYes.get(i) >= needed,
          then: (s, i) => {
            s.at.set(i, 'commit')
          },
        },
        crash: {
          for: [PROCESS],
          when: (s, i) => s.at.get(i) !== 'crashed',
          then: (s, i) => {
            if (s.at.get(i) === 'yes') s.lostYes++
            if (s.at.get(i) === 'no') s.lostNo++
            s.at.set(i, 'crashed')
          },
        },
        idle: { for: [PROCESS], then: () => undefined },
      },
      invariants: {
        'commit only when all voted yes': (s) =>
          !s.at.some((at) => at === 'commit') || s.sentYes + s.lostYes === process,
        'who knows of a failure does not commit': {
          for: [PROCESS],
          holds: (s, i) => s.at.get(i) !== 'commit' || !s.someFail.get(i),
        },
      },
      sometimes: {
        'all commit': (s) => s.at.every((at) => at === 'commit'),
        'all abort': (s) => s.at.every((at) => at === 'abort'),
      },
      symmetry: [PROCESS],
    })
  },
)
