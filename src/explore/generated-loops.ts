import type { AnyLayout } from '../state/index.ts'
import { Members } from './members.ts'
import type { MembersRange } from './model.ts'
import type { OpenRange, Predicate } from './model-steps.ts'

/** Lists of values longer than this are not kept: each value is made when it is needed. */
const MOST_LISTED = 1 << 16

/**
 * Text for loops over ranges of values. The constants that the text speaks of are collected and
 * handed to the generated function by name.
 */
export class LoopText {
  readonly constants = new Map<string, unknown>()
  /** The variables whose members are listed, with the types that are asked for. */
  readonly lists = new Map<string, { readonly name: string; readonly types: string[] }>()
  #names = 0

  constant(prefix: string, value: unknown): string {
    const name = `${prefix}${this.#names++}`
    this.constants.set(name, value)
    return name
  }

  /**
   * Loops over all choices, the last range running fastest. `guard` is asked as soon as the
   * parameters that it declares are chosen, and `body` run where it is true.
   *
   * @param state the name of the state that functions of the state are given
   * @param skipped text for what to do with `count` choices that are passed over at once
   * @param listed whether members of variables are listed once for all loops, by `Members`
   */
  loops(
    ranges: readonly OpenRange[],
    state: string,
    guard: { readonly test: string; readonly parameters: number } | undefined,
    body: (chosen: readonly string[]) => string,
    skipped: (count: number) => string = () => '',
    listed = false,
  ): string {
    const level = (depth: number, chosen: readonly string[]): string => {
      const inner = (): string => {
        const range = ranges[depth]
        if (range === undefined) return body(chosen)
        const next = (value: string) => level(depth + 1, [...chosen, value])
        if (typeof range !== 'function') return this.#counts(range, next)
        if (listed && 'variable' in range) return this.#members(range as MembersRange, next)
        return this.#visits(range, state, next)
      }
      if (guard?.parameters !== depth) return inner()
      const test = `${guard.test}(${[state, ...chosen].join(', ')})`
      const passed = skipped(sizeOf(ranges.slice(depth)))
      return `if (${test}) {\n${inner()}\n}${passed === '' ? '' : ` else { ${passed} }`}`
    }
    return level(0, [])
  }

  #counts(range: AnyLayout, inner: (value: string) => string): string {
    const at = `i${this.#names++}`
    const value = this.valueText(range, at)
    const chosen = `p${this.#names++}`
    return [
      `for (let ${at} = 0; ${at} < ${range.size}; ${at}++) {`,
      `const ${chosen} = ${value}`,
      inner(chosen),
      '}',
    ].join('\n')
  }

  /** An expression for the value of a layout that has the number in `at`. */
  valueText(range: AnyLayout, at: string): string {
    const { shape, size } = range
    if (shape.kind === 'int') return `${at} + ${shape.low}`
    if (shape.kind === 'id') return at
    if (size > MOST_LISTED) return `${this.constant('layout', range)}.decode(${at})`
    const values = Array.from({ length: size }, (_, code) => range.decode(code) as unknown)
    return `${this.constant('list', values)}[${at}]`
  }

  /** Members of a variable come from a list that all loops over that variable share. */
  #members({ variable, type }: MembersRange, inner: (value: string) => string): string {
    const shared = this.lists.get(variable) ?? { name: `members${this.lists.size}`, types: [] }
    this.lists.set(variable, shared)
    if (type !== undefined && !shared.types.includes(type)) shared.types.push(type)
    const { name } = shared
    const number = this.#names++
    const [list, at, id, chosen] = ['list', 'at', 'id', 'p'].map((word) => `${word}${number}`)
    // Which list is known when all types are.
    const place = `${name}_${type === undefined ? 'all' : String(shared.types.indexOf(type))}`
    return [
      `if (${name}.stale) ${name}.look()`,
      `const ${list} = ${name}.lists[${place}]`,
      `for (let ${at} = 0, end = ${name}.counts[${place}]; ${at} < end; ${at}++) {`,
      `const ${id} = ${list}[${at}], ${chosen} = ${name}_values[${id}]`,
      `${name}_noted.last = ${chosen}; ${name}_noted.lastId = ${id}`,
      inner(chosen ?? ''),
      '}',
    ].join('\n')
  }

  /** Declarations of the shared lists of a state, and a function to call at each new state. */
  membersText(state: string): string {
    const lines: string[] = []
    const stale: string[] = []
    for (const [variable, { name, types }] of this.lists) {
      const texts = `${JSON.stringify(variable)}, ${JSON.stringify(types)}`
      lines.push(`const ${name} = new ${this.constant('Members', Members)}(${state}, ${texts})`)
      for (const place of [...types.keys(), types.length]) {
        const known = `${name}_${place === types.length ? 'all' : String(place)}`
        lines.push(`const ${known} = ${place}`)
      }
      lines.push(`const ${name}_noted = ${name}.noted, ${name}_values = ${name}.values`)
      stale.push(`${name}.stale = true`)
    }
    return [...lines, `function renew() { ${stale.join('; ')} }`].join('\n')
  }

  /** Places have `every`, which makes nothing; whatever else can be iterated over is. */
  #visits(
    range: (state: never) => Iterable<unknown>,
    state: string,
    inner: (value: string) => string,
  ): string {
    const chosen = `p${this.#names++}`
    const [values, visit] = [`values${this.#names}`, `visit${this.#names++}`]
    return [
      `const ${values} = ${this.constant('range', range)}(${state})`,
      `const ${visit} = (${chosen}) => {`,
      inner(chosen),
      'return true',
      '}',
      `if (typeof ${values}.every === 'function') ${values}.every(${visit})`,
      `else for (const value of ${values}) ${visit}(value)`,
    ].join('\n')
  }
}

/** How many choices there are, 0 where that depends on the state. */
export function sizeOf(ranges: readonly OpenRange[]): number {
  return ranges.reduce((all, range) => all * (typeof range === 'function' ? 0 : range.size), 1)
}

const PLAIN_HEAD =
  /^(?:\(\s*[\w$,\s]*\)\s*=>|[\w$]+\s*=>|(?:function\b\s*)?[\w$]*\s*\([\w$,\s]*\)\s*\{)/

/**
 * How many of the chosen values a guard looks at: as many as it declares, where its text shows that
 * it cannot see more.
 */
export function parametersSeen(guard: Predicate, ranges: number): number {
  const text = Function.prototype.toString.call(guard)
  const plain = PLAIN_HEAD.test(text) && !/\barguments\b|\[native code\]/.test(text)
  return plain ? Math.min(Math.max(guard.length - 1, 0), ranges) : ranges
}
