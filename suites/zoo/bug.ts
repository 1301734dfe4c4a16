import type { ComposeOptions } from '../../src/compose/index.ts'
import type { AnyProtocol, Options } from '../../src/node/index.ts'

/** A known bug in the real code of a protocol, and its repaired twin: the protocol itself. */
export interface Bug {
  /** As in the catalogue: `PX-01`. */
  readonly id: string
  /** The wrong step, in one sentence. */
  readonly about: string
  /** Where it was found or described: paper and section, system and report. */
  readonly source: string
  readonly protocol: AnyProtocol
  readonly options?: Options
  /** Absent: the protocol is as it was published, and `repaired` says what makes it right. */
  readonly mutant?: string
  /** Bug and twin are explored within the same bounds. */
  readonly bounds: ComposeOptions
  /** What else the twin does otherwise: another protocol, or an assumption that holds. */
  readonly repaired?: {
    readonly protocol?: AnyProtocol
    readonly options?: Options
    readonly assuming?: Pick<ComposeOptions, 'silenceOf'>
  }
  /** The invariant or monitor that is violated. */
  readonly violated: string
  /** Steps of the shortest story, and how many states were seen until then. */
  readonly depth: number
  readonly states: number
  /** States and depth of the twin, in which nothing is wrong. */
  readonly twin: { readonly states: number; readonly depth: number }
  /** What others published about finding it: with which tool, and at what effort. */
  readonly published?: {
    readonly tool: string
    readonly depth?: number
    readonly states?: number
    readonly seconds?: number
  }
  /** The entry by which chance finds it in the simulator. */
  readonly simulated?: string
  /** The same bug in a spec: its name, parameters and planted bug, and the depth there. */
  readonly spec?: {
    readonly name: string
    readonly parameters?: Readonly<Record<string, unknown>>
    readonly planted: string
    readonly depth: number
  }
  /** `small`: found, and its twin explored, in a few seconds. Default: `nightly`. */
  readonly size?: 'small' | 'nightly'
}

/** A bug of the catalogue that is not here, and why. */
export interface MissingBug {
  readonly id: string
  readonly because: string
}
