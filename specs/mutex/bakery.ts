import { model, spec } from '../../src/explore/index.ts'
import { bool, id, int, mapOf, oneOf, record, setOf } from '../../src/state/index.ts'

/** What one process has, as a plain value or in a state that is read. */
interface Local {
  readonly num: number
  readonly flag: boolean
  readonly unchecked: { has(other: number): boolean }
  readonly max: number
  readonly nxt: number
  readonly pc: 'ncs' | 'e1' | 'e2' | 'e3' | 'e4' | 'w1' | 'w2' | 'cs' | 'exit'
}

type Mutant = 'no-choosing' | 'no-tie-break' | 'numbers-not-awaited'

const MUTANTS: Readonly<Record<Mutant, string>> = {
  'no-choosing': 'nobody waits for those who are choosing a number',
  'no-tie-break': 'of two processes with the same number, neither waits for the other',
  'numbers-not-awaited': 'a process goes on as soon as the other has chosen its number',
}

const SOURCE = "Lamport, A New Solution of Dijkstra's Concurrent Programming Problem, 1974"

/**
 * A customer takes a number that is larger than all that it sees, and waits for those with smaller
 * ones. Numbers are read while they are written: until a write is done they may be anything, and
 * so may flags.
 */
export const bakery = spec(
  'bakery',
  {
    about: 'mutual exclusion by numbers, as at a baker’s, with variables that are not atomic',
    source: SOURCE,
    parameters: { n: 2, maxNat: 2 },
    mutants: MUTANTS,
  },
  ({ n, maxNat }, planted) => bakeryModel(n, maxNat, false, planted),
)

/** The same algorithm, begun in every state in which the invariant of its proof holds. */
export const bakeryInvariant = spec(
  'bakery-mc',
  {
    about: 'the bakery algorithm begun in all states of its invariant, which is inductive',
    source: SOURCE,
    parameters: { n: 2, maxNat: 2 },
  },
  ({ n, maxNat }) => bakeryModel(n, maxNat, true, () => false),
)

function bakeryModel(
  n: number,
  maxNat: number,
  inductive: boolean,
  planted: (mutant: Mutant) => boolean,
) {
  const PROCESS = id('process', n)
  const NUMBER = int(0, maxNat)
  const processes = Array.from({ length: n }, (_, p) => p)
  const noChoosing = planted('no-choosing')
  const noTieBreak = planted('no-tie-break')
  const numbersNotAwaited = planted('numbers-not-awaited')
  const local = record({
    num: NUMBER,
    flag: bool(),
    unchecked: setOf(PROCESS),
    max: NUMBER,
    nxt: PROCESS,
    pc: oneOf('ncs', 'e1', 'e2', 'e3', 'e4', 'w1', 'w2', 'cs', 'exit'),
  })
  const invariant = (at: (p: number) => Local) =>
    processes.every((p) => holdsOf(p, at, processes, n))
  return model({
    state: { at: mapOf(PROCESS, local) },
    init: {
      whereInvariantHolds: {
        for: inductive ? processes.map(() => local) : [],
        when: (_, ...locals) => !inductive || invariant((p) => locals[p] as Local),
        then: (s, ...locals) => {
          for (const [p, one] of locals.entries()) s.at.set(p, one)
        },
      },
    },
    actions: {
      begin: {
        for: [PROCESS],
        when: (s, p) => s.at.get(p).pc === 'ncs',
        then: (s, p) => {
          s.at.get(p).pc = 'e1'
        },
      },
      /** While a flag is written, others read anything. */
      flicker: {
        for: [PROCESS],
        when: (s, p) => s.at.get(p).pc === 'e1' || s.at.get(p).pc === 'e4',
        then: (s, p) => {
          s.at.get(p).flag = !s.at.get(p).flag
        },
      },
      startChoosing: {
        for: [PROCESS],
        when: (s, p) => s.at.get(p).pc === 'e1',
        then: (s, p) => {
          const own = s.at.get(p)
          own.flag = true
          own.unchecked.assign(processes.filter((q) => q !== p))
          own.max = 0
          own.pc = 'e2'
        },
      },
      look: {
        for: [PROCESS, PROCESS],
        when: (s, p, q) => s.at.get(p).pc === 'e2' && s.at.get(p).unchecked.has(q),
        then: (s, p, q) => {
          const own = s.at.get(p)
          own.unchecked.delete(q)
          own.max = Math.max(own.max, s.at.get(q).num)
        },
      },
      looked: {
        for: [PROCESS],
        when: (s, p) => s.at.get(p).pc === 'e2' && s.at.get(p).unchecked.size === 0,
        then: (s, p) => {
          s.at.get(p).pc = 'e3'
        },
      },
      /** While a number is written, others read anything. */
      flutter: {
        for: [PROCESS, NUMBER],
        when: (s, p) => s.at.get(p).pc === 'e3' || s.at.get(p).pc === 'exit',
        then: (s, p, number) => {
          s.at.get(p).num = number
        },
      },
      choose: {
        for: [PROCESS, NUMBER],
        when: (s, p, number) => s.at.get(p).pc === 'e3' && number > s.at.get(p).max,
        then: (s, p, number) => {
          s.at.get(p).num = number
          s.at.get(p).pc = 'e4'
        },
      },
      stopChoosing: {
        for: [PROCESS],
        when: (s, p) => s.at.get(p).pc === 'e4',
        then: (s, p) => {
          const own = s.at.get(p)
          own.flag = false
          own.unchecked.assign(processes.filter((q) => q !== p))
          own.pc = 'w1'
        },
      },
      awaitChoice: {
        for: [PROCESS, PROCESS],
        when: (s, p, q) =>
          s.at.get(p).pc === 'w1' &&
          s.at.get(p).unchecked.has(q) &&
          (noChoosing || !s.at.get(q).flag),
        then: (s, p, q) => {
          s.at.get(p).nxt = q
          s.at.get(p).pc = 'w2'
        },
      },
      awaitTurn: {
        for: [PROCESS, oneOf('the other does not want to', 'it comes before the other')],
        when: (s, p, why) => {
          const own = s.at.get(p)
          if (own.pc !== 'w2') return false
          const q = own.nxt
          const other = s.at.get(q)
          if (why === 'the other does not want to') return other.num === 0
          return (
            numbersNotAwaited ||
            isBefore(own.num, p, other.num, q) ||
            (noTieBreak && own.num === other.num)
          )
        },
        then: (s, p) => {
          const own = s.at.get(p)
          own.unchecked.delete(own.nxt)
          own.pc = 'w1'
        },
      },
      enter: {
        for: [PROCESS],
        when: (s, p) => s.at.get(p).pc === 'w1' && s.at.get(p).unchecked.size === 0,
        then: (s, p) => {
          s.at.get(p).pc = 'cs'
        },
      },
      leave: {
        for: [PROCESS],
        when: (s, p) => s.at.get(p).pc === 'cs',
        then: (s, p) => {
          s.at.get(p).pc = 'exit'
        },
      },
      rest: {
        for: [PROCESS],
        when: (s, p) => s.at.get(p).pc === 'exit',
        then: (s, p) => {
          s.at.get(p).num = 0
          s.at.get(p).pc = 'ncs'
        },
      },
    },
    invariants: {
      'at most one is in the critical section': (s) => s.at.count(({ pc }) => pc === 'cs') <= 1,
      'the invariant of the proof': (s) => invariant((p) => s.at.get(p)),
    },
    sometimes: {
      'somebody is in the critical section': (s) => s.at.some(({ pc }) => pc === 'cs'),
    },
    // Numbers end at maxNat here: nobody can choose one that is larger.
    ends: 'anywhere',
  })
}

const isBefore = (one: number, p: number, other: number, q: number) =>
  one < other || (one === other && p < q)

/** Whether `p` has a number, and `q` has a larger one or will choose a larger one. */
function goesBefore(p: number, q: number, at: (p: number) => Local): boolean {
  const { num } = at(p)
  if (num === 0) return false
  const other = at(q)
  switch (other.pc) {
    case 'ncs':
    case 'e1':
    case 'exit':
      return true
    case 'e2':
      return other.unchecked.has(p) || other.max >= num
    case 'e3':
      return other.max >= num
    case 'e4':
      return isBefore(num, p, other.num, q)
    case 'w1':
    case 'w2':
      return isBefore(num, p, other.num, q) && other.unchecked.has(p)
    case 'cs':
      return false
  }
}

/** The part of the inductive invariant that is about `p`. */
function holdsOf(
  p: number,
  at: (p: number) => Local,
  processes: readonly number[],
  n: number,
): boolean {
  const { pc, num, flag, unchecked, nxt } = at(p)
  const waits = pc === 'w1' || pc === 'w2'
  if ((pc === 'e4' || waits || pc === 'cs') && num === 0) return false
  if ((pc === 'e2' || pc === 'e3') && !flag) return false
  if (waits && unchecked.has(p)) return false
  if (waits || pc === 'cs')
    for (const q of processes)
      if (q !== p && !(waits && unchecked.has(q)) && !goesBefore(p, q, at)) return false
  if (pc !== 'w2') return true
  if (nxt === p || nxt >= n) return false
  const other = at(nxt)
  const missed = (other.pc === 'e2' && !other.unchecked.has(p)) || other.pc === 'e3'
  return !missed || other.max >= num
}
