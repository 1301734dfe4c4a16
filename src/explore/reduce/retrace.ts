import type { Step } from '../exploration.ts'
import type { ModelSystem } from '../system.ts'

/**
 * Steps of a system that lead along a path: from an initial state, at each step to the first
 * successor that the reduction shows as the next state of the path. `shows` says so of a packed
 * state.
 */
export function retrace(
  system: ModelSystem,
  path: readonly Int32Array[],
  shows: (state: Int32Array, wanted: Int32Array) => boolean,
): readonly Step[] {
  const story: Step[] = []
  const at = new Int32Array(system.words)
  const after = new Int32Array(system.words)
  const found: Step[] = []
  let wanted: Int32Array = at
  const runner = system.runner((action) => {
    if (found.length > 0 || !shows(runner.out, wanted)) return false
    const name = system.actions[action]
    found.push({
      ...(name === undefined ? {} : { action: name }),
      parameters: [...runner.parameters()],
      state: system.snapshot(runner.out),
    })
    after.set(runner.out)
    return false
  })
  for (const [index, next] of path.entries()) {
    wanted = next
    found.length = 0
    if (index === 0) runner.initial()
    else runner.expand(at, 0)
    const [step] = found
    if (step === undefined) throw new Error('a step could not be taken again')
    story.push(step)
    at.set(after)
  }
  return story
}

export function sameWords(one: Int32Array, other: Int32Array): boolean {
  for (let word = 0; word < one.length; word++) if (one[word] !== other[word]) return false
  return true
}
