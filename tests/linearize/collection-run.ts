import type { Json } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import { seeded } from '../../src/core/random.ts'
import type { Names } from './collection-cases.ts'

/**
 * A collection that is fast at any size, unlike the models: for long runs and for replaying them.
 */
export interface FastCollection {
  insert(value: number): void
  /** `null` when it is empty. */
  remove(): number | null
  peek(): number | null
}

export function fastQueue(): FastCollection {
  const items: number[] = []
  let front = 0
  return {
    insert: (value) => items.push(value),
    remove: () => (front < items.length ? (items[front++] ?? null) : null),
    peek: () => items[front] ?? null,
  }
}

export function fastStack(): FastCollection {
  const items: number[] = []
  return {
    insert: (value) => items.push(value),
    remove: () => items.pop() ?? null,
    peek: () => items.at(-1) ?? null,
  }
}

/** A pairing heap: each node has its number, its first child and its next sibling. */
export function fastPriorityQueue(): FastCollection {
  interface Node {
    readonly value: number
    child: Node | undefined
    next: Node | undefined
  }
  let root: Node | undefined
  const merge = (a: Node, b: Node): Node => {
    const [low, high] = a.value < b.value ? [a, b] : [b, a]
    high.next = low.child
    low.child = high
    return low
  }
  const remove = (): number | null => {
    if (root === undefined) return null
    const { value } = root
    const pairs: Node[] = []
    for (let one = root.child; one !== undefined;) {
      const other: Node | undefined = one.next
      const rest: Node | undefined = other?.next
      one.next = undefined
      if (other !== undefined) other.next = undefined
      pairs.push(other === undefined ? one : merge(one, other))
      one = rest
    }
    root = undefined
    for (const node of pairs.reverse()) root = root === undefined ? node : merge(root, node)
    return value
  }
  return {
    insert(value) {
      const node: Node = { value, child: undefined, next: undefined }
      root = root === undefined ? node : merge(root, node)
    },
    remove,
    peek: () => root?.value ?? null,
  }
}

export interface RunOptions {
  readonly operations: number
  readonly clients: number
  readonly seed: number
  /** Per hundred operations. */
  readonly peeks?: number
  /** Unknown outcomes per thousand operations; half of them take effect. */
  readonly crashes?: number
  /** Insertions per hundred operations that are no peeks. Default: 50. */
  readonly insertions?: number
}

/**
 * A concurrent run of a collection: legal, as each operation takes effect between call and return.
 */
export function longRun(object: FastCollection, names: Names, options: RunOptions): Operation[] {
  const { clients, crashes = 0, insertions = 50, operations: total, peeks = 0, seed } = options
  const random = seeded(seed)
  const numbers = random.shuffle(Array.from({ length: total }, (_, n) => n))
  type Open = { -readonly [Name in keyof Operation]: Operation[Name] } & { done: boolean }
  const operations: Open[] = []
  const open: (Open | undefined)[] = Array.from({ length: clients }, () => undefined)
  let position = 0
  const happen = (op: Open): Json => {
    if (op.f === names.peek) return object.peek()
    if (op.f === names.remove) return object.remove()
    object.insert(op.value as number)
    return null
  }
  for (let running = 0; operations.length < total || running > 0;) {
    const client = random.int(0, clients - 1)
    const op = open[client]
    if (op === undefined) {
      if (operations.length >= total) continue
      const id = operations.length
      const look = random.int(1, 100) <= peeks ? names.peek : names.remove
      const f = look === names.remove && random.int(1, 100) <= insertions ? names.insert : look
      const value = f === names.insert ? (numbers[id] as number) : null
      const created: Open = {
        id,
        process: client,
        f,
        key: undefined,
        value,
        result: undefined,
        called: position++,
        returned: Infinity,
        calledAt: undefined,
        returnedAt: undefined,
        done: false,
      }
      operations.push(created)
      open[client] = created
      running++
    } else if (!op.done) {
      op.done = true
      const crashed = random.int(1, 1000) <= crashes
      if (crashed && random.chance(1, 2)) happen(op)
      if (!crashed) op.result = happen(op)
    } else {
      open[client] = undefined
      running--
      if (op.result !== undefined) op.returned = position++
    }
  }
  return operations.map(({ done: _, ...op }) => op)
}

/** What is wrong with an order of operations, or `undefined`: as `faultIn`, but fast. */
export function replayFault(
  object: FastCollection,
  names: Names,
  operations: readonly Operation[],
  order: Iterable<number>,
): string | undefined {
  const placed = new Uint8Array(operations.length)
  let latestCall = -Infinity
  for (const index of order) {
    const op = operations[index]
    if (op === undefined || placed[index] === 1) return `${index} is no operation, or twice there`
    placed[index] = 1
    latestCall = Math.max(latestCall, op.called)
    if (op.returned < latestCall) return `${index} is placed after one called after its return`
    let result: number | null = null
    if (op.f === names.insert) object.insert(op.value as number)
    else result = op.f === names.remove ? object.remove() : object.peek()
    if (op.f !== names.insert && op.result !== undefined && op.result !== result) {
      return `${index} cannot have had its answer there`
    }
  }
  const missing = operations.findIndex((op, at) => op.returned !== Infinity && placed[at] === 0)
  return missing === -1 ? undefined : `${missing} is missing`
}
