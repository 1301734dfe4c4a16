import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/core/json.ts'
import { UserError } from '../../src/core/user-error.ts'
import { EdnReader } from '../../src/history/edn.ts'

function read(text: string): Json[] {
  return [...new EdnReader(text, 'f').forms()].map((form) => form.value)
}

function faultOf(text: string): string {
  try {
    return `accepted: ${JSON.stringify(read(text))}`
  } catch (error) {
    if (error instanceof UserError) return `${String(error.where)} ${error.message}`
    throw error
  }
}

/** An independent writer of EDN: `pick` chooses among the spellings of the same value. */
function ednOf(value: Json, pick: () => number): string {
  const space = () =>
    [' ', ', ', '\n', ' ; note ] } "\n', ' #_ gone ', '  #_ #_ [1 {]'][pick() % 5] ?? ' '
  const word = (text: string) => /^[a-z][a-z0-9-]*$/.test(text) && !/^(nil|true|false)$/.test(text)
  if (value === null) return 'nil'
  if (typeof value === 'string') {
    if (word(value) && pick() % 2 === 0) return pick() % 2 === 0 ? `:${value}` : value
    return JSON.stringify(value).replaceAll('\\/', '/')
  }
  if (typeof value === 'number') {
    const text = Object.is(value, -0) ? '-0' : String(value)
    return Number.isInteger(value) && !text.includes('e') && pick() % 3 === 0 ? `${text}N` : text
  }
  if (typeof value === 'boolean') return String(value)
  const joined = (parts: string[]) => parts.map((part) => space() + part).join(space()) + space()
  if (Array.isArray(value)) {
    const items = joined((value as readonly Json[]).map((item) => ednOf(item, pick)))
    return [`[${items}]`, `(${items})`, `#{${items}}`][pick() % 3] ?? ''
  }
  const entries = Object.entries(value as Record<string, Json>)
  const parts = entries.flatMap(([name, item]) => [ednOf(name, pick), ednOf(item, pick)])
  return `${pick() % 4 === 0 ? '#jepsen.history.Op ' : ''}{${joined(parts)}}`
}

const safe = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
)

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(null, true, false),
    safe,
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z:" ]{1,5}$/), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).value

describe('EDN', () => {
  it('means what an independent writer meant by it', () => {
    fc.assert(
      fc.property(
        fc.array(json, { maxLength: 4 }),
        fc.infiniteStream(fc.nat(99)),
        (values, picks) => {
          const pick = () => picks.next().value as number
          const forms = values.map((value) => `${ednOf(value, pick)}\n`).join('')
          expect(read(`(${forms}) ; the end`)).toEqual(values)
          if (!/^[[(]/.test(forms)) expect(read(forms)).toEqual(values)
        },
      ),
      { seed: 1, numRuns: 300 },
    )
  })

  it.each<[string, Json[]]>([
    ['', []],
    ['; only a comment', []],
    ['[]', []],
    ['[nil true false]', [null, true, false]],
    ['(:a/b :b? a.b/c ->x - + -a 5)', ['a/b', 'b?', 'a.b/c', '->x', '-', '+', '-a', 5]],
    ['[1 -1 +1 0 1.5 1. 1e3 -2.5E-1 1N 1.5M]', [1, -1, 1, 0, 1.5, 1, 1000, -0.25, 1, 1.5]],
    ['[9007199254740991 -9007199254740991]', [9007199254740991, -9007199254740991]],
    ['[\\a \\newline \\space \\u0041 \\( \\\\]', ['a', '\n', ' ', 'A', '(', '\\']],
    ['["a\\n\\t\\"\\\\\\u00e9 x\ny"]', ['a\n\t"\\é x\ny']],
    ['[#inst "2020-01-01" #uuid "1-2"]', ['2020-01-01', '1-2']],
    ['[{:a 1, "b" 2, 3 4, [5] 6, nil 7}]', [{ a: 1, b: 2, '3': 4, '[5]': 6, null: 7 }]],
    ['[#{1 2} #_ x 3 #_#_ 4 5]', [[1, 2], 3]],
    ['{:a 1}{:a 2} {:a 3}', [{ a: 1 }, { a: 2 }, { a: 3 }]],
    ['[[1[2]"a"[3]]]', [[1, [2], 'a', [3]]]],
  ])('%j is read', (text, values) => {
    expect(read(text)).toEqual(values)
  })

  it.each(
    [
      ['[1 2', "f:1:1 the '[' of line 1 is never closed"],
      ['[1\n {:a 1\n 2]', "f:3:3 expected '}', found ']'"],
      ['{:a\n [1 2}', "f:2:6 expected ']', found '}'"],
      ['[{:a 1}\n {:b 2', "f:2:2 the '{' of line 2 is never closed"],
      ['[1] 2', 'f:1:5 something follows after the end'],
      ['[1]]', 'f:1:4 something follows after the end'],
      ['{:a 1} }', "f:1:8 '}' closes nothing"],
      ['[1 2)', "f:1:5 ')' closes nothing"],
      ['[{:a}]', 'f:1:2 this map has a key without a value'],
      ['[{:a 1 :a 2}]', "f:1:2 this map has the key 'a' twice"],
      ['[{:a 1 "a" 2}]', "f:1:2 this map has the key 'a' twice"],
      ['[{"__proto__" 2}]', "f:1:2 no key may be called '__proto__'"],
      ['["abc', 'f:1:2 this string is never closed'],
      ['["a\\qb"]', "f:1:4 '\\q' is no escape that a string may hold"],
      ['["a\\u12"]', "f:1:4 '\\u' is no escape that a string may hold"],
      ['[01]', "f:1:2 '01' is not a number that JSON can hold"],
      ['[1/2]', "f:1:2 '1/2' is not a number that JSON can hold"],
      ['[0x1F]', "f:1:2 '0x1F' is not a number that JSON can hold"],
      ['[1a]', "f:1:2 '1a' is not a number that JSON can hold"],
      ['[.5]', "f:1:2 '.5' is not a number that JSON can hold"],
      ['[9007199254740992]', 'f:1:2 9007199254740992 is beyond 2^53 and would lose digits'],
      ['[9007199254740993N]', 'f:1:2 9007199254740993N is beyond 2^53 and would lose digits'],
      ['[1e999]', 'f:1:2 1e999 is beyond 2^53 and would lose digits'],
      ['[##NaN]', "f:1:2 the tag '##NaN' is not known"],
      ['[#object [1]]', "f:1:2 the tag '#object' is not known"],
      ['[#inst]', "f:1:2 nothing follows the tag '#inst'"],
      ['[#_]', "f:1:2 nothing follows '#_'"],
      ['[:]', "f:1:2 ':' is not EDN"],
      ['[@a]', "f:1:2 '@a' is not EDN"],
      ['[\\ab]', "f:1:2 '\\ab' is no character"],
      ['['.repeat(200), 'f:1:102 this nests more than 100 levels deep'],
      ['#_['.repeat(100_000), 'this nests more than 100 levels deep'],
      ['#inst '.repeat(100_000), 'this nests more than 100 levels deep'],
    ].map(([text = '', fault = '']) => [text.slice(0, 20), text, fault] as const),
  )('%s … is refused with line and column', (_, text, fault) => {
    expect(faultOf(text)).toContain(fault)
  })

  it('may be as wide as it likes, and knows the line of every value', () => {
    const wide = `[${':a '.repeat(1000)}]`
    expect(read(`[${wide}]`)).toEqual([Array.from({ length: 1000 }, () => 'a')])
    const lines = (text: string) => [...new EdnReader(text, 'f').forms()].map((form) => form.line)
    expect(lines('1\n2\n\n 3 4\n;\n{:a\n 5}\n6')).toEqual([1, 2, 4, 4, 6, 8])
    expect(lines('\n[1\n2\n\n #_\n3 4\n]')).toEqual([2, 3, 6])
  })

  it('truncated anywhere is refused, or a shorter list of values', () => {
    const text = '{:type :ok, :f :read, :value [1 {"x" \\a}], :s #{1 2}} {:b "x\\n"}'
    for (let length = 0; length < text.length; length++) {
      const fault = faultOf(text.slice(0, length))
      const complete = [0, 53, 54].includes(length)
      expect([length, fault.startsWith('accepted')]).toEqual([length, complete])
    }
  })
})
