import { consensus } from '../../specs/consensus/consensus.ts'
import { paxos } from '../../specs/consensus/paxos.ts'
import { paxosBesideFast } from '../../specs/consensus/sf-paxos.ts'
import { valuesByBits } from '../../specs/consensus/values-by-bits.ts'
import { viewChanges } from '../../specs/consensus/view-changes.ts'
import { voteProof } from '../../specs/consensus/voteproof.ts'
import { voting } from '../../specs/consensus/voting.ts'
import type { SpecEntry } from '../spec-entry.ts'
import { counted, found, sized } from './counted.ts'

const TWO_CHOSEN = 'no two values are chosen'
const ALIKE = 'no two correct replicas decide differently'
const DECIDED = 'what is accepted by a quorum is what is decided'

const one = 'majority(n=1)'
const three = 'majority(n=3)'
const ofVoting = { oracle: 'voting-3-2-3' }
const ofPaxos = { oracle: 'paxos-3-2-2' }

/** Paxos over quorums of any kind: safe where, and only where, those of the two phases meet. */
const safe = (quorums: string, size: SpecEntry['size'] = 'small'): SpecEntry => ({
  spec: paxos,
  parameters: { quorums },
  expect: { outcome: 'pass' },
  size,
})
const unsafe = (quorums: string): SpecEntry => ({
  spec: paxos,
  parameters: { quorums },
  expect: { outcome: 'fail', violated: TWO_CHOSEN },
  size: 'small',
})

export const consensusSpecs: readonly SpecEntry[] = [
  counted(consensus, { value: 3 }, [4, 4, 2], { oracle: 'consensus-3' }),
  found(consensus, 'choose-again', 'at most one value is chosen'),

  counted(voting, { quorums: three, value: 1, ballot: 2 }, [283, 1498, 11], ofVoting),
  counted(voting, { quorums: three, value: 2, ballot: 2 }, [599, 3124, 11], ofVoting),
  counted(voting, { quorums: three, value: 1, ballot: 3 }, [2670, 17269, 16], ofVoting),
  counted(voting, { quorums: three, value: 2, ballot: 3 }, [6752, 41017, 16], ofVoting),
  counted(voting, { quorums: three, value: 2, ballot: 4 }, [66657, 444145, 21], {
    ...ofVoting,
    size: 'nightly',
  }),
  sized(voting, { quorums: three, value: 2, ballot: 2 }, [77, 11], { symmetry: true }),
  found(voting, 'vote-below-promise', TWO_CHOSEN),
  found(voting, 'any-value', TWO_CHOSEN),
  found(voting, 'split-ballot', 'no two values are voted for in a ballot'),

  counted(paxos, { quorums: one, value: 1, ballot: 2 }, [25, 82, 9], ofPaxos),
  counted(paxos, { quorums: one, value: 1, ballot: 3 }, [125, 568, 13], ofPaxos),
  counted(paxos, { quorums: three, value: 1, ballot: 1 }, [41, 168, 9], ofPaxos),
  counted(paxos, { quorums: three, value: 1, ballot: 2 }, [1681, 9903, 17], ofPaxos),
  counted(paxos, { quorums: three, value: 2, ballot: 2 }, [3921, 23563, 17], ofPaxos),
  counted(paxos, { quorums: three, value: 1, ballot: 3 }, [68921, 497494, 25], {
    ...ofPaxos,
    size: 'long',
  }),
  counted(paxos, { quorums: three, value: 2, ballot: 3 }, [185369, 1361380, 25], {
    ...ofPaxos,
    size: 'long',
  }),
  found(paxos, 'accept-below-promise', TWO_CHOSEN),
  found(paxos, 'ignore-votes', TWO_CHOSEN),
  found(paxos, 'any-vote', TWO_CHOSEN, { ballot: 3 }, 'long'),
  found(paxos, 'promise-without-vote', TWO_CHOSEN),
  found(paxos, 'reuse-ballot', TWO_CHOSEN),
  found(paxos, 'forget-promise', TWO_CHOSEN),
  found(paxos, 'forget-all', TWO_CHOSEN),
  found(paxos, 'accept-only-higher', 'a value is chosen in the last ballot'),
  safe('grid(rows=2,cols=2)'),
  safe('bgrid(d=2,h=2,r=1)', 'long'),
  safe('fpaxos-grid(rows=2,cols=2)', 'long'),
  safe('fpaxos(n=3,phase1=3,phase2=1)'),
  safe('fpaxos(n=4,phase1=3,phase2=2)', 'long'),
  safe('reads: a + b; writes: a * b'),
  safe('reads: a * b; writes: a + b'),
  safe('reads: a * b * c; writes: a + b + c'),
  safe('reads: a * b + c; writes: (a + b) * c'),
  unsafe('reads: a + b; writes: a + b'),
  unsafe('reads: a * b + c; writes: a * b + c'),
  unsafe('reads: choose(2, a, b, c, d); writes: choose(2, a, b, c, d)'),

  sized(voteProof, { quorums: three, value: 2, ballot: 2 }, [611, 9], {
    oracle: 'voteproof-3-2-3',
  }),
  sized(voteProof, { quorums: three, value: 2, ballot: 3 }, [6962, 14], {
    oracle: 'voteproof-3-2-3',
  }),
  found(voteProof, 'vote-twice', 'who voted in a ballot voted for one value'),
  found(voteProof, 'safe-below-votes', TWO_CHOSEN),

  sized(paxosBesideFast, { quorums: three, value: 2, ballot: 3 }, [6353, 18]),
  sized(paxosBesideFast, { quorums: 'majority(n=4)', value: 3, ballot: 3 }, [1207, 22], {
    oracle: 'sf-paxos-sym',
    symmetry: true,
    size: 'long',
  }),
  found(paxosBesideFast, 'accept-below-promise', DECIDED, { quorums: three, value: 2 }),
  found(paxosBesideFast, 'ignore-votes', DECIDED, { quorums: three, value: 2 }),

  sized(valuesByBits, { processes: 2 }, [3435, 17]),
  sized(valuesByBits, { processes: 3 }, [29_050, 24], { symmetry: true }),
  sized(valuesByBits, { processes: 3 }, [167_364, 24], { size: 'long' }),
  found(valuesByBits, 'each-bit-alone', 'validity: what all bits together say was proposed', {
    processes: 2,
  }),
  found(valuesByBits, 'tells-nobody', 'termination: who proposes decides, unless it crashes', {
    processes: 2,
  }),

  counted(viewChanges, {}, [1394, 3484, 16]),
  {
    spec: viewChanges,
    parameters: { timely: false },
    expect: { outcome: 'fail', violated: 'every correct replica decides' },
    size: 'small',
  },
  found(viewChanges, 'new-view-is-free', ALIKE),
  found(viewChanges, 'decides-when-prepared', ALIKE),
  found(viewChanges, 'too-few-prepare', ALIKE),
  found(viewChanges, 'oldest-certificate', ALIKE, { timely: false }),
]
