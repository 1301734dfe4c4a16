import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listOfQuorums, parseSystem, systemOf } from '../../src/quorum/index.ts'
import type { Formula, QuorumSystem } from '../../src/quorum/index.ts'

/**
 * Exact values that others computed by brute force: what is known of quorum systems in the extra
 * data. Probabilities are those of a node being down.
 */
export interface Oracle {
  readonly coteries: readonly CoterieEntry[]
  readonly readWrite: readonly ReadWriteEntry[]
  readonly randomReadOnceHeterogeneous: readonly ReadOnceEntry[]
  readonly beyondEnumeration: readonly CoterieEntry[]
  readonly largeClosedForm: { readonly rows: readonly LargeEntry[] }
  readonly bgridAsymptotics: unknown
  readonly exhaustive: {
    readonly rows: readonly BestEntry[]
    readonly bestCoterie: readonly { readonly n: number; readonly load: string }[]
  }
}

interface Exact {
  readonly exact: string
}

export interface CoterieEntry {
  readonly id: string
  readonly family: string
  readonly params: Readonly<Record<string, number | readonly number[]>>
  readonly n: number
  readonly minimalQuorums: number
  readonly smallestQuorum: number
  readonly selfDual?: boolean
  readonly minPairIntersection: number | null
  readonly load: Exact
  readonly resilience: number
  readonly availabilityCounts: readonly (number | string)[]
  readonly failureProbability: Readonly<Record<string, Exact>>
  readonly quorums?: readonly (readonly number[])[]
  readonly meanQuorumTimeExp1?: Exact
  readonly maxDisseminationF?: number
  readonly maxMaskingF?: number
}

export interface SideEntry {
  readonly minimalQuorums: number
  readonly smallest: number
  readonly resilience: number
  readonly availabilityCounts: readonly number[]
  readonly failureProbability: Readonly<Record<string, Exact>>
}

export interface ReadWriteEntry {
  readonly id: string
  readonly params: Readonly<Record<string, number>>
  readonly n: number
  readonly read: SideEntry
  readonly write: SideEntry
  readonly both: {
    readonly resilience: number
    readonly availabilityCounts: readonly number[]
    readonly failureProbability: Readonly<Record<string, number>>
  }
  readonly load: Readonly<Record<string, Exact>>
  readonly readQuorums?: readonly (readonly number[])[]
  readonly writeQuorums?: readonly (readonly number[])[]
  readonly readCapacity?: readonly string[]
  readonly writeCapacity?: readonly string[]
}

/** A gate `{ k, kids }` or a node. */
type Nested = number | { readonly k: number; readonly kids: readonly Nested[] }

export interface ReadOnceEntry {
  readonly id: string
  readonly expr: Nested
  readonly n: number
  readonly readCapacity: readonly number[]
  readonly writeCapacity: readonly number[]
  readonly minimalReads: number
  readonly minimalWrites: number
  readonly smallestRead: number
  readonly readResilience: number
  readonly writeResilience: number
  readonly load: Readonly<Record<string, string>>
  readonly nodeFailure: readonly string[]
  readonly readFailure: string
}

export interface LargeEntry {
  readonly system: string
  readonly n: number
  readonly smallestQuorum: number
  readonly load: string
  readonly resilience: number
  readonly F: Readonly<Record<string, string>>
}

export interface BestEntry {
  readonly n: number
  readonly fr: number
  readonly minResilience: number
  readonly best: string
  readonly readOnce: string
}

export function readOracle(folder: string): Oracle {
  return JSON.parse(readFileSync(join(folder, 'oracle', 'quorum-oracle.json'), 'utf8')) as Oracle
}

/** The family of an entry as a text; undefined where its quorums are only listed. */
export function familyText({ family, params, ...entry }: CoterieEntry): string | undefined {
  const { n, k, f, d, h, r, rows, cols, levels, order } = params as Record<string, number>
  const list = (name: string) => (params[name] as readonly number[]).join(',')
  switch (family) {
    case 'singleton':
      return `singleton(n=${entry.n})`
    case 'majority':
      return `majority(n=${n})`
    case 'threshold':
      return `threshold(n=${n},k=${k})`
    case 'gridRowCol':
      return `grid(rows=${rows},cols=${cols})`
    case 'gridRowColSameIndex':
      return `grid-basic(n=${k})`
    case 'gridFullColumnPlusCover':
      return `grid-cover(rows=${rows},cols=${cols})`
    case 'gridRowPlusOneBelow':
      return `grid-below(rows=${rows},cols=${cols})`
    case 'bgrid':
      return `bgrid(d=${d},h=${h},r=${r})`
    case 'weightedVoting':
      return `weighted(${list('weights')})`
    case 'treeAgrawalElAbbadi':
      return `tree(levels=${levels})`
    case 'hierarchicalQuorumConsensus':
      return `hqc(${list('branch')})`
    case 'zookeeperGroups':
      return `zk(${list('groups')})`
    case 'crumblingWall':
      return `wall(${list('widths')})`
    case 'wheel':
      return `wheel(n=${n})`
    case 'finiteProjectivePlane':
      return `fpp(order=${order})`
    case 'paths':
      return `paths(d=${d})`
    case 'ySystem':
      return `y(rows=${rows})`
    case 'nucleus':
      return `nucleus(r=${r})`
    case 'byzDisseminationThreshold':
      return `byz-dissemination(n=${n},f=${f})`
    case 'byzMaskingThreshold':
      return `byz-masking(n=${n},f=${f})`
    case 'byzOpaqueThreshold':
      return `byz-opaque(n=${n},f=${f})`
    case 'byzMaskingGrid(1 col + f+1 rows)':
      return `byz-masking-grid(side=${k},f=${f})`
    case 'byzMaskingGrid(1 col + 2f+1 rows)':
      return `byz-grid(side=${k},f=${f})`
    case 'byzMGrid(ceil sqrt(f+1) rows and cols)':
      // Too small to mask f, which the family refuses; its quorums are judged all the same.
      return isLarge(k, f) ? `m-grid(side=${k},f=${f})` : undefined
    default:
      return undefined
  }
}

function isLarge(side: unknown, failures: unknown): boolean {
  return 2 * Number(failures) + 1 <= Number(side)
}

/** Families whose nodes may be numbered in another way than the entry does. */
export const NUMBERED_OTHERWISE = ['finiteProjectivePlane', 'paths', 'ySystem', 'nucleus']

/** A coterie from its quorums, whatever else is known of it. */
export function listedCoterie({ id, n, quorums }: CoterieEntry): QuorumSystem | undefined {
  if (quorums === undefined) return undefined
  const set = listOfQuorums(quorums, n)
  return systemOf({ name: id, size: n, reads: set, writes: set })
}

/** The system of an entry, by its family or else from its list. */
export function coterieOf(entry: CoterieEntry): QuorumSystem {
  const text = familyText(entry)
  const system = text === undefined ? listedCoterie(entry) : parseSystem(text)
  if (system === undefined) throw new Error(`${entry.id} has neither family nor quorums`)
  return system
}

/** The text of a read-write system without its capacities, where a family makes it. */
export function readWriteText({ id, params }: ReadWriteEntry): string | undefined {
  const { n, r, rows, cols } = params
  const kind = id.replace(/-?\d.*$/, '')
  switch (kind) {
    case 'rowa':
    case 'raow':
      return `${kind}(n=${n})`
    case 'rw':
      return `rw-threshold(n=${n},r=${r})`
    case 'rwgrid-rows':
      return `grid-rw(rows=${rows},cols=${cols})`
    case 'rwgrid-cheung':
      return `cheung(rows=${rows},cols=${cols})`
    default:
      return undefined
  }
}

/** A read-write system from the quorums of its sides; the missing one is the dual. */
export function listedReadWrite(entry: ReadWriteEntry): QuorumSystem | undefined {
  const { id, n, readQuorums, writeQuorums } = entry
  const given = readQuorums ?? writeQuorums
  if (given === undefined) return undefined
  const reads =
    readQuorums === undefined ? listOfQuorums(given, n).dual() : listOfQuorums(readQuorums, n)
  const same = JSON.stringify(readQuorums) === JSON.stringify(writeQuorums)
  const writes = same
    ? reads
    : writeQuorums === undefined
      ? reads.dual()
      : listOfQuorums(writeQuorums, n)
  return systemOf({ name: id, size: n, reads, writes })
}

/** The formula of a nested expression. */
export function formulaOf(expression: Nested): Formula {
  if (typeof expression === 'number') return expression
  return { need: expression.k, inputs: expression.kids.map(formulaOf) }
}

/** The text of a large system: `grid 7x7`, `bgrid d=5 h=2 r=2`, `hqc 3^4`. */
export function largeText({ system, n }: LargeEntry): string {
  const numbers = system.match(/\d+/g)?.map(Number) ?? []
  const [a = 0, b = 0, c = 0] = numbers
  if (system === 'majority') return `majority(n=${n})`
  if (system === 'singleton') return `singleton(n=${n})`
  if (system.startsWith('grid')) return `grid(rows=${a},cols=${b})`
  if (system.startsWith('bgrid')) return `bgrid(d=${a},h=${b},r=${c})`
  if (system.startsWith('tree')) return `tree(levels=${a})`
  if (system.startsWith('hqc')) return `hqc(${Array.from({ length: b }, () => a).join(',')})`
  if (system.startsWith('triangular wall')) return `triangle(rows=${a})`
  throw new Error(`no system is called ${system}`)
}
