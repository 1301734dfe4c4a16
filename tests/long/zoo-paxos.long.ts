import { describe } from 'vitest'

import { broadcastBugs } from '../../suites/zoo/broadcast.ts'
import { multiPaxosBugs } from '../../suites/zoo/multi-paxos.ts'
import { paxosBugs } from '../../suites/zoo/paxos.ts'
import { viewstampedBugs } from '../../suites/zoo/viewstamped.ts'
import { zabBugs } from '../../suites/zoo/zab.ts'
import { isFoundAsPinned } from '../zoo/as-pinned.ts'

const FEW = 30_000
/** What takes more is looked for at night. */
const MANY = 700_000

describe('bugs of Paxos, Viewstamped Replication, Zab and broadcast that take many states', () => {
  const bugs = [paxosBugs, multiPaxosBugs, viewstampedBugs, zabBugs, broadcastBugs].flat()
  const states = ({ states, twin }: (typeof bugs)[number]) => states + twin.states
  isFoundAsPinned(bugs.filter((bug) => states(bug) >= FEW && states(bug) < MANY))
})
