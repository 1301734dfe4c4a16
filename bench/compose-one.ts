/**
 * Explores the real code of one protocol: `node compose-one.js JSON`. A process of its own, for its
 * memory, and because it begins as cold as a command does.
 */
import { agreement } from '../checkers/invariants/agreement.ts'
import { register } from '../checkers/models/register.ts'
import { linearizableMonitor } from '../checkers/monitors/linearizable.ts'
import { paxos } from '../impls/paxos/paxos.ts'
import { abd } from '../impls/registers/abd.ts'
import type { ComposedSystem } from '../src/compose/index.ts'
import { compose } from '../src/compose/index.ts'
import { explore } from '../src/explore/index.ts'

export interface ComposeQuestion {
  readonly protocol: 'paxos' | 'abd'
  readonly nodes: number
  readonly clients: number
}

export interface ComposeAnswer {
  readonly outcome: string
  readonly distinctStates: number
  readonly generatedStates: number
  readonly depth: number
  /** By the clock, from the first step on. */
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMegabytes: number
  /** Steps of real code. */
  readonly calls: number
}

const question = JSON.parse(process.argv[2] ?? '{}') as ComposeQuestion
const system = composed(question)
const before = process.cpuUsage()
const started = performance.now()
const { outcome, distinctStates, generatedStates, depth } = await explore(system)
const seconds = (performance.now() - started) / 1000
const { user, system: kernel } = process.cpuUsage(before)
const answer: ComposeAnswer = {
  outcome,
  distinctStates,
  generatedStates,
  depth,
  seconds,
  cpuSeconds: (user + kernel) / 1e6,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  calls: system.parts.steps.calls,
}
console.log(JSON.stringify(answer))

/** Whatever is sent may be lost, doubled and overtaken. */
function composed({ protocol, nodes, clients }: ComposeQuestion): ComposedSystem {
  const each = Array.from({ length: clients }, (_, client) => client)
  const common = { nodes, loopback: 'at-once', messages: 'live' } as const
  if (protocol === 'paxos') {
    return compose(paxos.make({ nak: false }), {
      ...common,
      clients: each.map((at) => ({ asks: [{ f: 'propose', value: `v${at + 1}` }], at: [at] })),
      invariants: [agreement],
    })
  }
  return compose(abd.make({}), {
    ...common,
    clients: each.map((at) => ({
      asks: [
        { f: 'write', value: at + 1 },
        { f: 'read', value: null },
      ],
      at: [at, (at + 1) % nodes],
    })),
    monitors: [linearizableMonitor(register)],
  })
}
