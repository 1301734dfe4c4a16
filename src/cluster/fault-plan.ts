import { z } from 'zod'

import { readFile } from 'node:fs/promises'

import { nearest } from '../core/nearest.ts'
import type { Random } from '../core/random.ts'
import { UserError } from '../core/user-error.ts'
import type { Fault, LinkFault, NodeId } from '../node/index.ts'
import { faultTypes } from '../node/index.ts'

/**
 * Faults of a real run. Where a node is named, `leader` is whoever leads as the fault begins, and
 * somebody if nobody does; `anybody` is drawn; in `to`, `others` are all that are not in `from`.
 */
export type PlannedFault = Fault

export const LEADER = 'leader'
export const ANYBODY = 'anybody'
export const OTHERS = 'others'

/** How often what happens, in milliseconds; absent: never. */
export interface Frequencies {
  readonly killLeaderEvery?: number
  readonly killEvery?: number
  /** All at once, as when the power fails. One of them comes back later than the others. */
  readonly killAllEvery?: number
  readonly partitionEvery?: number
  readonly pauseEvery?: number
  /** How long a killed node stays down. Default: a fifth of the time between, at most 1,000. */
  readonly downMs?: number
}

/** Between two faults that might together be more than the nodes can take, at most. */
const GAP_MS = 500

/** Faults at regular times that do not overlap: one that finds no room is left out. */
export function planFaults(
  often: Frequencies,
  forMs: number,
  nodes: readonly NodeId[],
  random: Random,
): PlannedFault[] {
  const planned: Planned[] = []
  const down = (every: number): number => often.downMs ?? Math.min(1000, every / 5)
  const kill = (node: NodeId, every: number | undefined): void =>
    place(planned, every, 1, forMs, (span) => ({ type: 'crash', node, ...span }), down)
  for (const blackout of blackouts(often.killAllEvery, often.downMs, forMs)) {
    const late = random.pick(nodes)
    planned.push({ type: 'crash', node: late, ...blackout })
    const { at } = blackout
    // The late one is among them, and is not hit twice.
    const until = at + Math.round((blackout.until - at) / 3)
    planned.push(...nodes.map((node) => ({ type: 'crash', node, at, until }) as const))
  }
  kill(LEADER, often.killLeaderEvery)
  kill(ANYBODY, often.killEvery)
  const pause = (span: Window): Planned => ({
    type: 'pause',
    node: random.chance(1, 2) ? LEADER : ANYBODY,
    ...span,
  })
  place(planned, often.pauseEvery, 0.75, forMs, pause, (every) => Math.min(1500, every / 4))
  const cut = (span: Window): Planned => ({ ...drawCut(random), ...span })
  place(planned, often.partitionEvery, 0.5, forMs, cut, (every) => Math.min(3000, every / 3))
  return planned.sort((a, b) => a.at - b.at)
}

/** When the power fails, and when the last node is up again. */
function blackouts(every: number | undefined, downMs: number | undefined, forMs: number): Window[] {
  if (every === undefined) return []
  const ms = Math.round(3 * (downMs ?? Math.min(500, every / 10)))
  const times = Array.from({ length: Math.ceil(forMs / every) - 1 }, (_, at) => (at + 1) * every)
  return times.map((at) => ({ at: Math.round(at), until: Math.round(at) + ms }))
}

interface Window {
  readonly at: number
  readonly until: number
}
type Planned = PlannedFault & Window

function place(
  planned: Planned[],
  every: number | undefined,
  first: number,
  forMs: number,
  make: (span: Window) => Planned,
  lasts: (every: number) => number,
): void {
  if (every === undefined) return
  for (let due = every * first; due < forMs; due += every) {
    const ms = Math.round(lasts(every))
    const gap = Math.min(GAP_MS, Math.round(every / 8))
    let at = Math.round(due)
    for (const other of [...planned].sort((a, b) => a.at - b.at)) {
      if (at < other.until + gap && other.at < at + ms + gap) at = other.until + gap
    }
    if (at < due + every && at + ms < forMs) planned.push(make({ at, until: at + ms }))
  }
}

/** Somebody is cut off, in both directions or in one. */
function drawCut(random: Random): Omit<LinkFault, 'at' | 'until'> {
  const alone = [random.chance(2, 3) ? LEADER : ANYBODY]
  const shape = random.int(1, 4)
  if (shape === 1) return { type: 'partition', from: [OTHERS], to: alone }
  return { type: 'partition', from: alone, to: [OTHERS], both: shape > 2 }
}

const node = z.string()
const span = { at: z.number().nonnegative(), until: z.number().nonnegative().optional() }
const link = { from: z.array(node).min(1), to: z.array(node).min(1), both: z.boolean().optional() }
const amount = z.number().positive()
const ofLink = (type: LinkFault['type']): z.ZodObject =>
  z.strictObject({ type: z.literal(type), ...span, ...link, amount: amount.optional() })

const disk = z.enum(['keep', 'lose', 'torn', 'corrupt', 'wipe']).optional()
const schemas: Readonly<Record<Fault['type'], z.ZodObject>> = {
  crash: z.strictObject({ type: z.literal('crash'), node, disk, ...span }),
  pause: z.strictObject({ type: z.literal('pause'), node, ...span }),
  partition: ofLink('partition'),
  clog: ofLink('clog'),
  loss: ofLink('loss'),
  duplicate: ofLink('duplicate'),
  delay: ofLink('delay'),
  'disk-full': z.strictObject({ type: z.literal('disk-full'), node, ...span }),
  'disk-slow': z.strictObject({ type: z.literal('disk-slow'), node, ms: amount, ...span }),
  'clock-skew': z.strictObject({
    type: z.literal('clock-skew'),
    node,
    percent: z.number().min(-99).max(1000),
    ...span,
  }),
  'clock-jump': z.strictObject({ type: z.literal('clock-jump'), node, ms: z.number(), ...span }),
}

/** Reads a list of faults from a JSON file. @throws UserError */
export async function readFaults(path: string, nodes: readonly NodeId[]): Promise<PlannedFault[]> {
  let content: unknown
  try {
    content = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new UserError(`this cannot be read as JSON: ${(cause as Error).message}`, {
      where: path,
      hint: 'write [{"type": "crash", "node": "leader", "at": 1000, "until": 2000}]',
      cause,
    })
  }
  if (!Array.isArray(content)) {
    throw new UserError('this is not a list of faults', {
      where: path,
      hint: 'write [{"type": "crash", "node": "leader", "at": 1000, "until": 2000}]',
    })
  }
  return (content as unknown[]).map((each, at) => faultOf(each, `${path}[${at}]`, nodes))
}

function faultOf(content: unknown, where: string, nodes: readonly NodeId[]): PlannedFault {
  const { type } = (content ?? {}) as { type?: unknown }
  if (typeof type !== 'string' || !Object.hasOwn(schemas, type)) {
    const close = typeof type === 'string' ? nearest(type, faultTypes) : undefined
    const all = faultTypes.join(', ')
    throw new UserError(`there is no fault of the type ${JSON.stringify(type)}`, {
      where,
      hint: `${close === undefined ? 'there are' : `did you mean ${close}? There are`}: ${all}`,
    })
  }
  const parsed = schemas[type as Fault['type']].safeParse(content)
  if (!parsed.success) {
    throw new UserError(`this is not a fault: ${z.prettifyError(parsed.error)}`, {
      where,
      hint: 'docs/run.md shows each type of fault',
    })
  }
  const fault = parsed.data as unknown as PlannedFault
  const named = 'node' in fault ? [fault.node] : [...fault.from, ...fault.to]
  const known = [...nodes, LEADER, ANYBODY, OTHERS]
  const stranger = named.find((name) => !known.includes(name))
  if (stranger !== undefined) {
    throw new UserError(`there is no node '${stranger}'`, {
      where,
      hint: `nodes are ${nodes.join(', ')}; or ${LEADER}, ${ANYBODY}, ${OTHERS}`,
    })
  }
  return fault
}
