import { askedOnce } from './asked-once.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import type { Claim } from './claim.ts'
import { satisfies, violates } from './drawn.ts'
import type { Transaction } from './transactions.ts'
import {
  finalState,
  orders,
  readsOnlyCommitted,
  serialOrder,
  transactions,
} from './transactions.ts'

const LOST_UPDATE = `
  T1: r(x)0 w(x)1
  T2: r(x)0 w(x)2`
const WRITE_SKEW = `
  T1: r(x)0 r(y)0 w(x)1
  T2: r(x)0 r(y)0 w(y)1`
const LONG_FORK = `
  T1: w(x)1
  T2: w(y)1
  T3: r(x)1 r(y)0
  T4: r(x)0 r(y)1`
const DIRTY_READ = `
  T1: w(x)1 aborted
  T2: r(x)1`
const SERIAL = `
  T1: r(x)0 w(x)1
  T2: r(x)1 w(x)2`

/** Asks whether a history reads only what is committed, and yet no order explains it. */
function slipsThrough(name: string, drawing: string): Question {
  return question('history', `a ${name} reads nothing unfinished, and is no serial order`, () => {
    const history = transactions(drawing)
    const order = serialOrder(history)
    const isCommitted = readsOnlyCommitted(history)
    const orderCount = [...orders(history)].length
    return answer(
      isCommitted && order === undefined,
      `${isCommitted ? 'all reads are of committed values' : 'there is a dirty read'}; ` +
        (order === undefined
          ? `none of ${orderCount} orders explains them`
          : `${order.join(', ')} explains them`),
      linesOf(drawing),
    )
  })
}

const dirty = question('history', 'a dirty read is refused by the definition', () => {
  const history = transactions(DIRTY_READ)
  return answer(
    !readsOnlyCommitted(history),
    'T2 reads what a transaction wrote that never committed',
    linesOf(DIRTY_READ),
  )
})

const serial = question('history', 'one transaction after the other is allowed by both', () => {
  const history = transactions(SERIAL)
  const order = serialOrder(history)
  return answer(
    readsOnlyCommitted(history) && order !== undefined,
    `${order?.join(', ') ?? 'no order'} explains all reads`,
    linesOf(SERIAL),
  )
})

/** Two transactions that read both keys and write one, for all that they may have read. */
function twoOfThem(): readonly (readonly Transaction[])[] {
  const found: (readonly Transaction[])[] = []
  const values = [0, 1, 2]
  for (const writes of ['xx', 'xy']) {
    for (const a of values)
      for (const b of values)
        for (const c of values)
          for (const d of values) {
            const [one = 'x', other = 'y'] = writes
            found.push(
              transactions(`
                T1: r(x)${a} r(y)${b} w(${one})1
                T2: r(x)${c} r(y)${d} w(${other})2`),
            )
          }
  }
  return found
}

const weaker = askedOnce(
  question(
    'enumeration',
    'to read only what is committed is weaker than to be serializable, and never stronger',
    () => {
      const all = twoOfThem()
      const committed = all.filter(readsOnlyCommitted)
      const serializable = all.filter((history) => serialOrder(history) !== undefined)
      const strict = serializable.every((history) => committed.includes(history))
      return answer(
        strict && committed.length > serializable.length,
        `of ${all.length} histories of two transactions that read x and y and write one, ` +
          `${committed.length} read only what is committed, and ${serializable.length} of these ` +
          'are serializable',
      )
    },
  ),
)

/** At least one of x and y stays 0: each transaction sees to it by itself. */
const skewBreaksConstraint = question(
  'history',
  'two transactions that keep a rule each by itself break it together, without a dirty read',
  () => {
    const history = transactions(WRITE_SKEW)
    const both = finalState(history)
    const broken = both.get('x') === 1 && both.get('y') === 1
    const alone = history.every((one) => {
      const after = finalState([one])
      return !(after.get('x') === 1 && after.get('y') === 1)
    })
    return answer(
      broken && alone && readsOnlyCommitted(history) && serialOrder(history) === undefined,
      'rule: x and y are not both 1. Each transaction looks first and sets one of them; in the ' +
        'end both are set, and no serial order explains what they read',
      linesOf(WRITE_SKEW),
    )
  },
)

/** What a transaction may do that sees all that was done before: nothing where one is set. */
const serialKeepsConstraint = question(
  'enumeration',
  'in any serial order the same rule is kept, as the second transaction sees the first',
  () => {
    const kept = [...orders(['x', 'y'])].map((order) => {
      const values: Record<string, number> = { x: 0, y: 0 }
      for (const key of order) if (values['x'] === 0 && values['y'] === 0) values[key] = 1
      return !(values['x'] === 1 && values['y'] === 1)
    })
    return answer(kept.every(Boolean), `it is kept in ${kept.length} of ${kept.length} orders`)
  },
)

function linesOf(drawing: string): readonly string[] {
  return drawing
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim())
}

/** What databases promise. */
export const acidBaseClaims: readonly Claim[] = [
  {
    id: 'TXN-18',
    name: 'ACID',
    kind: 'property',
    says:
      'Transactions are atomic, keep the database consistent, are isolated in that they read ' +
      'nothing unfinished, and last.',
    source: 'Haerder and Reuter, Principles of Transaction-Oriented Database Recovery, 1983',
    verdict: 'holds with a correction',
    counterexamples: [skewBreaksConstraint],
    instead:
      'Isolation has to be more than that: transactions that each keep a rule keep it together ' +
      'if they are serializable. Atomicity and durability are as they are said.',
    checks: [
      serialKeepsConstraint,
      weaker,
      'protocols/two-phase-commit/claims',
      'zoo/AC-04',
      'protocols/raft/leader-counts-before-durable',
    ],
  },
  {
    id: 'TXN-19',
    name: 'Isolation is not to read unfinished transactions',
    kind: 'property',
    says: 'Isolation means that no transaction reads what an unfinished one has written.',
    source: 'lecture notes',
    verdict: 'refuted as worded',
    counterexamples: [
      slipsThrough('lost update', LOST_UPDATE),
      slipsThrough('write skew', WRITE_SKEW),
      slipsThrough('long fork', LONG_FORK),
    ],
    instead:
      'That is read committed (Berenson and others 1995). In ACID isolation usually means ' +
      'serializability: some order of the transactions explains all that they read.',
    checks: [dirty, serial, weaker],
  },
  {
    id: 'TXN-20',
    name: 'BASE',
    kind: 'property',
    says:
      'Basically available, soft state, eventually consistent: replicas may differ for a while ' +
      'and come to the same.',
    source: 'Pritchett, BASE: An Acid Alternative, 2008',
    verdict: 'holds',
    checks: [
      satisfies('replicas that differ for a while and then agree', {
        history: `
          a: [write 1]                        [read -> 2]
          b:        [write 2]  [read -> 1]                 [read -> 2]`,
        condition: 'eventual',
      }),
      violates('replicas that never come to agree', {
        history: `
          a: [write 1]                        [read -> 1]
          b:        [write 2]  [read -> 1]                 [read -> 2]`,
        condition: 'eventual',
      }),
      violates('what is soft is not linearizable: here an old value after a newer one, which', {
        history: `
          a: [write 1]                        [read -> 2]
          b:        [write 2]  [read -> 1]                 [read -> 2]`,
        condition: 'linearizable',
      }),
    ],
  },
  {
    id: 'TXN-21',
    name: 'ACID and BASE compared',
    kind: 'claim',
    says: 'A table sets the two against each other: pessimistic and optimistic, and so on.',
    source: 'lecture notes',
    verdict: 'not executable',
    because:
      'it is a matter of words; pessimistic and optimistic control, by the way, are both found ' +
      'in ACID databases',
  },
]
