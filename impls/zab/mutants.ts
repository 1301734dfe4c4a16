/** Named bugs, one wrong line each. */
export const mutants = {
  'own-history': 'a new leader begins with its own history instead of the best of a quorum',
  'broadcasts-before-synchronised': 'a new leader begins before a quorum has its history',
  'ack-before-logging': 'a follower acknowledges what is not yet on its disk',
  'not-truncated': 'a follower adds what it lacks without dropping what its leader does not have',
  'gap-accepted': 'a follower takes a proposal although it has missed the one before',
  'delivers-uncommitted': 'a follower delivers what it has logged before it is told to',
  'commits-between-missed':
    'a late follower is told that nothing is committed since its epoch began',
  'executed-ahead-kept': 'a leader that steps down keeps the effects of what is not committed',
  'epoch-before-history': 'a follower enters an epoch on its disk before it has the history there',
  'sync-local': 'a leader answers a sync alone, without asking whether it still leads',
} as const
