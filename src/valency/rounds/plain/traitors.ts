import type { ByzantineQuestion } from '../models/byzantine.ts'
import type { GluedQuestion } from '../models/glued.ts'
import type { Knowledge, PlainRun } from './knowledge.ts'
import { BITS, choices, same, sets, upTo } from './knowledge.ts'

type Word = number | undefined

/** Every word is made up first; with signatures those that show what was never said are dropped. */
export function* byzantineRuns(
  question: ByzantineQuestion,
  knowledge: Knowledge,
): Generator<PlainRun> {
  const { processes: n, traitors: count, speaker, signed } = question
  const everybody = upTo(n)
  const everyWord = wordsOf(question, knowledge)
  for (const traitors of sets(everybody).filter((some) => some.length === count)) {
    const isLoyal = (p: number): boolean => !traitors.includes(p)
    const asked = (p: number): boolean => isLoyal(p) && (speaker === 'everybody' || p === 0)
    for (const inputs of choices(everybody.map((p) => (asked(p) ? BITS : [undefined])))) {
      const first = everybody.map((p) => (isLoyal(p) ? knowledge.input(p, inputs[p]) : undefined))
      const orders = inputs.filter((input) => input !== undefined)
      const demand = orders.length === 0 ? undefined : same(orders)
      /** `said[r]` is what everybody loyal knew after r rounds. */
      const play = function* (said: readonly (readonly Word[])[]): Generator<PlainRun> {
        const round = said.length
        const known = said[round - 1] ?? []
        if (round > question.rounds) {
          yield { known: known.map((view, p) => (listens(question, p) ? view : undefined)), demand }
          return
        }
        const listeners = everybody.filter((p) => isLoyal(p) && listens(question, p))
        const liars = traitors.filter((t) => speaks(question, round, t))
        const words = liars.map((t) => {
          const all = everyWord(t, round - 1)
          return signed ? all.filter((word) => isHonest(word, said, isLoyal, knowledge)) : all
        })
        const pairs = listeners.flatMap((p) => liars.map((t, at) => ({ p, t, at })))
        for (const lies of choices(pairs.map(({ at }) => words[at] ?? []))) {
          const heard = (p: number, q: number): Word => {
            if (p === q) return known[p]
            if (!speaks(question, round, q)) return undefined
            return isLoyal(q)
              ? said[round - 1]?.[q]
              : lies[pairs.findIndex((pair) => pair.p === p && pair.t === q)]
          }
          yield* play([
            ...said,
            everybody.map((p) =>
              listeners.includes(p)
                ? knowledge.after(
                    p,
                    everybody.map((q) => heard(p, q)),
                  )
                : undefined,
            ),
          ])
        }
      }
      yield* play([first])
    }
  }
}

function speaks({ speaker }: ByzantineQuestion, round: number, p: number): boolean {
  if (speaker === 'everybody') return true
  return round === 1 ? p === 0 : p !== 0
}

function listens({ speaker }: ByzantineQuestion, p: number): boolean {
  return speaker === 'everybody' || p !== 0
}

/** All that somebody could say that it knows after so many rounds. */
function wordsOf(
  question: ByzantineQuestion,
  knowledge: Knowledge,
): (process: number, rounds: number) => readonly Word[] {
  const everybody = upTo(question.processes)
  const silence = question.signed ? [undefined] : []
  const made = new Map<string, readonly Word[]>()
  const views = (p: number, rounds: number): readonly Word[] => {
    const key = `${p} ${rounds}`
    const there = made.get(key)
    if (there !== undefined) return there
    const inputs = question.speaker === 'everybody' || p === 0 ? BITS : [undefined]
    const all: Word[] =
      rounds === 0
        ? inputs.map((input) => knowledge.input(p, input))
        : [
            ...choices(
              everybody.map((q): readonly Word[] => {
                if (q === p) return views(p, rounds - 1)
                return speaks(question, rounds, q)
                  ? [...silence, ...views(q, rounds - 1)]
                  : [undefined]
              }),
            ),
          ].map((heard) => knowledge.after(p, heard))
    made.set(key, all)
    return all
  }
  return (p, rounds) => [...silence, ...views(p, rounds)]
}

/** Whatever bears the name of somebody loyal is what it said. */
function isHonest(
  word: Word,
  said: readonly (readonly Word[])[],
  isLoyal: (p: number) => boolean,
  knowledge: Knowledge,
): boolean {
  if (word === undefined) return true
  const depth = (view: Word): number => {
    const own = view === undefined ? undefined : knowledge.parts(view)[knowledge.owner(view)]
    return own === undefined ? 0 : 1 + depth(own)
  }
  const owner = knowledge.owner(word)
  if (isLoyal(owner)) return said[depth(word)]?.[owner] === word
  return knowledge.parts(word).every((part) => isHonest(part, said, isLoyal, knowledge))
}

/** Played out by three loyal groups, the traitors saying what they hear in a ring of two copies. */
export function* gluedRuns(
  { processes: n, rounds }: GluedQuestion,
  knowledge: Knowledge,
): Generator<PlainRun> {
  const everybody = upTo(n)
  const groupOf = (p: number): 'A' | 'B' | 'C' => (p * 3 < n ? 'A' : p * 3 < 2 * n ? 'B' : 'C')
  /** The two places of the ring beside a place: it goes A0 B0 C0 A1 B1 C1 and round again. */
  const ring = ['A0', 'B0', 'C0', 'A1', 'B1', 'C1']
  const beside = (place: string): readonly string[] => {
    const at = ring.indexOf(place)
    return [place, ring[(at + 1) % 6] ?? '', ring[(at + 5) % 6] ?? '']
  }
  const inRing = (place: string, p: number, after: number): number => {
    if (after === 0) return knowledge.input(p, place.endsWith('0') ? 0 : 1)
    const near = (q: number): string =>
      beside(place).find((each) => each.startsWith(groupOf(q))) ?? place
    return knowledge.after(
      p,
      everybody.map((q) => remembered(near(q), q, after - 1)),
    )
  }
  const memory = new Map<string, number>()
  const remembered = (place: string, p: number, after: number): number => {
    const key = `${place} ${p} ${after}`
    const view = memory.get(key) ?? inRing(place, p, after)
    memory.set(key, view)
    return view
  }
  const acts: readonly (readonly [string, string, 0 | 1 | undefined])[] = [
    ['B0', 'C0', 0],
    ['C0', 'A1', undefined],
    ['A1', 'B1', 1],
  ]
  for (const [one, other, demand] of acts) {
    const placeOf = (p: number): string | undefined =>
      [one, other].find((place) => place.startsWith(groupOf(p)))
    let known = everybody.map((p): Word => {
      const place = placeOf(p)
      return place === undefined ? undefined : knowledge.input(p, place.endsWith('0') ? 0 : 1)
    })
    for (let round = 1; round <= rounds; round++) {
      const before = known
      known = everybody.map((p): Word => {
        const place = placeOf(p)
        if (place === undefined) return undefined
        const lie = (q: number): number =>
          remembered(beside(place).find((each) => each.startsWith(groupOf(q))) ?? '', q, round - 1)
        return knowledge.after(
          p,
          everybody.map((q) => before[q] ?? lie(q)),
        )
      })
    }
    yield { known, demand }
  }
}
