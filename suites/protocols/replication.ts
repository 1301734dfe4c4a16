import { oneLog } from '../../checkers/invariants/one-log.ts'
import { primaryBackup } from '../../impls/replication/primary-backup.ts'
import { primaryCopy } from '../../impls/replication/primary-copy.ts'
import type { ProtocolEntry } from '../protocol-entry.ts'
import { registerWorkload } from '../workloads.ts'

const copyEntry = {
  protocol: primaryCopy,
  nodes: 4,
  workload: registerWorkload,
  invariants: [],
  faults: ['crash'],
} satisfies Partial<ProtocolEntry>

const copyEntries: readonly ProtocolEntry[] = [
  {
    ...copyEntry,
    name: 'primary-copy',
    expect: { outcome: 'pass' },
    because: 'Alsberg, Day 1976: an acknowledged write survives all but one node (row REP-11)',
    size: 'small',
  },
  {
    ...copyEntry,
    name: 'primary-copy/reads-anywhere',
    options: { reads: 'any' },
    faults: [],
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'a backup answers with a write that others do not have yet (rows REP-14, REP-19)',
    size: 'small',
  },
  {
    ...copyEntry,
    name: 'primary-copy/partition',
    faults: ['partition'],
    recovers: false,
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'two nodes that take each other for dead are both primary (row REP-15)',
  },
  {
    ...copyEntry,
    name: 'primary-copy/acknowledges-first',
    mutant: 'acknowledges-first',
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'the write dies with the primary that acknowledged it (row REP-13)',
  },
  {
    ...copyEntry,
    name: 'primary-copy/reads-what-is-under-way',
    mutant: 'reads-what-is-under-way',
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'what was read dies with the primary',
  },
  {
    ...copyEntry,
    name: 'primary-copy/one-backup-is-enough',
    mutant: 'one-backup-is-enough',
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'the backup that takes over may be another one',
  },
  {
    ...copyEntry,
    name: 'primary-copy/takeover-not-counted',
    mutant: 'takeover-not-counted',
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'backups take its writes for older ones, and the last of them has none (row REP-15)',
  },
]

const backupEntry = {
  protocol: primaryBackup,
  nodes: 4,
  workload: registerWorkload,
  invariants: [oneLog],
  faults: [],
} satisfies Partial<ProtocolEntry>

const backupEntries: readonly ProtocolEntry[] = [
  {
    ...backupEntry,
    name: 'primary-backup',
    expect: { outcome: 'pass' },
    because: 'while nobody crashes all operations happen at one node, one after another',
    size: 'small',
  },
  {
    ...backupEntry,
    name: 'primary-backup/failover',
    options: { shipMs: 500 },
    faults: ['crash'],
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'an acknowledged write that was not shipped is lost (row REP-13)',
    size: 'small',
  },
  {
    ...backupEntry,
    name: 'primary-backup/failover-logs',
    faults: ['crash'],
    condition: 'none',
    expect: { outcome: 'pass' },
    because: 'whatever is lost, backups have the beginning of the log of their primary',
  },
  {
    ...backupEntry,
    name: 'primary-backup/reads-anywhere',
    options: { reads: 'any' },
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'a backup answers with the past (row REP-14)',
    size: 'small',
  },
  {
    ...backupEntry,
    name: 'primary-backup/in-the-end',
    options: { reads: 'any' },
    condition: 'eventual',
    expect: { outcome: 'pass' },
    because: 'when writes stop, all backups come to have the log of the primary',
  },
  {
    ...backupEntry,
    name: 'primary-backup/gaps-are-not-seen',
    mutant: 'gaps-are-not-seen',
    faults: ['duplicate', 'delay'],
    expect: { outcome: 'fail', violated: 'one log in a term' },
    because: 'a shipment that comes twice is appended twice',
  },
  {
    ...backupEntry,
    name: 'primary-backup/old-shipments-count',
    mutant: 'old-shipments-count',
    options: { reads: 'any' },
    condition: 'monotonic-reads',
    faults: ['duplicate', 'delay'],
    expect: { outcome: 'fail', violated: 'monotonic-reads' },
    because: 'a shipment that comes late takes away what a newer one brought',
  },
  {
    ...backupEntry,
    name: 'primary-backup/own-log-is-kept',
    mutant: 'own-log-is-kept',
    options: { shipMs: 500 },
    faults: ['crash'],
    condition: 'none',
    expect: { outcome: 'fail', violated: 'one log in a term' },
    because: 'a backup that knew more than the new primary keeps what is no longer true',
  },
]

export const replicationEntries: readonly ProtocolEntry[] = [...copyEntries, ...backupEntries]
