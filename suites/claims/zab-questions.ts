import { zab } from '../../impls/zab/zab.ts'
import { multiPaxos } from '../../specs/log/multi-paxos.ts'
import type { Run } from '../../src/simulate/index.ts'
import { askedOnce } from './asked-once.ts'
import { answer, question } from './check.ts'
import type { Quiet } from './quiet-run.ts'
import { countedByType, endedIn, names, quietRun, sentIn, viewsIn } from './quiet-run.ts'
import { reaches } from './spec-states.ts'

/** What Zab does, in runs in which chance has no part, and what Paxos does instead. */

function zabRun(quiet: Partial<Quiet>): Run {
  return quietRun({ protocol: zab, nodes: 3, asks: [[]], ...quiet })
}

/** Enough of them that some are asked for when a leader is there. */
function writes(count: number, client = 1): Quiet['asks'][number] {
  return Array.from({ length: count }, (_, at) => ({
    f: 'write',
    key: 'x',
    value: client * 10_000 + at,
  }))
}

const PHASES = [
  'cepoch',
  'new-epoch',
  'ack-epoch',
  'new-leader',
  'ack-leader',
  'commit-leader',
  'propose',
  'ack',
  'commit',
]

export const nineMessages = question(
  'run',
  'the nine messages of the three phases are sent, each first after the one before it',
  () => {
    const sent = sentIn(zabRun({ asks: [writes(100)], rate: 50 }))
    const firsts = PHASES.map((type) => sent.findIndex((one) => one.type === type))
    const counts = countedByType(sent)
    return answer(
      firsts.every((at, phase) => at >= 0 && at > (firsts[phase - 1] ?? -1)),
      PHASES.map((type) => `${counts[type] ?? 0} ${type}`).join(', '),
    )
  },
)

export const promiseIsCarried = question(
  'run',
  'a node that restarts and follows a leader says which epoch it has promised last',
  () => {
    let said = 0
    for (let seed = 1; seed <= 10; seed++) {
      const run = zabRun({
        seed,
        forMs: 4000,
        faults: names(3).map((node, at) => ({
          type: 'crash',
          node,
          at: 1000 + at * 900,
          until: 1300 + at * 900,
        })),
      })
      const promised = new Map<string, number>()
      for (const { from, type, message } of sentIn(run)) {
        if (type === 'ack-epoch') promised.set(from, message['epoch'] as number)
        if (type !== 'cepoch') continue
        const epoch = message['acceptedEpoch'] as number
        if (epoch < (promised.get(from) ?? 0)) {
          return answer(false, `seed ${seed}: ${from} says ${epoch}, having promised more`)
        }
        if (epoch > 0) said++
      }
    }
    return answer(said > 10, `${said} times in 10 runs, and never a smaller one`)
  },
)

/**
 * The primary of the first ballot has proposed a command for each of two slots, the second being
 * meant for the state that the first leaves. What is applied is a no-op and then the second.
 */
export const paxosSkipsOne = askedOnce(
  reaches(
    'Multi-Paxos with two proposals under way delivers the second of a primary without the first',
    { spec: multiPaxos, size: { quorums: 'majority(n=3)', slot: 2 }, symmetry: true },
    (s) =>
      s.applied.length === 2 &&
      s.applied.at(0) === 0 &&
      s.applied.at(1) === 1 &&
      s.proposal.get(0).get(0) === 1 &&
      s.proposal.get(0).get(1) === 1,
  ),
)

interface Txn {
  readonly zxid: readonly [epoch: number, counter: number]
  readonly delta: unknown
}

/** How many proposals a leader has open at most, and how many operations end well. */
function pipelined(clients: number): { readonly open: number; readonly ok: number } {
  const asks = Array.from({ length: clients }, (_, client) => writes(2000, client + 1))
  const run = zabRun({ asks, rate: 5000, forMs: 3000 })
  let open = 0
  let most = 0
  const proposed = new Set<string>()
  const committed = new Set<string>()
  for (const { to, type, message, from } of sentIn(run)) {
    if (to !== names(3).find((node) => node !== from)) continue
    if (type === 'propose') proposed.add((message['txn'] as Txn).zxid.join())
    if (type === 'commit')
      for (const zxid of proposed) if (isUpTo(zxid, message)) committed.add(zxid)
    open = proposed.size - committed.size
    most = Math.max(most, open)
  }
  const ok = endedIn(run).filter(({ outcome, from }) => outcome === 'ok' && from > 1000).length
  return { open: most, ok }
}

function isUpTo(zxid: string, message: Readonly<Record<string, unknown>>): boolean {
  const [epoch, counter] = zxid.split(',').map(Number)
  return epoch === message['epoch'] && (counter ?? 0) <= Number(message['committed'])
}

export const manyOutstanding = question(
  'run',
  'several operations are under way at once, and the more of them the more is done',
  () => {
    const rows = [1, 4, 16].map((clients) => ({ clients, ...pipelined(clients) }))
    const [one, , many] = rows
    return answer(
      (many?.open ?? 0) > 4 && (many?.ok ?? 0) > 6 * (one?.ok ?? 0),
      rows
        .map(
          ({ clients, open, ok }) =>
            `${clients} clients: up to ${open} proposals open, ${ok} operations in two seconds`,
        )
        .join('; '),
    )
  },
)

export const synchronisesFirst = question(
  'run',
  'no primary proposes before a quorum has acknowledged its history',
  () => {
    let epochs = 0
    for (let seed = 1; seed <= 10; seed++) {
      const sent = sentIn(
        zabRun({
          seed,
          asks: [1, 2].map((client) => writes(200, client)),
          forMs: 3500,
          faults: [{ type: 'crash', node: names(3)[seed % 3] ?? '', at: 1200, until: 2200 }],
        }),
      )
      const acknowledged = new Set<number>()
      const proposing = new Set<number>()
      for (const { type, message } of sent) {
        const epoch = message['epoch'] as number
        // The leader itself and one more are a quorum of three.
        if (type === 'ack-leader') acknowledged.add(epoch)
        if (type !== 'propose') continue
        if (!acknowledged.has(epoch)) return answer(false, `seed ${seed}: epoch ${epoch} is early`)
        proposing.add(epoch)
      }
      epochs += proposing.size
    }
    return answer(epochs > 10, `so it is in all ${epochs} epochs of 10 runs`)
  },
)

export const onlyWhatIsMissing = question(
  'run',
  'a follower that returns is sent what it lacks and no more, and keeps what it may keep',
  () => {
    const asks = [1, 2].map((client) => writes(200, client))
    const about: Partial<Quiet> = { asks, rate: 40, forMs: 3500 }
    const leader = sentIn(zabRun(about)).find(({ type }) => type === 'propose')?.from ?? 'n1'
    const node = names(3).find((one) => one !== leader) ?? ''
    const run = zabRun({ ...about, faults: [{ type: 'crash', node, at: 1500, until: 2500 }] })
    const told = sentIn(run).find(
      ({ type, to, at }) => type === 'new-leader' && to === node && at > 2500,
    )
    const { keep, add } = (told?.message ?? {}) as { keep?: number; add?: readonly Txn[] }
    const had = historyOf(run, node, 2499).length
    const has = historyOf(run, leader, told?.at).length
    return answer(
      keep !== undefined && add !== undefined && keep >= had && add.length > 0 && keep < has,
      `${node} had delivered ${had} of ${has}: it is told to keep ${keep} and sent ` +
        `${add?.length} more, ${add?.[0]?.zxid.join('.')} to ${add?.at(-1)?.zxid.join('.')}`,
    )
  },
)

function historyOf(run: Run, node: string, untilMs?: number): readonly Txn[] {
  return (viewsIn(run, untilMs).get(node)?.['delivered'] ?? []) as readonly Txn[]
}

export const deltasNotCommands = question(
  'run',
  'what is proposed for a compare-and-set is the change that it makes, or that it makes none',
  () => {
    const change = (at: number) => [
      { f: 'write', key: 'x', value: at },
      { f: 'cas', key: 'x', value: [at, at + 1] },
      { f: 'cas', key: 'x', value: [at, at + 2] },
    ]
    const asks = [Array.from({ length: 40 }, (_, at) => change(at * 10)).flat()]
    const run = zabRun({ asks, rate: 50, forMs: 3000 })
    const txns = sentIn(run).flatMap(({ type, message }) =>
      type === 'propose' ? [message['txn'] as Txn] : [],
    )
    const isCommand = txns.filter((txn) => 'f' in txn || JSON.stringify(txn).includes('"cas"'))
    const none = txns.filter(({ delta }) => delta === null)
    const some = txns.filter(({ delta }) => delta !== null)
    return answer(
      isCommand.length === 0 && none.length > 5 && some.length > none.length,
      `of ${txns.length} proposals ${some.length} say what to store, ${none.length} that nothing ` +
        `changes, and ${isCommand.length} name a command`,
      [...some.slice(0, 2), ...none.slice(0, 1)].map((txn) => JSON.stringify(txn)),
    )
  },
)

type Store = Readonly<Record<string, number>>
type Change = (store: Store) => Store

const setTo =
  (key: string, value: number): Change =>
  (store) => ({ ...store, [key]: value })
const increase =
  (key: string): Change =>
  (store) => ({ ...store, [key]: (store[key] ?? 0) + 1 })

/** How many of all pairs of changes leave the same, whichever comes first. */
function commuting(changes: readonly Change[]): { readonly pairs: number; readonly same: number } {
  const start = { x: 5, y: 5 }
  let pairs = 0
  let same = 0
  for (const one of changes) {
    for (const other of changes) {
      pairs++
      if (JSON.stringify(one(other(start))) === JSON.stringify(other(one(start)))) same++
    }
  }
  return { pairs, same }
}

export const deltasDoNotCommute = question(
  'enumeration',
  'the deltas of two commands that commute do not commute themselves',
  () => {
    const commands = commuting([increase('x'), increase('x'), increase('y')])
    // What a primary makes of them, one after the other, from x = 5 and y = 5 on.
    const deltas = commuting([setTo('x', 6), setTo('x', 7), setTo('y', 6)])
    const swapped = setTo('x', 6)(setTo('x', 7)({ x: 5, y: 5 }))
    return answer(
      commands.same === commands.pairs && deltas.same < deltas.pairs && swapped['x'] === 6,
      `of ${commands.pairs} pairs of increments all ${commands.same} commute; of ${deltas.pairs} ` +
        `pairs of their deltas ${deltas.same}: applied the other way round, x is ${swapped['x']} ` +
        'after two increments from 5',
    )
  },
)

export const deliveredInOrder = question(
  'run',
  'what any two replicas have delivered is the same as far as both have got, in the order of zxids',
  () => {
    let longest = 0
    let leaders = 0
    for (let seed = 1; seed <= 8; seed++) {
      const run = zabRun({
        nodes: 5,
        seed,
        asks: [1, 2, 3].map((client) => writes(300, client)),
        forMs: 4000,
        faults: names(4).map((node, at) => ({
          type: 'crash',
          node,
          at: 1000 + at * 700,
          until: 1500 + at * 700,
        })),
      })
      const all = names(5).map((node) => historyOf(run, node).map(({ zxid }) => zxid))
      for (const one of all) {
        if (one.some((zxid, at) => at > 0 && !isLater(zxid, one[at - 1] ?? [0, 0]))) {
          return answer(false, `seed ${seed}: a replica goes back`)
        }
        const other = all.find(
          (log) => log.slice(0, one.length).join(';') !== one.slice(0, log.length).join(';'),
        )
        if (other !== undefined) return answer(false, `seed ${seed}: two replicas differ`)
      }
      longest = Math.max(longest, ...all.map((log) => log.length))
      leaders += new Set(all.flat().map(([epoch]) => epoch)).size
    }
    return answer(
      longest > 20 && leaders > 8,
      `in 8 runs with ${leaders} primaries, of up to ${longest} transactions each`,
    )
  },
)

function isLater([epoch, counter]: Txn['zxid'], [before, last]: Txn['zxid']): boolean {
  return epoch > before || (epoch === before && counter === last + 1)
}
