import { compose } from '../../src/compose/index.ts'
import type { ComposedStep, ComposedSystem, ComposedTrace } from '../../src/compose/index.ts'
import { tracedPath } from '../../src/compose/index.ts'
import type { ExploreOptions, Exploration } from '../../src/explore/index.ts'
import { explore } from '../../src/explore/index.ts'
import { exploreTogether } from '../../src/explore/parallel/explore-parallel.ts'
import { inThreads } from '../../src/explore/parallel/together.ts'
import type { Bug } from './bug.ts'
import type { GivenBug } from './given-bug.ts'

/** What came of looking for a bug in the real code, and of looking for one in its repaired twin. */
export interface Hunt {
  readonly bug: Bug
  readonly found: Exploration
  readonly twin: Exploration
}

export async function hunt(bug: Bug, options: HuntOptions = {}): Promise<Hunt> {
  const found = await exploredBug(bug, true, options)
  return { bug, found, twin: await exploredBug(bug, false, options) }
}

export interface HuntOptions extends ExploreOptions {
  /** Threads. Default: 1. */
  readonly workers?: number
  /** The file that threads begin with, where it is not beside the one that starts them. */
  readonly entry?: URL
}

/** Explores the real code with the bug, or without it. */
export async function exploredBug(
  bug: Bug,
  planted: boolean,
  { workers = 1, entry, ...options }: HuntOptions = {},
): Promise<Exploration> {
  const system = systemOf(bug, planted)
  if (workers === 1) return explore(system, options)
  const given: GivenBug = { id: bug.id, planted }
  // Functions cannot travel, so each thread composes the nodes by itself.
  const module = new URL('./given-bug.js', entry === undefined ? import.meta.url : zooIn(entry))
    .href
  return exploreTogether(
    system,
    (job) => inThreads(job, { module, export: 'givenBug', given }, entry),
    { ...options, workers },
  )
}

/** This folder, where a worker's file is elsewhere. */
function zooIn(entry: URL): URL {
  return new URL('../../../suites/zoo/', entry)
}

/** The protocol with the bug, or without it, and everything around it within the same bounds. */
export function systemOf(bug: Bug, planted: boolean): ComposedSystem {
  return compose(programOf(bug, planted), {
    name: planted ? bug.id : `${bug.id} repaired`,
    ...bug.bounds,
    alike: { ...bug.protocol.alike, ...bug.bounds.alike },
    ...(planted ? {} : bug.repaired?.assuming),
  })
}

/** What happened in the shortest story of a bug, step by step, by the real code. */
export function traceOf(bug: Bug, found: Exploration): ComposedTrace | undefined {
  const violation = found.violations.find(({ trace }) => trace.length > 0)
  if (violation === undefined) return undefined
  const path = violation.trace.flatMap(({ parameters }) => parameters) as readonly ComposedStep[]
  const system = systemOf(bug, true)
  const about = {
    protocol: bug.protocol.name,
    parameters: { ...bug.options },
    ...(bug.mutant === undefined ? {} : { mutant: bug.mutant }),
    nodes: system.parts.names,
  }
  return tracedPath(programOf(bug, true), about, system.parts.requests, path, bug.bounds)
}

/** Whether it was found as what it is said to be, and nothing is wrong without it. */
export function asClaimed({ bug, found, twin }: Hunt): boolean {
  return (
    found.outcome === 'fail' &&
    found.violations[0]?.name === bug.violated &&
    twin.outcome === 'pass'
  )
}

function programOf({ protocol, options, mutant, repaired }: Bug, planted: boolean) {
  if (planted) return protocol.make(options, mutant)
  return (repaired?.protocol ?? protocol).make(repaired?.options ?? options)
}
