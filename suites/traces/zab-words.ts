import type { TraceStep } from '../../src/core/trace.ts'
import { numberOfValue } from './reading.ts'

export interface Txn {
  readonly zxid: readonly [epoch: number, counter: number]
}

export interface SpecTxn {
  readonly epoch: number
  readonly value: number
}

export interface SpecLog {
  readonly length: number
  at(index: number): SpecTxn
}

interface Of<T> {
  get(at: number): T
}

/** What the mapping looks at of the spec's state. */
export interface Seen {
  readonly promised: Of<number>
  readonly current: Of<number>
  readonly history: Of<SpecLog>
  readonly delivered: Of<SpecLog>
  readonly initial: Of<number>
  readonly led: Of<SpecLog>
  readonly committed: Of<number>
}

export interface AckEpoch {
  readonly epoch: number
  readonly currentEpoch: number
  readonly history: readonly Txn[]
}

export interface NewLeader {
  readonly epoch: number
  readonly initial: number
  readonly keep: number
  readonly add: readonly Txn[]
}

export interface View {
  readonly role: string
  readonly delivered: readonly Txn[]
}

/** What a message says of an epoch, or asks for in it. */
interface Told {
  readonly type: string
  readonly epoch: number
  readonly committed: number
  readonly established?: boolean
}

/** How much of an epoch an established leader says to be committed, in this step. */
export function committedTold(step: TraceStep, epoch: number): number | undefined {
  let told: number | undefined
  for (const effect of step.effects) {
    if (effect.type !== 'send') continue
    const message = effect.message as Told
    const isTold =
      message.type === 'commit' ||
      message.type === 'commit-leader' ||
      (message.type === 'ping' && message.established === true)
    if (isTold && message.epoch === epoch) told = Math.max(told ?? 0, message.committed)
  }
  return told
}

/** Transactions are told apart by these numbers, their places included. */
export function numberOfTxn(txn: Txn): number {
  const known = numbers.get(txn)
  if (known !== undefined) return known
  const number = numberOfValue(txn)
  numbers.set(txn, number)
  return number
}

/** A transaction that a trace shows again and again need not be read each time. */
const numbers = new WeakMap<Txn, number>()
