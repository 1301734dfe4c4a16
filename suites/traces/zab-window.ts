import type { Window } from '../../src/explore/validate/index.ts'

interface Txn {
  readonly epoch: number
  readonly value: number
}

interface Log {
  readonly length: number
  at(index: number): Txn
  value(): readonly Txn[]
  assign(txns: readonly Txn[]): void
}

interface Cells<T> {
  get(at: number): T
  set(at: number, to: T): void
}

interface Of<T> {
  get(at: number): T
}

interface ZabState {
  readonly promised: Cells<number>
  readonly current: Cells<number>
  readonly history: Of<Log>
  readonly leading: Cells<number>
  readonly delivered: Of<Log>
  readonly owner: Cells<number | null>
  readonly entered: Of<Cells<number>>
  readonly reported: Of<Of<Log>>
  readonly initial: Cells<number>
  readonly led: Of<Log>
  readonly acked: Of<Cells<number>>
  readonly committed: Cells<number>
}

/**
 * Forgets transactions that all servers have on their disks and have delivered, and epochs that are
 * earlier than all that is promised, entered or kept of any history: nobody follows in them any
 * more. A transaction that is not forgotten keeps its epoch.
 */
export function zabWindow(server: number, epoch: number, length: number): Window {
  const size = { epoch, servers: Array.from({ length: server }, (_, i) => i) }
  const worthwhile = Math.max(1, Math.floor(length / 4))
  return {
    spare: (state) => {
      const s = state as ZabState
      const spare = transactionsToSpare(s, size)
      if (spare >= worthwhile) return [spare, epochsToSpare(s, spare, size)]
      // Looking at all histories takes long: only where epochs get short.
      const highest = size.servers.reduce((one, i) => Math.max(one, s.promised.get(i)), 0)
      return [0, highest * 4 < epoch * 3 ? 0 : epochsToSpare(s, 0, size)]
    },
    move: (state, by) => {
      const [transactions, epochs] = by as [number, number]
      move(state, transactions, epochs, size)
    },
  }
}

interface Size {
  readonly epoch: number
  readonly servers: readonly number[]
}

function leastPromise(s: ZabState, { servers, epoch }: Size): number {
  return servers.reduce((least, i) => Math.min(least, s.promised.get(i)), epoch)
}

/** All histories that somebody may still look at. */
function forEachLog(s: ZabState, size: Size, visit: (log: Log) => void): void {
  for (const i of size.servers) {
    visit(s.history.get(i))
    visit(s.delivered.get(i))
  }
  for (let e = Math.max(1, leastPromise(s, size)); e <= size.epoch; e++) {
    if (s.initial.get(e) >= 0) visit(s.led.get(e))
    for (const i of size.servers) if (s.entered.get(e).get(i) >= 0) visit(s.reported.get(e).get(i))
  }
}

/** How many transactions all histories begin with. */
function transactionsToSpare(s: ZabState, size: Size): number {
  const first = s.history.get(0)
  let spare = first.length
  forEachLog(s, size, (log) => {
    spare = Math.min(spare, log.length)
  })
  forEachLog(s, size, (log) => {
    let same = 0
    while (same < spare && log.at(same) === first.at(same)) same++
    spare = same
  })
  return spare
}

function epochsToSpare(s: ZabState, transactions: number, size: Size): number {
  const { servers, epoch } = size
  let least = leastPromise(s, size)
  for (let e = Math.max(1, least); e <= epoch; e++) {
    for (const i of servers) {
      const entered = s.entered.get(e).get(i)
      if (entered >= 0) least = Math.min(least, entered)
    }
  }
  for (const i of servers) least = Math.min(least, s.current.get(i))
  // Within a history epochs only grow, but that is for the spec to say.
  forEachLog(s, size, (log) => {
    for (let index = transactions; index < log.length; index++)
      least = Math.min(least, log.at(index).epoch)
  })
  return Math.max(0, least - 1)
}

function move(s: ZabState, transactions: number, epochs: number, size: Size): void {
  const { servers, epoch } = size
  const shorten = (to: Log, from: Log) => {
    const rest = from.value().slice(transactions)
    to.assign(epochs === 0 ? rest : rest.map((txn) => ({ ...txn, epoch: txn.epoch - epochs })))
  }
  const index = (at: number) => (at < 0 ? at : Math.max(0, at - transactions))
  const from = leastPromise(s, size)
  for (const i of servers) {
    for (const log of [s.history.get(i), s.delivered.get(i)]) shorten(log, log)
    for (const number of [s.promised, s.current, s.leading])
      number.set(i, Math.max(0, number.get(i) - epochs))
  }
  for (let e = 1; e <= epoch; e++) {
    const old = e + epochs
    const isKept = old <= epoch && old >= from
    s.owner.set(e, isKept ? s.owner.get(old) : null)
    s.initial.set(e, isKept ? index(s.initial.get(old)) : -1)
    s.committed.set(e, isKept ? index(s.committed.get(old)) : -1)
    if (isKept) shorten(s.led.get(e), s.led.get(old))
    else s.led.get(e).assign([])
    for (const i of servers) {
      s.acked.get(e).set(i, isKept ? index(s.acked.get(old).get(i)) : -1)
      const entered = isKept ? s.entered.get(old).get(i) : -1
      s.entered.get(e).set(i, entered < 0 ? -1 : Math.max(0, entered - epochs))
      if (entered < 0) s.reported.get(e).get(i).assign([])
      else shorten(s.reported.get(e).get(i), s.reported.get(old).get(i))
    }
  }
}
