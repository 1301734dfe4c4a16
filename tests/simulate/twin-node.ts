import type { Write } from '../../src/core/trace.ts'
import type { RecordedFx } from '../../src/node/index.ts'
import { DiskImage } from '../../src/node/index.ts'
import type { Happening } from './twin-clients.ts'

/** A node of the twin. */
export interface Node {
  readonly name: string
  up: boolean
  life: number
  image: DiskImage
  pending: Write[]
  waiting: { readonly after: number; readonly leave: () => void }[]
  held: (() => void)[]
  timers: Map<string, Happening>
  writing: number
  done: number
  shown: number
  since: number
  percent: number
  harmed: boolean
  state: unknown
  view: unknown
  fx: RecordedFx
}

export function newNode(name: string): Node {
  return {
    name,
    up: false,
    life: 0,
    image: new DiskImage(),
    pending: [],
    waiting: [],
    held: [],
    timers: new Map(),
    writing: 0,
    done: 0,
    shown: 0,
    since: 0,
    percent: 0,
    harmed: false,
    state: undefined,
    view: undefined,
    fx: undefined as never,
  }
}
