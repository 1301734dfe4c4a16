import { model, spec } from '../../src/explore/index.ts'
import { id, mapOf, oneOf } from '../../src/state/index.ts'

/** What it means to commit a transaction: nobody aborts when somebody commits. */
export const transactionCommit = spec(
  'tcommit',
  {
    about: 'transaction commit: what any commit protocol must do',
    source: 'Gray and Lamport, Consensus on Transaction Commit, 2006, section 1',
    parameters: { rm: 3 },
    mutants: {
      'commit-alone': 'a manager that is prepared commits without regard to the others',
      'abort-late': 'a manager that is prepared aborts although another has committed',
    },
  },
  ({ rm }, planted) => {
    const RM = id('rm', rm)
    return model({
      state: { rm: mapOf(RM, oneOf('working', 'prepared', 'committed', 'aborted')) },
      actions: {
        prepare: {
          for: [RM],
          when: (s, r) => s.rm.get(r) === 'working',
          then: (s, r) => {
            s.rm.set(r, 'prepared')
          },
        },
        commit: {
          for: [RM],
          when: (s, r) =>
            s.rm.get(r) === 'prepared' &&
            (planted('commit-alone') ||
              s.rm.every((state) => state === 'prepared' || state === 'committed')),
          then: (s, r) => {
            s.rm.set(r, 'committed')
          },
        },
        abort: {
          for: [RM],
          when: (s, r) =>
            (s.rm.get(r) === 'working' || s.rm.get(r) === 'prepared') &&
            (planted('abort-late') || !s.rm.some((state) => state === 'committed')),
          then: (s, r) => {
            s.rm.set(r, 'aborted')
          },
        },
      },
      invariants: {
        'no two managers decide differently': (s) =>
          !(
            s.rm.some((state) => state === 'aborted') && s.rm.some((state) => state === 'committed')
          ),
      },
      sometimes: { 'all commit': (s) => s.rm.every((state) => state === 'committed') },
      ends: (s) => s.rm.every((state) => state === 'committed' || state === 'aborted'),
      symmetry: [RM],
    })
  },
)
