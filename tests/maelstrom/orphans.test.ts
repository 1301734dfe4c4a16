import { once } from 'node:events'
import { describe, expect, it } from 'vitest'

import { allGone, nodesOf, useRunners } from './orphans.ts'

const start = useRunners()

// Signals that can be heeded, and nodes that fail, are in tests/long.
describe.concurrent('no node is left behind', () => {
  it('when the runner is killed', async () => {
    const { child, pids } = start('SIGKILL')
    const nodes = await nodesOf(pids)
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
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
})
