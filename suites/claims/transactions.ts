/**
 * Small histories of transactions, drawn as text, a transaction a line:
 *
 *     T1: r(x)0 w(x)1
 *     T2: w(y)1 aborted
 *
 * Every key is 0 at first. Transactions run at the same time; which order explains what they read
 * is what is asked.
 */
export interface Transaction {
  readonly name: string
  readonly steps: readonly Step[]
  readonly aborted: boolean
}

export interface Step {
  readonly f: 'r' | 'w'
  readonly key: string
  readonly value: number
}

export function transactions(drawing: string): readonly Transaction[] {
  const lines = drawing.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const [name = '', rest = ''] = line.trim().split(/:\s*/)
    const words = rest.split(/\s+/).filter((word) => word !== '')
    const steps = words.filter((word) => word !== 'aborted').map(stepOf)
    return { name, steps, aborted: words.includes('aborted') }
  })
}

function stepOf(word: string): Step {
  const [, f, key = '', value] = /^([rw])\((\w+)\)(\d+)$/.exec(word) ?? []
  if (f !== 'r' && f !== 'w') throw new Error(`'${word}' is neither a read nor a write`)
  return { f, key, value: Number(value) }
}

/**
 * Read committed: whatever a committed transaction reads was there at first, or was written by
 * itself, or is what a committed transaction left behind for the key.
 */
export function readsOnlyCommitted(history: readonly Transaction[]): boolean {
  const committed = history.filter(({ aborted }) => !aborted)
  return committed.every((reader) =>
    reader.steps.every((step, at) => {
      if (step.f === 'w') return true
      const own = reader.steps.slice(0, at).findLast((one) => isWrite(one, step.key))
      if (own !== undefined) return own.value === step.value
      const others = committed.filter((one) => one !== reader)
      return (
        step.value === 0 ||
        others.some(
          ({ steps }) => steps.findLast((one) => isWrite(one, step.key))?.value === step.value,
        )
      )
    }),
  )
}

function isWrite({ f, key }: Step, of: string): boolean {
  return f === 'w' && key === of
}

/** An order of the committed transactions that explains all they read, one after the other. */
export function serialOrder(history: readonly Transaction[]): readonly string[] | undefined {
  const committed = history.filter(({ aborted }) => !aborted)
  for (const order of orders(committed)) {
    if (explains(order)) return order.map(({ name }) => name)
  }
  return undefined
}

/** What keys are in the end when transactions run one after the other. */
export function finalState(order: readonly Transaction[]): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  for (const { steps } of order) {
    for (const { f, key, value } of steps) if (f === 'w') values.set(key, value)
  }
  return values
}

function explains(order: readonly Transaction[]): boolean {
  const values = new Map<string, number>()
  for (const { steps } of order) {
    for (const { f, key, value } of steps) {
      if (f === 'w') values.set(key, value)
      else if ((values.get(key) ?? 0) !== value) return false
    }
  }
  return true
}

export function* orders<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  if (items.length === 0) yield []
  for (const [at, item] of items.entries()) {
    const rest = [...items.slice(0, at), ...items.slice(at + 1)]
    for (const order of orders(rest)) yield [item, ...order]
  }
}
