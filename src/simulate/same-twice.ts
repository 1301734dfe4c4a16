import { simulate } from './simulate.ts'
import type { Schedule, Simulation } from './simulation.ts'

/**
 * Runs a simulation twice and compares what happened byte for byte. A program that keeps anything
 * outside its state, or asks the world for anything but through `fx`, is found out.
 *
 * @returns the first difference, in one sentence; `undefined` if there is none.
 */
export function sameTwice(simulation: Simulation, schedule?: Schedule): string | undefined {
  const traced = { ...simulation, trace: true }
  const [first, second] = [simulate(traced, schedule), simulate(traced, schedule)]
  for (let at = 0; at < Math.max(first.trace.length, second.trace.length); at++) {
    const [one, other] = [JSON.stringify(first.trace[at]), JSON.stringify(second.trace[at])]
    if (one === other) continue
    const where = (first.trace[at] ?? second.trace[at])?.node ?? 'the cluster'
    return `step ${at}, at ${where}, was ${one ?? 'absent'} and is ${other ?? 'absent'} the second time`
  }
  for (let at = 0; at < Math.max(first.history.length, second.history.length); at++) {
    const [one, other] = [JSON.stringify(first.history[at]), JSON.stringify(second.history[at])]
    if (one === other) continue
    return `event ${at} of the history was ${one ?? 'absent'} and is ${other ?? 'absent'} the second time`
  }
  const [one, other] = [
    JSON.stringify(first.failure?.sentence),
    JSON.stringify(second.failure?.sentence),
  ]
  return one === other
    ? undefined
    : `it ended with ${one ?? 'nothing wrong'}, then with ${other ?? 'nothing wrong'}`
}
