import { describe } from 'vitest'

import { broadcastBugs } from '../../suites/zoo/broadcast.ts'
import { commitBugs } from '../../suites/zoo/commit.ts'
import { multiPaxosBugs } from '../../suites/zoo/multi-paxos.ts'
import { paxosBugs } from '../../suites/zoo/paxos.ts'
import { zabBugs } from '../../suites/zoo/zab.ts'
import { isFoundAsPinned } from './as-pinned.ts'

const FEW = 30_000

describe('bugs of Paxos, atomic commit and broadcast, in the real code', () => {
  const bugs = [paxosBugs, multiPaxosBugs, commitBugs, zabBugs, broadcastBugs].flat()
  isFoundAsPinned(bugs.filter(({ states, twin }) => states + twin.states < FEW))
})
