import type { TraceCheck } from './entry.ts'

/** Runs whose traces are held against specs: one that is right for each protocol, and a bug. */
const checked: readonly (readonly [
  protocol: string,
  mapping: string,
  seed: number,
  mutant: string,
  buggySeed: number,
])[] = [
  ['two-phase-commit', 'two-phase-commit', 1, 'doubt-ends-in-abort', 1],
  ['paxos', 'paxos', 1, 'reported-values-ignored', 1],
  ['multi-paxos', 'multi-paxos', 1, 'reported-values-ignored', 2],
  ['raft', 'raft', 1, 'vote-not-persisted', 4],
  ['zab', 'zab', 1, 'epoch-before-history', 3],
  ['abd', 'abd', 1, 'read-without-write-back', 1],
]

/** What the code does is what the spec allows, and a bug in the code shows. */
export const traceChecks: readonly TraceCheck[] = checked.flatMap(
  ([protocol, mapping, seed, mutant, buggySeed]): readonly TraceCheck[] => [
    {
      type: 'trace',
      name: `traces/${protocol}/claims`,
      protocol,
      seed,
      mapping,
      expected: 'pass',
      because: 'the protocol does what its spec allows',
    },
    {
      type: 'trace',
      name: `traces/${protocol}/${mutant}`,
      protocol,
      mutant,
      seed: buggySeed,
      mapping,
      expected: 'fail',
      because: 'a bug that is planted in the protocol and not in the spec',
    },
  ],
)
