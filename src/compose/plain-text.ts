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

/** Whether two pieces of plain data have the same text. */
export function samePlain(one: unknown, other: unknown): boolean {
  if (one === other || (one ?? null) === (other ?? null)) return true
  if (typeof one !== 'object' || typeof other !== 'object') return false
  if (one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
    return one.every((item, at) => samePlain(item, other[at]))
  }
  const [here, there] = [one, other] as readonly Readonly<Record<string, unknown>>[]
  const parts = Object.keys(here!).filter((part) => here![part] !== undefined)
  const others = Object.keys(there!).filter((part) => there![part] !== undefined)
  if (parts.length !== others.length) return false
  return parts.every((part) => there![part] !== undefined && samePlain(here![part], there![part]))
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
