import type { Asked } from '../node/index.ts'

/** One step of a composed system, with everything that is needed to take it again. */
export interface ComposedStep {
  readonly type:
    'message' | 'timer' | 'request' | 'durable' | 'crash' | 'restart' | 'lost' | 'gives up'
  /** Absent for what befalls no node. */
  readonly node?: string
  readonly from?: string
  readonly message?: unknown
  /** The message stays on its way as well. */
  readonly doubled?: true
  readonly timer?: string
  readonly client?: string
  readonly serial?: number
  readonly asked?: Asked
  /** The options that were picked, where there was something to pick. */
  readonly picks?: readonly number[]
  /** The node crashed when so many of the writes were done. */
  readonly crashedAfter?: number
  readonly torn?: true
}
