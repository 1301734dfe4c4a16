import { describe } from 'vitest'

import { raftBugs } from '../../suites/zoo/raft.ts'
import { registerBugs } from '../../suites/zoo/registers.ts'
import { isFoundAsPinned } from '../zoo/as-pinned.ts'

const FEW = 15_000
/** What takes more is looked for at night. */
const MANY = 550_000

describe('bugs of Raft and of registers that take many states', () => {
  isFoundAsPinned(
    [...raftBugs, ...registerBugs].filter(({ states, twin }) => {
      const all = states + twin.states
      return all >= FEW && all < MANY
    }),
  )
})
