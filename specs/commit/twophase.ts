import { model, spec, weakEach } from '../../src/explore/index.ts'
import { id, mapOf, oneOf, setOf, union } from '../../src/state/index.ts'
import { transactionCommit } from './tcommit.ts'

/** Two-phase commit, with resource managers `r` and one transaction manager. */
export const twoPhaseCommit = spec(
  'twophase',
  {
    about: 'two-phase commit: one manager asks all, and all do what it says',
    source: 'Gray and Lamport, Consensus on Transaction Commit, 2006, section 2',
    parameters: { rm: 3 },
    mutants: {
      'commit-without-all': 'the manager commits when one resource manager is prepared',
      'abort-after-prepare': 'a resource manager that is prepared may still abort by itself',
    },
  },
  ({ rm }, planted) => {
    const RM = id('rm', rm)
    return model({
      state: {
        rm: mapOf(RM, oneOf('working', 'prepared', 'committed', 'aborted')),
        tm: oneOf('init', 'committed', 'aborted'),
        tmPrepared: setOf(RM),
        msgs: setOf(union({ prepared: { rm: RM }, commit: {}, abort: {} })),
      },
      actions: {
        tmCommit: {
          when: (s) =>
            s.tm === 'init' &&
            (planted('commit-without-all') ? s.tmPrepared.size > 0 : s.tmPrepared.size === rm),
          then: (s) => {
            s.tm = 'committed'
            s.msgs.add({ type: 'commit' })
          },
        },
        tmAbort: {
          when: (s) => s.tm === 'init',
          then: (s) => {
            s.tm = 'aborted'
            s.msgs.add({ type: 'abort' })
          },
        },
        tmRcvPrepared: {
          for: [RM],
          when: (s, r) => s.tm === 'init' && s.msgs.has({ type: 'prepared', rm: r }),
          then: (s, r) => {
            s.tmPrepared.add(r)
          },
        },
        rmPrepare: {
          for: [RM],
          when: (s, r) => s.rm.get(r) === 'working',
          then: (s, r) => {
            s.rm.set(r, 'prepared')
            s.msgs.add({ type: 'prepared', rm: r })
          },
        },
        rmChooseToAbort: {
          for: [RM],
          when: (s, r) =>
            s.rm.get(r) === 'working' ||
            (planted('abort-after-prepare') && s.rm.get(r) === 'prepared'),
          then: (s, r) => {
            s.rm.set(r, 'aborted')
          },
        },
        rmRcvCommit: {
          for: [RM],
          when: (s) => s.msgs.has({ type: 'commit' }),
          then: (s, r) => {
            s.rm.set(r, 'committed')
          },
        },
        rmRcvAbort: {
          for: [RM],
          when: (s) => s.msgs.has({ type: 'abort' }),
          then: (s, r) => {
            s.rm.set(r, 'aborted')
          },
        },
      },
      invariants: {
        'no two managers decide differently': {
          for: [RM],
          holds: (s, r) =>
            s.rm.get(r) !== 'committed' || !s.rm.some((state) => state === 'aborted'),
        },
      },
      sometimes: {
        'all commit': (s) => s.rm.every((state) => state === 'committed'),
        'all abort': (s) => s.rm.every((state) => state === 'aborted'),
      },
      properties: {
        'what is committed is committed by all': {
          for: [RM],
          when: (s) => s.tm === 'committed',
          leadsTo: (s, r) => s.rm.get(r) === 'committed',
        },
      },
      fairness: [weakEach('rmRcvCommit')],
      symmetry: [RM],
      network: ['msgs'],
      refines: {
        tcommit: {
          model: transactionCommit.make({ rm }),
          map: (s, abstract) => {
            abstract.rm.assign(s.rm)
          },
        },
      },
    })
  },
)
