import { benOr, benOrReceived } from '../impls/flp/ben-or.ts'
import { fixedLeader, leaderTimeout } from '../impls/flp/leader.ts'
import { paxos } from '../impls/flp/paxos.ts'
import { rotatingCoordinator } from '../impls/flp/rotating-coordinator.ts'
import { threePhaseCommitTimeouts } from '../impls/flp/three-phase-commit.ts'
import { twoPhaseCommit, twoPhaseCommitTimeout } from '../impls/flp/two-phase-commit.ts'
import { ownValue, waitForAll, waitForAllButOne } from '../impls/flp/wait-for.ts'
import type { AnyAsynchronous } from '../src/valency/process.ts'

/** The small protocols that come with synod, by name. */
export const asynchronousProtocols: readonly AnyAsynchronous[] = [
  waitForAll,
  ownValue,
  waitForAllButOne,
  fixedLeader,
  leaderTimeout,
  twoPhaseCommit,
  twoPhaseCommitTimeout,
  threePhaseCommitTimeouts,
  paxos,
  benOr,
  benOrReceived,
  rotatingCoordinator,
]
