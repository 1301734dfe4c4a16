import { UserError } from '../../core/user-error.ts'
import { counted } from '../../core/wording.ts'
import type { Gate } from '../formula.ts'
import type { Draft } from './imported.ts'
import { majorityOf } from './majority.ts'
import { readZooKeeperLines } from './zookeeper-lines.ts'
import type { ZooKeeperLines } from './zookeeper-lines.ts'

/** The servers of one group: those that vote, and the weight of all, of observers too. */
interface Group {
  readonly id: string
  readonly voters: readonly { readonly id: string; readonly weight: number }[]
  readonly weight: number
}

const DANGER = 'two leaders may be elected at once'

/**
 * A ZooKeeper ensemble. Without groups a majority of the participants is a quorum; with groups it
 * takes more than half of the weight in more than half of the groups, where groups of no weight do
 * not count (as ZooKeeper's class QuorumHierarchical does). Each group is a zone.
 */
export function draftOfZooKeeper(text: string, source: string): Draft {
  const lines = readZooKeeperLines(text, source)
  if (lines.groups.size > 0) return draftOfGroups(lines, source)
  const [weight] = lines.weights.values()
  if (weight !== undefined) {
    const { where } = weight
    const hint = 'group.1=1:2:3 puts servers into a group'
    throw new UserError('there are weights but no groups, which ZooKeeper refuses', { where, hint })
  }
  const voters = [...lines.servers].filter(([, { votes }]) => votes).map(([id]) => id)
  if (voters.length === 0) {
    const elsewhere = /^\s*dynamicConfigFile\s*=\s*(\S+)/m.exec(text)?.[1]
    const hint = elsewhere === undefined ? 'server.1=zk1:2888:3888' : `import ${elsewhere}`
    throw new UserError('no server votes', { where: source, hint })
  }
  const quorums = majorityOf(voters.map((_, at) => at))
  return {
    title: `ZooKeeper: a majority of ${counted(voters.length, 'server')}`,
    nodes: voters.map((id) => ({ name: nameOf(id), zone: undefined })),
    reads: quorums,
    writes: quorums,
    remarks: withoutVote(lines, voters),
    danger: DANGER,
  }
}

function draftOfGroups(lines: ZooKeeperLines, source: string): Draft {
  const groups = groupsOf(lines)
  const counting = groups.filter(({ weight }) => weight > 0)
  const voters: { name: string; zone: string }[] = []
  const won: Gate[] = []
  for (const group of counting) {
    const need = Math.floor(group.weight / 2) + 1
    const weights = group.voters.map(({ weight }) => weight)
    const inputs = group.voters.map(({ id }) => {
      voters.push({ name: nameOf(id), zone: `group ${group.id}` })
      return voters.length - 1
    })
    const votes = weights.reduce((sum, weight) => sum + weight, 0)
    // A group whose observers outweigh the others is never won, and counts all the same.
    if (votes >= need) won.push(weighted({ need, inputs, weights }))
  }
  const need = Math.floor(counting.length / 2) + 1
  if (won.length < need) {
    const fact =
      counting.length === 0
        ? 'no group has any weight'
        : `there is no quorum: it takes ${need} of ${counted(counting.length, 'group')}, ` +
          `and in ${counting.length - won.length} the observers have half of the weight or more`
    throw new UserError(fact, { where: source, hint: 'weight.1=1 gives server 1 one vote' })
  }
  const quorums: Gate = { need, inputs: won }
  const known = counting.flatMap((group) => group.voters.map(({ id }) => id))
  return {
    title:
      `ZooKeeper: ${need} of ${counted(counting.length, 'group')}, ` +
      counted(voters.length, 'server'),
    nodes: voters,
    reads: quorums,
    writes: quorums,
    remarks: [
      ...groups
        .filter(({ weight }) => weight === 0)
        .map(({ id }) => `group ${id} has no weight and does not count`),
      ...withoutVote(lines, known),
    ],
    danger: DANGER,
  }
}

function weighted(gate: Required<Gate>): Gate {
  const { need, inputs, weights } = gate
  return weights.every((weight) => weight === 1) ? { need, inputs } : gate
}

/** The groups in the order of the file, or the first thing about them that ZooKeeper refuses. */
function groupsOf({ servers, groups, weights }: ZooKeeperLines): readonly Group[] {
  // With nothing but groups and weights, all servers are taken for participants.
  const listed = servers.size > 0
  const home = new Map<string, string>()
  const result = [...groups].map(([id, { servers: members, where }]) => {
    const voters: { id: string; weight: number }[] = []
    let total = 0
    for (const member of members) {
      const other = home.get(member)
      if (other !== undefined) {
        const fact = `server ${member} is in group ${other} and in group ${id}`
        throw new UserError(fact, { where, hint: 'a server belongs to one group' })
      }
      home.set(member, id)
      const server = servers.get(member)
      if (listed && server === undefined) {
        const hint = `server.${member}=host:2888:3888`
        throw new UserError(`there is no server ${member}`, { where, hint })
      }
      const votes = server?.votes ?? true
      const weight = weights.get(member)?.weight ?? (votes ? 1 : undefined)
      if (weight === undefined) {
        const fact = `observer ${member} is in group ${id} without a weight`
        throw new UserError(fact, { where, hint: `weight.${member}=0` })
      }
      total += weight
      if (votes && weight > 0) voters.push({ id: member, weight })
    }
    return { id, voters, weight: total }
  })
  for (const [id, { votes, where }] of servers) {
    if (!votes || home.has(id)) continue
    const hint = 'where there are groups, each participant is in one'
    throw new UserError(`server ${id} is in no group`, { where, hint })
  }
  return result
}

/** Who is in the file and does not vote. */
function withoutVote(
  { servers, groups, weights }: ZooKeeperLines,
  voters: readonly string[],
): readonly string[] {
  const all = new Set([
    ...servers.keys(),
    ...[...groups.values()].flatMap((group) => group.servers),
  ])
  const silent = [...all].filter((id) => !voters.includes(id))
  const watching = silent.filter((id) => servers.get(id)?.votes === false)
  const heavy = watching.filter((id) => (weights.get(id)?.weight ?? 0) > 0)
  const weightless = silent.filter((id) => !watching.includes(id))
  return [
    watching.length > 0 ? `${list('observer', watching)} left out: observers do not vote` : '',
    heavy.length > 0 ? `the weight of ${list('observer', heavy)} counts for its group, unused` : '',
    weightless.length > 0 ? `${list('server', weightless)} left out: no weight, no vote` : '',
  ].filter((remark) => remark !== '')
}

function list(noun: string, ids: readonly string[]): string {
  return `${ids.length === 1 ? noun : `${noun}s`} ${ids.join(', ')}`
}

function nameOf(id: string): string {
  return `server.${id}`
}
