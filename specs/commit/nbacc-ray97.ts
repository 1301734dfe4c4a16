import { model, spec } from '../../src/explore/index.ts'
import type { State, ValueOf } from '../../src/state/index.ts'
import { bool, id, mapOf, oneOf, record, setOf } from '../../src/state/index.ts'

/**
 * Non-blocking atomic commitment with a failure detector: whoever got yes from all and suspects
 * nobody commits; whoever got a no, or suspects somebody, aborts. In each step a process receives
 * any messages that were sent, asks its detector, which says what it likes, and moves.
 */
export const atomicCommitFailureDetector = spec(
  'nbacc-ray97',
  {
    about: 'atomic commitment with a failure detector that need not be right',
    source: 'Raynal, A Case Study of Agreement Problems in Distributed Systems, HASE 1997',
    parameters: { process: 2 },
    mutants: {
      'commit-without-all': 'a process commits when it has one yes',
      'no-counts-as-yes': 'a process counts whom it heard from, not what they said',
    },
  },
  ({ process }, planted) => {
    const PROCESS = id('process', process)
    const MESSAGES = setOf(record({ from: PROCESS, vote: oneOf('no', 'yes') }))
    const state = {
      at: mapOf(PROCESS, oneOf('no', 'yes', 'sent', 'abort', 'commit', 'crash')),
      suspects: mapOf(PROCESS, bool()),
      received: mapOf(PROCESS, MESSAGES),
      sent: MESSAGES,
    }
    type S = State<typeof state>
    type Messages = ValueOf<typeof MESSAGES>
    const range = [PROCESS, MESSAGES, bool()] as const
    const canReceive = (s: S, i: number, messages: Messages) =>
      s.received.get(i).every((message) => messages.has(message)) && s.sent.hasAll(messages)
    const receive = (s: S, i: number, messages: Messages, suspects: boolean) => {
      s.received.get(i).assign(messages)
      s.suspects.set(i, suspects)
    }
    const allYes = (messages: Messages) => {
      const said = new Set<number>()
      for (const { from, vote } of messages)
        if (vote === 'yes' || planted('no-counts-as-yes')) said.add(from)
      return planted('commit-without-all') ? said.size > 0 : said.size === process
    }
    return model({
      state,
      init: {
        votes: {
          for: [setOf(PROCESS), setOf(PROCESS)],
          then: (s, yes, suspecting) => {
            for (const i of yes) s.at.set(i, 'yes')
            for (const i of suspecting) s.suspects.set(i, true)
          },
        },
      },
      actions: {
        sendVote: {
          for: range,
          when: (s, i, messages) =>
            (s.at.get(i) === 'yes' || s.at.get(i) === 'no') && canReceive(s, i, messages),
          then: (s, i, messages, suspects) => {
            const vote = s.at.get(i)
            receive(s, i, messages, suspects)
            s.at.set(i, 'sent')
            if (vote === 'yes' || vote === 'no') s.sent.add({ from: i, vote })
          },
        },
        crash: {
          for: range,
          when: (s, i, messages) => s.at.get(i) !== 'crash' && canReceive(s, i, messages),
          then: (s, i, messages, suspects) => {
            receive(s, i, messages, suspects)
            s.at.set(i, 'crash')
          },
        },
        abortOnSuspicion: {
          for: range,
          when: (s, i, messages, suspects) =>
            suspects && s.at.get(i) === 'sent' && canReceive(s, i, messages),
          then: (s, i, messages, suspects) => {
            receive(s, i, messages, suspects)
            s.at.set(i, 'abort')
          },
        },
        /** Because of a no that was received before. */
        abortOnNo: {
          for: [...range, PROCESS],
          when: (s, i, messages, _suspects, from) =>
            s.at.get(i) === 'sent' &&
            s.received.get(i).has({ from, vote: 'no' }) &&
            canReceive(s, i, messages),
          then: (s, i, messages, suspects) => {
            receive(s, i, messages, suspects)
            s.at.set(i, 'abort')
          },
        },
        commit: {
          for: range,
          when: (s, i, messages, suspects) =>
            !suspects && s.at.get(i) === 'sent' && allYes(messages) && canReceive(s, i, messages),
          then: (s, i, messages, suspects) => {
            receive(s, i, messages, suspects)
            s.at.set(i, 'commit')
          },
        },
        onlyReceive: {
          for: range,
          when: (s, i, messages) => canReceive(s, i, messages),
          then: receive,
        },
      },
      invariants: {
        'commit only when all voted yes': (s) =>
          !s.at.some((at) => at === 'commit') ||
          s.sent.count((message) => message.vote === 'yes') === process,
      },
      sometimes: {
        'all commit': (s) => s.at.every((at) => at === 'commit'),
        'all abort': (s) => s.at.every((at) => at === 'abort'),
        'one commits and another aborts, as the detector was wrong': (s) =>
          s.at.some((at) => at === 'commit') && s.at.some((at) => at === 'abort'),
      },
      symmetry: [PROCESS],
    })
  },
)
