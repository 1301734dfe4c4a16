import type { AnyLayout } from '../state/index.ts'
import { parametersSeen, sizeOf } from './generated-loops.ts'
import type { MembersRange } from './model.ts'
import type { Open, OpenRange, OpenStep, Predicate } from './model-steps.ts'

/** More guards of an action than this are not told apart. */
const MOST_GUARDS = 1 << 12

/** The guards of an action, one for each choice of the parameters that it sees. */
export interface Block {
  readonly action: number
  /** The number of its first guard, which is the first of a word, and how many there are. */
  readonly first: number
  readonly count: number
  readonly when: Predicate
  /** The ranges that the guard sees, or the table of whose members there is one guard each. */
  readonly prefix: readonly AnyLayout[]
  readonly table: MemberTable | undefined
  readonly type: string | undefined
  /** The ranges that it does not see. */
  readonly rest: readonly OpenRange[]
}

/** A variable whose members are ranged over. */
export interface MemberTable {
  readonly name: string
  /** Where it begins, and how many entries there are in a slot. */
  readonly base: number
  readonly eachSlot: number
  /** The unit of the first entry. */
  readonly entry: number
  readonly values: readonly unknown[]
  readonly universe: unknown
  /** Whether numbers are in the order in which members come. */
  readonly sorted: boolean
  /** 1 for the numbers of members that were seen. */
  readonly seen: Uint8Array
  valueOf(id: number): unknown
  /** A bit for the number of each member that is in the state that is gone on from. */
  readonly here: Int32Array
  /** The numbers of these members. */
  list(): readonly number[]
}

/** Which guards there are, in which words their bits are, and the tables that they range over. */
export function guardBlocks(
  actions: readonly OpenStep[],
  state: Open,
): {
  readonly blocks: readonly Block[]
  readonly tables: readonly MemberTable[]
  readonly words: number
} {
  const blocks: Block[] = []
  const tables = new Map<string, MemberTable>()
  let words = 0
  const tableAt = (variable: string): MemberTable | undefined => {
    const known = tables.get(variable)
    if (known !== undefined) return known
    const table = memberTable(state[variable], `table${tables.size}`)
    if (table !== undefined) tables.set(variable, table)
    return table
  }
  for (const [action, { when, ranges }] of actions.entries()) {
    if (when === undefined) continue
    const seen = parametersSeen(when, ranges.length)
    const prefix = ranges.slice(0, seen)
    const [only] = prefix
    const members = seen === 1 && isMembers(only) ? only : undefined
    const table = members === undefined ? undefined : tableAt(members.variable)
    if (table === undefined && prefix.some((range) => typeof range === 'function')) continue
    const count = table?.seen.length ?? sizeOf(prefix)
    if (count > MOST_GUARDS) continue
    blocks.push({
      action,
      first: words * 32,
      count,
      when,
      prefix: table === undefined ? (prefix as readonly AnyLayout[]) : [],
      table,
      type: members?.type,
      rest: ranges.slice(seen),
    })
    words += (count + 31) >>> 5
  }
  return { blocks, tables: [...tables.values()], words }
}

function isMembers(range: OpenRange | undefined): range is MembersRange {
  return typeof range === 'function' && 'variable' in range
}

/** A place with an entry for each member. */
interface Tabled {
  readonly base: number
  readonly eachSlot: number
  readonly entry: number
  readonly numbers: Int32Array
  readonly codec: {
    readonly universe?: { readonly values: readonly unknown[] } | undefined
    valueOf(id: number): unknown
  }
  list(ids: Int32Array): number
}

function memberTable(place: unknown, name: string): MemberTable | undefined {
  if (!isTabled(place) || place.entry < 0) return undefined
  const { base, eachSlot, entry, numbers, codec } = place
  const { universe } = codec
  const room = numbers.length
  return {
    name,
    base,
    eachSlot,
    entry,
    values: universe?.values ?? Array.from({ length: room }, (_, id) => valueAt(codec, id)),
    universe,
    sorted: universe === undefined,
    seen: new Uint8Array(room),
    valueOf: (id) => codec.valueOf(id),
    here: new Int32Array((room + 31) >>> 5),
    list: () => [...numbers.subarray(0, place.list(numbers))],
  }
}

/** Tables have room for whole slots, and so for some entries that no value has. */
function valueAt(codec: Tabled['codec'], id: number): unknown {
  try {
    return codec.valueOf(id)
  } catch {
    return undefined
  }
}

function isTabled(place: unknown): place is Tabled {
  if (typeof place !== 'object' || place === null) return false
  return 'list' in place && 'numbers' in place && 'entry' in place && 'codec' in place
}
