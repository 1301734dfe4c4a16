import type { Run } from './run.ts'
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
  return firstDifference(simulate(traced, schedule), simulate(traced, schedule))
}

/** What is different in two runs, in one sentence. */
export function firstDifference(first: Run, second: Run): string | undefined {
  for (let at = 0; at < Math.max(first.trace.length, second.trace.length); at++) {
    const node = (first.trace[at] ?? second.trace[at])?.node ?? 'the cluster'
    const found = difference(`step ${at}, at ${node},`, first.trace[at], second.trace[at])
    if (found !== undefined) return found
  }
  for (let at = 0; at < Math.max(first.history.length, second.history.length); at++) {
    const found = difference(`event ${at} of the history`, first.history[at], second.history[at])
    if (found !== undefined) return found
  }
  return difference('what it ended with', first.failure?.sentence, second.failure?.sentence)
}

function difference(what: string, one: unknown, other: unknown): string | undefined {
  const [before, after] = [shown(one), shown(other)]
  return before === after ? undefined : `${what} was ${before} and is ${after} the second time`
}

function shown(data: unknown): string {
  return data === undefined ? 'nothing' : JSON.stringify(data)
}
