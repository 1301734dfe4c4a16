import type { StateType, Variables } from '../state/index.ts'
import type { Workspace } from '../state/state-type.ts'
import type { Unit } from '../state/reads.ts'
import { Dependents, Footprint } from './dependents.ts'
import { clauseText, copyText, guardOf } from './generated-clauses.ts'
import { differencesText } from './generated-differences.ts'
import { LoopText } from './generated-loops.ts'
import { packText, unpackText } from './generated-packing.ts'
import type { Block, MemberTable } from './guard-blocks.ts'
import { guardBlocks } from './guard-blocks.ts'
import type { ModelSteps, Open } from './model-steps.ts'
import type { Emit, Incremental } from './system.ts'

/** Above this, code for each slot is too long to be fast. */
const MOST_SLOTS = 400
/** So many bits at most say which guard depends on what. */
const MOST_KNOWN = 1 << 27

/** What the code works with: the state that is made, where it is packed, whom it is told. */
export interface Made {
  readonly next: Workspace<Variables>
  readonly out: Int32Array
  readonly emit: Emit
}

let made = 0

/**
 * Code that goes on from states by what differs from the state before: a guard is asked again only
 * if something has changed that it has read, and so is an invariant. The same successors in the
 * same order as the code for whole states; `undefined` where that is of no use.
 */
export function generatedIncremental(
  steps: ModelSteps,
  type: StateType<Variables>,
  { next, out, emit }: Made,
): Incremental | undefined {
  const current = type.workspace()
  const watched = type.watched?.(current.slots)
  const claimed = type.watched?.(next.slots)
  if (watched === undefined || claimed === undefined) return undefined
  if (type.plan.bits.length > MOST_SLOTS) return undefined
  const { blocks, tables, words } = guardBlocks(steps.actions, watched.state as Open)
  if (words * 32 * watched.reads.units.length > MOST_KNOWN) return undefined
  const guards = new Dependents(watched.reads, words)
  for (const { first, count, table } of blocks)
    if (table === undefined)
      for (let guard = first; guard < first + count; guard++) guards.meet(guard)

  const text = new LoopText()
  const given = {
    s: current.state,
    t: watched.state,
    u: claimed.state,
    n: next.state,
    a: current.slots,
    b: next.slots,
    held: new Int32Array(type.plan.words),
    out,
    emit,
    type,
    guards,
    guardLog: watched.reads.log,
    claimLog: claimed.reads.log,
    prints: steps.invariants.map(() => new Footprint(claimed.reads, type.plan)),
    tables,
    meet: (table: MemberTable, id: number) => {
      meet(guards, blocks, table, id)
    },
  }
  const source = sourceText(steps, type, text, watched.reads.units, { blocks, tables })
  const constants = { ...given, ...Object.fromEntries(text.constants) }
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- generating code is the point
  const make = new Function(...Object.keys(constants), source) as (
    ...values: readonly unknown[]
  ) => Incremental
  return make(...Object.values(constants))
}

function sourceText(
  steps: ModelSteps,
  type: StateType<Variables>,
  text: LoopText,
  units: readonly Unit[],
  { blocks, tables }: Pick<ReturnType<typeof guardBlocks>, 'blocks' | 'tables'>,
): string {
  return [
    "'use strict'",
    'const { dirty, enabled, marks } = guards',
    ...tables.map(
      ({ name }, index) =>
        `const ${name} = tables[${index}]\n` +
        `const ${name}_seen = ${name}.seen, ${name}_here = ${name}.here`,
    ),
    differencesText(type.plan, units, tables),
    resetText(type, tables),
    ...steps.actions.map((step, action) => {
      const take = text.constant('then', step.then)
      const block = blocks.find((one) => one.action === action)
      const body = (chosen: readonly string[]) => bodyText(type, take, action, chosen)
      return [
        `function action${action}() {`,
        'let taken = 0',
        block === undefined
          ? text.loops(step.ranges, 's', guardOf(step, text), body, undefined, true)
          : blockText(block, text, body),
        'return taken\n}',
      ].join('\n')
    }),
    ...steps.invariants.map((clause, index) => clauseText(`invariant${index}`, clause, text, 'u')),
    claimsText(steps.invariants.length),
    text.membersText('s'),
    'let valid = false',
    'return {',
    'expand(words, offset) {',
    'if (valid) load(words, offset); else reset(words, offset)',
    'valid = false',
    'renew()',
    `const taken = ${steps.actions.map((_, action) => `action${action}()`).join(' + ') || '0'}`,
    'valid = true',
    'return taken\n},',
    'falseSuccessor,',
    '}',
    `// incremental ${made++}`,
  ].join('\n')
}

/** A member that was never seen: guards of its type are about it. */
function meet(guards: Dependents, blocks: readonly Block[], table: MemberTable, id: number): void {
  table.seen[id] = 1
  const value = table.valueOf(id) as { readonly type?: unknown } | null
  for (const block of blocks) {
    if (block.table !== table) continue
    if (block.type !== undefined && value?.type !== block.type) continue
    guards.meet(block.first + id)
    guards.depend(block.first + id, table.entry + id)
  }
}

/** Of the first state, or after an error: all of it. */
function resetText(type: StateType<Variables>, tables: readonly MemberTable[]): string {
  return [
    'function reset(words, offset) {',
    `for (let word = 0; word < ${type.plan.words}; word++) held[word] = words[offset + word]`,
    unpackText(type.plan, 'a'),
    'guards.forget()',
    ...tables.flatMap(({ name }) => [
      `${name}_here.fill(0)`,
      `for (const id of ${name}.list()) {`,
      `${name}_here[id >>> 5] |= 1 << id`,
      `if (${name}_seen[id] === 0) meet(${name}, id)`,
      '}',
    ]),
    '}',
  ].join('\n')
}

function bodyText(
  type: StateType<Variables>,
  effect: string,
  action: number,
  chosen: readonly string[],
): string {
  return [
    copyText(type.plan.bits.length),
    `${effect}(${['n', ...chosen].join(', ')})`,
    'taken++',
    packText(type.plan, 'b', 'out'),
    `emit(${action}, 0)`,
  ].join('\n')
}

/** Asks the guards again that must be, and then takes the steps of those that said yes. */
function blockText(
  block: Block,
  text: LoopText,
  body: (chosen: readonly string[]) => string,
): string {
  const { first, count, table, prefix, rest, when } = block
  const from = first >>> 5
  const words = (count + 31) >>> 5
  const each = (statements: string): string =>
    words === 1
      ? `{ const word = ${from}\n${statements} }`
      : `for (let word = ${from}; word < ${from + words}; word++) {\n${statements}\n}`
  const lowest = (bits: string) =>
    `${words === 1 ? '' : `((word - ${from}) << 5) + `}31 - Math.clz32(${bits})`
  const choose = chooseText(block, text)
  const names = table === undefined ? prefix.map((_, index) => `g${index}`) : ['g0']
  const asked = `${text.constant('when', when)}(${['t', ...names].join(', ')})`
  const known = `if (guardLog[0] !== 0) guards.learn(${first} + at)`
  const here =
    table === undefined ? '' : ` & ${table.name}_here[${words === 1 ? 0 : `word - ${from}`}]`
  const ask = [
    `let rest = dirty[word]`,
    'if (rest !== 0) {',
    'dirty[word] = 0',
    `let on = enabled[word]${here}`,
    `rest = rest${here}`,
    'while (rest !== 0) {',
    'const bit = rest & -rest',
    `const at = ${lowest('bit')}`,
    'rest ^= bit',
    ...choose,
    'guardLog[0] = 0',
    `if (${asked}) on |= bit; else on &= ~bit`,
    known,
    '}',
    'enabled[word] = on',
    '}',
  ].join('\n')
  const inner = text.loops(
    rest,
    's',
    undefined,
    (more) => body([...names, ...more]),
    undefined,
    true,
  )
  const on = 'for (let on = enabled[word]; on !== 0; on &= on - 1)'
  const at = lowest('on & -on')
  if (table === undefined)
    return [each(ask), each(`${on} {\nconst at = ${at}\n${choose.join('\n')}\n${inner}\n}`)].join(
      '\n',
    )
  const ids = text.constant('ids', new Int32Array(count))
  return [
    'let found = 0',
    each(`${ask}\n${on} ${ids}[found++] = ${at}`),
    table.sorted ? '' : `if (found > 1) ${table.name}.universe.sort(${ids}, found)`,
    'for (let index = 0; index < found; index++) {',
    `const at = ${ids}[index]`,
    ...choose,
    inner,
    '}',
  ].join('\n')
}

/** What is chosen for the guard with the number in `at`. */
function chooseText({ prefix, table }: Block, text: LoopText): readonly string[] {
  if (table !== undefined) return [`const g0 = ${table.name}.values[at]`, ...notedText(table)]
  return prefix.map((range, index) => {
    const after = prefix.slice(index + 1).reduce((all, { size }) => all * size, 1)
    const before = after === 1 ? 'at' : `(at / ${after} | 0)`
    const code = index === 0 ? before : `${before} % ${range.size}`
    return `const c${index} = ${code}, g${index} = ${text.valueText(range, `c${index}`)}`
  })
}

function notedText({ name, sorted }: MemberTable): readonly string[] {
  return sorted ? [] : [`${name}.universe.last = g0; ${name}.universe.lastId = at`]
}

/** The first invariant that is false, where those hold in the state before that are skipped. */
function claimsText(invariants: number): string {
  return [
    'function touches(spots) {',
    'for (let index = 0; index < spots.length; index += 2) {',
    'const word = spots[index]',
    'if (((out[word] ^ held[word]) & spots[index + 1]) !== 0) return true',
    '}',
    'return false\n}',
    ...Array.from({ length: invariants }, (_, index) =>
      [`const print${index} = prints[${index}], spots${index} = print${index}.spots`].join('\n'),
    ),
    'function falseSuccessor(trusted) {',
    ...Array.from({ length: invariants }, (_, index) =>
      [
        `if (!trusted || touches(spots${index})) {`,
        'claimLog[0] = 0',
        `const holds = invariant${index}()`,
        `if (claimLog[0] !== 0) print${index}.learn()`,
        `if (!holds) return ${index}`,
        '}',
      ].join('\n'),
    ),
    'return -1\n}',
  ].join('\n')
}
