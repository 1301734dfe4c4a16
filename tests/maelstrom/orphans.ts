import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect } from 'vitest'

import { compiledProgram } from '../cli/compiled.ts'

/** Nodes that pay no heed to their input being closed, and write down who they are. */
const STUBBORN = `
const { writeFileSync } = require('node:fs')
const { spawn } = require('node:child_process')
const grandchild = spawn('sleep', ['600'], { stdio: 'ignore' })
writeFileSync(process.argv[1] + '/' + process.pid, String(grandchild.pid))
let rest = ''
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\\n')
  rest = lines.pop()
  for (const line of lines) {
    const { src, dest, body } = JSON.parse(line)
    const answer = { ...body, type: body.type + '_ok', in_reply_to: body.msg_id }
    console.log(JSON.stringify({ src: dest, dest: src, body: answer }))
  }
})
setInterval(() => {}, 1000)
`

/** A runner of such nodes, and the folder in which they write down who they are. */
export interface Runner {
  readonly child: ChildProcess
  readonly pids: string
}

/** Starts runners in a folder that is there while the tests of a file run. */
export function useRunners(): (name: string, more?: readonly string[]) => Runner {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'synod-orphans-'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  return (name, more = []) => {
    const pids = mkdtempSync(join(folder, `${name}-`))
    const test = ['maelstrom', 'test', '--bin', process.execPath, '-w', 'echo', '--for', '60s']
    const args = [compiledProgram(), ...test, ...more, '--', '-e', STUBBORN, pids]
    return { child: spawn(process.execPath, args, { stdio: 'ignore' }), pids }
  }
}

/** The nodes and what they started, once all three are there. */
export async function nodesOf(pids: string): Promise<readonly number[]> {
  for (let waited = 0; readdirSync(pids).length < 3 && waited < 20_000; waited += 20)
    await sleep(20)
  const nodes = readdirSync(pids)
  expect(nodes).toHaveLength(3)
  await sleep(50)
  return nodes.flatMap((pid) => [Number(pid), Number(readFileSync(join(pids, pid), 'utf8'))])
}

/** Whether all of these end soon. */
export async function allGone(pids: readonly number[]): Promise<boolean> {
  for (let waited = 0; waited < 5000; waited += 20) {
    if (!pids.some(isThere)) return true
    await sleep(20)
  }
  return false
}

/** Zombies, which nobody has asked how they ended, are gone too. */
function isThere(pid: number): boolean {
  const path = `/proc/${pid}/stat`
  if (existsSync('/proc/self/stat')) {
    return existsSync(path) && !/\) Z /.test(readFileSync(path, 'utf8'))
  }
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
