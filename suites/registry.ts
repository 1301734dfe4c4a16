import { claimEntries } from './claims.ts'
import type { Entry } from './entry.ts'
import { hierarchy } from './hierarchy.ts'
import { histories } from './histories.ts'
import { protocolChecks } from './protocol-checks.ts'
import { quorums } from './quorums.ts'
import { rounds } from './rounds.ts'
import { specChecks } from './spec-checks.ts'
import { traceChecks } from './trace-checks.ts'

/** The table of expected verdicts, in the order in which it is printed. */
export const entries: readonly Entry[] = [
  ...histories,
  ...quorums,
  ...specChecks,
  ...protocolChecks,
  ...traceChecks,
  ...hierarchy,
  ...rounds,
  ...claimEntries,
]
