import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Ran } from '../cli/run.ts'
import { run } from '../cli/run.ts'
import type { Folder } from '../cli/files.ts'

/**
 * A node that does what a test says: its argument is an object of functions by type of message. It
 * repeats every line that it reads on standard error.
 */
const PROBE = `
const done = eval('(' + process.argv[2] + ')')
const send = (message) => process.stdout.write(JSON.stringify(message) + '\\n')
const reply = ({ src, dest, body: { type, msg_id } }, answer) =>
  send({ src: dest, dest: src, body: { type: type + '_ok', ...answer, in_reply_to: msg_id } })
let rest = ''
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\\n')
  rest = lines.pop()
  for (const line of lines) {
    process.stderr.write(line + '\\n')
    const message = JSON.parse(line)
    const { type } = message.body
    if (done[type] !== undefined) done[type](message, send, reply)
    else if (type === 'init') reply(message, {})
  }
})
process.stdin.on('end', () => process.kill(process.pid))
`

export interface Probed extends Ran {
  /** What each node was sent, in order. */
  readonly heard: Readonly<Record<string, readonly Heard[]>>
}

export interface Heard {
  readonly id?: number
  readonly src: string
  readonly dest: string
  readonly body: Readonly<Record<string, unknown>>
}

/** Tests a probe with these functions, written as text. */
export async function probed(folder: Folder, options: string, done: string): Promise<Probed> {
  const path = join(folder.path, 'probe.cjs')
  // Once: it must not change while other tests start it.
  if (!existsSync(path)) writeFileSync(path, PROBE)
  const words = options.split(' ').filter((word) => word !== '')
  const ran = await run([
    ...['maelstrom', 'test', '--bin', process.execPath, '--log-stderr', ...words],
    ...['--', path, done],
  ])
  const heard: Record<string, Heard[]> = {}
  for (const line of ran.err.split('\n')) {
    const [, node = '', text = ''] = /^(n\d+): (\{.*\})$/.exec(line) ?? []
    if (node !== '') (heard[node] ??= []).push(JSON.parse(text) as Heard)
  }
  return { ...ran, heard }
}
