import { logPlus, logRest } from './chance.ts'
import { logBinomialTail, logWeightTail } from './binomial-tail.ts'

/** Logarithms of two probabilities that add up to 1; each is kept, as either may be tiny. */
export interface Odds {
  readonly yes: number
  readonly no: number
}

/** Independent events with weights, and the logarithms of how likely each is and is not. */
export interface Events {
  /** Absent: 1 each. */
  readonly weights: Float64Array | undefined
  readonly yes: Float64Array
  readonly no: Float64Array
}

/** What is cut off a row of the table when all weights are 1. */
const CUT = 1e-40
/** And when they differ: rows then have hills and valleys. */
const WEIGHTED_CUT = 1e-290
/** Tilts beyond this could bring up what was cut off. */
const STEEPEST = 200

/** How likely it is that events of a total weight of `need` happen. */
export function thresholdOdds(need: number, events: Events): Odds {
  const { weights, yes, no } = events
  if (weights === undefined && need === yes.length) return allHappen(yes, no)
  if (weights === undefined && need === 1) return flipped(allHappen(no, yes))
  let mean = 0
  let total = 0
  for (let event = 0; event < yes.length; event++) {
    const weight = weights?.[event] ?? 1
    mean += weight * Math.exp(yes[event]!)
    total += weight
  }
  const fewHappen = () => logAtMost(need - 1, events)
  const fewDoNot = () => logAtMost(total - need, { weights, yes: no, no: yes })
  // The rarer side is found first: the other one is 1 less that, and loses nothing.
  if (mean > need - 0.5) {
    const rare = fewHappen()
    if (rare < -0.3) return { yes: logRest(rare), no: rare }
    const other = fewDoNot()
    return { yes: other, no: other < -0.3 ? logRest(other) : rare }
  }
  const rare = fewDoNot()
  if (rare < -0.3) return { yes: rare, no: logRest(rare) }
  const other = fewHappen()
  return { yes: other < -0.3 ? logRest(other) : rare, no: other }
}

export function flipped({ yes, no }: Odds): Odds {
  return { yes: no, no: yes }
}

function allHappen(yes: Float64Array, no: Float64Array): Odds {
  let all = 0
  for (const log of yes) all += log
  if (all < -1e-280) return { yes: all, no: Math.log(-Math.expm1(all)) }
  // So close to certain that a double cannot say it; then the failures hardly ever coincide.
  let some = -Infinity
  for (const log of no) some = logPlus(some, log)
  return { yes: all, no: some }
}

/** log P(the events that happen weigh `most` or less together). */
export function logAtMost(most: number, events: Events): number {
  const open = uncertain(most, events)
  const count = open.yes.length
  if (open.most < 0) return -Infinity
  if (open.most >= open.total) return 0
  if (open.most < open.lightest) return open.no.reduce((sum, log) => sum + log, 0)
  if (open.lightest === open.heaviest) {
    const fewest = Math.floor(open.most / open.lightest)
    if (alike(open.yes) && alike(open.no)) {
      return logBinomialTail(count, fewest, open.yes[0]!, open.no[0]!)
    }
    const ones = new Float64Array(count).fill(1)
    return tiltedTail(fewest, ones, open, tilt(fewest, ones, open), CUT)
  }
  const steepness = tilt(open.most, open.weights, open)
  return -steepness * open.heaviest > STEEPEST
    ? logWeightTail(open.most, open.weights, open.yes, open.no)
    : tiltedTail(open.most, open.weights, open, steepness, WEIGHTED_CUT)
}

interface Uncertain {
  readonly most: number
  readonly total: number
  readonly lightest: number
  readonly heaviest: number
  readonly weights: Float64Array
  readonly yes: Float64Array
  readonly no: Float64Array
}

/** Only the events that may or may not happen; those that surely do are taken off `most`. */
function uncertain(most: number, { weights, yes, no }: Events): Uncertain {
  const places: number[] = []
  let rest = most
  let total = 0
  let lightest = Infinity
  let heaviest = 0
  for (let event = 0; event < yes.length; event++) {
    const weight = weights?.[event] ?? 1
    if (no[event] === -Infinity) rest -= weight
    else if (yes[event] !== -Infinity) {
      places.push(event)
      total += weight
      lightest = Math.min(lightest, weight)
      heaviest = Math.max(heaviest, weight)
    }
  }
  return {
    most: rest,
    total,
    lightest,
    heaviest,
    weights: Float64Array.from(places, (event) => weights?.[event] ?? 1),
    yes: Float64Array.from(places, (event) => yes[event]!),
    no: Float64Array.from(places, (event) => no[event]!),
  }
}

/**
 * The exponent, 0 or less, under which events that are e^(tilt x weight) times as likely, against
 * their complement, weigh `most` on average: then what is looked for is the middle of the table
 * and no longer a corner that no double can hold (Esscher 1932).
 */
function tilt(most: number, weights: Float64Array, { yes, no }: Uncertain): number {
  const count = yes.length
  const mean = (exponent: number) => {
    let sum = 0
    for (let event = 0; event < count; event++) {
      const weight = weights[event]!
      sum += weight / (1 + Math.exp(no[event]! - yes[event]! - exponent * weight))
    }
    return sum
  }
  if (mean(0) <= most) return 0
  let low = -1
  while (mean(low) > most) low *= 2
  let high = low === -1 ? 0 : low / 2
  // Any exponent gives the same sum; it need not be found to the last digit.
  for (let round = 0; round < 30; round++) {
    const middle = (low + high) / 2
    if (mean(middle) > most) high = middle
    else low = middle
  }
  return low
}

/** The sum over all that weighs `most` or less, under tilted odds; the tilt is taken out again. */
function tiltedTail(
  most: number,
  weights: Float64Array,
  { yes, no }: Uncertain,
  steepness: number,
  cut: number,
): number {
  const count = yes.length
  const row = new Float64Array(most + 1)
  row[0] = 1
  let low = 0
  let high = 0
  let scale = 0
  let lost = 0
  for (let event = 0; event < count; event++) {
    const weight = weights[event]!
    const up = yes[event]! + steepness * weight
    const norm = logPlus(no[event]!, up)
    const happens = Math.exp(up - norm)
    const fails = Math.exp(no[event]! - norm)
    high = Math.min(most, high + weight)
    for (let sum = high; sum >= low + weight; sum--) {
      row[sum] = row[sum]! * fails + row[sum - weight]! * happens
    }
    for (let sum = Math.min(high, low + weight - 1); sum >= low; sum--) row[sum]! *= fails
    while (low < high && row[low]! < cut) row[low++] = 0
    while (low < high && row[high]! < cut) row[high--] = 0
    // Sums of many logarithms, with what each addition rounds off (Neumaier 1974).
    const part = norm - (steepness * most) / count
    const next = scale + part
    lost += Math.abs(scale) >= Math.abs(part) ? scale - next + part : part - next + scale
    scale = next
  }
  let end = high
  while (end > low && row[end] === 0) end--
  let tail = 0
  for (let sum = low; sum <= end; sum++) tail += row[sum]! * Math.exp(steepness * (end - sum))
  return Math.log(tail) + steepness * (most - end) + (scale + lost)
}

function alike(values: Float64Array): boolean {
  return values.every((value) => value === values[0])
}
