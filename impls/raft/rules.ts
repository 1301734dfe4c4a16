import type { Rules } from './state.ts'

/** Named bugs, each of which breaks one rule. */
export const mutants = {
  'vote-not-persisted': 'a node that restarts has forgotten its vote, and votes again in the term',
  'stale-vote-counted': 'a vote for an earlier term is counted in this one',
  'no-log-check-in-vote': 'voters do not ask whether the candidate has what they have',
  'follower-acknowledges-before-durable':
    'a follower acknowledges entries before its disk has them',
  'leader-counts-before-durable': 'a leader counts itself before its own disk has the entry',
  'matched-entries-erased': 'a late message erases entries after those that it brings',
  'old-term-committed': 'an entry of an earlier term is committed by counting (figure 8)',
  'read-without-round': 'a leader answers reads without asking whether it still leads',
  'read-before-own-commit': 'a new leader answers reads before it knows what is committed',
  'applied-twice': 'an operation that was asked for twice is applied twice',
  'snapshot-off-by-one': 'a snapshot claims to hold an entry that it does not hold',
  'old-snapshot-installed': 'a late snapshot takes the place of a newer log',
  'change-in-one-step': 'the voters change without a joint configuration in between',
  'term-not-persisted': 'a node that restarts begins with term 0 again',
  'applied-when-appended': 'a leader applies a command as soon as it is in its own log',
  'commit-goes-back': 'a follower takes whatever commit index it is told, also a smaller one',
  'match-goes-back': 'a leader believes the last answer of a follower, also an older one',
  'commit-stops-at-old-term': 'a leader commits nothing before an entry of an earlier term',
  'change-before-own-commit': 'a new leader changes voters before it knows what is committed',
  'joint-left-early': 'the old voters are let go before they have agreed to it',
  'refusal-counted': 'what a follower refuses counts as stored by it',
  'configuration-when-committed': 'a configuration is used when it is committed, not at once',
  'leader-without-majority-stays': 'a leader that no majority answers goes on leading',
  'snapshot-in-two-writes': 'a snapshot is written after the index that says that it is there',
  'tail-cut-at-boot': 'a node that starts takes the last record of its log for a torn one',
} as const

export type Mutant = keyof typeof mutants

/** All rules but the one that a mutant breaks. */
export function rulesOf(planted: (mutant: Mutant) => boolean): Rules {
  return {
    votesArePersistent: !planted('vote-not-persisted'),
    votesCountInTheirTermOnly: !planted('stale-vote-counted'),
    votersCompareLogs: !planted('no-log-check-in-vote'),
    votersWaitForSilence: true,
    followersAcknowledgeWhenDurable: !planted('follower-acknowledges-before-durable'),
    leaderCountsItselfWhenDurable: !planted('leader-counts-before-durable'),
    matchingEntriesStay: !planted('matched-entries-erased'),
    countsOwnTermOnly: !planted('old-term-committed'),
    readsConfirmLeadership: !planted('read-without-round'),
    readsWaitForOwnTerm: !planted('read-before-own-commit'),
    leasesNeedAnswers: true,
    appliesOnce: !planted('applied-twice'),
    snapshotNamesItsLastEntry: !planted('snapshot-off-by-one'),
    oldSnapshotsAreIgnored: !planted('old-snapshot-installed'),
    changesAreJoint: !planted('change-in-one-step'),
    termsArePersistent: !planted('term-not-persisted'),
    appliesWhenCommitted: !planted('applied-when-appended'),
    commitNeverGoesBack: !planted('commit-goes-back'),
    matchNeverGoesBack: !planted('match-goes-back'),
    commitPassesOldTerms: !planted('commit-stops-at-old-term'),
    changesWaitForOwnTerm: !planted('change-before-own-commit'),
    jointsAreCommitted: !planted('joint-left-early'),
    refusalsStoreNothing: !planted('refusal-counted'),
    configurationsHoldAtOnce: !planted('configuration-when-committed'),
    leadersNeedMajority: !planted('leader-without-majority-stays'),
    snapshotsAreOneWrite: !planted('snapshot-in-two-writes'),
    goodRecordsStay: !planted('tail-cut-at-boot'),
  }
}
