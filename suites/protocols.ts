import type { ProtocolEntry } from './protocol-entry.ts'
import { broadcastEntries } from './protocols/broadcast.ts'
import { commitEntries } from './protocols/commit.ts'
import { multiPaxosEntries } from './protocols/multi-paxos.ts'
import { paxosEntries } from './protocols/paxos.ts'
import { raftEntries } from './protocols/raft.ts'
import { registers } from './protocols/registers.ts'
import { replicationEntries } from './protocols/replication.ts'
import { tunableStoreEntries } from './protocols/tunable-store.ts'
import { viewstampedEntries } from './protocols/viewstamped.ts'
import { zabEntries } from './protocols/zab.ts'

/** What `npm run regress` runs. */
export const protocolEntries: readonly ProtocolEntry[] = [
  ...registers,
  ...replicationEntries,
  ...tunableStoreEntries,
  ...commitEntries,
  ...paxosEntries,
  ...multiPaxosEntries,
  ...raftEntries,
  ...viewstampedEntries,
  ...zabEntries,
  ...broadcastEntries,
]
