import type { Outcome, Process } from '../src/valency/process.ts'

interface Flying {
  readonly to: number
  readonly message: unknown
}

interface Configuration {
  readonly locals: readonly unknown[]
  readonly buffer: readonly Flying[]
}

/**
 * The slow twin of the search over packed configurations: plain objects, texts as keys, every step
 * computed by the code each time, renamed and thinned out as the protocol says. Answers how many
 * configurations it has gone on from, and how many it knows.
 */
export function plainConfigurations(
  process: Process,
  inputs: readonly number[],
  most = Infinity,
): { readonly expanded: number; readonly known: number } {
  const seen = new Set<string>()
  const queue: Configuration[] = []
  const add = (configuration: Configuration): void => {
    const normal = normalised(process, configuration)
    const { within } = process.normal ?? {}
    if (within !== undefined && !normal.locals.every((local) => within(local))) return
    const buffer = normal.buffer.map(({ to, message }) => `${to} ${JSON.stringify(message)}`).sort()
    const key = JSON.stringify([normal.locals, buffer])
    if (seen.has(key)) return
    seen.add(key)
    queue.push(normal)
  }
  add({ locals: inputs.map((input, self) => process.start(self, input)), buffer: [] })
  let expanded = 0
  for (; expanded < queue.length && expanded < most; expanded++) {
    const here = queue[expanded]!
    for (const self of here.locals.keys()) takeStep(process, here, self, undefined, add)
    for (const flying of here.buffer) takeStep(process, here, flying.to, flying, add)
  }
  return { expanded, known: queue.length }
}

function takeStep(
  process: Process,
  { locals, buffer }: Configuration,
  self: number,
  flying: Flying | undefined,
  add: (configuration: Configuration) => void,
): void {
  const made = process.step(locals[self], flying?.message, self)
  const outcomes = Array.isArray(made) ? (made as readonly Outcome<unknown, unknown>[]) : [made]
  for (const { local, sends = [] } of outcomes as readonly Outcome<unknown, unknown>[]) {
    add({
      locals: locals.map((each, other) => (other === self ? local : each)),
      buffer: [
        ...buffer.filter((each) => each !== flying),
        ...sends.map(([to, message]) => ({ to, message })),
      ],
    })
  }
}

function normalised(process: Process, { locals, buffer }: Configuration): Configuration {
  const { normal } = process
  const kept = buffer.filter(({ to, message }) => {
    const asker = normal?.asker?.(message)
    return !normal?.spent?.(message, locals[to], asker === undefined ? undefined : locals[asker])
  })
  const ranks = normal?.ranks
  if (ranks === undefined) return { locals, buffer: kept }
  const found = new Set<number>()
  const note = (rank: number): number => {
    found.add(rank)
    return rank
  }
  for (const local of locals) ranks.local(local, note)
  for (const { message } of kept) ranks.message(message, note)
  const before = [...found].sort((one, other) => one - other)
  const after = ranks.renamed(before)
  const rename = (rank: number): number => after[before.indexOf(rank)] ?? rank
  return {
    locals: locals.map((local) => ranks.local(local, rename)),
    buffer: kept.map(({ to, message }) => ({ to, message: ranks.message(message, rename) })),
  }
}
