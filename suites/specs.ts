import { nearest } from '../src/core/nearest.ts'
import { UserError } from '../src/core/user-error.ts'
import type { AnySpec, SpecEntry } from './spec-entry.ts'
import { actorsSpecs } from './specs/actors.ts'
import { broadcastSpecs } from './specs/broadcast.ts'
import { classicsSpecs } from './specs/classics.ts'
import { commitSpecs } from './specs/commit.ts'
import { consensusSpecs } from './specs/consensus.ts'
import { electionSpecs } from './specs/election.ts'
import { logSpecs } from './specs/log.ts'
import { mutexSpecs } from './specs/mutex.ts'
import { registersSpecs } from './specs/registers.ts'
import { replicationSpecs } from './specs/replication.ts'
import { terminationSpecs } from './specs/termination.ts'

export type { AnySpec, SpecEntry } from './spec-entry.ts'

/** What is explored, by the folder of `specs/` that the spec stands in. */
export const specFolders: Readonly<Record<string, readonly SpecEntry[]>> = {
  commit: commitSpecs,
  consensus: consensusSpecs,
  log: logSpecs,
  registers: registersSpecs,
  broadcast: broadcastSpecs,
  replication: replicationSpecs,
  election: electionSpecs,
  termination: terminationSpecs,
  mutex: mutexSpecs,
  actors: actorsSpecs,
  classics: classicsSpecs,
}

/** All entries, of every size. */
export const specEntries: readonly SpecEntry[] = Object.values(specFolders).flat()

/** Each spec once, in the order of the entries. */
export const specs: readonly AnySpec[] = [...new Set(specEntries.map(({ spec }) => spec))]

/** The spec of this name. @throws UserError with the nearest name, if there is none. */
export function specNamed(name: string): AnySpec {
  const found = specs.find((spec) => spec.name === name)
  if (found !== undefined) return found
  const close = nearest(
    name,
    specs.map((spec) => spec.name),
  )
  throw new UserError(`no spec is called '${name}'`, {
    hint:
      close === undefined
        ? 'synod explore --list shows all; a spec of your own is ./mine.js#spec'
        : `did you mean ${close}?`,
  })
}
