/** All ways to choose `count` of the numbers below `total`, ascending. */
export function* combinations(total: number, count: number): Generator<number[]> {
  if (count > total) return
  const chosen = Array.from({ length: count }, (_, place) => place)
  for (;;) {
    yield [...chosen]
    let place = count - 1
    while (place >= 0 && chosen[place] === total - count + place) place--
    if (place < 0) return
    let next = (chosen[place] as number) + 1
    for (; place < count; place++) chosen[place] = next++
  }
}

/** All rows of numbers with each below its radix, the last one fastest. */
export function* tuples(radixes: readonly number[]): Generator<number[]> {
  if (radixes.includes(0)) return
  const row = radixes.map(() => 0)
  for (;;) {
    yield [...row]
    let place = row.length - 1
    while (place >= 0 && row[place] === (radixes[place] as number) - 1) row[place--] = 0
    if (place < 0) return
    row[place] = (row[place] as number) + 1
  }
}

/** How many ways there are to choose `count` of `total`. */
export function binomial(total: number, count: number): bigint {
  if (count < 0 || count > total) return 0n
  let result = 1n
  for (let chosen = 1n; chosen <= Math.min(count, total - count); chosen++) {
    result = (result * (BigInt(total) - chosen + 1n)) / chosen
  }
  return result
}

/** The numbers from `from` up, `count` of them. */
export function range(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, place) => from + place)
}

/** The positions of the `count` least values. */
export function leastOf(values: ArrayLike<number>, count: number): number[] {
  const order = range(values.length)
  order.sort((a, b) => (values[a] as number) - (values[b] as number))
  return order.slice(0, count)
}

/** The members in ascending order. */
export function members(nodes: Iterable<number>): Int32Array {
  return Int32Array.from(nodes).sort()
}

export function priceOf(nodes: Int32Array, prices: ArrayLike<number>): number {
  let price = 0
  for (const node of nodes) price += prices[node] as number
  return price
}

/** The value that all have, if they all have the same. */
export function commonValue(values: number | ArrayLike<number>): number | undefined {
  if (typeof values === 'number') return values
  for (let place = 1; place < values.length; place++) {
    if (values[place] !== values[0]) return undefined
  }
  return values[0]
}
