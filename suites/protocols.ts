import type { ProtocolEntry } from './protocol-entry.ts'
import { registers } from './protocols/registers.ts'

/** What `npm run regress` runs. */
export const protocolEntries: readonly ProtocolEntry[] = [...registers]
