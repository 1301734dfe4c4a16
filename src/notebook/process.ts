/**
 * The process in which one notebook runs: it is told what to run, and tells what is printed, block
 * by block. A process of its own, as a notebook may end it, fill it or never come back.
 */
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { format, inspect } from 'node:util'
import { Worker } from 'node:worker_threads'

import { exportsOf } from '../core/load.ts'
import { UserError } from '../core/user-error.ts'
import type { HookData } from './hooks.ts'
import type { Cell, Printed } from './printed.ts'
import { BLOCK } from './typescript.ts'

/** What the process is told. */
export type Order = HookData

/** What it tells. */
export type Told =
  | { readonly type: 'begun'; readonly block: number }
  | { readonly type: 'printed'; readonly block: number; readonly printed: Printed }
  | {
      readonly type: 'failed'
      readonly block: number
      readonly text: string
      readonly line?: number
    }
  | { readonly type: 'done' }

let block = 0

function tell(told: Told): void {
  process.send?.(told)
}

function print(printed: Printed): void {
  tell({ type: 'printed', block, printed })
}

/** What is printed is the same wherever it is run. */
Object.assign(inspect.defaultOptions, { colors: false, breakLength: 96, compact: 3 })

function log(...values: unknown[]): void {
  const [first] = values
  if (
    values.length === 1 &&
    typeof first === 'string' &&
    /^\s*(<\?xml|<!DOCTYPE svg|<svg\b)/.test(first)
  ) {
    print({ type: 'figure', svg: first })
  } else print({ type: 'text', text: `${format(...values)}\n` })
}

function table(value: unknown): void {
  const rows = rowsOf(value)
  if (rows === undefined) log(value)
  else print({ type: 'table', rows })
}

/** Rows that are records have a column for each name; others are cells as they are. */
function rowsOf(value: unknown): readonly (readonly Cell[])[] | undefined {
  if (!Array.isArray(value)) return undefined
  const records = value.filter((row) => typeof row === 'object' && row !== null) as object[]
  if (records.length !== value.length || records.length === 0) return undefined
  const names = [...new Set(records.flatMap((row) => Object.keys(row)))]
  const cells = records.map((row) =>
    names.map((name) => cellOf((row as Readonly<Record<string, unknown>>)[name])),
  )
  return [names.map((text) => ({ text })), ...cells]
}

function cellOf(value: unknown): Cell {
  if (value === undefined) return { text: '' }
  if (typeof value === 'number') return { text: String(value), number: true }
  return { text: typeof value === 'string' ? value : inspect(value) }
}

/** What went wrong, and where in the document. */
function failed(error: unknown, url: string): void {
  // What fails while a module is loaded comes wrapped; a mistake of the notebook is what it wraps.
  const cause = error instanceof UserError && error.cause !== undefined ? error.cause : error
  const text =
    cause instanceof UserError
      ? cause.text.replace(/^error: /, '')
      : cause instanceof Error
        ? `${cause.name}: ${cause.message}`
        : `thrown: ${inspect(cause)}`
  const stack = cause instanceof Error ? (cause.stack ?? '') : ''
  // Some frames have the URL of the document, others its path.
  const at = stack.split(`${fileURLToPath(url)}:`)[1] ?? stack.split(`${url}:`)[1]
  const line = at === undefined ? undefined : /^\d+/.exec(at)?.[0]
  tell({ type: 'failed', block, text, ...(line === undefined ? {} : { line: Number(line) }) })
}

Object.assign(console, { log, info: log, debug: log, table })
const write = (chunk: unknown): boolean => {
  print({ type: 'text', text: typeof chunk === 'string' ? chunk : String(chunk) })
  return true
}
process.stdout.write = write
Object.assign(globalThis, {
  [BLOCK]: (next: number) => {
    block = next
    tell({ type: 'begun', block })
  },
})

/**
 * Whoever asked for a notebook may be killed while it is in a loop that lets nothing else of this
 * process run: a thread of its own looks whether somebody is left to be told.
 */
const WATCH = `
const { workerData: parent } = require('node:worker_threads')
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, 300)
`
new Worker(WATCH, { eval: true, execArgv: [], workerData: process.ppid }).unref()
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.once('message', (order) => {
  void run(order as Order)
})

async function run(data: Order): Promise<void> {
  process.on('uncaughtException', (error) => {
    failed(error, data.url)
  })
  process.on('unhandledRejection', (error) => {
    failed(error, data.url)
  })
  register(new URL('./hooks.js', import.meta.url), { data })
  try {
    await exportsOf(new URL(data.url))
  } catch (error) {
    failed(error, data.url)
    return
  }
  // Whatever a notebook has left running is ended by whoever asked for it.
  tell({ type: 'done' })
}
