import type { Fault } from '../node/index.ts'
import type { Test } from './shrink-list.ts'
import { smallestNumber } from './shrink-list.ts'

/** Makes each fault simpler by itself: one direction, fewer nodes, a shorter time, less of it. */
export async function shorterFaults(
  faults: readonly Fault[],
  test: Test<Fault>,
): Promise<readonly Fault[]> {
  let best = faults
  for (const at of faults.keys()) {
    const attempt = async (fault: Fault): Promise<boolean | undefined> => {
      const candidate = best.with(at, fault)
      const fails = await test(candidate)
      if (fails === true) best = candidate
      return fails
    }
    const current = (): Fault => best[at] as Fault
    for (const simpler of simplerFaults(current())) {
      if ((await attempt(simpler)) === undefined) return best
    }
    await fewerEnds(current, attempt)
    if ((await shorter(current, attempt)) === undefined) return best
  }
  return best
}

type Attempt = (fault: Fault) => Promise<boolean | undefined>

function simplerFaults(fault: Fault): readonly Fault[] {
  if (fault.type === 'crash' && fault.disk !== undefined && fault.disk !== 'keep') {
    return [{ ...fault, disk: 'keep' }]
  }
  if ('both' in fault && fault.both) {
    const { both: _both, ...oneWay } = fault
    return [oneWay, { ...oneWay, from: fault.to, to: fault.from }]
  }
  return []
}

/** Nodes that need not be cut off. */
async function fewerEnds(current: () => Fault, attempt: Attempt): Promise<void> {
  for (const side of ['from', 'to'] as const) {
    const fault = current()
    if (!('from' in fault)) return
    for (const node of fault[side]) {
      const now = current()
      if (!('from' in now) || now[side].length === 1) break
      await attempt({ ...now, [side]: now[side].filter((one) => one !== node) })
    }
  }
}

/** Ends earlier, by milliseconds. */
async function shorter(current: () => Fault, attempt: Attempt): Promise<boolean | undefined> {
  const { at, until } = current()
  if (until === undefined) return false
  let asked: boolean | undefined = false
  const least = Math.floor(at) + 1
  await smallestNumber(least, Math.max(least, Math.ceil(until)), async (end) => {
    asked = await attempt({ ...current(), until: end })
    return asked
  })
  return asked
}
