import type { Plan } from '../state/plan.ts'
import type { Unit } from '../state/reads.ts'
import type { MemberTable } from './guard-blocks.ts'

/**
 * A function that makes another packed state the current one: only what differs is unpacked, and
 * the guards that depend on it are marked to be asked again.
 */
export function differencesText(
  plan: Plan,
  units: readonly Unit[],
  tables: readonly MemberTable[],
): string {
  const { bits, word, shift, words } = plan
  const lines: string[] = []
  const several = [...units.keys()].filter((number) => (units[number]?.slots ?? 0) > 1)
  for (let one = 0; one < words; one++) {
    const slots = [...bits.keys()].filter((slot) => word[slot] === one)
    const inside = slots.map((slot) => {
      const width = bits[slot] ?? 0
      const by = shift[slot] ?? 0
      const low = width === 32 ? -1 : 2 ** width - 1
      const statements = [
        `a[${slot}] = now${by === 0 ? '' : ` >>> ${by}`} & ${low}`,
        ...marksText(units, slot),
        entriesText(units, tables, slot, `differ >>> ${by} & ${low}`),
      ].join('\n')
      return slots.length === 1
        ? statements
        : `if ((differ & ${low << by}) !== 0) {\n${statements}\n}`
    })
    lines.push(
      `differ = words[offset + ${one}] ^ held[${one}]`,
      'if (differ !== 0) {',
      `const now = held[${one}] = words[offset + ${one}]`,
      ...inside,
      '}',
    )
  }
  return [
    'function mark(list) {',
    'for (let index = 0; index < list.length; index += 2) dirty[list[index]] |= list[index + 1]',
    '}',
    'function load(words, offset) {',
    'let differ = 0',
    ...several.map((number) => `let any${number} = false`),
    ...lines,
    ...several.map((number) => `if (any${number}) mark(marks[${number}])`),
    '}',
  ].join('\n')
}

/** Units that are whole slots, of which this is one; those of several are marked in the end. */
function marksText(units: readonly Unit[], slot: number): readonly string[] {
  return units.flatMap((unit, number) => {
    if (unit.bits < 32 || slot < unit.slot || slot >= unit.slot + unit.slots) return []
    return [unit.slots === 1 ? `mark(marks[${number}])` : `any${number} = true`]
  })
}

/** The entries of a table that differ. */
function entriesText(
  units: readonly Unit[],
  tables: readonly MemberTable[],
  slot: number,
  differ: string,
): string {
  const first = units.findIndex((unit) => unit.bits < 32 && unit.slot === slot)
  if (first < 0) return ''
  const { bits } = units[first]!
  const low = 2 ** bits - 1
  const times = bits === 1 ? '' : ` * ${bits}`
  const table = tables.find(
    ({ base, seen, eachSlot }) => slot >= base && slot < base + seen.length / eachSlot,
  )
  return [
    `for (let rest = ${differ}; rest !== 0;) {`,
    `const entry = (31 - Math.clz32(rest & -rest))${bits === 1 ? '' : ` / ${bits} | 0`}`,
    `rest &= ~(${low} << entry${times})`,
    ...(table === undefined ? [] : hereText(table, slot, `a[${slot}] >>> entry${times} & ${low}`)),
    `mark(marks[${first} + entry])`,
    '}',
  ].join('\n')
}

/** A member comes, goes, or is there more or less often. */
function hereText({ name, base, eachSlot }: MemberTable, slot: number, kept: string): string[] {
  return [
    `const id = ${(slot - base) * eachSlot} + entry`,
    `if (${name}_seen[id] === 0) meet(${name}, id)`,
    `if ((${kept}) === 0) ${name}_here[id >>> 5] &= ~(1 << id)`,
    `else ${name}_here[id >>> 5] |= 1 << id`,
  ]
}
