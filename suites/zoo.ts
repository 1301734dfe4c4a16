import type { Bug, MissingBug } from './zoo/bug.ts'
import { broadcastBugs } from './zoo/broadcast.ts'
import { commitBugs, commitMissing } from './zoo/commit.ts'
import { missingPaxosBugs, multiPaxosBugs } from './zoo/multi-paxos.ts'
import { paxosBugs } from './zoo/paxos.ts'
import { missingRaftBugs, raftBugs } from './zoo/raft.ts'
import { missingRegisterBugs, registerBugs } from './zoo/registers.ts'
import { viewstampedBugs } from './zoo/viewstamped.ts'
import { missingZabBugs, zabBugs } from './zoo/zab.ts'

/** Known bugs of real systems and papers, each planted in the real code of a protocol. */
export const zoo: readonly Bug[] = [
  ...paxosBugs,
  ...multiPaxosBugs,
  ...raftBugs,
  ...viewstampedBugs,
  ...zabBugs,
  ...commitBugs,
  ...registerBugs,
  ...broadcastBugs,
]

/** Bugs of the catalogue that are not in the zoo, and why. */
export const missingFromZoo: readonly MissingBug[] = [
  ...missingPaxosBugs,
  ...missingZabBugs,
  ...commitMissing,
  ...missingRaftBugs,
  ...missingRegisterBugs,
]
