import { model, spec, weak } from '../../src/explore/index.ts'
import { id, seqOf } from '../../src/state/index.ts'

/** What every replicated log is: a sequence of committed entries that only grows at its end. */
export const replicatedLog = spec(
  'log',
  {
    about: 'a replicated log: committed entries stay, and new ones come after them',
    source:
      'Schneider, Implementing Fault-Tolerant Services Using the State Machine Approach, 1990',
    parameters: { entry: 2, length: 2 },
    mutants: { 'stop-early': 'the last place is never filled' },
  },
  ({ entry, length }, planted) => {
    const ENTRY = id('entry', entry)
    const MORE = seqOf(ENTRY, length)
    return model({
      state: { committed: seqOf(ENTRY, length) },
      actions: {
        commit: {
          for: [MORE],
          when: (s, more: readonly number[]) =>
            more.length > 0 &&
            s.committed.length + more.length <= (planted('stop-early') ? length - 1 : length),
          then: (s, more: readonly number[]) => {
            for (const one of more) s.committed.push(one)
          },
        },
      },
      sometimes: { 'the log is full': (s) => s.committed.full },
      properties: { 'the log is full in the end': { eventually: (s) => s.committed.full } },
      fairness: [weak('commit')],
      ends: (s) => s.committed.full,
      symmetry: [ENTRY],
    })
  },
)
