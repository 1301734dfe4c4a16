import type { Column } from '../report/report/content.ts'

/**
 * Where in the report a check stands: which names belong to which protocol, and what is said of the
 * ways of looking. The one place that knows both.
 */
export interface FamilyRule {
  readonly key: string
  readonly name: string
  readonly kind: 'protocol' | 'subject' | 'book'
  /** Names of specs. */
  readonly specs?: readonly string[]
  /** Names of protocols: of the code, wherever it runs. */
  readonly protocols?: readonly string[]
  /** Folders of specs, for those that are named nowhere. Default: its key. */
  readonly folders?: readonly string[]
  /** Beginnings of the names of recordings. */
  readonly recordings?: readonly string[]
  /** First words of names of rows, all of which belong here. */
  readonly suites?: readonly string[]
}

export const COLUMNS: readonly Column[] = [
  {
    key: 'specs',
    title: 'spec explored',
    about: 'All reachable states of an executable spec are looked at (synod explore).',
  },
  {
    key: 'zoo',
    title: 'code explored',
    about:
      'All interleavings of the real code within bounds: known bugs are found in it, and their ' +
      'repaired twins are clean (synod zoo).',
  },
  {
    key: 'protocols',
    title: 'code simulated',
    about:
      'The real code under seeded faults in virtual time, its history judged (synod simulate).',
  },
  {
    key: 'processes',
    title: 'real processes',
    about: 'The same code as processes over TCP, killed, cut off and paused (synod run).',
  },
  {
    key: 'maelstrom',
    title: 'Maelstrom',
    about: 'Programs that speak the protocol of Maelstrom, under faults (synod maelstrom test).',
  },
  {
    key: 'traces',
    title: 'traces',
    about: 'What the code did, step by step, held against the spec (synod validate).',
  },
  {
    key: 'histories',
    title: 'recordings',
    about: 'What clients of real clusters saw, judged by the checkers (synod judge).',
  },
]

export const FAMILIES: readonly FamilyRule[] = [
  {
    key: 'two-phase-commit',
    name: 'Two-phase commit',
    kind: 'protocol',
    specs: ['tcommit', 'twophase', 'twopc-btm'],
    protocols: ['two-phase-commit', 'two-phase-commit-takeover'],
  },
  {
    key: 'three-phase-commit',
    name: 'Three-phase commit',
    kind: 'protocol',
    specs: ['threepc'],
    protocols: ['three-phase-commit'],
  },
  {
    key: 'commit',
    name: 'Non-blocking commit',
    kind: 'protocol',
    specs: ['acp-sb', 'acp-nb', 'nbacc-ray97', 'nbacg-guer01', 'paxos-commit', 'ignore-crashed'],
  },
  {
    key: 'paxos',
    name: 'Paxos',
    kind: 'protocol',
    specs: ['consensus', 'voting', 'paxos', 'voteproof', 'sf-paxos-sym', 'sr-paxos'],
    protocols: ['paxos', 'paxos-instances'],
    folders: ['consensus'],
  },
  {
    key: 'multi-paxos',
    name: 'Multi-Paxos',
    kind: 'protocol',
    specs: ['log', 'multi-paxos', 'multi-paxos-facts'],
    protocols: ['multi-paxos', 'multi-paxos-lease'],
    folders: ['log'],
  },
  {
    key: 'raft',
    name: 'Raft',
    kind: 'protocol',
    specs: ['raft-v', 'raft-rpc', 'raft-membership', 'raft-facts'],
    protocols: ['raft', 'raft-lease'],
    // etcd replicates by Raft.
    recordings: ['etcd'],
  },
  {
    key: 'viewstamped',
    name: 'Viewstamped replication',
    kind: 'protocol',
    specs: ['viewstamped'],
    protocols: ['viewstamped'],
  },
  {
    key: 'zab',
    name: 'Zab',
    kind: 'protocol',
    specs: ['zab', 'zab-facts'],
    protocols: ['zab'],
    // ZooKeeper replicates by Zab.
    recordings: ['zk'],
  },
  {
    key: 'abd',
    name: 'ABD',
    kind: 'protocol',
    specs: ['abd', 'abd-calls', 'sr-abd'],
    protocols: ['abd'],
  },
  {
    key: 'registers',
    name: 'Registers',
    kind: 'protocol',
    specs: ['safe-register', 'regular-register', 'atomic-register', 'sr-single-copy'],
    protocols: ['safe-register', 'regular-register'],
  },
  {
    key: 'replication',
    name: 'Primary and backups',
    kind: 'protocol',
    specs: ['primary-copy'],
    protocols: ['primary-copy', 'primary-backup'],
  },
  {
    key: 'dynamo',
    name: 'Tunable store (Dynamo)',
    kind: 'protocol',
    specs: ['dynamo'],
    protocols: ['tunable-store'],
  },
  {
    key: 'broadcast',
    name: 'Broadcast',
    kind: 'protocol',
    specs: ['total-order-broadcast', 'order-by-consensus', 'consensus-by-order', 'bcast-byz'],
    protocols: ['total-order-broadcast', 'consensus-from-broadcast'],
  },
  {
    key: 'election',
    name: 'Leader election',
    kind: 'protocol',
    specs: ['chang-roberts', 'echo', 'dkr'],
  },
  {
    key: 'termination',
    name: 'Termination detection',
    kind: 'protocol',
    specs: ['sync-td', 'async-td', 'ewd840', 'ewd998', 'ewd998-pcal', 'ewd687a', 'huang'],
  },
  {
    key: 'mutex',
    name: 'Mutual exclusion',
    kind: 'protocol',
    specs: [
      ...['peterson', 'lamport-mutex', 'bakery', 'bakery-mc', 'dining-philosophers'],
      'readers-writers',
    ],
  },
  {
    key: 'classics',
    name: 'Classic examples',
    kind: 'protocol',
    folders: ['classics', 'actors'],
    specs: [
      ...['token-ring-426', 'ab-correctness', 'alternating-bit', 'diehard', 'missionaries'],
      ...['prisoners', 'coffee-can', 'kvs-safety-small', 'sr-increment', 'sr-increment-lock'],
    ],
  },
  { key: 'valency', name: 'FLP and valency', kind: 'subject', suites: ['valency'] },
  { key: 'rounds', name: 'What rounds allow', kind: 'subject', suites: ['rounds'] },
  { key: 'hierarchy', name: 'Shared objects', kind: 'subject', suites: ['hierarchy'] },
  { key: 'quorums', name: 'Quorum systems', kind: 'subject', suites: ['quorums'] },
  { key: 'book', name: 'The claims book', kind: 'book', suites: ['claims'] },
]

/** What no rule knows: an entry of somebody's own. */
export const OTHERS: FamilyRule = { key: 'others', name: 'Others', kind: 'protocol' }

/** Parts of everything, each with what runs it; those of which no row is there were not run. */
export const PARTS: readonly {
  readonly suite: string
  readonly what: string
  readonly command: string
}[] = [
  { suite: 'specs', what: 'all small specs', command: 'npm run check' },
  { suite: 'claims', what: 'the claims book', command: 'npm run check' },
  { suite: 'zoo', what: 'real code, explored', command: 'npm run regress -- zoo' },
  { suite: 'valency', what: 'FLP and valency', command: 'npm run valency' },
  {
    suite: 'processes',
    what: 'real processes',
    command: 'npm run regress -- --host processes',
  },
  {
    suite: 'maelstrom',
    what: 'programs under Maelstrom',
    command: 'synod maelstrom test --bin PROGRAM -w lin-kv --save results/runs',
  },
  { suite: 'bench', what: 'benchmarks', command: 'npm run bench -- --save results/runs' },
]

/** What runs the rows of a column. */
export function commandOfColumn(column: string): string {
  return PARTS.find(({ suite }) => suite === column)?.command ?? 'npm run check'
}

/** The rule that a name falls under: the names of specs, protocols, ... are whole words. */
export function familyOf(suite: string, word: string, folder = ''): FamilyRule {
  const has = (names: readonly string[] | undefined): boolean => names?.includes(word) ?? false
  const found = FAMILIES.find((rule) => {
    if (rule.suites?.includes(suite)) return true
    if (suite === 'specs') return has(rule.specs)
    if (suite === 'histories') {
      return rule.recordings?.some((start) => word.startsWith(start)) ?? false
    }
    return has(rule.protocols)
  })
  if (found !== undefined) return found
  if (suite === 'specs') return relative(word, folder) ?? OTHERS
  return CODE.has(suite) && word !== '' ? ownFamily(word) : OTHERS
}

/** First words of the names of rows that are about the code of a protocol. */
const CODE: ReadonlySet<string> = new Set(['protocols', 'processes', 'traces', 'zoo', 'simulated'])

const own = new Map<string, FamilyRule>()

/** A protocol that nobody has put anywhere stands for itself. */
function ownFamily(name: string): FamilyRule {
  const made = own.get(name) ?? { key: name, name, kind: 'protocol', protocols: [name] }
  own.set(name, made)
  return made
}

/** A spec that nobody has put anywhere: by the protocol in its name, or its folder. */
function relative(word: string, folder: string): FamilyRule | undefined {
  const byName = FAMILIES.filter(({ kind }) => kind === 'protocol').find(({ key }) =>
    `-${word}-`.includes(`-${key}-`),
  )
  return byName ?? FAMILIES.find(({ key, folders = [key] }) => folders.includes(folder))
}
