import { seeded } from '../src/core/random.ts'
import type { Expression, Load, LoadOptions, QuorumSystem } from '../src/quorum/index.ts'
import {
  best,
  choose,
  failureProbability,
  load,
  node,
  parseSystem,
  quorumNode,
  quorumSystem,
  resilience,
  verifyLoad,
  withNodes,
} from '../src/quorum/index.ts'
import { awaited } from './awaited.ts'
import type { Theme } from './row.ts'
import { atMost } from './row.ts'

/** One promise about speed. */
interface Job {
  readonly work: string
  /** What is measured; the system is made before. Answers a check, which is not measured. */
  prepare(): () => Promise<Check> | Check
  readonly milliseconds: number
}

/** What is wrong with the result, and how it was obtained. */
type Check = () => Outcome

interface Outcome {
  readonly faults: readonly string[]
  readonly note: string
}

const READS_ONLY = { readFraction: 1 } as const
const MIXED = { readFraction: '4/5' } as const

const JOBS: readonly Job[] = [
  {
    work: 'load: read-once expression of 10,001',
    prepare: () => loading(randomTree(10_001), READS_ONLY, exactLoad),
    milliseconds: 50,
  },
  {
    work: 'load: read-once expression of 100,001',
    prepare: () => loading(randomTree(100_001), READS_ONLY, exactLoad),
    milliseconds: 500,
  },
  {
    work: 'load: majority of 10,001, random capacities',
    prepare: () => loading(uneven('majority(n=10001)'), READS_ONLY, exactLoad),
    milliseconds: 50,
  },
  {
    work: 'load: majority of 101, random capacities, 4 of 5 read',
    prepare: () => loading(uneven('majority(n=101)'), MIXED, exactLoad),
    milliseconds: 1000,
  },
  {
    work: 'load: B-grid of 1,000, random capacities, 4 of 5 read',
    prepare: () => loading(uneven('bgrid(d=25,h=10,r=4)'), MIXED, tightLoad),
    milliseconds: 2000,
  },
  {
    work: 'load: grid of 25 x 40, random capacities, 4 of 5 read',
    prepare: () => loading(uneven('grid(rows=25,cols=40)'), MIXED, tightLoad),
    milliseconds: 2000,
  },
  {
    work: 'failure: majority of 10,001, random probabilities',
    prepare: () => {
      const system = uneven('majority(n=10001)')
      return () => failing(system, 0.1)
    },
    milliseconds: 500,
  },
  {
    work: 'failure: grid of 100 x 100, making it included',
    prepare: () => () =>
      failing(parseSystem('grid(rows=100,cols=100)'), 0.01, 3.21914342999217402919e-20),
    milliseconds: 50,
  },
  {
    work: 'failure: B-grid of 10^6, making it included',
    prepare: () => () =>
      failing(parseSystem('bgrid(d=1000,h=100,r=10)'), 0.3, 3.59464058615414344e-11),
    milliseconds: 10,
  },
  {
    work: 'failure and resilience: projective plane of order 5',
    prepare: () => () => {
      const plane = parseSystem('fpp(order=5)')
      const { both } = resilience(plane)
      const check = failing(plane, 0.1, 5.401525527533289e-5)
      return () => {
        const { faults, note } = check()
        const wrong = both === 5 ? [] : [`resilience ${both} instead of 5`]
        return { faults: [...faults, ...wrong], note }
      }
    },
    milliseconds: 10_000,
  },
  {
    work: 'best of all systems on 6 nodes, resilience 2',
    prepare: () => async () => {
      const question = { nodes: 6, readFraction: '1/4', resilience: 2 }
      const { load, bestOf } = await best({ ...question, budget: { seconds: 60 } })
      return () => {
        const value = load.exact?.toString() ?? 'no exact load'
        const proven = bestOf === 'all read-write systems'
        const faults = value === '1/2' && proven ? [] : [`load ${value} instead of 1/2, proven`]
        return { faults, note: `load ${value}` }
      }
    },
    milliseconds: 20_000,
  },
]

/** What is promised about the speed of metrics at real sizes. */
export const quorums: Theme = async (report) => {
  for (const { work, prepare, milliseconds } of JOBS) {
    const { result: check, seconds, cpuSeconds, coldSeconds } = await awaited(prepare())
    const { faults, note: obtained } = check()
    const [cpu, cold] = [cpuSeconds, coldSeconds].map((time) => (time * 1000).toPrecision(3))
    const note = `${cpu ?? ''} ms CPU, ${cold ?? ''} ms the first time; ${obtained}`
    report({ work, figure: seconds * 1000, unit: 'ms', bar: atMost(milliseconds), faults, note })
  }
}

function loading(system: QuorumSystem, options: LoadOptions, check: (found: Load) => Outcome) {
  return async (): Promise<Check> => {
    const found = await load(system, options)
    return () => check(found)
  }
}

function exactLoad(found: Load): Outcome {
  const { faults, note } = tightLoad(found)
  return found.exact === undefined ? { faults: [...faults, 'not exact'], note } : { faults, note }
}

/** A load whose certificate holds and leaves a gap of less than 1e-9. */
function tightLoad({ certificate, lower, upper, value, quality, method }: Load): Outcome {
  const gap = upper.minus(lower).toNumber()
  const verified = verifyLoad(certificate)
  const faults = [
    ...(gap < 1e-9 ? [] : [`the gap is ${gap}`]),
    ...(verified.ok ? [] : [verified.fact]),
  ]
  return { faults, note: `${value.toPrecision(6)}, ${quality}, ${method}, gap ${gap}` }
}

function failing(system: QuorumSystem, down: number, expected?: number): Check {
  const { value, log10, quality, method } = failureProbability(system, { down })
  return () => {
    const off = expected === undefined ? 0 : Math.abs(value / expected - 1)
    const faults = [
      ...(off < 1e-9 ? [] : [`${value} instead of ${expected ?? ''}`]),
      ...(Number.isFinite(log10) ? [] : [`log10 is ${log10}`]),
    ]
    return { faults, note: `10^${log10.toFixed(3)}, ${quality}, ${method}` }
  }
}

/** The same system with capacities from 1 to 9 and probabilities from 1 to 30 percent. */
function uneven(text: string): QuorumSystem {
  const system = parseSystem(text)
  const random = seeded(1)
  const nodes = Array.from({ length: system.size }, (_, number) =>
    quorumNode(`n${number + 1}`, {
      readCapacity: random.int(1, 9),
      writeCapacity: random.int(1, 9),
      failure: `${random.int(1, 30)}/100`,
    }),
  )
  return withNodes(system, nodes)
}

/** A tree of thresholds of 2 to 9 parts each, with capacities from 1 to 9. */
function randomTree(size: number): QuorumSystem {
  const random = seeded(2)
  let parts: Expression[] = Array.from({ length: size }, (_, number) =>
    node(`n${number + 1}`, { capacity: random.int(1, 9) }),
  )
  while (parts.length > 1) {
    const gates: Expression[] = []
    for (let at = 0; at < parts.length;) {
      const inputs = parts.slice(at, at + random.int(2, 9))
      at += inputs.length
      gates.push(inputs.length === 1 ? inputs[0]! : choose(random.int(1, inputs.length), inputs))
    }
    parts = gates
  }
  return quorumSystem({ reads: parts[0]! })
}
