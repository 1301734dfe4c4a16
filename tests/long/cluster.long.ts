import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ClusterRun } from '../../src/cluster/run-cluster.ts'
import { shell } from '../cli/compiled.ts'
import type { Folder } from '../cli/files.ts'
import { newFolder } from '../cli/files.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

async function run(args: string): Promise<{ exitCode: number; result: ClusterRun }> {
  const { exitCode, out } = await shell(`synod run ${args} --json`, folder.path)
  return { exitCode, result: JSON.parse(out) as ClusterRun }
}

describe('three processes of Raft', () => {
  it('lose nothing and serve again within two seconds while leaders are killed', async () => {
    const faults = '--kill-leader-every 5s --partition-every 7s'
    const { exitCode, result } = await run(`raft ${faults} --for 30s --seed 1`)
    expect(exitCode).toBe(0)
    const kills = result.faults.filter(({ f }) => f === 'kill')
    expect(kills.length).toBe(5)
    for (const { servedAfterMs } of kills) expect(servedAfterMs).toBeLessThan(2000)
    expect(result.faults.filter(({ f }) => f === 'partition').length).toBeGreaterThan(2)
    expect(result.operations.ok).toBeGreaterThan(1000)
    expect(result.replayed.divergence).toBeUndefined()
  })

  it('lose writes when followers acknowledge too early and the power fails', async () => {
    const bug = '--mutant follower-acknowledges-before-durable --disk-ms 150'
    const codes: number[] = []
    for (let seed = 1; seed <= 4 && !codes.includes(1); seed++) {
      const faults = `--kill-all-every 2500ms --down 300ms --seed ${seed}`
      codes.push((await run(`raft ${bug} ${faults} --for 8s --rate 300`)).exitCode)
    }
    expect(codes).toContain(1)
  })

  it('lose what a leader counts before its disk has it', async () => {
    const bug = '--nodes 1 --mutant leader-counts-before-durable --disk-ms 100'
    const codes: number[] = []
    for (let seed = 1; seed <= 4 && !codes.includes(1); seed++) {
      const faults = `--kill-every 1500ms --down 100ms --seed ${seed}`
      codes.push((await run(`raft ${bug} ${faults} --for 5s --rate 300`)).exitCode)
    }
    expect(codes).toContain(1)
  })

  it('lose nothing when the power fails otherwise', async () => {
    const faults = '--kill-all-every 2500ms --down 300ms --disk-ms 150'
    const { exitCode } = await run(`raft ${faults} --for 8s --rate 300 --seed 1`)
    expect(exitCode).toBe(0)
  })
})
