import type { Random } from '../core/random.ts'

/** What a client asks for, as in a history. */
export interface Asked {
  readonly f: string
  readonly key?: unknown
  readonly value: unknown
}

/** What the clients of a cluster ask for. */
export interface Workload {
  readonly name: string
  /** One sentence. */
  readonly about: string
  /** How the history is judged when nobody says otherwise: names of a condition and a model. */
  readonly condition: string
  readonly model?: string
  /** The operations of one client; it has a random stream of its own. */
  client(about: ClientOf): WorkloadClient
}

/** Which client of how many, and its chance. */
export interface ClientOf {
  /** Which client, from 0. */
  readonly client: number
  readonly clients: number
  readonly nodes: number
  readonly random: Random
}

/** What one client asks for, one operation after the other. */
export interface WorkloadClient {
  /** The next operation; `undefined`: this client asks for nothing more. */
  next(): Asked | undefined
  /** Asked for at the very end, when everything has healed: what the cluster ended up with. */
  last?(): Asked | undefined
  /** `last` is asked for again and again, until it is refused (`temporarily-unavailable`). */
  readonly drains?: boolean
}
