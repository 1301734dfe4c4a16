import * as fc from 'fast-check'

import type { CrashFault, Fault, FaultType, LinkFault, NodeId, Span } from '../node/index.ts'
import { faultTypes } from '../node/index.ts'

/** What becomes of writes that were not yet done when a node crashes. */
export type DiskFate = NonNullable<CrashFault['disk']>

/** Which faults there may be; times are in milliseconds. */
export interface FaultsOptions {
  /** How many nodes, named `n1`, `n2`, ..., or their names. Default: 3. */
  readonly nodes?: number | readonly NodeId[]
  /** Default: every type there is. `toleratedFaults` says which a protocol claims to survive. */
  readonly types?: readonly FaultType[]
  /** Faults begin before this. Default: 2,000. */
  readonly forMs?: number
  /** At most so many. Default: 5. */
  readonly most?: number
  /** Default: `keep`, `lose` and `torn`, which every disk may do. */
  readonly disks?: readonly DiskFate[]
  /** Whether some faults never end. Default: no. */
  readonly endless?: boolean
  /** A clock runs faster or slower by at most so many percent. Default: 10. */
  readonly clockSkew?: number
}

const DISKS: readonly DiskFate[] = ['keep', 'lose', 'torn']

/**
 * Lists of faults, in the order in which they begin. They shrink to fewer faults, of fewer nodes,
 * that begin earlier and last for a shorter time.
 */
export function faults(options: FaultsOptions = {}): fc.Arbitrary<readonly Fault[]> {
  const { most = 5, types = faultTypes } = options
  if (types.length === 0) return fc.constant([])
  return fc
    .array(fc.oneof(...types.map((type) => faultOf(type, options))), { maxLength: most })
    .map((list) => [...list].sort((a, b) => a.at - b.at))
}

/** The names of nodes. */
export function nodeNames(nodes: number | readonly NodeId[] = 3): readonly NodeId[] {
  return typeof nodes === 'number' ? Array.from({ length: nodes }, (_, at) => `n${at + 1}`) : nodes
}

function faultOf(type: FaultType, options: FaultsOptions): fc.Arbitrary<Fault> {
  const { disks = DISKS, clockSkew = 10 } = options
  const node = fc.constantFrom(...nodeNames(options.nodes))
  const span = spanOf(options)
  switch (type) {
    case 'crash':
      return joined(
        span,
        fc.record({ type: fc.constant(type), node, disk: fc.constantFrom(...disks) }),
      )
    case 'pause':
    case 'disk-full':
      return joined(span, fc.record({ type: fc.constant(type), node }))
    case 'disk-slow':
      return joined(
        span,
        fc.record({ type: fc.constant(type), node, ms: fc.integer({ min: 1, max: 1000 }) }),
      )
    case 'clock-skew': {
      const percent = either(clockSkew)
      return joined(span, fc.record({ type: fc.constant(type), node, percent }))
    }
    case 'clock-jump':
      // It happens once, and does not last.
      return fc
        .tuple(span, node, either(10_000))
        .map(([{ at }, hit, ms]): Fault => ({ type, node: hit, ms, at }))
    case 'partition':
    case 'clog':
    case 'loss':
    case 'duplicate':
    case 'delay':
      return joined(span, links(type, options))
  }
}

/** From one group of nodes to another, in one direction or in both. */
function links(type: LinkFault['type'], options: FaultsOptions): fc.Arbitrary<LinkFault> {
  const names = nodeNames(options.nodes)
  const most = { partition: 0, clog: 0, loss: 100, duplicate: 100, delay: 1000 }[type]
  return fc
    .tuple(
      fc.subarray([...names], { minLength: 1, maxLength: Math.max(1, names.length - 1) }),
      fc.boolean(),
      most === 0 ? fc.constant(undefined) : fc.integer({ min: 1, max: most }),
    )
    .map(([from, both, amount]) => ({
      type,
      from,
      to: names.filter((name) => !from.includes(name)),
      ...(both ? { both } : {}),
      ...(amount === undefined ? {} : { amount }),
    }))
}

/** From `-most` to `most`, but for 0. */
function either(most: number): fc.Arbitrary<number> {
  return fc
    .tuple(fc.integer({ min: 1, max: Math.max(1, most) }), fc.boolean())
    .map(([size, less]) => (less ? -size : size))
}

function spanOf({ forMs = 2000, endless = false }: FaultsOptions): fc.Arbitrary<Span> {
  const at = fc.nat({ max: Math.max(0, forMs - 1) })
  const length = fc.integer({ min: 1, max: Math.max(1, forMs) })
  const lasting = endless ? fc.option(length, { freq: 4, nil: undefined }) : length
  return fc
    .tuple(at, lasting)
    .map(([start, lasts]) =>
      lasts === undefined ? { at: start } : { at: start, until: start + lasts },
    )
}

function joined<About>(
  span: fc.Arbitrary<Span>,
  about: fc.Arbitrary<About>,
): fc.Arbitrary<Span & About> {
  return fc.tuple(span, about).map(([when, what]) => ({ ...what, ...when }))
}
