import { once } from 'node:events'
import { describe, expect, it } from 'vitest'

import { allGone, nodesOf, useRunners } from '../maelstrom/orphans.ts'

const start = useRunners()

describe('no node is left behind', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('when the runner gets %s', async (signal) => {
    const { child, pids } = start(signal)
    const nodes = await nodesOf(pids)
    const ended = once(child, 'exit')
    child.kill(signal)
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
