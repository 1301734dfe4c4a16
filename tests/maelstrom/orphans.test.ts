import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

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

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synod-orphans-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function start(name: string, more: readonly string[] = []): { child: ChildProcess; pids: string } {
  const pids = mkdtempSync(join(folder, `${name}-`))
  const args = [
    'maelstrom',
    'test',
    '--bin',
    process.execPath,
    '-w',
    'echo',
    '--for',
    '60s',
    ...more,
  ]
  const child = spawn(process.execPath, [compiledProgram(), ...args, '--', '-e', STUBBORN, pids], {
    stdio: 'ignore',
  })
  return { child, pids }
}

/** The nodes and what they started, once all three are there. */
async function nodesOf(pids: string): Promise<readonly number[]> {
  for (let waited = 0; readdirSync(pids).length < 3 && waited < 20_000; waited += 20)
    await sleep(20)
  const nodes = readdirSync(pids)
  expect(nodes).toHaveLength(3)
  await sleep(50)
  return nodes.flatMap((pid) => [Number(pid), Number(readFileSync(join(pids, pid), 'utf8'))])
}

async function allGone(pids: readonly number[]): Promise<boolean> {
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

describe.concurrent('no node is left behind', () => {
  it.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)('when the runner gets %s', async (signal) => {
    const { child, pids } = start(signal)
    const nodes = await nodesOf(pids)
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
    expect(await allGone(nodes)).toBe(true)
  })

  it('when the runner is killed while its nodes are stopped', async () => {
    const { child, pids } = start('stopped')
    const nodes = await nodesOf(pids)
    for (const pid of nodes) process.kill(pid, 'SIGSTOP')
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    expect(await allGone(nodes)).toBe(true)
  })

  it('when a node fails, or all goes well', async () => {
    const { child, pids } = start('failing')
    const nodes = await nodesOf(pids)
    const ended = once(child, 'exit')
    process.kill(nodes[0]!, 'SIGKILL')
    expect((await ended)[0]).toBe(254)
    expect(await allGone(nodes)).toBe(true)

    const fine = start('fine', ['--for', '200ms'])
    const those = await nodesOf(fine.pids)
    expect((await once(fine.child, 'exit'))[0]).toBe(0)
    expect(await allGone(those)).toBe(true)
  })
})
