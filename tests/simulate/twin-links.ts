import type { Deviation, Simulation } from '../../src/simulate/simulation.ts'
import type { Fault } from '../../src/node/index.ts'
import type { Happening } from './twin-clients.ts'

/** A question about what chance was told to be. */
export type Told = <Type extends Deviation['type']>(
  type: Type,
  about: Omit<Extract<Deviation, { type: Type }>, 'type' | 'us' | 'index' | 'count'>,
) => Extract<Deviation, { type: Type }> | undefined

export interface LinksHost {
  readonly simulation: Simulation
  readonly going: ReadonlySet<Fault>
  readonly told: Told
  now(): number
  left(): readonly string[]
  plan(time: number, happen: () => void): Happening
  us(ms: number): number
  calmed(least: number, most: number): [number, number]
  middle(least: number, most: number): number
  nth(what: string): number
}

/** The links of the twin. */
export function twinLinks(host: LinksHost) {
  const { simulation, going, told, now, left, plan, us, calmed, middle, nth } = host
  const clogged = new Map<string, (() => void)[]>()
  const latest = new Map<string, number>()
  const hits = (type: Fault['type'], from: string, to: string): Fault[] =>
    [...going].filter(
      (fault) =>
        fault.type === type &&
        'from' in fault &&
        ((fault.from.includes(from) && fault.to.includes(to)) ||
          (fault.both === true && fault.from.includes(to) && fault.to.includes(from))),
    )
  const isCut = (from: string, to: string): boolean =>
    from !== to &&
    (left().includes(from) || left().includes(to) || hits('partition', from, to).length > 0)
  const send = (from: string, to: string, arrive: () => void): void => {
    if (from === to) {
      plan(now() + 1, arrive)
      return
    }
    const link = `${from}>${to}`
    const number = nth(link)
    const about = { from, to, nth: number }
    if (isCut(from, to) || told('lost', about)) return
    const [least, most] = calmed(
      us(simulation.network.delayMs[0]),
      us(simulation.network.delayMs[1]),
    )
    let late = 0
    for (const fault of hits('delay', from, to)) {
      late += times(fault, from, to) * us(('amount' in fault && fault.amount) || 0)
    }
    const pass = (): void => {
      if (isCut(from, to)) return
      if (hits('clog', from, to).length === 0) arrive()
      else clogged.set(link, [...(clogged.get(link) ?? []), pass])
    }
    const comeIn = (took: number): void => {
      const ordered = simulation.tolerates.reordering !== true
      const time = ordered ? Math.max(now() + took, latest.get(link) ?? 0) : now() + took
      latest.set(link, time)
      plan(time, pass)
    }
    comeIn(told('delay', about)?.us ?? middle(least, most) + middle(0, late))
    const again = told('doubled', about)
    if (again) comeIn(again.us)
  }
  const unclog = (froms: readonly string[], tos: readonly string[], both: boolean): void => {
    for (const from of froms) {
      for (const to of tos) {
        for (const link of both ? [`${from}>${to}`, `${to}>${from}`] : [`${from}>${to}`]) {
          if (hits('clog', ...(link.split('>') as [string, string])).length > 0) continue
          for (const pass of clogged.get(link) ?? []) plan(now(), pass)
          clogged.delete(link)
        }
      }
    }
  }

  const passAgain = (from: string, to: string, come: () => void): void => {
    if (isCut(from, to)) return
    if (from === to || hits('clog', from, to).length === 0) come()
    else {
      const link = `${from}>${to}`
      clogged.set(link, [...(clogged.get(link) ?? []), () => passAgain(from, to, come)])
    }
  }
  return { send, passAgain, unclog }
}

/** How often a fault hits a link: the same node may stand on both sides. */
function times(fault: Fault, from: string, to: string): number {
  if (!('from' in fault)) return 0
  const there = fault.from.includes(from) && fault.to.includes(to)
  const back = fault.both === true && fault.from.includes(to) && fault.to.includes(from)
  return Number(there) + Number(back)
}

/** What a deviation is about. */
export function nameOf(deviation: Deviation): string {
  const where = 'node' in deviation ? deviation.node : `${deviation.from}>${deviation.to}`
  return `${deviation.type} ${where} ${deviation.nth}`
}
