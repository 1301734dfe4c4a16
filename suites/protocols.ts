import type { ProtocolEntry } from './protocol-entry.ts'
import { multiPaxosEntries } from './protocols/multi-paxos.ts'
import { paxosEntries } from './protocols/paxos.ts'
import { raftEntries } from './protocols/raft.ts'
import { registers } from './protocols/registers.ts'

/** What `npm run regress` runs. */
export const protocolEntries: readonly ProtocolEntry[] = [
  ...registers,
  ...paxosEntries,
  ...multiPaxosEntries,
  ...raftEntries,
]
