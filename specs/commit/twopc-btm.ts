import { model, spec, weak } from '../../src/explore/index.ts'
import type { MapPlace } from '../../src/state/index.ts'
import { id, mapOf, oneOf } from '../../src/state/index.ts'

type Manager = 'working' | 'prepared' | 'committed' | 'aborted' | 'failed'

/**
 * Two-phase commit where a backup takes over from a transaction manager that has gone away. A
 * manager looks at the states of all resource managers at once instead of asking them.
 */
export const twoPhaseCommitWithBackup = spec(
  'twopc-btm',
  {
    about: 'two-phase commit with a backup of the transaction manager, and failing managers',
    source: 'after M. Demirbas, 2PCwithBTM, in the TLA+ Examples, transaction_commit, 2018',
    parameters: { rm: 3, rmMayFail: true, tmMayFail: true },
    mutants: {
      'commit-on-one': 'the managers commit when one resource manager is prepared',
      'abort-when-prepared': 'a prepared resource manager that hears nothing aborts by itself',
      'backup-always-aborts': 'the backup aborts whatever the manager decided before it went away',
    },
  },
  ({ rm, rmMayFail, tmMayFail }, planted) => {
    const RM = id('rm', rm)
    const open = (state: Manager) => state === 'working' || state === 'prepared'
    const canCommit = (states: MapPlace<number, Manager, Manager>) =>
      (planted('commit-on-one')
        ? states.some((state) => state === 'prepared')
        : states.every((state) => state === 'prepared')) ||
      states.some((state) => state === 'committed')
    const canAbort = (states: MapPlace<number, Manager, Manager>) =>
      states.some((state) => state === 'aborted' || state === 'failed') &&
      !states.some((state) => state === 'committed')
    return model({
      state: {
        rm: mapOf(RM, oneOf('working', 'prepared', 'committed', 'aborted', 'failed')),
        /** What the managers say; hidden while the first one is gone. */
        tm: oneOf('init', 'commit', 'abort', 'hidden'),
        rmAt: mapOf(RM, oneOf('running', 'done')),
        tmAt: oneOf('start', 'committing', 'aborting', 'committed', 'aborted', 'done'),
        backupAt: oneOf('start', 'committing', 'aborting', 'done'),
      },
      actions: {
        rmPrepare: {
          for: [RM],
          when: (s, r) => s.rmAt.get(r) === 'running' && s.rm.get(r) === 'working',
          then: (s, r) => {
            s.rm.set(r, 'prepared')
          },
        },
        rmCommit: {
          for: [RM],
          when: (s, r) => s.tm === 'commit' && s.rmAt.get(r) === 'running' && open(s.rm.get(r)),
          then: (s, r) => {
            s.rm.set(r, 'committed')
          },
        },
        rmAbort: {
          for: [RM],
          when: (s, r) =>
            s.rmAt.get(r) === 'running' &&
            (s.rm.get(r) === 'working' ||
              (s.rm.get(r) === 'prepared' &&
                (s.tm === 'abort' || (planted('abort-when-prepared') && s.tm === 'hidden')))),
          then: (s, r) => {
            s.rm.set(r, 'aborted')
          },
        },
        rmFail: {
          for: [RM],
          when: (s, r) =>
            rmMayFail &&
            s.rmAt.get(r) === 'running' &&
            open(s.rm.get(r)) &&
            !s.rm.some((state) => state === 'failed'),
          then: (s, r) => {
            s.rm.set(r, 'failed')
          },
        },
        rmFinish: {
          for: [RM],
          when: (s, r) => s.rmAt.get(r) === 'running' && !open(s.rm.get(r)),
          then: (s, r) => {
            s.rmAt.set(r, 'done')
          },
        },
        tmDecideCommit: {
          when: (s) => s.tmAt === 'start' && canCommit(s.rm),
          then: (s) => {
            s.tmAt = 'committing'
          },
        },
        tmDecideAbort: {
          when: (s) => s.tmAt === 'start' && canAbort(s.rm),
          then: (s) => {
            s.tmAt = 'aborting'
          },
        },
        tmCommit: {
          when: (s) => s.tmAt === 'committing',
          then: (s) => {
            s.tm = 'commit'
            s.tmAt = 'committed'
          },
        },
        tmAbort: {
          when: (s) => s.tmAt === 'aborting',
          then: (s) => {
            s.tm = 'abort'
            s.tmAt = 'aborted'
          },
        },
        tmFinish: {
          when: (s) => s.tmAt === 'committed' || s.tmAt === 'aborted',
          then: (s) => {
            if (tmMayFail) s.tm = 'hidden'
            s.tmAt = 'done'
          },
        },
        backupDecideCommit: {
          when: (s) => s.backupAt === 'start' && s.tm === 'hidden' && canCommit(s.rm),
          then: (s) => {
            s.backupAt = planted('backup-always-aborts') ? 'aborting' : 'committing'
          },
        },
        backupDecideAbort: {
          when: (s) => s.backupAt === 'start' && s.tm === 'hidden' && canAbort(s.rm),
          then: (s) => {
            s.backupAt = 'aborting'
          },
        },
        backupCommit: {
          when: (s) => s.backupAt === 'committing',
          then: (s) => {
            s.tm = 'commit'
            s.backupAt = 'done'
          },
        },
        backupAbort: {
          when: (s) => s.backupAt === 'aborting',
          then: (s) => {
            s.tm = 'abort'
            s.backupAt = 'done'
          },
        },
      },
      invariants: {
        'no two managers decide differently': {
          for: [RM, RM],
          holds: (s, one, other) =>
            !(s.rm.get(one) === 'aborted' && s.rm.get(other) === 'committed'),
        },
        'what somebody committed is not called aborted': (s) =>
          !s.rm.some((state) => state === 'committed') || s.tm !== 'abort',
      },
      sometimes: {
        'all commit': (s) => s.rm.every((state) => state === 'committed'),
        'the backup commits': (s) => s.backupAt === 'done' && s.tm === 'commit',
        'the backup aborts': (s) => s.backupAt === 'done' && s.tm === 'abort',
      },
      properties: {
        'every manager decides': {
          for: [RM],
          eventually: (s, r) => s.rmAt.get(r) === 'done',
        },
      },
      fairness: [
        weak('rmPrepare', 'rmCommit', 'rmAbort', 'rmFail', 'rmFinish'),
        weak('tmDecideCommit', 'tmDecideAbort', 'tmCommit', 'tmAbort', 'tmFinish'),
        weak('backupDecideCommit', 'backupDecideAbort', 'backupCommit', 'backupAbort'),
      ],
      ends: 'anywhere',
      symmetry: [RM],
    })
  },
)
