import { accessSync, constants, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'

import { z } from 'zod'

import { UserError } from '../core/user-error.ts'
import { drawFaults, faultKindsOf } from '../cluster/maelstrom/draw-faults.ts'
import type { FaultKind } from '../cluster/maelstrom/draw-faults.ts'
import type { Latency } from '../cluster/maelstrom/draws.ts'
import { latencyDistributions, streams } from '../cluster/maelstrom/draws.ts'
import type { MaelstromOptions } from '../cluster/maelstrom/run-options.ts'
import { serviceNames } from '../cluster/maelstrom/service.ts'
import { maelstromWorkloadNamed } from '../cluster/maelstrom/workload.ts'
import type { Fault } from '../node/index.ts'

/** The options of `synod maelstrom test`; times in seconds, as they are parsed. */
export interface MaelstromFlags {
  readonly bin: string
  readonly workload: string
  readonly nodes: number
  readonly firstNode: 0 | 1
  readonly faults: readonly FaultKind[]
  readonly faultEvery: number
  readonly faultLinks: readonly LinkEnd[]
  readonly faultFile?: string
  readonly for: number
  readonly rate: number
  readonly concurrency?: number
  readonly latency: number
  readonly latencyDist: Latency['distribution']
  readonly seed: number
  readonly timeout?: number
  readonly initTimeout: number
  readonly quiet: number
  readonly refusals: 'observe' | 'fail'
  readonly time: number
  readonly out?: string
  readonly html?: string
  readonly save?: string
  readonly logStderr?: true
  readonly json?: true
}

export const linkEnds = ['nodes', 'services', 'clients'] as const
export type LinkEnd = (typeof linkEnds)[number]

/** What is run, once the seed has decided what it decides. @throws UserError */
export async function runOptions(
  flags: MaelstromFlags,
  given: readonly string[],
): Promise<MaelstromOptions> {
  const workload = maelstromWorkloadNamed(flags.workload)
  const nodes = Array.from({ length: flags.nodes }, (_, at) => `n${at + flags.firstNode}`)
  const clients = flags.concurrency ?? flags.nodes
  const forMs = Math.round(1000 * flags.for)
  const faults =
    flags.faultFile === undefined
      ? drawn(flags, nodes, clients, forMs)
      : await faultsOf(flags.faultFile, nodes)
  return {
    program: programOf(flags.bin),
    arguments: given.map(argumentOf),
    workload,
    nodes,
    clients,
    rate: flags.rate,
    forMs,
    seed: flags.seed,
    faults,
    latency: { ms: flags.latency, distribution: flags.latencyDist },
    initMs: Math.round(1000 * flags.initTimeout),
    timeoutMs: Math.round(
      flags.timeout === undefined ? Math.max(1000, 10 * flags.latency) : 1000 * flags.timeout,
    ),
    quietMs: Math.round(1000 * flags.quiet),
    refusalsObserve: flags.refusals === 'observe',
    ...(flags.out === undefined ? {} : { out: flags.out }),
  }
}

function drawn(
  { faults: kinds, faultEvery, faultLinks, seed }: MaelstromFlags,
  nodes: readonly string[],
  clients: number,
  forMs: number,
): readonly Fault[] {
  const others = [
    ...(faultLinks.includes('services') ? serviceNames : []),
    ...(faultLinks.includes('clients') ? Array.from({ length: clients }, (_, at) => `c${at}`) : []),
  ]
  const everyMs = Math.min(1000 * faultEvery, forMs / 4)
  const hit = faultLinks.includes('nodes') ? nodes : []
  return drawFaults({ kinds, nodes, linked: [...hit, ...others], forMs, everyMs }, streams(seed))
}

/** Nodes run in a folder of their own, so what is named from here has to be named in full. */
function programOf(bin: string): string {
  const path = resolve(bin)
  if (!existsSync(path)) {
    // A program of the PATH, or one that is not there: starting it will say.
    return bin
  }
  try {
    accessSync(path, constants.X_OK)
  } catch (cause) {
    throw new UserError('this file may not be executed', {
      where: bin,
      hint: `chmod +x ${bin}, or name its interpreter: --bin python3 ... -- ${bin}`,
      cause,
    })
  }
  return path
}

function argumentOf(text: string): string {
  return !isAbsolute(text) && !text.startsWith('-') && existsSync(text) ? resolve(text) : text
}

const percent = z.number().min(0).max(100)
const span = { at: z.number().nonnegative(), until: z.number().positive().optional() }
const link = {
  ...span,
  from: z.array(z.string()).min(1),
  to: z.array(z.string()).min(1),
  both: z.boolean().optional(),
}

/** The faults that can happen to processes that are not ours. */
const Faults = z.array(
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.enum(['crash', 'pause']), node: z.string(), ...span }),
    z.strictObject({ type: z.enum(['partition', 'clog']), ...link }),
    z.strictObject({ type: z.enum(['loss', 'duplicate']), ...link, amount: percent }),
    z.strictObject({ type: z.literal('delay'), ...link, amount: z.number().positive() }),
  ]),
)

async function faultsOf(path: string, nodes: readonly string[]): Promise<readonly Fault[]> {
  let content: unknown
  try {
    content = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new UserError(`this is no JSON file: ${(cause as Error).message}`, {
      where: path,
      hint: 'write a list like [{"type":"pause","node":"n0","at":500,"until":900}]',
      cause,
    })
  }
  const parsed = Faults.safeParse(content)
  if (!parsed.success) {
    throw new UserError(`these are no faults: ${z.prettifyError(parsed.error)}`, {
      where: path,
      hint: 'write a list like [{"type":"pause","node":"n0","at":500,"until":900}]',
    })
  }
  const named = parsed.data.flatMap((fault) =>
    'node' in fault ? [fault.node] : [...fault.from, ...fault.to],
  )
  const known = [...nodes, ...serviceNames]
  const stranger = named.find((name) => !known.includes(name) && !/^c\d+$/.test(name))
  if (stranger !== undefined) {
    throw new UserError(`nobody is called '${stranger}'`, {
      where: path,
      hint: `there are ${known.join(', ')}, and clients c0, c1, ...`,
    })
  }
  return parsed.data as readonly Fault[]
}

/** `partition,kill`, `all`, `none`. @throws UserError */
export function faultsOption(text: string): readonly FaultKind[] {
  return faultKindsOf(text)
}

/** @throws UserError */
export function linkEndsOption(text: string): readonly LinkEnd[] {
  return text.split(',').map((name) => {
    const found = linkEnds.find((one) => one === name.trim())
    if (found !== undefined) return found
    throw new UserError(`'${name}' is no end of a link`, {
      where: '--fault-links',
      hint: `there are ${linkEnds.join(', ')}, as in --fault-links nodes,services`,
    })
  })
}

/** A whole number within bounds. @throws UserError */
export function wholeOption(option: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text.trim()) && value >= least && value <= most) return value
    throw new UserError(`'${text}' is not a whole number from ${least} to ${most}`, {
      where: option,
      hint: `for example ${option} ${Math.max(least, 5)}`,
    })
  }
}

/** Milliseconds, or a duration with a unit. @throws UserError */
export function millisecondsOption(text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s)?$/.exec(text.trim()) ?? []
  if (number !== '') return Number(number) * (unit === 's' ? 1000 : 1)
  throw new UserError(`'${text}' is not a number of milliseconds`, {
    where: '--latency',
    hint: 'for example --latency 10, --latency 10ms',
  })
}

/** @throws UserError */
export function distributionOption(text: string): Latency['distribution'] {
  const found = latencyDistributions.find((one) => one === text)
  if (found !== undefined) return found
  throw new UserError(`'${text}' is no distribution`, {
    where: '--latency-dist',
    hint: `there are ${latencyDistributions.join(', ')}`,
  })
}
