/** Named bugs, one wrong line each. */
export const mutants = {
  'gap-skipped': 'a leader applies what follows a slot of which nobody has heard',
  'gap-overtaken': 'a leader applies what is chosen although the slot before it is not',
  'reported-values-ignored': 'a new leader does not propose again what acceptors have accepted',
  'accepted-before-durable': 'an acceptor answers before what it accepted is on its disk',
  'promise-not-persisted': 'a promise is kept in memory only',
  'ballot-reused': 'a node that restarts begins again with the ballots that it used before',
  'local-read': 'a leader answers reads without asking whether it still is one',
  'applied-twice': 'a command that is in the log twice is applied twice',
  'lease-ignored': 'an acceptor promises a greater ballot while the lease it gave is running',
  'lease-without-end': 'a leader that was given a lease once trusts it for ever',
} as const
