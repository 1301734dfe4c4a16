import { isDeepStrictEqual } from 'node:util'
import type { System } from './system.ts'
import type { PackedStep } from './trace.ts'

/** Steps that may be tried in all: a long story is shortened less. */
const MOST_STEPS = 20_000

/**
 * A shorter story that ends as badly: steps are left out, many at once and then one by one, as long
 * as all others can still be taken. Ends at the first state that is wrong.
 */
export function shortened(
  system: System,
  story: readonly PackedStep[],
  wrong: (state: Int32Array) => boolean,
): readonly PackedStep[] {
  const retake = retaker(system, wrong)
  let best = story
  let tried = 0
  for (let size = best.length >> 1; size >= 1; size >>= 1) {
    for (let from = 1; from < best.length && tried < MOST_STEPS;) {
      const fewer = [...best.slice(0, from), ...best.slice(from + size)]
      tried += fewer.length
      const retaken = retake(fewer)
      if (retaken === undefined) from += size
      else best = retaken
    }
  }
  return best
}

/** Takes steps again from the same initial state; `undefined` where one cannot be taken. */
function retaker(system: System, wrong: (state: Int32Array) => boolean) {
  const found: PackedStep[] = []
  let wanted: PackedStep | undefined
  const runner = system.runner((action, instance) => {
    if (found.length > 0 || action !== wanted?.action) return false
    const parameters = [...runner.parameters()]
    if (isDeepStrictEqual(parameters, wanted.parameters))
      found.push({ action, instance, parameters, words: runner.out.slice() })
    return false
  })
  const again = (from: Int32Array, step: PackedStep): PackedStep | undefined => {
    found.length = 0
    wanted = step
    runner.expand(from, 0)
    return found[0]
  }
  return ([first, ...steps]: readonly PackedStep[]): readonly PackedStep[] | undefined => {
    if (first === undefined) return undefined
    const retaken = [first]
    for (let last = first, next = 0; !wrong(last.words); next++) {
      const step = steps[next]
      runner.load(last.words, 0)
      const taken = step === undefined || !runner.within() ? undefined : again(last.words, step)
      if (taken === undefined) return undefined
      retaken.push(taken)
      last = taken
    }
    return retaken
  }
}
