import { z } from 'zod'
import { UserError } from '../../core/user-error.ts'
import { checked, fold, folded, place } from './checked.ts'
import type { ImportOptions } from './imported.ts'

/** What a keyspace and its clients say about replicas. */
export interface CassandraSettings {
  readonly keyspace: string | undefined
  /** Replicas of each row in each data centre. One without a name where the strategy knows none. */
  readonly replicas: ReadonlyMap<string | undefined, number>
  readonly read: string
  readonly write: string
  /** The data centre of who reads and of who writes. */
  readonly local: { readonly read: string | undefined; readonly write: string | undefined }
}

const HINT =
  '{"replication": {"eu": 3, "us": 3}, "read": "LOCAL_QUORUM", "write": "QUORUM", "local": "eu"}'

const level = z.string('a consistency level')
const centre = z.string('the name of a data centre')

const settings = z.looseObject(
  {
    keyspace: z.string('the name of a keyspace').nullish(),
    replication: z.union(
      [z.record(z.string(), z.union([z.string(), z.number()])), z.int()],
      'an object with the replicas of each data centre',
    ),
    read: level.nullish(),
    write: level.nullish(),
    local: z
      .union([centre, z.object({ read: centre, write: centre })], 'the data centre of the clients')
      .nullish(),
  },
  'an object',
)

/** Settings in JSON, a form of our own: Cassandra keeps the levels in its clients. */
export function cassandraJson(
  value: unknown,
  source: string,
  options: ImportOptions,
): CassandraSettings {
  const { keyspace, replication, read, write, local } = checked(
    settings,
    folded(value),
    source,
    HINT,
  )
  const replicas =
    typeof replication === 'number' ? { replication_factor: replication } : replication
  const centres = typeof local === 'string' ? { read: local, write: local } : local
  return settled(
    {
      keyspace: keyspace ?? undefined,
      replicas: replicasOf(replicas, place(source, ['replication'])),
      read: options.read ?? read ?? undefined,
      write: options.write ?? write ?? undefined,
      local: options.local ?? centres ?? undefined,
    },
    source,
  )
}

const KEYSPACE = /\b(?:CREATE|ALTER)\s+KEYSPACE\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?("[^"]+"|\w+)/i
const REPLICATION = /\breplication\s*=\s*\{([^}]*)\}/i
const PAIR = /'([^']*)'\s*:\s*(?:'([^']*)'|(\d+))/g

/** The first keyspace of a CQL script; `CONSISTENCY QUORUM`, as in cqlsh, gives both levels. */
export function cassandraCql(
  text: string,
  source: string,
  options: ImportOptions,
): CassandraSettings {
  // Comments become blanks, so that positions stay those of the file.
  const script = text.replace(/--[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\//g, (comment) =>
    comment.replace(/[^\n]/g, ' '),
  )
  const statement = KEYSPACE.exec(script)
  const from = statement?.index ?? 0
  const line = (at: number) => `${source}:${script.slice(0, at).split('\n').length}`
  const hint = "CREATE KEYSPACE k WITH replication = {'class': 'NetworkTopologyStrategy', 'eu': 3}"
  if (statement === null) throw new UserError('there is no keyspace', { where: source, hint })
  const end = script.indexOf(';', from)
  const body = script.slice(from, end === -1 ? undefined : end)
  const replication = REPLICATION.exec(body)
  if (replication === null) {
    throw new UserError('this keyspace has no replication', { where: line(from), hint })
  }
  const pairs = [...(replication[1] ?? '').matchAll(PAIR)]
  const consistency = [...script.matchAll(/^\s*CONSISTENCY\s+(\w+)/gim)].at(-1)?.[1]
  return settled(
    {
      keyspace: statement[1]?.replaceAll('"', ''),
      replicas: replicasOf(
        Object.fromEntries(pairs.map(([, key = '', text, digits]) => [key, text ?? digits ?? ''])),
        line(from + replication.index),
      ),
      read: options.read ?? consistency,
      write: options.write ?? consistency,
      local: options.local,
    },
    source,
  )
}

/** More replicas of a row than this are taken for a slip of the pen. */
const MAX_REPLICAS = 1000

function replicasOf(
  replication: Readonly<Record<string, string | number>>,
  where: string,
): ReadonlyMap<string | undefined, number> {
  const strategy = String(replication['class'] ?? '').replace(/^.*\./, '')
  const factors = Object.entries(replication).filter(([key]) => key !== 'class')
  if (strategy !== '' && !/^(Simple|NetworkTopology)Strategy$/.test(strategy)) {
    const hint = 'NetworkTopologyStrategy or SimpleStrategy'
    throw new UserError(`the placement of ${strategy} is not known`, { where, hint })
  }
  const replicas = new Map<string | undefined, number>()
  for (const [key, factor] of factors) {
    const centre = fold(key) === 'replicationfactor' ? undefined : key
    if (centre === undefined && strategy === 'NetworkTopologyStrategy') {
      const hint = "each data centre by its name: {'eu': 3, 'us': 3}"
      throw new UserError(`${key} leaves open which data centres there are`, { where, hint })
    }
    replicas.set(centre, replicaCount(factor, key, where))
  }
  const all = [...replicas.values()].reduce((sum, count) => sum + count, 0)
  if (all === 0) {
    const hint = "how many replicas a row has: {'eu': 3, 'us': 3}"
    throw new UserError('there are no replicas', { where, hint })
  }
  return replicas
}

function replicaCount(factor: string | number, key: string, where: string): number {
  const text = String(factor).trim()
  if (/^\d+$/.test(text) && Number(text) <= MAX_REPLICAS) return Number(text)
  const transient = /^\d+\/\d+$/.test(text)
  const fact = `${JSON.stringify(factor)} is no number of replicas of ${key}`
  const hint = transient
    ? 'transient replicas vote at some times only: give the number of full ones'
    : `a whole number from 0 to ${MAX_REPLICAS.toLocaleString('en-US')}`
  throw new UserError(fact, { where, hint })
}

interface Unsettled {
  readonly keyspace: string | undefined
  readonly replicas: ReadonlyMap<string | undefined, number>
  readonly read: string | undefined
  readonly write: string | undefined
  readonly local: string | { readonly read: string; readonly write: string } | undefined
}

function settled(found: Unsettled, source: string): CassandraSettings {
  const { read, write, local } = found
  for (const [kind, given] of [
    ['read', read],
    ['write', write],
  ] as const) {
    if (given !== undefined) continue
    const hint = `--${kind} QUORUM, or a line CONSISTENCY QUORUM in a CQL script`
    const fact = `it is not said at which consistency level clients ${kind}`
    throw new UserError(fact, { where: source, hint })
  }
  const both = typeof local === 'string' ? { read: local, write: local } : local
  return {
    keyspace: found.keyspace,
    replicas: found.replicas,
    read: read ?? '',
    write: write ?? '',
    local: both ?? { read: undefined, write: undefined },
  }
}
