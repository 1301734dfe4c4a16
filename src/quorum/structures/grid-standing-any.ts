import type { GridShape } from './grid.ts'
import { both } from './likelihood.ts'
import type { Likelihood } from './likelihood.ts'
import { NOTHING, plus, times, toNumber, wide, WHOLE } from './wide-number.ts'
import type { Wide } from './wide-number.ts'

/** The masses of the sets of columns that are still full, all to be multiplied by 2^twos. */
interface SetMasses {
  readonly masses: Float64Array
  readonly twos: number
}

/**
 * As `gridStanding` where each node has its own probability: which columns are still full is
 * remembered instead of how many, so that time and memory grow with 2^columns.
 */
export function anyNodes(
  shape: GridShape,
  node: (row: number, column: number) => Likelihood,
): Likelihood {
  const { rows, columns, fullRows, fullColumns } = shape
  const columnsFull = Array.from({ length: columns }, (_, column) => {
    let full: Likelihood = { yes: WHOLE, no: NOTHING }
    for (let row = 0; row < rows; row++) full = both(full, node(row, column))
    return full
  })
  // By the number of full rows so far, up to enough of them.
  let states: SetMasses[] = Array.from({ length: fullRows + 1 }, () => ({
    masses: new Float64Array(2 ** columns),
    twos: 0,
  }))
  ;(states[0] as SetMasses).masses[2 ** columns - 1] = 1
  for (let row = 0; row < rows; row++) {
    const nodes = Array.from({ length: columns }, (_, column) => node(row, column))
    const full = nodes.reduce<Wide>((product, { yes }) => times(product, yes), WHOLE)
    const spreads = states.map((state) => spread(state, nodes))
    states = spreads.map((state, count) => {
      const moved = count === 0 ? [] : [states[count - 1] as SetMasses]
      if (count === fullRows) moved.push(states[count] as SetMasses)
      return moved.reduce((sum, other) => add(sum, other, full), state)
    })
  }
  let no = tooFew(columnsFull, fullColumns)
  for (const state of states.slice(0, fullRows)) no = plus(no, total(state, fullColumns))
  return { yes: total(states[fullRows] as SetMasses, fullColumns), no }
}

/** The masses after a row that is not full. */
function spread({ masses, twos }: SetMasses, nodes: readonly Likelihood[]): SetMasses {
  const kept = masses.slice()
  const result = new Float64Array(masses.length)
  const { full, notFull } = products(nodes)
  nodes.forEach(({ yes, no }, column) => {
    const [stays, leaves] = [toNumber(yes), toNumber(no)]
    const bit = 1 << column
    for (let set = 0; set < masses.length; set++) {
      if ((set & bit) === 0) continue
      const lost = set ^ bit
      const mass = (result[set] as number) + (kept[set] as number)
      result[lost] = (result[lost] as number) + mass * leaves
      result[set] = (result[set] as number) * stays
      kept[set] = (kept[set] as number) * stays
    }
  })
  // No column is lost, and still some other node of the row is not as it should be.
  for (let set = 0; set < masses.length; set++) {
    const mass = (masses[set] as number) * (full[set] as number)
    result[set] = (result[set] as number) + mass * (notFull[masses.length - 1 - set] as number)
  }
  return raised(result, twos)
}

/** For each set of columns, that the row's nodes there are all as they should be, or not all. */
function products(nodes: readonly Likelihood[]): { full: Float64Array; notFull: Float64Array } {
  const full = new Float64Array(2 ** nodes.length).fill(1)
  const notFull = new Float64Array(2 ** nodes.length)
  for (let set = 1; set < full.length; set++) {
    const column = 31 - Math.clz32(set)
    const rest = set ^ (1 << column)
    const { yes, no } = nodes[column] as Likelihood
    full[set] = (full[rest] as number) * toNumber(yes)
    notFull[set] = (notFull[rest] as number) + (full[rest] as number) * toNumber(no)
  }
  return { full, notFull }
}

function raised(masses: Float64Array, twos: number): SetMasses {
  const most = masses.reduce((top, mass) => Math.max(top, mass), 0)
  if (most === 0) return { masses, twos: 0 }
  const normal = wide(most, twos)
  if (normal.twos !== twos) {
    const factor = 2 ** (twos - normal.twos)
    for (let set = 0; set < masses.length; set++) masses[set] = (masses[set] as number) * factor
  }
  return { masses, twos: normal.twos }
}

function add(sum: SetMasses, other: SetMasses, factor: Wide): SetMasses {
  const twos = other.twos + factor.twos
  const isEmpty = sum.masses.every((mass) => mass === 0)
  const top = isEmpty ? twos : Math.max(sum.twos, twos)
  const own = isEmpty ? 0 : 2 ** (sum.twos - top)
  const others = factor.part * 2 ** (twos - top)
  const masses = sum.masses.map((mass, set) => {
    return mass * own + (other.masses[set] as number) * others
  })
  return raised(masses, top)
}

function tooFew(columnsFull: readonly Likelihood[], need: number): Wide {
  // By how many are full so far.
  let masses: Wide[] = [WHOLE, ...Array.from({ length: need }, () => NOTHING)]
  for (const column of columnsFull) {
    masses = masses.map((mass, count) => {
      const before = count === 0 ? NOTHING : (masses[count - 1] as Wide)
      return plus(times(mass, column.no), times(before, column.yes))
    })
  }
  return masses.slice(0, need).reduce(plus, NOTHING)
}

function total({ masses, twos }: SetMasses, least: number): Wide {
  let sum = 0
  for (let set = 0; set < masses.length; set++) {
    if (ones(set) >= least) sum += masses[set] as number
  }
  return wide(sum, twos)
}

function ones(set: number): number {
  let count = 0
  for (let rest = set; rest !== 0; rest &= rest - 1) count++
  return count
}
