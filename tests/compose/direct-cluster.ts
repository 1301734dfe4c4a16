import type { Effect, StoredDisk, TraceEvent, Write } from '../../src/core/trace.ts'
import type { View } from '../../src/node/index.ts'
import { DiskImage } from '../../src/node/index.ts'

/** Tickets are greater than this, so that they are known in a state. */
export const BIG = 2 ** 51

export interface DirectNode {
  up: boolean
  state: unknown
  disk: StoredDisk
  pending: Write[]
  held: Said[]
  /** How many writes this life has asked for, how many of them are done, and were when all was. */
  given: number
  done: number
  base: number
  timers: string[]
  shown: View | undefined
}

export interface DirectCluster {
  nodes: DirectNode[]
  /** A set, a bag or, by link, queues: `from`, `to`, `message`. */
  messages: { from: number; to: number; message: unknown }[]
  clients: { at: number; waits: boolean }[]
  left: Record<string, number>
  histories: unknown[]
}

export type Said = Extract<Effect, { readonly type: 'send' | 'reply' | 'fail' }>

/** Tickets of writes that are all done mean nothing any more. */
export function withoutOldTickets(node: DirectNode): DirectNode {
  const { pending, base } = node
  const plain = (data: unknown): unknown =>
    JSON.parse(
      JSON.stringify(data ?? null, (_, part: unknown) => {
        if (typeof part !== 'number' || part <= BIG || part > 2 * BIG) return part
        return pending.length === 0 || part - BIG <= base ? 0 : part - base
      }),
    )
  const { state, held } = node
  return {
    ...node,
    given: 0,
    done: 0,
    base: 0,
    state: plain(state),
    held: plain(held) as DirectNode['held'],
  }
}

export function bootOf({ nodes }: DirectCluster, node: number): TraceEvent {
  return { type: 'boot', disk: nodes[node]!.disk }
}

export function ticketOf(said: Said): number {
  return said.type === 'fail' ? 0 : (said.after ?? 0)
}

export function diskAfter(stored: StoredDisk, writes: readonly Write[]): StoredDisk {
  const image = DiskImage.from(stored)
  for (const write of writes) image.apply(write)
  const names = writes.map((write) => (write.type === 'put' ? write.key : write.log))
  const after = image.stored()
  return { ...after, damaged: after.damaged.filter((name) => !names.includes(name)) }
}

export function copyOf<Data>(data: Data): Data {
  return structuredClone(data)
}

/** Sorted by name, without what is absent. */
export function textOf(data: unknown): string {
  return JSON.stringify(data, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
