import type { Random } from '../../src/core/random.ts'
import type { AnyModel } from '../../src/explore/index.ts'
import { modelSystem } from '../../src/explore/index.ts'

/** A step of a spec that was taken. */
export interface Taken {
  readonly action: string
  readonly parameters: readonly unknown[]
  readonly state: Readonly<Record<string, unknown>>
}

type Followed = (taken: Taken, before: Taken['state']) => string | undefined

/**
 * Walks through a spec at random and has something else follow. Answers the first step that it
 * cannot follow, in words, and how many it followed before.
 *
 * @param wanted which steps are of interest: what cannot be followed by intent is left out
 */
export function walk(
  model: AnyModel,
  random: Random,
  most: number,
  wanted: (action: string, parameters: readonly unknown[], state: Taken['state']) => boolean,
  follow: Followed,
): { readonly steps: number; readonly stuck?: string; readonly last: Taken['state'] } {
  const system = modelSystem('walk', model)
  const found: { taken: Taken; packed: Int32Array }[] = []
  let before: Taken['state'] = {}
  const runner = system.runner((number) => {
    const packed = runner.out.slice()
    const action = system.actions[number] ?? 'init'
    const parameters = [...runner.parameters()]
    const state = system.snapshot(packed)
    if (number < 0 || wanted(action, parameters, before)) {
      found.push({ taken: { action, parameters, state }, packed })
    }
    return true
  })
  runner.initial()
  let at = random.pick(found).packed
  for (let steps = 0; steps < most; steps++) {
    before = system.snapshot(at)
    found.length = 0
    runner.expand(at, 0)
    const others = found.filter(({ packed }) => packed.some((word, index) => word !== at[index]))
    if (others.length === 0) return { steps, last: before }
    const { taken, packed } = random.pick(others)
    const stuck = follow(taken, before)
    if (stuck !== undefined) return { steps, stuck, last: taken.state }
    at = packed
  }
  return { steps: most, last: before }
}
