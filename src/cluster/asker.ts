import type { ErrorName, NodeId, Request } from '../node/index.ts'
import { isDefinite } from '../node/index.ts'
import type { Membership } from './hello.ts'
import type { Address } from './link.ts'
import { Link } from './link.ts'

/** What came of asking a node. */
export type Reply =
  | { readonly type: 'ok'; readonly result: unknown }
  | {
      readonly type: 'error'
      readonly error: ErrorName
      readonly definite: boolean
      readonly ask?: NodeId
    }
  /** It was not even asked. */
  | { readonly type: 'unreachable' }
  /** No answer in time, or the connection broke. */
  | { readonly type: 'silent' }

/** Carries requests of clients to nodes, over one connection to each. */
export class Asker {
  readonly #links: ReadonlyMap<NodeId, Link>
  readonly #open = new Map<number, { node: NodeId; settle: (reply: Reply) => void }>()
  #given = 0

  constructor(membership: Membership, addressOf: (node: NodeId) => Address | undefined) {
    const hello = { hello: 1, ...membership, from: { client: 'recorder' } }
    this.#links = new Map(
      membership.nodes.map((node) => [
        node,
        new Link({
          address: () => addressOf(node),
          hello: { ...hello, to: node },
          keep: 0,
          backoff: [10, 50],
          received: (payload) => this.#received(payload),
          lost: () => this.#lost(node),
        }),
      ]),
    )
  }

  canReach(node: NodeId): boolean {
    return this.#links.get(node)?.ready === true
  }

  /** Never throws: whatever happens is an answer. */
  ask(node: NodeId, request: Omit<Request, 'id'>, ms: number): Promise<Reply> {
    const link = this.#links.get(node)
    if (link?.ready !== true) return Promise.resolve({ type: 'unreachable' })
    const number = ++this.#given
    link.send({ number, ask: request })
    link.release()
    return new Promise((resolve) => {
      const settle = (reply: Reply): void => {
        clearTimeout(timer)
        this.#open.delete(number)
        resolve(reply)
      }
      const timer = setTimeout(settle, ms, { type: 'silent' })
      this.#open.set(number, { node, settle })
    })
  }

  close(): void {
    for (const link of this.#links.values()) link.close()
    for (const { settle } of this.#open.values()) settle({ type: 'silent' })
  }

  #received(payload: Readonly<Record<string, unknown>>): void {
    const { number, result, error, code, ask } = payload
    const open = this.#open.get(number as number)
    if (open === undefined) return
    if (error === undefined) {
      open.settle({ type: 'ok', result })
      return
    }
    open.settle({
      type: 'error',
      error: error as ErrorName,
      definite: isDefinite(code as number),
      ...(typeof ask === 'string' ? { ask } : {}),
    })
  }

  #lost(lost: NodeId): void {
    for (const { node, settle } of this.#open.values())
      if (node === lost) settle({ type: 'silent' })
  }
}
