import { UserError } from '../../core/user-error.ts'

/** Deeper nesting is refused; no configuration needs it. */
const MAX_DEPTH = 100

const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y

/**
 * Reads JSON of a file. Unlike JSON.parse it says the line of a fault, and it keeps integers beyond
 * 2^53 as their digits in a string: the members of etcd and of Raft have such numbers, and two of
 * them could become the same one.
 */
export function parseJson(text: string, source: string): unknown {
  let at = text.startsWith('\uFEFF') ? 1 : 0

  const fail = (fact: string): never => {
    const line = text.slice(0, at).split('\n').length
    const hint = 'was the file cut off or changed by hand?'
    throw new UserError(fact, { where: `${source}:${line}`, hint })
  }
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }
  const takeMark = (mark: string): boolean => {
    take(SPACE)
    if (text[at] !== mark) return false
    at++
    return true
  }
  const expect = (mark: string, instead: string): void => {
    if (!takeMark(mark)) fail(`${found()} stands where ${instead} has to be`)
  }
  const found = (): string => {
    take(SPACE)
    return at >= text.length ? 'the end of the file' : JSON.stringify(text[at])
  }

  const object = (depth: number): Record<string, unknown> => {
    // Without a prototype: a key `__proto__` is one like the others.
    const result = Object.create(null) as Record<string, unknown>
    if (takeMark('}')) return result
    do {
      take(SPACE)
      const key = take(STRING) ?? fail(`${found()} stands where a name in quotes has to be`)
      expect(':', 'a colon')
      result[JSON.parse(key) as string] = value(depth + 1)
    } while (takeMark(','))
    expect('}', 'a comma or }')
    return result
  }
  const list = (depth: number): unknown[] => {
    const result: unknown[] = []
    if (takeMark(']')) return result
    do result.push(value(depth + 1))
    while (takeMark(','))
    expect(']', 'a comma or ]')
    return result
  }
  const value = (depth: number): unknown => {
    if (depth > MAX_DEPTH) fail(`this nests more than ${MAX_DEPTH} levels deep`)
    if (takeMark('{')) return object(depth)
    if (takeMark('[')) return list(depth)
    const text = take(STRING) ?? take(WORD)
    if (text !== undefined) return JSON.parse(text) as unknown
    const digits = take(NUMBER) ?? fail(`${found()} stands where a value has to be`)
    const number = Number(digits)
    return /^-?\d+$/.test(digits) && !Number.isSafeInteger(number) ? digits : number
  }

  const result = value(0)
  take(SPACE)
  if (at < text.length) fail(`${found()} stands behind the end of the value`)
  return result
}
