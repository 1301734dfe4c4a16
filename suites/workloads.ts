import type { Workload } from '../src/node/index.ts'

/** Reads, and writes of values that are never written twice. */
export const registerWorkload: Workload = {
  name: 'register',
  about: 'reads and writes of one register; no value is written twice',
  condition: 'linearizable',
  model: 'register',
  client({ client, random }) {
    let written = 0
    return {
      next: () =>
        random.chance(1, 2)
          ? { f: 'read', value: null }
          : { f: 'write', value: (client + 1) * 10_000 + ++written },
      last: () => ({ f: 'read', value: null }),
    }
  },
}

export const workloads: readonly Workload[] = [registerWorkload]
