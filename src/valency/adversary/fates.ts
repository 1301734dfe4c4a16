import type { Json } from '../../core/json.ts'
import type { Process } from '../process.ts'
import type { RealConfiguration, RealEvent, RealStep } from './real-configuration.ts'
import { decisionsIn, isIdle, oldestFor, take } from './real-configuration.ts'

/** A decision that can still be made, and steps that lead to it. */
export interface Fate {
  readonly value: Json
  readonly steps: readonly RealStep[]
}

/** A simple way to go on. */
interface Manner {
  /** Who goes first as long as it can, then who; others are silent. */
  readonly order: readonly number[]
  /** Whether empty steps come before messages: then timeouts fire early. */
  readonly hasty: boolean
  /** Which outcome coins have, where there are several. */
  readonly outcome: number
}

/** What has not led to a decision after so many steps will not. */
const LONGEST = 200

/**
 * Decisions that can be made from a configuration, as found by going on in a few simple ways. Those
 * that are found are certain; others may be possible too. Two show that it is bivalent.
 */
export function fatesOf(process: Process, from: RealConfiguration): readonly Fate[] {
  const fates = new Map<string, Fate>()
  for (const manner of mannersOf(from.locals.length)) {
    const steps = follow(process, from, manner)
    const [value] = decisionsIn(process, steps.at(-1)?.next ?? from)
    if (value === undefined || fates.has(JSON.stringify(value))) continue
    fates.set(JSON.stringify(value), { value, steps })
    if (fates.size === 2) break
  }
  return [...fates.values()]
}

const known = new Map<number, readonly Manner[]>()

/** Everybody in any order first, then all but one in any order. */
function mannersOf(processes: number): readonly Manner[] {
  const before = known.get(processes)
  if (before !== undefined) return before
  const all = Array.from({ length: processes }, (_, self) => self)
  const orders = [all, ...all.map((silent) => all.filter((self) => self !== silent))].flatMap(
    permutations,
  )
  const manners = [0, 1].flatMap((outcome) =>
    [false, true].flatMap((hasty) => orders.map((order) => ({ order, hasty, outcome }))),
  )
  known.set(processes, manners)
  return manners
}

function permutations(members: readonly number[]): readonly (readonly number[])[] {
  if (members.length <= 1) return [members]
  return members.flatMap((first) =>
    permutations(members.filter((each) => each !== first)).map((rest) => [first, ...rest]),
  )
}

/** Runs until something is decided, or nobody has anything to do. */
function follow(process: Process, from: RealConfiguration, manner: Manner): readonly RealStep[] {
  const steps: RealStep[] = []
  let now = from
  while (steps.length < LONGEST && decisionsIn(process, now).length === 0) {
    const step = nextStep(process, now, manner, steps.length)
    if (step === undefined) break
    steps.push(step)
    now = step.next
  }
  return steps
}

function nextStep(
  process: Process,
  now: RealConfiguration,
  { order, hasty, outcome }: Manner,
  index: number,
): RealStep | undefined {
  const receive = order
    .map((self): RealEvent => ({ self, at: oldestFor(now, self) }))
    .filter(({ at }) => at >= 0)
  const empty = order.map((self): RealEvent => ({ self, at: -1 }))
  for (const event of hasty ? [...empty, ...receive] : [...receive, ...empty]) {
    const made = take(process, now, event, index)
    const step = made[Math.min(outcome, made.length - 1)]
    if (step !== undefined && !isIdle(step, now)) return step
  }
  return undefined
}
