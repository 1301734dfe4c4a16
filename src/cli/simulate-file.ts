import { readFile } from 'node:fs/promises'

import { z } from 'zod'

import type { AskedSubject, GivenSubject } from '../../suites/subject.ts'
import { synodVersion } from '../core/package.ts'
import { UserError } from '../core/user-error.ts'
import { faultTypes } from '../node/index.ts'
import type { Schedule, Simulation } from '../simulate/index.ts'
import type { ToldRun } from './simulate-found.ts'

const Count = z.number().int().nonnegative()
const Name = z.string().max(200)
const Names = z.array(Name).max(1000)
const Ms = z.number().nonnegative()
const Range = z.tuple([Ms, Ms])
const span = { at: Ms, until: Ms.optional() }
const node = { ...span, node: Name }
const link = { ...span, from: Names, to: Names, amount: z.number().optional() }
const both = { both: z.boolean().optional() }
const draw = { nth: Count }
const ends = { ...draw, from: Name, to: Name }

const StoredFault = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('crash'),
    ...node,
    disk: z.enum(['keep', 'lose', 'torn', 'corrupt', 'wipe']).optional(),
  }),
  z.strictObject({ type: z.literal('pause'), ...node }),
  z.strictObject({
    type: z.enum(['partition', 'clog', 'loss', 'duplicate', 'delay']),
    ...link,
    ...both,
  }),
  z.strictObject({ type: z.literal('disk-full'), ...node }),
  z.strictObject({ type: z.literal('disk-slow'), ...node, ms: z.number() }),
  z.strictObject({ type: z.literal('clock-skew'), ...node, percent: z.number() }),
  z.strictObject({ type: z.literal('clock-jump'), ...node, ms: z.number() }),
])

const StoredDeviation = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['delay', 'doubled']), ...ends, us: Count }),
  z.strictObject({ type: z.literal('lost'), ...ends }),
  z.strictObject({ type: z.enum(['timer', 'disk']), ...draw, node: Name, us: Count }),
  z.strictObject({ type: z.enum(['pick', 'damaged']), ...draw, node: Name, index: Count }),
  z.strictObject({ type: z.literal('kept'), ...draw, node: Name, count: Count }),
])

const StoredOperation = z.strictObject({
  at: Ms,
  client: Count,
  node: Name,
  asked: z.strictObject({ f: Name, key: z.unknown().optional(), value: z.unknown() }),
  phase: z.enum(['recovery', 'last']).optional(),
})

/** A run that can be run again: the cluster, and all that decides what happens to it. */
const ReplayFile = z.strictObject({
  /** The version of this form. */
  replay: z.literal(1),
  synod: z.string(),
  given: z.strictObject({
    text: Name,
    nodes: Count.optional(),
    options: z.record(Name, z.union([z.number(), z.string(), z.boolean()])).optional(),
    mutant: Name.optional(),
    noMutant: z.literal(true).optional(),
    workload: Name.optional(),
    condition: Name.optional(),
    model: Name.optional(),
    faults: z.array(z.enum(faultTypes)).optional(),
    forMs: Ms.optional(),
    operations: Count.optional(),
    clients: Count.optional(),
    wire: z.literal(true).optional(),
    strict: z.literal(true).optional(),
  }),
  seed: Count,
  cluster: z.strictObject({
    nodes: z.number().int().positive().max(1000),
    clients: z.strictObject({
      count: z.number().int().positive().max(1000),
      policy: z.enum(['any', 'own']),
      timeoutMs: Ms.optional(),
      againMs: Ms.optional(),
      rate: z.number().positive(),
      operations: Count.optional(),
    }),
    forMs: Ms,
    network: z.strictObject({
      delayMs: Range,
      lossPercent: z.number().optional(),
      duplicatePercent: z.number().optional(),
    }),
    disk: z.strictObject({ writeMs: Range }),
    recovers: z.boolean().optional(),
    recoverMs: Ms.optional(),
  }),
  schedule: z.strictObject({
    operations: z.array(StoredOperation),
    faults: z.array(StoredFault),
    deviations: z.array(StoredDeviation),
    core: Names.optional(),
  }),
  found: z.strictObject({
    outcome: z.enum(['pass', 'fail', 'unknown']),
    violated: z.string().optional(),
    sentence: z.string(),
  }),
})

/** What `--save` writes for a run, and `--replay` reads. */
export function replayFile(subject: AskedSubject, told: ToldRun): object {
  const { simulation, schedule, judged } = told
  const { nodes, clients, forMs, network, disk, recovers, recoverMs, seed } = simulation
  const { outcome, violated, sentence } = judged
  return {
    replay: 1,
    synod: synodVersion(),
    given: subject.given,
    seed,
    cluster: {
      nodes,
      clients,
      forMs,
      network,
      disk,
      ...(recovers === undefined ? {} : { recovers }),
      ...(recoverMs === undefined ? {} : { recoverMs }),
    },
    schedule,
    found: { outcome, ...(violated === undefined ? {} : { violated }), sentence },
  }
}

/** What a file says is to be run. */
export interface Replay {
  readonly given: GivenSubject
  readonly seed: number
  readonly cluster: Pick<
    Simulation,
    'nodes' | 'clients' | 'forMs' | 'network' | 'disk' | 'recovers' | 'recoverMs'
  >
  readonly schedule: Schedule
  readonly found: { readonly outcome: string; readonly violated?: string }
}

/** @throws UserError if there is no such file, or if it is not one that `--save` wrote. */
export async function readReplay(path: string): Promise<Replay> {
  let content: unknown
  try {
    content = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new UserError(`this cannot be read as a run: ${(cause as Error).message}`, {
      where: path,
      hint: 'name a file that --save wrote',
      cause,
    })
  }
  const result = ReplayFile.safeParse(content)
  // Absent and undefined are one to a schema, and the same file says nothing that is undefined.
  if (result.success) return result.data as unknown as Replay
  const [issue] = result.error.issues
  const place = issue?.path.join('.') ?? ''
  throw new UserError(`this is no run that can be run again: ${place}: ${issue?.message ?? ''}`, {
    where: path,
    hint: 'was it written by another version of synod?',
  })
}
