import { benOr } from '../impls/flp/ben-or.ts'
import { paxos } from '../impls/flp/paxos.ts'
import { Graph } from '../src/valency/graph.ts'
import type { AnyAsynchronous } from '../src/valency/process.ts'
import { Successors } from '../src/valency/successors.ts'
import { plainConfigurations } from './plain-configurations.ts'
import type { Theme } from './row.ts'
import { atLeast } from './row.ts'

interface Case {
  readonly work: string
  readonly protocol: AnyAsynchronous
  readonly inputs: readonly number[]
  readonly options: Readonly<Record<string, number>>
  /**
   * The packed search looks at so many configurations, the plain one at fewer, but at so many that
   * its code is compiled for most of the time: the first few thousand take it twice as long each.
   */
  readonly states: number
  readonly plainStates: number
}

const CASES: readonly Case[] = [
  {
    work: 'Paxos, 3 processes, 2 proposers',
    protocol: paxos,
    inputs: [0, 1, 0],
    options: {},
    states: 1_000_000,
    plainStates: 30_000,
  },
  {
    work: 'Ben-Or, 3 processes, rounds 1 apart',
    protocol: benOr,
    inputs: [0, 1, 1],
    options: { gap: 1 },
    states: 1_000_000,
    plainStates: 30_000,
  },
]

const BAR = 50

/** Configurations per second, beside a plain search over texts. */
export const valencyBench: Theme = async (report) => {
  for (const { work, protocol, inputs, options, states, plainStates } of CASES) {
    await Promise.resolve()
    const process = protocol.make(3, options)
    const plainSeconds = cpuSeconds(() => plainConfigurations(process, inputs, plainStates))
    const plain = plainStates / plainSeconds
    let expanded = 0
    const seconds = cpuSeconds(() => {
      expanded = new Graph(new Successors(protocol.name, process, 3), inputs, { states }).expanded
    })
    const rate = expanded / seconds
    const note =
      `${grouped(rate)} configurations/s, plain ${grouped(plain)}/s; processor time, steps ` +
      'computed for the first time included'
    report({ work, figure: rate / plain, unit: 'times', bar: atLeast(BAR), faults: [], note })
  }
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
