import { nearest } from '../../core/nearest.ts'
import { UserError } from '../../core/user-error.ts'
import { cassandraCql, cassandraJson } from './cassandra-settings.ts'
import { draftOfCassandra } from './cassandra.ts'
import { formatOfJson, formatOfText, looksLikeJson } from './detect.ts'
import { draftOfEtcd } from './etcd.ts'
import { built } from './built.ts'
import type { Draft, Imported, ImportFormat, ImportOptions } from './imported.ts'
import { parseJson } from './json-text.ts'
import { draftOfRaft } from './raft.ts'
import { draftOfStellar } from './stellar.ts'
import { draftOfZooKeeper } from './zookeeper.ts'

/**
 * Makes a quorum system of a configuration that people run: the members of etcd, the ConfState of a
 * Raft group, the lines of ZooKeeper, a keyspace of Cassandra with its consistency levels, a quorum
 * set of Stellar.
 *
 * @throws UserError with the place of what is not understood.
 */
export function importQuorums(text: string, options: ImportOptions = {}): Imported {
  const { source = 'configuration' } = options
  const { format, draft } = drafted(text, source, options)
  const known = draft.nodes.map(({ name }) => name)
  for (const name of Object.keys(options.zones ?? {})) {
    if (known.includes(name)) continue
    const meant = nearest(name, known)
    const hint = meant === undefined ? `one of ${known.join(', ')}` : `did you mean ${meant}?`
    throw new UserError(`there is no node ${name} to put in a zone`, { where: source, hint })
  }
  return built(format, draft, options.zones ?? {})
}

function drafted(
  text: string,
  source: string,
  options: ImportOptions,
): { format: ImportFormat; draft: Draft } {
  const json = looksLikeJson(text)
  const value = json ? parseJson(text, source) : undefined
  const format = options.format ?? (json ? formatOfJson(value, source) : formatOfText(text, source))
  if (format === 'zookeeper') return { format, draft: draftOfZooKeeper(text, source) }
  if (format === 'cassandra') {
    const settings = json
      ? cassandraJson(value, source, options)
      : cassandraCql(text, source, options)
    return { format, draft: draftOfCassandra(settings, source) }
  }
  if (!json) throw new UserError('this is not JSON', { where: source, hint: 'is it cut off?' })
  const draftOf = { etcd: draftOfEtcd, raft: draftOfRaft, stellar: draftOfStellar }[format]
  return { format, draft: draftOf(value, source) }
}
