import { closeSync, openSync, readdirSync, mkdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'

import type { Effect, TraceEvent, TraceHeader } from '../core/trace.ts'
import { UserError } from '../core/user-error.ts'

/** A line of a node's own trace: a step without what only the whole cluster's trace can say. */
export interface LoggedStep {
  /** From 0, in this life of this node. */
  readonly step: number
  /** Since the origin, in microseconds of the machine's monotonic clock. */
  readonly time: number
  readonly node: string
  readonly event: TraceEvent
  readonly effects: readonly Effect[]
  /** For a message of another node: the life and the step that sent it. */
  readonly sent?: SentBy
  /** What the ranges of the timers that were set came to, in milliseconds. */
  readonly drawn?: Readonly<Record<string, number>>
}

export type SentBy = readonly [life: number, step: number]

export interface LoggedHeader extends TraceHeader {
  readonly node: string
  readonly life: number
}

/**
 * What a node does, line by line, a file for each of its lives. Lines are handed to the operating
 * system before anything that they tell of leaves the process, so a SIGKILL loses none.
 */
export class TraceLog {
  readonly life: number
  readonly #file: number
  #lines: string[] = []

  constructor(directory: string, node: string, header: TraceHeader) {
    this.life = nextLife(directory, node)
    try {
      this.#file = openSync(join(directory, traceName(node, this.life)), 'wx')
    } catch (cause) {
      throw new UserError(`traces cannot be written (${(cause as Error).message})`, {
        where: directory,
        hint: 'name a folder that you may write to: --trace-dir DIR',
        cause,
      })
    }
    const logged: LoggedHeader = { ...header, node, life: this.life }
    writeSync(this.#file, `${JSON.stringify(logged)}\n`)
  }

  add(step: LoggedStep): void {
    this.#lines.push(JSON.stringify(step))
  }

  flush(): void {
    if (this.#lines.length === 0) return
    const text = Buffer.from(`${this.#lines.join('\n')}\n`)
    this.#lines = []
    for (let done = 0; done < text.length;) done += writeSync(this.#file, text, done)
  }

  close(): void {
    this.flush()
    closeSync(this.#file)
  }
}

export function traceName(node: string, life: number): string {
  return `${node}.${life}.trace.jsonl`
}

/** The lives of a node of which there are traces, in order. */
export function livesOf(directory: string, node: string): number[] {
  const name = /^(.+)\.(\d+)\.trace\.jsonl$/
  return readdirSync(directory)
    .flatMap((file) => {
      const [, whose, life] = name.exec(file) ?? []
      return whose === node ? [Number(life)] : []
    })
    .sort((a, b) => a - b)
}

function nextLife(directory: string, node: string): number {
  try {
    mkdirSync(directory, { recursive: true })
    return (livesOf(directory, node).at(-1) ?? 0) + 1
  } catch {
    // Opening the file will say why.
    return 1
  }
}
