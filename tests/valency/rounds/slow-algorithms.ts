/** Lists of behaviours that are played one by one, and no thought of what does not matter. */
export interface SlowCount {
  readonly runs: number
  readonly disagreements: number
  readonly invalid: number
}

const BITS = [0, 1]

function* lists<T>(length: number, items: readonly T[]): Generator<readonly T[]> {
  if (length === 0) yield []
  else for (const rest of lists(length - 1, items)) for (const item of items) yield [item, ...rest]
}

function tally(results: Iterable<{ decided: readonly number[]; demand?: number }>): SlowCount {
  let [runs, disagreements, invalid] = [0, 0, 0]
  for (const { decided, demand } of results) {
    runs++
    if (new Set(decided).size > 1) disagreements++
    if (demand !== undefined && decided.some((value) => value !== demand)) invalid++
  }
  return { runs, disagreements, invalid }
}

/** OM: every message that a traitor sends is a bit of a list, taken as it comes up. */
export function slowOral(n: number, relays: number, traitors: readonly number[]): SlowCount {
  const majority = (values: readonly number[]): number =>
    values.filter((value) => value === 1).length * 2 > values.length ? 1 : 0
  const play = (order: number, lie: () => number): readonly number[] => {
    const oral = (m: number, c: number, value: number, lieutenants: readonly number[]) => {
      const got = new Map(
        lieutenants.map((p) => [p, traitors.includes(c) ? lie() : value] as const),
      )
      if (m === 0) return got
      const parts = new Map(
        lieutenants.map((p): [number, Map<number, number>] => [
          p,
          oral(
            m - 1,
            p,
            got.get(p)!,
            lieutenants.filter((q) => q !== p),
          ),
        ]),
      )
      return new Map(
        lieutenants.map((p) => [
          p,
          majority(lieutenants.map((q) => (q === p ? got.get(p)! : parts.get(q)!.get(p)!))),
        ]),
      )
    }
    const lieutenants = Array.from({ length: n - 1 }, (_, at) => at + 1)
    const result: Map<number, number> = oral(relays, 0, order, lieutenants)
    return lieutenants.filter((p) => !traitors.includes(p)).map((p) => result.get(p)!)
  }
  let lies = 0
  play(0, () => {
    lies++
    return 0
  })
  return tally(
    (function* () {
      for (const order of BITS) {
        for (const said of lists(lies, BITS)) {
          let at = 0
          const decided = play(order, () => said[at++]!)
          yield traitors.includes(0) ? { decided } : { decided, demand: order }
        }
      }
    })(),
  )
}

interface Signed {
  readonly value: number
  readonly by: readonly number[]
}

/**
 * SM: messages are values with lists of names. What a traitor could send is found by trying all
 * lists of names, and each loyal name must be on a message that a traitor has seen.
 */
export function slowSigned(n: number, relays: number, traitors: readonly number[]): SlowCount {
  const lieutenants = Array.from({ length: n - 1 }, (_, at) => at + 1)
  const loyal = lieutenants.filter((p) => !traitors.includes(p))
  const liars = traitors.filter((t) => t > 0)
  const results: { decided: readonly number[]; demand?: number }[] = []
  const sets = (values: readonly number[]): readonly (readonly number[])[] =>
    values.reduce<(readonly number[])[]>(
      (all, value) => [...all, ...all.map((some) => [...some, value])],
      [[]],
    )
  /** `inbox`: what arrives now; `shown`: all that traitors can show. */
  const round = (
    passed: number,
    order: number,
    seen: ReadonlyMap<number, readonly number[]>,
    inbox: ReadonlyMap<number, readonly Signed[]>,
    shown: readonly Signed[],
  ): void => {
    const sent: (Signed & { readonly to: number })[] = []
    const next = new Map(seen)
    for (const p of loyal) {
      for (const { value, by } of inbox.get(p)!) {
        if (next.get(p)!.includes(value)) continue
        next.set(p, [...next.get(p)!, value])
        for (const to of lieutenants.filter((q) => q !== p && !by.includes(q)))
          sent.push({ value, by: [...by, p], to })
      }
    }
    if (passed === relays) {
      const decided = loyal.map((p) => (next.get(p)!.join() === '1' ? 1 : 0))
      results.push(traitors.includes(0) ? { decided } : { decided, demand: order })
      return
    }
    const chains = shown.flatMap((message): Signed[] => {
      const own = liars.filter((t) => !message.by.includes(t))
      const missing = passed + 1 - message.by.length
      if (missing < 1 || missing > own.length) return []
      return [{ value: message.value, by: [...message.by, ...own.slice(0, missing)] }]
    })
    const values = BITS.filter((value) => chains.some((chain) => chain.value === value))
    const pairs = liars.flatMap((t) => loyal.map((p) => ({ t, p })))
    for (const lies of lists(pairs.length, sets(values))) {
      const arrives = new Map(
        loyal.map((p) => [
          p,
          [
            ...sent.filter(({ to }) => to === p),
            ...pairs.flatMap((pair, at) =>
              pair.p === p
                ? lies[at]!.map((value) => chains.find((chain) => chain.value === value)!)
                : [],
            ),
          ],
        ]),
      )
      const more = sent.filter(({ to }) => liars.includes(to))
      round(passed + 1, order, next, arrives, [...shown, ...more])
    }
  }
  const nobody = new Map(loyal.map((p): [number, readonly number[]] => [p, []]))
  for (const order of BITS) {
    const choices = traitors.includes(0)
      ? [...lists(n - 1, sets(BITS))]
      : [lieutenants.map(() => [order])]
    const shown = traitors.includes(0) ? BITS : [order]
    for (const said of choices) {
      const inbox = new Map(
        loyal.map((p) => [p, said[p - 1]!.map((value) => ({ value, by: [] }))] as const),
      )
      round(
        0,
        order,
        nobody,
        inbox,
        shown.map((value) => ({ value, by: [] })),
      )
    }
  }
  return tally(results)
}

/** FloodSet: for each process when it crashes and whom it reaches, all of that as one list. */
export function slowFlood(n: number, failures: number, rounds: number): SlowCount {
  const everybody = Array.from({ length: n }, (_, p) => p)
  const fates = [
    { round: 0, reach: 0 },
    ...Array.from({ length: rounds * 2 ** (n - 1) }, (_, at) => ({
      round: (at % rounds) + 1,
      reach: Math.floor(at / rounds),
    })),
  ]
  return tally(
    (function* () {
      for (const plan of lists(n, fates)) {
        if (plan.filter(({ round }) => round > 0).length > failures) continue
        for (const inputs of lists(n, BITS)) {
          let seen = inputs.map((input) => new Set([input]))
          for (let round = 1; round <= rounds; round++) {
            const before = seen
            seen = everybody.map((p) => {
              const all = new Set(before[p])
              for (const q of everybody) {
                const fate = plan[q]!
                const place = everybody.filter((other) => other !== q).indexOf(p)
                const reaches =
                  fate.round === 0 ||
                  fate.round > round ||
                  (fate.round === round && ((fate.reach >> place) & 1) === 1)
                if (p !== q && reaches) for (const value of before[q]!) all.add(value)
              }
              return all
            })
          }
          const left = everybody.filter((p) => plan[p]!.round === 0)
          const decided = left.map((p) => (seen[p]!.has(0) ? 0 : 1))
          const same = new Set(inputs).size === 1
          yield same ? { decided, demand: inputs[0]! } : { decided }
        }
      }
    })(),
  )
}
