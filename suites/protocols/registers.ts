import { abd } from '../../impls/registers/abd.ts'
import type { ProtocolEntry } from '../protocol-entry.ts'
import { registerWorkload } from '../workloads.ts'

export const registers: readonly ProtocolEntry[] = [
  {
    name: 'abd',
    protocol: abd,
    nodes: 5,
    workload: registerWorkload,
    invariants: [],
    expect: { outcome: 'pass' },
    because: 'Attiya, Bar-Noy, Dolev 1995: atomic while a majority is up',
    size: 'small',
  },
  {
    name: 'abd/read-without-write-back',
    protocol: abd,
    mutant: 'read-without-write-back',
    nodes: 5,
    workload: registerWorkload,
    invariants: [],
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'a later read can find an older value (new/old inversion)',
    size: 'small',
  },
]
