import type { Json } from '../core/json.ts'
import { sameJson } from '../core/json.ts'

/** What two sides tell each other first, so that nobody talks to the wrong cluster. */
export interface Hello {
  readonly hello: 1
  readonly cluster: string
  /** With its options, as nodes that differ in them are not the same protocol. */
  readonly protocol: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** All of them, in order. */
  readonly nodes: readonly string[]
  readonly from: { readonly node: string } | { readonly client: string }
  /** Whom it believes to be talking to. */
  readonly to: string
}

/** What is known of the cluster before anybody says hello. */
export type Membership = Pick<Hello, 'cluster' | 'protocol' | 'parameters' | 'nodes'>

/** Why a hello is not accepted by the node `self`; `undefined` if it is. */
export function refusal(
  ours: Membership,
  self: string,
  theirs: Readonly<Record<string, unknown>>,
): string | undefined {
  if (theirs['hello'] !== 1) return 'this is a node of synod, and nobody said hello'
  for (const field of ['cluster', 'protocol', 'parameters', 'nodes'] as const) {
    const [here, there] = [ours[field] as Json, theirs[field] as Json | undefined]
    if (sameJson(here, there)) continue
    return `${self} is of ${field} ${JSON.stringify(here)}, not ${JSON.stringify(there ?? null)}`
  }
  if (theirs['to'] !== self) return `this is ${self}, not ${String(theirs['to'])}`
  const { node } = (theirs['from'] ?? {}) as { node?: string }
  if (node !== undefined && !ours.nodes.includes(node)) return `no node is called ${node}`
  return undefined
}
