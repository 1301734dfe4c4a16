import { nearest } from '../../core/nearest.ts'
import { UserError } from '../../core/user-error.ts'
import { counted } from '../../core/wording.ts'
import type { Formula } from '../formula.ts'
import { allOf } from '../formula.ts'
import type { CassandraSettings } from './cassandra-settings.ts'
import type { Draft, DraftNode } from './imported.ts'
import { majorityOf } from './majority.ts'

/** The replicas of a row: their numbers, by data centre. */
interface Ring {
  readonly centres: ReadonlyMap<string | undefined, readonly number[]>
  readonly all: readonly number[]
}

/** What a client asks for: a level, and the data centre that it is in. */
interface Demand {
  readonly kind: 'read' | 'write'
  readonly level: string
  readonly local: string | undefined
  readonly source: string
}

const LEVELS = [
  ...['ONE', 'TWO', 'THREE', 'QUORUM', 'ALL', 'EACH_QUORUM'],
  ...['LOCAL_ONE', 'LOCAL_QUORUM', 'SERIAL', 'LOCAL_SERIAL', 'ANY', 'NODE_LOCAL'],
]

/**
 * The replicas of one row of a Cassandra keyspace, with the consistency levels of its clients as
 * read and write quorums. Each data centre is a zone.
 */
export function draftOfCassandra(settings: CassandraSettings, source: string): Draft {
  const nodes: DraftNode[] = []
  const centres = new Map<string | undefined, readonly number[]>()
  for (const [centre, count] of settings.replicas) {
    const first = nodes.length
    for (let replica = 1; replica <= count; replica++) {
      nodes.push({ name: `${centre ?? 'replica'}-${replica}`, zone: centre })
    }
    if (count > 0)
      centres.set(
        centre,
        nodes.slice(first).map((_, at) => first + at),
      )
  }
  const ring = { centres, all: nodes.map((_, at) => at) }
  const demand = (kind: 'read' | 'write'): Demand => {
    const level = settings[kind].toUpperCase()
    return { kind, level, local: localCentre(settings.local[kind], level, ring, source), source }
  }
  const read = demand('read')
  const write = demand('write')
  const reads = quorums(read, ring)
  const same = read.level === write.level && read.local === write.local
  const writes = same ? reads : quorums(write, ring)
  const { keyspace } = settings
  const places = [...centres].map(([centre, { length }]) =>
    centre === undefined ? counted(length, 'replica') : `${length} in ${centre}`,
  )
  const serial = [read.level, write.level].find((level) => level.endsWith('SERIAL'))
  return {
    title:
      `Cassandra${keyspace === undefined ? '' : ` keyspace ${keyspace}`}: ${places.join(', ')}; ` +
      `reads ${asked(read)}, writes ${asked(write)}`,
    nodes,
    reads,
    writes,
    remarks: [
      'the nodes are the replicas of one row; other rows have other replicas',
      ...(serial === undefined
        ? []
        : [`${serial} needs as many replicas as ${serial.replace('SERIAL', 'QUORUM')}`]),
    ],
    danger: 'reads may miss writes',
  }
}

function asked({ level, local }: Demand): string {
  return level.startsWith('LOCAL') ? `${level} in ${local ?? ''}` : level
}

/** The data centre of a client, where the level asks for one. */
function localCentre(
  given: string | undefined,
  level: string,
  { centres }: Ring,
  source: string,
): string | undefined {
  const names = [...centres.keys()].filter((name) => name !== undefined)
  if (given !== undefined && !names.includes(given)) {
    const meant = nearest(given, names)
    const hint = meant === undefined ? `one of ${names.join(', ')}` : `did you mean ${meant}?`
    throw new UserError(`there are no replicas in ${given}`, { where: source, hint })
  }
  if (!level.startsWith('LOCAL')) return undefined
  if (names.length === 0) {
    const fact = `${level} asks for a data centre, and the replication names none`
    const hint = "{'class': 'NetworkTopologyStrategy', 'eu': 3}"
    throw new UserError(fact, { where: source, hint })
  }
  const only = names.length === 1 ? names[0] : undefined
  const local = given ?? only
  if (local !== undefined) return local
  const hint = `--local ${names.join(' or --local ')}`
  const fact = `${level} depends on the data centre of the client`
  throw new UserError(fact, { where: source, hint })
}

function quorums(demand: Demand, ring: Ring): Formula {
  const { kind, level, local, source } = demand
  const { all } = ring
  const near = ring.centres.get(local) ?? []
  const refuse = (fact: string, hint: string): never => {
    throw new UserError(fact, { where: `${source}: ${kind}`, hint })
  }
  switch (level) {
    case 'ONE':
    case 'TWO':
    case 'THREE': {
      const need = ['ONE', 'TWO', 'THREE'].indexOf(level) + 1
      if (need <= all.length) return { need, inputs: all }
      return refuse(`${level} of ${counted(all.length, 'replica')} can never be had`, 'ONE or ALL')
    }
    case 'ALL':
      return allOf(all)
    case 'LOCAL_ONE':
      return { need: 1, inputs: near }
    case 'QUORUM':
      return majorityOf(all)
    case 'LOCAL_QUORUM':
      return majorityOf(near)
    case 'EACH_QUORUM':
      if (ring.centres.has(undefined)) {
        const hint = "{'class': 'NetworkTopologyStrategy', 'eu': 3}"
        return refuse(`${level} asks for data centres, and the replication names none`, hint)
      }
      return allOf([...ring.centres.values()].map(majorityOf))
    case 'SERIAL':
    case 'LOCAL_SERIAL':
      if (kind === 'read') return majorityOf(level === 'SERIAL' ? all : near)
      return refuse(
        `${level} is a level of reads and of conditions, not of writes`,
        'the level at which the write is committed, as QUORUM',
      )
    case 'ANY':
      return refuse(
        kind === 'read'
          ? 'ANY is a level of writes'
          : 'ANY counts a hint on any machine as a write: no replica needs to have it',
        'ONE is the weakest level with a quorum',
      )
    default: {
      const meant = nearest(level, LEVELS)
      const hint = meant === undefined ? LEVELS.slice(0, 8).join(', ') : `did you mean ${meant}?`
      return refuse(`there is no level ${JSON.stringify(level)} here`, hint)
    }
  }
}
