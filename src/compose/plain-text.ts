import type { NumberingState } from '../explore/index.ts'

/**
 * A text that is the same for equal plain data and different for different ones. As in JSON, a part
 * that is `undefined` is absent; unlike there, the order of the parts does not matter.
 */
export function plainText(data: unknown): string {
  if (data === undefined || data === null) return 'null'
  if (typeof data !== 'object') return JSON.stringify(data)
  if (Array.isArray(data)) return `[${(data as unknown[]).map(plainText).join(',')}]`
  const record = data as Readonly<Record<string, unknown>>
  const names = Object.keys(record)
    .filter((name) => record[name] !== undefined)
    .sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${plainText(record[name])}`).join(',')}}`
}

/** Plain data, each once, numbered in the order in which it came. */
export class PlainNumbers<Data> {
  readonly #numbers = new Map<string, number>()
  readonly values: Data[] = []
  readonly #numbering: NumberingState | undefined

  constructor(numbering?: NumberingState) {
    this.#numbering = numbering
  }

  /** The number of some data, a new one if it was never seen. */
  of(data: Data): number {
    const text = plainText(data)
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbering?.open()
    this.#numbering?.mixText(text)
    const added = this.values.length
    this.#numbers.set(text, added)
    this.values.push(data)
    return added
  }
}
