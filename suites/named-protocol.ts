import { isModuleReference, load } from '../src/core/load.ts'
import { nearest } from '../src/core/nearest.ts'
import { UserError } from '../src/core/user-error.ts'
import type { AnyProtocol, Option, Options } from '../src/node/index.ts'
import type { ProtocolEntry } from './protocol-entry.ts'
import { workloadNamed } from './workloads.ts'

/**
 * The entry that a name stands for: an entry's own name (`abd/grid`), a protocol's name (its first
 * entry without a bug), or `./mine.js#raft`, which is a protocol or an entry of the user's own.
 *
 * @throws UserError with the nearest name, if there is none
 */
export async function entryNamed(text: string): Promise<ProtocolEntry> {
  if (isModuleReference(text)) return ownEntry(text, await load(text))
  // Loaded here, as there are many and programs of a user's own need none.
  const { protocolEntries } = await import('./protocols.ts')
  const found =
    protocolEntries.find(({ name }) => name === text) ??
    protocolEntries.find(({ protocol, mutant }) => protocol.name === text && mutant === undefined)
  if (found !== undefined) return found
  const names = protocolEntries.flatMap(({ name, protocol }) => [name, protocol.name])
  const close = nearest(text, new Set(names))
  throw new UserError(`no protocol is called '${text}'`, {
    hint:
      close === undefined
        ? 'synod simulate --list shows all; one of your own is ./mine.js#raft'
        : `did you mean ${close}?`,
  })
}

/** The protocol of such a name. @throws UserError with the nearest name, if there is none */
export async function protocolNamed(text: string): Promise<AnyProtocol> {
  return (await entryNamed(text)).protocol
}

function ownEntry(text: string, value: unknown): ProtocolEntry {
  if (isEntry(value)) return value
  if (!isProtocol(value)) {
    throw new UserError('this export is neither a protocol nor an entry of a suite', {
      where: text,
      hint: "write export const mine = protocol('mine', ...), from synod/node",
    })
  }
  return {
    name: value.name,
    protocol: value,
    nodes: 3,
    workload: workloadNamed('register'),
    invariants: [],
    expect: { outcome: 'pass' },
    because: 'a protocol of your own',
  }
}

function isEntry(value: unknown): value is ProtocolEntry {
  if (typeof value !== 'object' || value === null) return false
  const { protocol, workload, nodes, invariants } = value as Record<string, unknown>
  return (
    isProtocol(protocol) &&
    typeof workload === 'object' &&
    typeof nodes === 'number' &&
    Array.isArray(invariants)
  )
}

function isProtocol(value: unknown): value is AnyProtocol {
  if (typeof value !== 'object' || value === null) return false
  const { name, make, options, tolerates } = value as Record<string, unknown>
  return (
    typeof name === 'string' &&
    typeof make === 'function' &&
    typeof options === 'object' &&
    typeof tolerates === 'object' &&
    tolerates !== null
  )
}

/** `name=value`, as it was typed. */
export interface GivenOption {
  readonly name: string
  readonly text: string
}

/** Options of the types of the defaults. @throws UserError for a name or value that does not fit */
export function optionsOf(protocol: AnyProtocol, given: readonly GivenOption[]): Options {
  const values: Record<string, Option> = {}
  for (const { name, text } of given) {
    const otherwise = Object.hasOwn(protocol.options, name) ? protocol.options[name] : undefined
    if (otherwise === undefined) throw noSuch(protocol, 'option', name, protocol.options)
    values[name] = optionValue(name, text, otherwise)
  }
  return values
}

/** A value of the type of the default. */
function optionValue(name: string, text: string, otherwise: Option): Option {
  const fault = (expected: string): UserError =>
    new UserError(`'${text}' is not ${expected}`, {
      where: `--option ${name}`,
      hint: `for example --option ${name}=${String(otherwise)}`,
    })
  if (typeof otherwise === 'string') return text
  if (typeof otherwise === 'number') {
    if (!/^-?\d{1,15}(\.\d{1,9})?$/.test(text.trim())) throw fault('a number')
    return Number(text)
  }
  if (text !== 'true' && text !== 'false') throw fault('true or false')
  return text === 'true'
}

/** The mutant of this name; `none` is no mutant. @throws UserError if the protocol has none such */
export function mutantOf(protocol: AnyProtocol, name: string | undefined): string | undefined {
  if (name === undefined || name === 'none') return undefined
  if (Object.hasOwn(protocol.mutants ?? {}, name)) return name
  throw noSuch(protocol, 'mutant', name, protocol.mutants ?? {})
}

function noSuch(
  { name: protocol }: AnyProtocol,
  what: 'option' | 'mutant',
  name: string,
  known: Readonly<Record<string, unknown>>,
): UserError {
  const names = Object.keys(known)
  const close = nearest(name, names)
  return new UserError(`${protocol} has no ${what} '${name}'`, {
    where: `--${what}`,
    hint:
      close !== undefined
        ? `did you mean ${close}?`
        : names.length === 0
          ? 'it has none at all'
          : `it has ${names.join(', ')}`,
  })
}
