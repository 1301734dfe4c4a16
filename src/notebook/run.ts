import { fork } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import type { Printed } from './printed.ts'
import type { Order, Told } from './process.ts'
import type { Compiler, Place } from './typescript.ts'
import { compiled } from './typescript.ts'

/** What came of running a notebook. */
export type Ran =
  | { readonly outcome: 'done'; readonly printed: readonly (readonly Printed[])[] }
  | {
      readonly outcome: 'failed'
      readonly text: string
      /** Of the document. */
      readonly line: number
    }
  /** The time was used up, in this block. */
  | { readonly outcome: 'stopped'; readonly line: number }

/** Runs all blocks in a process of their own, whose folder is that of the document. */
export function runNotebook(
  compiler: Compiler,
  place: Place,
  { seconds, warn }: { readonly seconds: number; readonly warn: (text: string) => void },
): Promise<Ran> {
  const { path, notebook } = place
  const order: Order = { url: pathToFileURL(path).href, source: compiled(compiler, place) }
  const lineOf = (block: number): number => notebook.blocks[block]?.first ?? 1
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./process.js', import.meta.url)), [], {
      cwd: dirname(path),
      execArgv: ['--enable-source-maps'],
      env: { ...process.env, ...PLAIN },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    })
    const printed: Printed[][] = notebook.blocks.map(() => [])
    let ended: Ran | undefined
    let block = 0
    const end = (ran: Ran): void => {
      ended ??= ran
      child.kill('SIGKILL')
    }
    const timer = setTimeout(() => {
      end({ outcome: 'stopped', line: lineOf(block) })
    }, seconds * 1000)
    child.stderr?.setEncoding('utf8').on('data', warn)
    child.stdout?.setEncoding('utf8').on('data', warn)
    child.on('message', (message) => {
      const told = message as Told
      if (told.type === 'done') end({ outcome: 'done', printed })
      else block = told.block
      if (told.type === 'printed') printed[told.block]?.push(told.printed)
      if (told.type === 'failed') {
        end({ outcome: 'failed', text: told.text, line: told.line ?? lineOf(told.block) })
      }
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const how = signal === null ? `exit code ${code}` : `the signal ${signal}`
      const text = `the process of this notebook ended before its last block, with ${how}`
      resolve(ended ?? { outcome: 'failed', text, line: lineOf(block) })
    })
    child.send(order)
  })
}

/** What is printed depends on no terminal, no place and no language. */
const PLAIN = { NO_COLOR: '1', FORCE_COLOR: '0', TZ: 'UTC', LANG: 'C', LC_ALL: 'C' }
