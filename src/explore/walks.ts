import type { PackedStep } from './trace.ts'
import type { Runner, System, Walk } from './system.ts'

/** A walk, and the runner whose questions are about where it is. */
export interface Walker {
  readonly walk: Walk
  readonly runner: Runner
}

export function walkerOf(system: System): Walker {
  const runner = system.runner(() => false)
  return runner.walk === undefined ? steppingWalker(system) : { walk: runner.walk, runner }
}

/** Walks on any system: counts the successors, draws one, and makes them again up to that one. */
export function steppingWalker(system: System): Walker {
  const at = new Int32Array(system.words)
  let wanted = -1
  let emitted = 0
  let taken: Omit<PackedStep, 'words'> = { action: -1, instance: 0, parameters: [] }
  const runner = system.runner((action, instance) => {
    if (emitted++ !== wanted) return false
    at.set(runner.out)
    taken = { action, instance, parameters: [...runner.parameters()] }
    return false
  })
  const choose = (draw: (below: number) => number, emit: () => void): boolean => {
    ;[wanted, emitted] = [-1, 0]
    emit()
    if (emitted === 0) return false
    wanted = emitted === 1 ? 0 : draw(emitted)
    emitted = 0
    emit()
    runner.load(at, 0)
    return true
  }
  const walk: Walk = {
    start: (draw) =>
      choose(draw, () => {
        runner.initial()
      }),
    step: (draw) => {
      const from = at.slice()
      const found = choose(draw, () => {
        runner.expand(from, 0)
      })
      return found ? taken.action : -1
    },
    parameters: () => taken.parameters,
    pack: (words, offset) => {
      words.set(at, offset)
    },
  }
  return { walk, runner }
}
