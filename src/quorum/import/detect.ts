import { UserError } from '../../core/user-error.ts'
import { folded } from './checked.ts'
import type { ImportFormat } from './imported.ts'
import { IMPORT_FORMATS } from './imported.ts'
import { isRaft } from './raft.ts'
import { isStellar } from './stellar.ts'

/** Tells what a JSON value is the configuration of. */
export function formatOfJson(value: unknown, source: string): ImportFormat {
  if (Array.isArray(value)) {
    const hint = 'import one of its items: one cluster, or the quorum set of one node'
    throw new UserError('this is a list', { where: source, hint })
  }
  const keys = new Set(Object.keys(folded(value) ?? {}))
  if (keys.has('members')) return 'etcd'
  if (keys.has('replication')) return 'cassandra'
  if (isRaft(value)) return 'raft'
  if (isStellar(value)) return 'stellar'
  return unknownFormat(source)
}

/** Tells what a text that is not JSON is the configuration of. */
export function formatOfText(text: string, source: string): ImportFormat {
  if (text.trim() === '') {
    throw new UserError('this file is empty', { where: source, hint: 'is it the right one?' })
  }
  if (/\bKEYSPACE\b/i.test(text)) return 'cassandra'
  if (/^\s*(server|group|weight)\.\d+\s*[=:]|^\s*dynamicConfigFile\s*=/m.test(text)) {
    return 'zookeeper'
  }
  return unknownFormat(source)
}

export function looksLikeJson(text: string): boolean {
  return /^\uFEFF?\s*[[{]/.test(text)
}

function unknownFormat(source: string): never {
  throw new UserError('this is not a configuration that is known here', {
    where: source,
    hint: `--format ${IMPORT_FORMATS.join(', --format ')} say what it is meant to be`,
  })
}
