/** Named bugs, one wrong line each. The first three are in the paper as it was published. */
export const mutants = {
  'view-forgotten':
    'a replica that recovers does not know that it has left a view, and what it said still counts',
  'state-transfer-truncates':
    'a replica that is behind enters the view at once, without the log that it then asks for',
  'recovery-without-nonce': 'answers to an earlier recovery are counted in a later one',
  'recovers-from-old-primary':
    'a replica recovers from a primary although another one knows of a later view',
  'longest-log': 'a new primary takes the longest log, not that of the latest normal view',
  'prepared-in-older-view': 'a replica that has left a view still says yes to its primary',
  'commit-before-quorum': 'a primary commits when one replica too few has an operation',
  'applied-twice': 'an operation that is asked for again is ordered and executed again',
} as const
