import type { Random } from '../../src/core/random.ts'
import type { AnyModel, System } from '../../src/explore/index.ts'
import type { Odd } from '../../src/explore/parallel/odd.ts'
import { sharedSystem } from '../../src/explore/parallel/shared-system.ts'
import { takePart } from '../../src/explore/parallel/take-part.ts'
import type { Job } from '../../src/explore/parallel/together.ts'

/**
 * Workers that take turns in one thread, in an order that is drawn: each goes on to its next pause,
 * and those at a barrier wait for all. So thousands of timings can be tried, and tried again.
 */
export function inTurns(
  model: AnyModel | (() => System),
  random: Random,
): (job: Job) => Promise<Odd> {
  // Systems keep what they have seen, so that each worker has one of its own.
  const made = typeof model === 'function' ? model : () => model
  return ({ plan, memory, limits }) => {
    const turns = Array.from({ length: memory.workers }, (_, self) =>
      takePart(sharedSystem(made(), plan), memory, self, limits),
    )
    const ended: (Odd | undefined)[] = turns.map(() => undefined)
    const passed = turns.map(() => 0)
    let running = [...turns.keys()]
    while (ended.includes(undefined)) {
      const one = random.pick(running)
      const turn = turns[one]!.next()
      if (turn.done === true) ended[one] = turn.value
      else if (turn.value === 'barrier') passed[one]!++
      if (turn.done === true || turn.value === 'barrier')
        running = running.filter((other) => other !== one)
      if (running.length > 0) continue
      if (new Set(passed).size > 1) throw new Error('a worker ended while others wait for it')
      running = [...turns.keys()].filter((at) => ended[at] === undefined)
    }
    if (new Set(ended).size > 1) throw new Error('workers disagree how it ended')
    return Promise.resolve(ended[0]!)
  }
}
