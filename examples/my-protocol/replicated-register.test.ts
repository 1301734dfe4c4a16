import { expect, it } from 'vitest'
import { readHistory, record, register } from 'synod'
import 'synod/vitest'

import { replicatedRegister } from './replicated-register.ts'
import type { Reads } from './replicated-register.ts'

/** Three clients at once, ten operations each, and what they saw. */
async function histories(reads: Reads) {
  const system = replicatedRegister(reads)
  const recorder = record()
  const work = async (n: number) => {
    const client = recorder.client(`client ${n}`)
    for (let step = 0; step < 5; step++) {
      const value = 10 * n + step
      await client.call({ f: 'write', value }, () => system.write(value))
      await client.call({ f: 'read' }, () => system.read(n))
    }
  }
  await Promise.all([0, 1, 2].map(work))
  return recorder.history()
}

it('is linearizable when the leader answers reads', async () => {
  expect(await histories('leader')).toBeLinearizable(register())
})

it('is not when the nearest server does', async () => {
  expect(await histories('nearest')).not.toBeLinearizable(register())
})

it('was linearizable on the day when history.jsonl was recorded', async () => {
  expect(await readHistory('history.jsonl')).toBeLinearizable(register())
})
