import { seeded } from '../../src/core/random.ts'
import { drawSimulation } from '../../src/simulate/index.ts'
import type { Schedule, Simulation } from '../../src/simulate/index.ts'
import { chatter, chatterWorkload } from './chatter.ts'

/** A short run in which much goes wrong. */
export function caseOf(seed: number): Simulation {
  const random = seeded(seed)
  const nodes = random.int(1, 5)
  const reordering = random.chance(2, 3)
  const restarts = random.chance(3, 4)
  const clients = random.pick(['any', 'any', 'own'] as const)
  const tolerates = { ...chatter.tolerates, reordering, restarts, crashes: 'any' as const }
  const protocol = { ...chatter, tolerates, clients }
  const simulated = { protocol, nodes, workload: chatterWorkload, invariants: [] }
  return drawSimulation(simulated, seed, {
    forMs: random.pick([150, 400]),
    operations: 30,
    recoverMs: random.pick([30, 300]),
    trace: true,
    record: true,
  })
}

/** A schedule of which parts were taken away, as a shrinker does. */
export function altered(schedule: Schedule, seed: number): Schedule {
  const random = seeded(seed + 1_000_000)
  const some = <Item>(items: readonly Item[]): Item[] => {
    const [keep, of] = random.pick([
      [1, 1],
      [9, 10],
      [1, 2],
      [0, 1],
    ])
    return items.filter(() => random.chance(keep, of))
  }
  return {
    operations: some(schedule.operations),
    faults: some(schedule.faults),
    deviations: some(schedule.deviations),
    ...(schedule.core === undefined || random.chance(1, 2) ? {} : { core: schedule.core }),
  }
}
