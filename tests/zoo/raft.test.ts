import { describe } from 'vitest'

import { raftBugs } from '../../suites/zoo/raft.ts'
import { registerBugs } from '../../suites/zoo/registers.ts'
import { isFoundAsPinned } from './as-pinned.ts'

const FEW = 15_000

describe('bugs of Raft and of registers, in the real code', () => {
  isFoundAsPinned(
    [...raftBugs, ...registerBugs].filter(({ states, twin }) => states + twin.states < FEW),
  )
})
