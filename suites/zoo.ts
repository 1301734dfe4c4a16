import { nearest } from '../src/core/nearest.ts'
import { UserError } from '../src/core/user-error.ts'
import type { Bug, MissingBug } from './zoo/bug.ts'
import { broadcastBugs, missingConsensusBugs } from './zoo/broadcast.ts'
import { commitBugs, commitMissing } from './zoo/commit.ts'
import { missingPaxosBugs, multiPaxosBugs } from './zoo/multi-paxos.ts'
import { paxosBugs } from './zoo/paxos.ts'
import { missingRaftBugs, raftBugs } from './zoo/raft.ts'
import { missingRegisterBugs, registerBugs } from './zoo/registers.ts'
import { viewstampedBugs } from './zoo/viewstamped.ts'
import { missingZabBugs, zabBugs } from './zoo/zab.ts'

/** Known bugs of real systems and papers, each planted in the real code of a protocol. */
export const zoo: readonly Bug[] = [
  ...paxosBugs,
  ...multiPaxosBugs,
  ...raftBugs,
  ...viewstampedBugs,
  ...zabBugs,
  ...commitBugs,
  ...registerBugs,
  ...broadcastBugs,
]

/** Bugs of the catalogue that are not in the zoo, and why. */
export const missingFromZoo: readonly MissingBug[] = [
  ...missingPaxosBugs,
  ...missingZabBugs,
  ...commitMissing,
  ...missingRaftBugs,
  ...missingRegisterBugs,
  ...missingConsensusBugs,
]

/** The bug of this name: `RF-04`. @throws UserError with the nearest name, if there is none */
export function bugNamed(id: string): Bug {
  const wanted = id.toUpperCase()
  const found = zoo.find((bug) => bug.id.toUpperCase() === wanted)
  if (found !== undefined) return found
  const missing = missingFromZoo.find((bug) => bug.id.toUpperCase() === wanted)
  const close = nearest(wanted, new Set(zoo.map((bug) => bug.id)))
  throw new UserError(
    missing === undefined ? `no bug is called '${id}'` : `${missing.id} is not in the zoo`,
    {
      hint:
        missing?.because ??
        (close === undefined ? 'synod zoo --no-twins shows all' : `did you mean ${close}?`),
    },
  )
}
