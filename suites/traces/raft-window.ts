import type { Window } from '../../src/explore/validate/index.ts'

interface Entry {
  readonly term: number
  readonly value: number
}

interface Log {
  readonly length: number
  at(index: number): Entry
  value(): readonly Entry[]
  assign(entries: readonly Entry[]): void
}

interface Numbers {
  get(at: number): number
  set(at: number, to: number): void
}

interface Asked {
  readonly lastTerm: number
  readonly lastIndex: number
}

interface Of<T> {
  get(at: number): T
}

interface Options<T> {
  get(at: number): T | null
  set(at: number, to: T | null): void
}

interface RaftState {
  readonly term: Numbers
  readonly log: Of<Log>
  readonly commit: Numbers
  baseTerm: number
  readonly asked: Of<Options<Asked>>
  readonly granted: Of<Options<number>>
  readonly leader: Options<number>
  readonly led: Of<Log>
  readonly committed: Numbers
  readonly stored: Of<Numbers>
}

/**
 * Forgets entries that all servers know to be committed, and terms that all servers have left: no
 * message of such a term is heeded by anybody. An entry that is not forgotten keeps its term.
 */
export function raftWindow(server: number, term: number, length: number): Window {
  const servers = Array.from({ length: server }, (_, i) => i)
  const worthwhile = Math.max(1, Math.floor(length / 4))

  const leastTerm = (s: RaftState) =>
    servers.reduce((least, i) => Math.min(least, s.term.get(i)), term)
  const agree = (s: RaftState, one: Log, upTo: number) => {
    const first = s.log.get(0)
    for (let index = 0; index < upTo; index++) if (one.at(index) !== first.at(index)) return false
    return true
  }

  function entriesToSpare(s: RaftState): number {
    let spare = servers.reduce((least, i) => Math.min(least, s.commit.get(i)), length)
    for (let t = Math.max(1, leastTerm(s)); t <= term; t++)
      if (s.leader.get(t) !== null) spare = Math.min(spare, s.led.get(t).length)
    if (spare < worthwhile) return 0
    for (const i of servers) if (!agree(s, s.log.get(i), spare)) return 0
    for (let t = Math.max(1, leastTerm(s)); t <= term; t++)
      if (s.leader.get(t) !== null && !agree(s, s.led.get(t), spare)) return 0
    return spare
  }

  function termsToSpare(s: RaftState, entries: number): number {
    const from = leastTerm(s)
    let least = from
    const look = (log: Log) => {
      for (let index = entries; index < log.length; index++)
        least = Math.min(least, log.at(index).term)
    }
    for (const i of servers) look(s.log.get(i))
    for (let t = Math.max(1, from); t <= term; t++) look(s.led.get(t))
    return Math.max(0, least - 1)
  }

  const shortened = (log: Log, entries: number, terms: number) => {
    const rest = log.value().slice(entries)
    return terms === 0 ? rest : rest.map((one) => ({ ...one, term: one.term - terms }))
  }

  return {
    spare: (state) => {
      const s = state as RaftState
      const entries = entriesToSpare(s)
      const terms = termsToSpare(s, entries)
      // Terms are few, and are moved along where entries are, or where they get short.
      return entries === 0 && terms * 4 < term ? [0, 0] : [entries, terms]
    },

    move: (state, by) => {
      const s = state as RaftState
      const [entries, terms] = by as [number, number]
      const from = leastTerm(s)
      const base = entries === 0 ? s.baseTerm : s.log.get(0).at(entries - 1).term
      s.baseTerm = Math.max(0, base - terms)
      for (const i of servers) {
        s.log.get(i).assign(shortened(s.log.get(i), entries, terms))
        s.commit.set(i, s.commit.get(i) - entries)
        s.term.set(i, s.term.get(i) - terms)
      }
      for (let t = 1; t <= term; t++) {
        const old = t + terms
        const isKept = old <= term && old >= from
        s.leader.set(t, isKept ? s.leader.get(old) : null)
        s.committed.set(t, isKept ? Math.max(0, s.committed.get(old) - entries) : 0)
        s.led.get(t).assign(isKept ? shortened(s.led.get(old), entries, terms) : [])
        for (const i of servers) {
          s.granted.get(t).set(i, isKept ? s.granted.get(old).get(i) : null)
          s.stored.get(t).set(i, isKept ? Math.max(0, s.stored.get(old).get(i) - entries) : 0)
          const asked = isKept ? s.asked.get(old).get(i) : null
          s.asked.get(t).set(i, asked === null ? null : earlier(asked, entries, terms))
        }
      }
    },
  }
}

function earlier({ lastTerm, lastIndex }: Asked, entries: number, terms: number): Asked {
  return { lastTerm: Math.max(0, lastTerm - terms), lastIndex: Math.max(-1, lastIndex - entries) }
}
