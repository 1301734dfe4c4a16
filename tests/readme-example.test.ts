import { expect, it } from 'vitest'
import { record, register } from '../src/index.ts'
import '../src/vitest.ts'

it('is linearizable', async () => {
  const store = new Map<string, number>()
  const recorder = record()
  const work = async (name: string) => {
    const client = recorder.client(name)
    for (let value = 0; value < 5; value++) {
      await client.call({ f: 'write', value }, () => void store.set('x', value))
      await client.call({ f: 'read' }, () => store.get('x') ?? null)
    }
  }
  await Promise.all(['a', 'b', 'c'].map(work))
  expect(recorder.history()).toBeLinearizable(register())
})
