import { completePrimary } from '../../checkers/invariants/complete-primary.ts'
import { viewstamped } from '../../impls/viewstamped/viewstamped.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import type { Bug } from './bug.ts'
import { pinned } from './pinned.ts'

const write = (value: number) => ({ f: 'write', key: 'x', value })

type Views = Parameters<NonNullable<ComposeOptions['sometimes']>[string]>[0]

const replicas: ComposeOptions = {
  nodes: 3,
  clients: [{ asks: [write(1)], at: [0] }],
  loopback: 'at-once',
  invariants: [completePrimary],
  sometimes: {
    'something is executed': (views: Views) => views.some((view) => view?.['commit'] === 1),
  },
}

export const viewstampedBugs: readonly Bug[] = [
  {
    id: 'VR-B1',
    about:
      'a replica that recovers has forgotten that it left a view, and what it said then counts',
    source:
      'Michael, Ports, Sharma, Szekeres 2017, Recovering shared objects without stable storage',
    protocol: viewstamped,
    mutant: 'view-forgotten',
    bounds: {
      ...replicas,
      timers: { 'n2 silence': 1 },
      // Nobody tells n1 of the next view.
      within: ({ term }, node) => (term as number) <= (node === 'n1' ? 0 : 1),
      crashes: 2,
      crashing: [1, 2],
    },
    violated: completePrimary.name,
    size: 'small',
    ...pinned(17, 77115, [151071, 30]),
  },
  {
    id: 'VR-B2',
    about:
      'a replica that is behind enters the view at once, without the log that it then asks for',
    source: 'Vanlightly 2022, vsr-tlaplus, on Liskov, Cowling 2012, section 5.2',
    protocol: viewstamped,
    mutant: 'state-transfer-truncates',
    bounds: {
      ...replicas,
      timers: { 'n2 silence': 1, 'n3 silence': 2, 'n3 commit': 1 },
      // Nobody tells n1 and n2 of view 1.
      within: ({ term }, node) => (term as number) <= 3 && (node === 'n3' || term !== 1),
    },
    violated: completePrimary.name,
    published: { tool: 'TLC, a given trace', depth: 23 },
    simulated: 'viewstamped/state-transfer-truncates',
    ...pinned(13, 32811, [955238, 31]),
  },
]
