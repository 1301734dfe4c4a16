import type { Random } from '../../src/core/random.ts'
import { reserve } from '../../src/explore/parallel/shared-memory.ts'
import type { SharedMemory } from '../../src/explore/parallel/shared-memory.ts'
import type { Odd } from '../../src/explore/parallel/odd.ts'
import type { Limits } from '../../src/explore/parallel/take-part.ts'
import { takePart } from '../../src/explore/parallel/take-part.ts'
import type { System } from '../../src/explore/index.ts'

/** What came of a search by workers that took turns in one thread. */
export interface Together {
  readonly memory: SharedMemory
  readonly ended: Odd
}

/**
 * Workers that take turns in one thread, in an order that is drawn: each goes on to its next pause,
 * and those at a barrier wait for all. So thousands of timings can be tried, and tried again.
 */
export function searchInTurns(
  system: System,
  workers: number,
  random: Random,
  {
    bytes = 1 << 16,
    mail = 256,
    ...limits
  }: Partial<Limits> & { bytes?: number; mail?: number } = {},
): Together {
  const actions = system.actions.length
  const claims = system.sometimes.length
  const memory = reserve({ workers, words: system.words, actions, claims, bytes, mail })
  const all = { states: Infinity, depth: Infinity, ...limits }
  const turns = Array.from({ length: workers }, (_, self) => takePart(system, memory, self, all))
  const ended: (Odd | undefined)[] = turns.map(() => undefined)
  const passed = turns.map(() => 0)
  let running = [...turns.keys()]
  while (ended.includes(undefined)) {
    const one = random.pick(running)
    const turn = turns[one]!.next()
    if (turn.done === true) ended[one] = turn.value
    if (turn.done === true || turn.value === 'barrier')
      running = running.filter((other) => other !== one)
    if (turn.done !== true && turn.value === 'barrier') passed[one]!++
    if (running.length === 0 && new Set(passed).size > 1)
      throw new Error('a worker ended while others wait for it')
    if (running.length === 0) running = [...turns.keys()].filter((at) => ended[at] === undefined)
  }
  const [first] = ended
  if (ended.some((odd) => odd !== first)) throw new Error('workers disagree how it ended')
  return { memory, ended: first! }
}
