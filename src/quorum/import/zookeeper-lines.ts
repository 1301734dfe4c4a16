import { UserError } from '../../core/user-error.ts'

/** What the lines of a ZooKeeper configuration say about voting. */
export interface ZooKeeperLines {
  /** Whether each server votes: an observer does not. */
  readonly servers: ReadonlyMap<string, Told<{ readonly votes: boolean }>>
  readonly groups: ReadonlyMap<string, Told<{ readonly servers: readonly string[] }>>
  readonly weights: ReadonlyMap<string, Told<{ readonly weight: number }>>
}

/** Something that a line says. */
export type Told<What> = What & { readonly where: string }

const SETTING = /^\s*(server|group|weight)\.(\d+)\s*[=:]\s*(.*?)\s*$/
const MISSPELT = /^\s*((?:server|group|weight)[^=\s]*)\s*=/

/** Heavier servers are refused, so that sums stay exact. */
const MAX_WEIGHT = 1_000_000

/**
 * Reads `server.N`, `group.N` and `weight.N` out of `zoo.cfg` or of a dynamic configuration; other
 * settings are passed over.
 */
export function readZooKeeperLines(text: string, source: string): ZooKeeperLines {
  const servers = new Map<string, Told<{ votes: boolean }>>()
  const groups = new Map<string, Told<{ servers: readonly string[] }>>()
  const weights = new Map<string, Told<{ weight: number }>>()
  for (const [at, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const where = `${source}:${at + 1}`
    if (/^\s*([#!]|$)/.test(line)) continue
    const [, kind, number = '', value = ''] = SETTING.exec(line) ?? []
    if (kind === undefined) {
      const key = MISSPELT.exec(line)?.[1]
      if (key === undefined) continue
      const hint = 'server.1=zk1:2888:3888, group.1=1:2:3, weight.1=1'
      throw new UserError(`${key} has no number after a dot`, { where, hint })
    }
    // `group.01` and `group.1` are one and the same.
    const id = String(BigInt(number))
    const seen = { server: servers, group: groups, weight: weights }[kind]?.get(id)
    if (seen !== undefined) {
      const fact = `${kind}.${id} is there already (${seen.where})`
      throw new UserError(fact, { where, hint: 'ZooKeeper takes one of them: delete the other' })
    }
    if (kind === 'server') servers.set(id, { votes: votes(value, where), where })
    else if (kind === 'group') groups.set(id, { servers: serversOf(value, where), where })
    else weights.set(id, { weight: weightOf(value, where), where })
  }
  return { servers, groups, weights }
}

/** `host:2888:3888`, `host:2888:3888:observer;2181`, several addresses between `|`. */
function votes(value: string, where: string): boolean {
  const [addresses = ''] = value.split(';')
  const roles = addresses.split('|').map((address) => {
    const parts = /^\s*(?:\[[^\]]*\]|[^:]+)(?::\d+){2}(?::(\w+))?\s*$/.exec(address)
    if (parts === null) {
      const fact = `${JSON.stringify(value)} is no address of a server`
      throw new UserError(fact, { where, hint: 'host:2888:3888 or host:2888:3888:observer;2181' })
    }
    return (parts[1] ?? 'participant').toLowerCase()
  })
  const strange = roles.find((role) => role !== 'participant' && role !== 'observer')
  if (strange !== undefined) {
    const hint = 'participant (the default) or observer'
    throw new UserError(`a server cannot be a ${strange}`, { where, hint })
  }
  return !roles.includes('observer')
}

function serversOf(value: string, where: string): readonly string[] {
  const parts = value.split(':')
  if (parts.every((part) => /^\d+$/.test(part))) return parts.map((part) => String(BigInt(part)))
  const fact = `${JSON.stringify(value)} is no list of servers`
  throw new UserError(fact, { where, hint: 'the numbers of the servers: group.1=1:2:3' })
}

function weightOf(value: string, where: string): number {
  if (/^\d+$/.test(value) && Number(value) <= MAX_WEIGHT) return Number(value)
  const fact = `${JSON.stringify(value)} is no weight`
  const hint = `a whole number from 0 to ${MAX_WEIGHT.toLocaleString('en-US')}`
  throw new UserError(fact, { where, hint })
}
