/** Protocols without coins, each with a number of processes for which all can be looked at. */
export const deterministic = [
  ['wait-for-all', 3],
  ['own-value', 2],
  ['wait-for-n-1', 3],
  ['fixed-leader', 3],
  ['leader-timeout', 3],
  ['2pc', 3],
  ['2pc-timeout', 3],
  ['3pc-timeouts', 3],
  ['paxos', 2],
  ['rotating-coordinator', 3],
] as const
