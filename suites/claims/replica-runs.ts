/** What replication costs and bears, measured in runs of real protocols. */
import { multiPaxos } from '../../impls/multi-paxos/multi-paxos.ts'
import { abd } from '../../impls/registers/abd.ts'
import { primaryBackup } from '../../impls/replication/primary-backup.ts'
import { primaryCopy } from '../../impls/replication/primary-copy.ts'
import { judge } from '../../checkers/judge.ts'
import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import { counted } from '../../src/core/wording.ts'
import type { AnyProtocol, Asked, Fault } from '../../src/node/index.ts'
import { parseSystem } from '../../src/quorum/parse-system.ts'
import { assemblyTime } from '../../src/quorum/metrics/assembly-time.ts'
import { smallestQuorum } from '../../src/quorum/metrics/smallest-quorum.ts'
import { answer, question } from './check.ts'
import { endedIn, names, quietRun, sentIn, viewsIn } from './quiet-run.ts'
import { answered, linesOf, played } from './scripted-run.ts'

const WRITES = 10
const NEVER_MS = 1_000_000

function writes(count: number, key?: string): readonly Asked[] {
  const of = key === undefined ? {} : { key }
  return Array.from({ length: count }, (_, at) => ({ f: 'write', ...of, value: at + 1 }))
}

/** How many commands each node has executed in the end, and what state it is in. */
function executedBy(nodes: number): readonly { node: string; executed: number; state: string }[] {
  const run = quietRun({ protocol: multiPaxos, nodes, asks: [writes(WRITES, 'x')] })
  return [...viewsIn(run)].map(([node, view]) => {
    // A place that was filled to close a gap holds no command.
    const delivered = view['delivered'] as readonly ({ readonly f: string } | null)[]
    const executed = delivered.filter((command) => command?.f === 'write').length
    return { node, executed, state: canonical(view['values'] as Json) }
  })
}

export const allExecuteAll = question(
  'run',
  'with a replicated log every replica executes every command, and all are in one state',
  () => {
    const replicas = executedBy(3)
    const states = new Set(replicas.map(({ state }) => state))
    const shown = replicas.map(({ node, executed, state }) => `${node}: ${executed}, ${state}`)
    const isSo =
      replicas.length === 3 &&
      states.size === 1 &&
      replicas.every(({ executed }) => executed === WRITES)
    return answer(isSo, `${WRITES} commands of Multi-Paxos, 3 nodes: ${states.size} state`, shown)
  },
)

export const onlyThePrimaryWorks = question(
  'run',
  'with a primary all operations are executed by one of n nodes, with a log by each of them',
  () => {
    const nodes = 4
    const run = quietRun({ protocol: primaryBackup, nodes, asks: [writes(WRITES)] })
    const passive = names(nodes).map(
      (node) =>
        run.trace.filter(
          (step) =>
            step.node === node &&
            step.event.type === 'request' &&
            step.effects.some(({ type }) => type === 'reply'),
        ).length,
    )
    const active = executedBy(nodes).map(({ executed }) => executed)
    const [one, each] = [passive, active].map((counts) => counts.join(', '))
    const sentence = `executed by each node: ${one ?? ''} with a primary, ${each ?? ''} with a log`
    const isSo =
      passive.filter((count) => count === WRITES).length === 1 &&
      passive.filter((count) => count === 0).length === nodes - 1 &&
      active.length === nodes &&
      active.every((count) => count === WRITES)
    return answer(isSo, sentence)
  },
)

export const survivesAllButOne = question(
  'run',
  'an acknowledged write of a primary copy is read after all nodes but one have crashed',
  () => {
    const nodes = names(4)
    const runs = nodes.map((left) => {
      const history = played({
        protocol: primaryCopy,
        nodes: nodes.length,
        asks: [
          { at: 10, client: 0, node: 'n1', f: 'write', value: 1 },
          { at: 3000, client: 1, node: left, f: 'read' },
        ],
        faults: nodes
          .filter((node) => node !== left)
          .map((node): Fault => ({ type: 'crash', node, at: 300 })),
        untilMs: 4000,
      })
      return { left, history }
    })
    const read = runs.filter(({ history: { operations } }) =>
      operations.some(({ f, result }) => f === 'read' && result === 1),
    )
    const shown = runs.flatMap(({ left, history }) => [`${left} is left:`, ...linesOf(history)])
    const all = runs.length
    const sentence = `it is read in ${read.length} of ${all} runs, one for each that is left`
    return answer(read.length === runs.length, sentence, shown)
  },
)

/** Whether a write is answered although one backup has crashed before it, for each backup. */
function answeredWithout(suspectMs: number): { readonly answered: number; readonly runs: number } {
  const backups = names(4).slice(1)
  const done = backups.filter((node) => {
    const history = played({
      protocol: primaryCopy,
      options: { suspectMs },
      nodes: 4,
      asks: [{ at: 10, client: 0, node: 'n1', f: 'write', value: 1 }],
      faults: [{ type: 'crash', node, at: 1 }],
      untilMs: 5000,
    })
    return answered(history) > 0
  })
  return { answered: done.length, runs: backups.length }
}

export const oneFaultStopsWrites = question(
  'run',
  'as long as nobody takes it out of the group, one backup that has crashed stops all writes',
  () => {
    const { answered: done, runs } = answeredWithout(NEVER_MS)
    const sentence = `${done} of ${runs} writes are answered, with another one of 3 backups down`
    return answer(done === 0, `${sentence} each time`)
  },
)

export const goesOnWithoutIt = question('run', 'once it is taken for dead, writes go on', () => {
  const { answered: done, runs } = answeredWithout(500)
  return answer(done === runs, `${done} of ${runs} writes are answered`)
})

export const quorumIsFaster = question(
  'metric',
  'whoever waits for a majority waits for the middle one, not for the slowest',
  () => {
    const [all, most] = [times('rowa(n=5)'), times('majority(n=5)')]
    const sentence =
      `mean time until five answer: ${all.text}; until three of five do: ${most.text} ` +
      '(answers independent and exponential, mean 1)'
    return answer(most.value < all.value, sentence)
  },
)

export const allIsTheSlowest = question(
  'metric',
  'whoever waits for all waits for the slowest: 1 + 1/2 + ... + 1/n on average',
  () => {
    const rows = [2, 3, 4, 5, 8].map((n) => {
      const slowest = Array.from({ length: n }, (_, at) => 1 / (at + 1)).reduce((a, b) => a + b, 0)
      return { n, slowest, ...times(`rowa(n=${n})`) }
    })
    const shown = rows.map(
      ({ n, text, slowest }) => `n = ${n}: ${text}, slowest ${slowest.toFixed(4)}`,
    )
    const isSo = rows.every(({ value, slowest }) => Math.abs(value - slowest) < 1e-9)
    return answer(isSo, `${rows.length} sizes`, shown)
  },
)

function times(text: string): { readonly value: number; readonly text: string } {
  const { value, exact } = assemblyTime(parseSystem(text), { side: 'write' })
  return { value, text: `${exact?.toString() ?? ''} = ${value.toFixed(4)}` }
}

/** How long writes take on average where some replicas are slow, in milliseconds. */
function latencyWith(protocol: AnyProtocol, slow: number): number {
  const nodes = names(5)
  const late = nodes.slice(5 - slow)
  const rest = nodes.filter((node) => !late.includes(node))
  const faults: readonly Fault[] =
    slow === 0 ? [] : [{ type: 'delay', from: late, to: rest, amount: 400, both: true, at: 0 }]
  const history = played({
    protocol,
    options: protocol === primaryCopy ? { suspectMs: NEVER_MS } : {},
    nodes: 5,
    asks: Array.from({ length: 20 }, (_, at) => ({
      at: 10 + 1000 * at,
      client: 0,
      node: 'n1',
      f: 'write' as const,
      value: at + 1,
    })),
    faults,
    untilMs: 21_000,
  })
  const took = history.operations.map(({ calledAt = 0, returnedAt = Infinity }) => {
    return (returnedAt - calledAt) / 1e6
  })
  return took.reduce((sum, each) => sum + each, 0) / took.length
}

function latencies(protocol: AnyProtocol): readonly number[] {
  return [0, 1, 2, 3].map((slow) => latencyWith(protocol, slow))
}

function told(all: readonly number[]): readonly string[] {
  return all.map((ms, slow) => `${counted(slow, 'slow replica')} of 5: ${ms.toFixed(0)} ms`)
}

export const slowMinorityIsNotNoticed = question(
  'run',
  'with majorities of five, writes are as fast with two slow replicas as with none',
  () => {
    const all = latencies(abd)
    const [none = 0, one = 0, two = 0, three = 0] = all
    const isSo = one <= none * 1.01 && two <= none * 1.01 && three > 5 * none
    return answer(isSo, `20 writes each; ${told(all).join('; ')}`)
  },
)

export const oneSlowIsNoticed = question(
  'run',
  'where all must have a write, one slow replica makes all writes slow',
  () => {
    const all = latencies(primaryCopy)
    const [none = 0, one = 0] = all
    return answer(one > 5 * none, `20 writes each; ${told(all).join('; ')}`)
  },
)

export const oneRequestForAWrite = question(
  'run',
  'a client sends one request for a write, and the primary one message to each backup',
  () => {
    const rows = [3, 4, 5].map((nodes) => {
      const run = quietRun({ protocol: primaryCopy, nodes, asks: [writes(WRITES)] })
      const done = endedIn(run).filter(({ outcome }) => outcome === 'ok').length
      // A client that asks another node first is sent to the primary.
      const asked = run.trace.filter(
        ({ node, event }) => node === 'n1' && event.type === 'request',
      ).length
      const forwards = sentIn(run).filter(({ type }) => type === 'forward').length
      return { nodes, done, asked, forwards }
    })
    const shown = rows.map(({ nodes, done, asked, forwards }) => {
      const requests = `${asked} requests to the primary`
      return `n = ${nodes}: ${done} writes, ${requests}, ${forwards} messages to backups`
    })
    const isSo = rows.every(
      ({ nodes, done, asked, forwards }) =>
        done === WRITES && asked === done && forwards === done * (nodes - 1),
    )
    return answer(isSo, shown.join('; '))
  },
)

export const stopsWithThePrimary = question(
  'run',
  'where nobody takes over, nothing is answered once the primary has crashed',
  () => {
    const nodes = names(3)
    const ask = (f: 'read' | 'write') =>
      nodes.map((node, client) => ({ at: 500, client: client + 1, node, f, value: 2 }))
    const histories = (['read', 'write'] as const).map((f) =>
      played({
        protocol: primaryCopy,
        options: { suspectMs: NEVER_MS },
        nodes: 3,
        asks: [{ at: 10, client: 0, node: 'n1', f: 'write', value: 1 }, ...ask(f)],
        faults: [{ type: 'crash', node: 'n1', at: 300 }],
        untilMs: 5000,
      }),
    )
    const before = histories.map((history) => answered(history))
    const sentence = `${before.join(' and ')} answered, which is the write before it crashed`
    return answer(
      before.every((count) => count === 1),
      sentence,
      histories.flatMap(linesOf),
    )
  },
)

/** The primary acknowledges a second write and crashes; a backup is asked for the value. */
function withoutPrimary(reads: 'any' | 'primary') {
  return played({
    protocol: primaryBackup,
    options: { reads, suspectMs: NEVER_MS },
    nodes: 3,
    asks: [
      { at: 10, client: 0, node: 'n1', f: 'write', value: 1 },
      { at: 380, client: 0, node: 'n1', f: 'write', value: 2 },
      { at: 700, client: 1, node: 'n3', f: 'read' },
      { at: 800, client: 1, node: 'n3', f: 'read' },
    ],
    faults: [{ type: 'crash', node: 'n1', at: 385 }],
    untilMs: 1200,
  })
}

export const staleButServed = question(
  'run',
  'backups that answer reads go on without the primary, with what they have',
  async (budget) => {
    const history = withoutPrimary('any')
    const served = history.operations.filter(({ f, result }) => f === 'read' && result === 1).length
    const [strong, weak] = await Promise.all(
      ['linearizable', 'sequential'].map((condition) => judge(history, { condition, budget })),
    )
    const sentence =
      `${served} of 2 reads are answered with the value before the last: ` +
      `linearizable ${strong?.outcome ?? ''}, sequentially consistent ${weak?.outcome ?? ''}`
    const isSo = served === 2 && strong?.outcome === 'fail' && weak?.outcome === 'pass'
    return answer(isSo, sentence, linesOf(history))
  },
)

export const freshOrNothing = question(
  'run',
  'whoever wants the newest value is not answered without it',
  () => {
    const history = withoutPrimary('primary')
    const served = history.operations.filter(
      ({ f, result }) => f === 'read' && result !== undefined,
    )
    return answer(served.length === 0, `${served.length} of 2 reads`, linesOf(history))
  },
)

export const readAnyWriteAll = question(
  'enumeration',
  'if a read may go to any one of n nodes, all n are the only set that a write may go to',
  () => {
    const sizes = [2, 3, 4, 5, 6]
    const rows = sizes.map((n) => {
      const all = (1 << n) - 1
      const sets = Array.from({ length: all }, (_, at) => at + 1)
      const good = sets.filter((set) =>
        Array.from({ length: n }, (_, node) => 1 << node).every((read) => (read & set) !== 0),
      )
      const { read, write } = smallestQuorum(parseSystem(`rowa(n=${n})`))
      return { n, sets: good.length, isAll: good[0] === all, read, write }
    })
    const shown = rows.map(({ n, sets, read, write }) => {
      return `n = ${n}: ${sets} set; reads ask ${read}, writes ${write}`
    })
    const isSo = rows.every(
      ({ n, sets, isAll, read, write }) => sets === 1 && isAll && read === 1 && write === n,
    )
    return answer(isSo, `2 to 6 nodes, all sets of them`, shown)
  },
)
