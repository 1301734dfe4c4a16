import { isModuleReference, load } from '../src/core/load.ts'
import { nearest } from '../src/core/nearest.ts'
import { UserError } from '../src/core/user-error.ts'
import type { Mapping } from '../src/explore/validate/index.ts'
import { abdTraces } from './traces/abd.ts'
import { multiPaxosTraces } from './traces/multi-paxos.ts'
import { paxosTraces } from './traces/paxos.ts'
import { raftTraces } from './traces/raft.ts'
import { twoPhaseCommitTraces } from './traces/two-phase-commit.ts'
import { zabTraces } from './traces/zab.ts'

/** Of which protocols traces are held against which specs. */
export const mappings: readonly Mapping[] = [
  twoPhaseCommitTraces,
  paxosTraces,
  multiPaxosTraces,
  raftTraces,
  zabTraces,
  abdTraces,
]

/**
 * The mapping that is meant: `./mine.js#mapping`, or one of ours by its own name, that of its spec
 * or that of a protocol.
 *
 * @throws UserError with the nearest name, if there is none
 */
export async function mappingNamed(text: string): Promise<Mapping> {
  if (isModuleReference(text)) return ownMapping(text, await load(text))
  const found = namesOf(text)
  if (found !== undefined) return found
  const names = mappings.flatMap(({ name, spec, protocols }) => [name, spec.name, ...protocols])
  const close = nearest(text, new Set(names))
  throw new UserError(`no traces are known to be behaviours of '${text}'`, {
    hint:
      close === undefined
        ? `there are mappings to ${[...new Set(names)].join(', ')}; one of your own is ` +
          '--mapping ./mine.js#mapping'
        : `did you mean ${close}?`,
  })
}

/** The mapping for traces of a protocol, as its header names it: `abd/grid` is a kind of `abd`. */
export function mappingFor(protocol: string): Mapping | undefined {
  const [kind = ''] = protocol.split('/')
  return mappings.find(({ protocols }) => protocols.includes(kind))
}

function namesOf(text: string): Mapping | undefined {
  return (
    mappings.find(({ name }) => name === text) ??
    mappings.find(({ spec }) => spec.name === text) ??
    mappingFor(text)
  )
}

function ownMapping(text: string, value: unknown): Mapping {
  const { name, spec, reader, protocols } = (value ?? {}) as Partial<Mapping>
  const isOne =
    typeof name === 'string' &&
    typeof spec?.make === 'function' &&
    typeof reader === 'function' &&
    Array.isArray(protocols)
  if (isOne) return value as Mapping
  throw new UserError('this export is no mapping of traces to a spec', {
    where: text,
    hint: 'export { name, about, spec, protocols, reader }, as docs/validate.md says',
  })
}
