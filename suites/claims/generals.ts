/**
 * Generals who agree on an order within one round of relays, run against everything that one
 * traitor can do (Lamport, Shostak & Pease 1982). General 0 commands, the others are lieutenants.
 */

/** What a loyal lieutenant obeys: given what it was told, and what others say they were. */
export type Rule = (told: number, passedOn: readonly number[]) => number

/** What a traitor may do: say anything to anybody, or the same lie to all. */
export type Treason = 'anything' | 'the same to all'

export interface GeneralsRuns {
  readonly runs: number
  /** Runs in which two loyal lieutenants obey different orders (IC1). */
  readonly disagreements: number
  /** Runs in which the commander is loyal and a loyal lieutenant disobeys it (IC2). */
  readonly disobediences: number
  /** The first run that is wrong, line by line. */
  readonly example?: readonly string[]
}

/** OM(1): the majority of what one was told and what the others pass on; 0 if there is none. */
export const majority: Rule = (told, passedOn) => {
  const ones = passedOn.reduce((sum, order) => sum + order, told)
  return ones * 2 > passedOn.length + 1 ? 1 : 0
}

/** OM(0): whatever one was told. */
export const obey: Rule = (told) => told

/** Whatever happens, 0. */
export const retreat: Rule = () => 0

/** Runs a rule with each general in turn as the traitor, and everything that it can do. */
export function generalsRuns(generals: number, rule: Rule, treason: Treason): GeneralsRuns {
  const found = { runs: 0, disagreements: 0, disobediences: 0 }
  let example: readonly string[] | undefined
  for (let traitor = 0; traitor < generals; traitor++) {
    for (const order of traitor === 0 ? [0] : [0, 1]) {
      for (const lies of liesOf(generals, traitor, treason)) {
        const { decisions, told } = playedRun(generals, rule, { traitor, order, lies })
        const loyal = decisions.filter((_, at) => at + 1 !== traitor)
        const disagree = loyal.some((decision) => decision !== loyal[0])
        const disobey = traitor !== 0 && loyal.some((decision) => decision !== order)
        found.runs++
        if (disagree) found.disagreements++
        if (disobey) found.disobediences++
        if (disagree || disobey) example ??= told
      }
    }
  }
  return { ...found, ...(example === undefined ? {} : { example }) }
}

interface Played {
  readonly traitor: number
  readonly order: number
  /** What the traitor says, to each general. */
  readonly lies: readonly number[]
}

function playedRun(generals: number, rule: Rule, { traitor, order, lies }: Played) {
  const lieutenants = Array.from({ length: generals - 1 }, (_, at) => at + 1)
  const told = lieutenants.map((to) => (traitor === 0 ? (lies[to] ?? 0) : order))
  const says = (from: number, to: number): number =>
    from === traitor ? (lies[to] ?? 0) : (told[from - 1] ?? 0)
  const decisions = lieutenants.map((self) => {
    const others = lieutenants.filter((other) => other !== self)
    return rule(
      told[self - 1] ?? 0,
      others.map((other) => says(other, self)),
    )
  })
  const heard = lieutenants.filter((to) => to !== traitor)
  const lines = [
    traitor === 0
      ? 'the commander is a traitor'
      : `L${traitor} is a traitor, the order is ${order}`,
    ...heard.map((to) => `${nameOf(traitor)} says ${lies[to] ?? 0} to ${nameOf(to)}`),
    ...heard.map((to) => `${nameOf(to)} obeys ${decisions[to - 1] ?? 0}`),
  ]
  return { decisions, told: lines }
}

/** What the traitor says to each of the others, in every way; to itself and above it nothing. */
function liesOf(
  generals: number,
  traitor: number,
  treason: Treason,
): readonly (readonly number[])[] {
  const to = Array.from({ length: generals }, (_, at) => at).filter(
    (at) => at !== traitor && at !== 0,
  )
  if (treason === 'the same to all') {
    return [0, 1].map((lie) => Array.from({ length: generals }, () => lie))
  }
  return Array.from({ length: 1 << to.length }, (_, bits) =>
    Array.from({ length: generals }, (_each, at) => {
      const place = to.indexOf(at)
      return place < 0 ? 0 : (bits >> place) & 1
    }),
  )
}

function nameOf(general: number): string {
  return general === 0 ? 'C' : `L${general}`
}
