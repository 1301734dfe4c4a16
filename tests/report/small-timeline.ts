import type { Bar, Timeline } from '../../src/core/timeline.ts'

const MS = 1e6

function bar(id: number, label: string, from: number, to: number, more: Partial<Bar> = {}): Bar {
  const details = [`operation ${id}`]
  return { id, label, role: 'core', from: from * MS, to: to * MS, details, ...more }
}

/** A stale read: small enough to be looked at, with one of everything. */
export const small: Timeline = {
  title: 'a.jsonl, key x',
  unit: 'ns',
  lanes: [
    { label: 'client 0', bars: [bar(2, 'write 835', 40, 45, { point: 42 * MS, rank: 2 })] },
    {
      label: 'client 2',
      bars: [
        bar(0, 'write 812', 10, 14, { point: 12 * MS, rank: 1 }),
        bar(3, 'read -> 835', 60, 63, { role: 'context' }),
      ],
    },
    { label: 'client 3', bars: [bar(1, 'write 813', 20, Infinity, { role: 'context' })] },
    { label: 'client 5', bars: [bar(4, 'read -> 812', 4850, 4853, { role: 'fault' })] },
  ],
  windows: [
    { label: 'partition: isolated n3', from: 30 * MS, to: 4000 * MS },
    { label: 'n1 paused', from: 4851 * MS, to: Infinity },
  ],
  notes: ['client 5 read 812, but 835 had been written and acknowledged 4.8 s before.'],
}
