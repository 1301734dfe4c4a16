/**
 * Views once more, as texts that are numbered: what finds the answers and what checks them share no
 * code but the questions.
 */
export class Knowledge {
  readonly #numbers = new Map<string, number>()
  readonly #parts: (readonly (number | undefined)[])[] = []
  readonly #owners: number[] = []

  /** What a process knows before the first round. */
  input(process: number, value: number | undefined): number {
    return this.#number(`${process}=${value ?? ''}`, process, [])
  }

  /** What it knows a round later: its own view stands at its own place. */
  after(process: number, heard: readonly (number | undefined)[]): number {
    return this.#number(`${process}:${heard.join()}`, process, heard)
  }

  owner(view: number): number {
    return this.#owners[view] ?? -1
  }

  /** What it heard in the last round, nothing before the first. */
  parts(view: number): readonly (number | undefined)[] {
    return this.#parts[view] ?? []
  }

  get count(): number {
    return this.#parts.length
  }

  #number(text: string, process: number, parts: readonly (number | undefined)[]): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.#parts.length
    this.#numbers.set(text, number)
    this.#parts.push(parts)
    this.#owners.push(process)
    return number
  }
}

/** A run from its end. */
export interface PlainRun {
  /** What each process knows that decides. */
  readonly known: readonly (number | undefined)[]
  readonly demand: 0 | 1 | undefined
}

/** All lists with one of the choices at each place. */
export function* choices<T>(places: readonly (readonly T[])[]): Generator<readonly T[]> {
  const [first, ...rest] = places
  if (first === undefined) {
    yield []
    return
  }
  for (const after of choices(rest)) for (const one of first) yield [one, ...after]
}

export function sets(items: readonly number[]): readonly (readonly number[])[] {
  return items.reduce<readonly (readonly number[])[]>(
    (all, item) => [...all, ...all.map((some) => [...some, item])],
    [[]],
  )
}

export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at)
}

export const BITS = [0, 1] as const

/** The value that all of them have. */
export function same(values: readonly number[]): 0 | 1 | undefined {
  const [first] = values
  if (!values.every((value) => value === first)) return undefined
  return first === 0 || first === 1 ? first : undefined
}
