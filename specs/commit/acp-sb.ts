import { model, spec } from '../../src/explore/index.ts'
import { simpleBroadcast } from './acp.ts'

/** Atomic commitment with a simple broadcast of the decision: it may block without coordinator. */
export const atomicCommitSimpleBroadcast = spec(
  'acp-sb',
  {
    about: 'atomic commitment where the coordinator tells its decision to one after the other',
    source: 'Babaoglu and Toueg, Understanding Non-Blocking Atomic Commitment, 1993, ACP-SB',
    parameters: { participant: 3 },
    mutants: {
      'commit-on-one': 'the coordinator commits when one participant votes yes',
      'abort-after-yes': 'who voted yes and hears nothing of a dead coordinator aborts',
    },
  },
  ({ participant }, planted) => {
    const { PARTICIPANT, undecided, ...common } = simpleBroadcast(participant, {
      commitOnOneYes: planted('commit-on-one'),
      abortAfterYes: planted('abort-after-yes'),
    })
    return model({
      ...common,
      actions: {
        ...common.actions,
        decide: {
          for: [PARTICIPANT],
          when: (s, i) => undecided(s, i) && s.broadcast.get(i) !== 'unsent',
          then: (s, i) => {
            const heard = s.broadcast.get(i)
            if (heard !== 'unsent') s.participants.get(i).decision = heard
          },
        },
      },
      ends: 'anywhere',
      symmetry: [PARTICIPANT],
    })
  },
)
