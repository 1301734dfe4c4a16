/**
 * All behaviours of a small machine, one after the other: the slow twin of `validate`. A machine is
 * a table: where an action leads with a parameter from a state, or nowhere.
 */
export interface Machine {
  readonly states: number
  readonly begin: readonly number[]
  /** By action, parameter and state; -1: it may not be taken. */
  readonly actions: readonly (readonly (readonly number[])[])[]
}

/** An action with its parameter, or with any (-1). */
export type Asked = readonly [action: number, parameter: number]

export interface Seen {
  readonly ways: readonly (readonly Asked[])[]
  readonly first: boolean
  /** The states in which it may end. */
  readonly fits: readonly boolean[]
}

export interface Silent {
  readonly asked: readonly Asked[]
  readonly most: number
}

/** How many of the parts can be explained, one after the other. */
export function matchedBy(machine: Machine, trace: readonly Seen[], silent: Silent): number {
  let best = 0
  const go = (state: number, at: number): void => {
    if (at > best) best = at
    const seen = trace[at]
    if (seen === undefined) return
    const before = new Set(silently(machine, state, silent, silent.most))
    for (const one of before) {
      for (const after of new Set(explained(machine, one, seen))) go(after, at + 1)
    }
  }
  for (const state of machine.begin) go(state, 0)
  return best
}

function silently(machine: Machine, state: number, silent: Silent, left: number): number[] {
  if (left === 0) return [state]
  const next = new Set(silent.asked.flatMap((asked) => taken(machine, state, asked)))
  return [state, ...[...next].flatMap((one) => silently(machine, one, silent, left - 1))]
}

function explained(machine: Machine, state: number, { ways, first, fits }: Seen): number[] {
  const all: number[] = []
  for (const way of ways) {
    let ends = [state]
    for (const asked of way) ends = ends.flatMap((one) => taken(machine, one, asked))
    const fitting = ends.filter((one) => fits[one])
    all.push(...fitting)
    if (first && fitting.length > 0) break
  }
  return all
}

function taken({ actions }: Machine, state: number, [action, parameter]: Asked): number[] {
  const table = actions[action]!
  const rows = parameter < 0 ? table : [table[parameter]!]
  return rows.map((row) => row[state]!).filter((to) => to >= 0)
}
