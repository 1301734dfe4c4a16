import { electionSafety } from '../../checkers/invariants/election-safety.ts'
import { leaderAppendOnly } from '../../checkers/invariants/leader-append-only.ts'
import { leaderCompleteness } from '../../checkers/invariants/leader-completeness.ts'
import { logMatching } from '../../checkers/invariants/log-matching.ts'
import { stateMachineSafety } from '../../checkers/invariants/state-machine-safety.ts'
import { raft } from '../../impls/raft/raft.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import type { Options } from '../../src/node/index.ts'
import type { Bug } from './bug.ts'

type Views = Parameters<NonNullable<ComposeOptions['sometimes']>[string]>[0]

/** The five properties that the paper claims (figure 3). */
export const five = [
  electionSafety,
  leaderAppendOnly,
  logMatching,
  leaderCompleteness,
  stateMachineSafety,
]

/** One entry a message, no snapshots, and no messages that only say no. */
export const plain = { batch: 1, snapshotEvery: 0, refusals: false } satisfies Options

export const cluster = {
  nodes: 3,
  loopback: 'at-once',
  invariants: five,
} satisfies ComposeOptions

export interface Most {
  readonly term: number
  readonly commit?: number
  /** Entries in a log. */
  readonly log?: number
  /** Terms in which what a leader appends reaches nobody, or only these nodes. */
  readonly reaches?: Readonly<Record<number, readonly string[]>>
}

/** Nobody goes further than that. */
export function within(most: Most): NonNullable<ComposeOptions['within']> {
  const { term: lastTerm, commit: mostCommitted = Infinity, log: longest = Infinity } = most
  return ({ term, commit, log, role, base }, node) =>
    (term as number) <= lastTerm &&
    (commit as number) <= mostCommitted &&
    (log as readonly unknown[]).length + (base as number) <= longest &&
    (most.reaches?.[term as number]?.includes(node) !== false ||
      role === 'leader' ||
      (log as readonly { readonly term: number }[]).at(-1)?.term !== term)
}

/** How often some nodes notice that they hear of no leader, and how often they campaign. */
export function elections(
  nodes: Readonly<Record<string, readonly [silences: number, elections: number]>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(nodes).flatMap(([node, [silences, campaigns]]) => [
      [`${node} silence`, silences],
      ...(campaigns === 0 ? [] : [[`${node} election`, campaigns] as const]),
    ]),
  )
}

export const leads = (term: number) => (views: Views) =>
  views.some((view) => view?.['role'] === 'leader' && view['term'] === term)

export const commits = (term: number) => (views: Views) =>
  views.some(
    (view) =>
      view?.['role'] === 'leader' && view['term'] === term && (view['commit'] as number) > 0,
  )

/** Two nodes campaign, once each; one alone. */
export const twoNodes = elections({ n1: [1, 1], n2: [1, 1] })
export const oneNode = elections({ n1: [1, 1] })

export const upToTwo = within({ term: 2, reaches: { 1: ['n2'], 2: ['n3'] } })

/** A bug of Raft. */
export function bug(
  id: string,
  mutant: NonNullable<Parameters<typeof raft.make>[1]>,
  about: Omit<Bug, 'id' | 'protocol' | 'mutant'>,
): Bug {
  return { id, protocol: raft, mutant, ...about }
}
