import type { Json } from '../../../src/core/json.ts'
import type { ObjectOperation, SharedObject } from '../../../src/node/index.ts'
import { sharedMemory } from '../../../src/node/index.ts'
import { assignment } from './objects/arrays.ts'
import { upTo } from './objects/registers.ts'

/**
 * Consensus by writing m registers in one step (Herlihy 1991, section 3.3), for m processes and,
 * in two rounds, for 2m - 2.
 *
 * In a round there are teams, each of which has agreed on a value already. Each process has a
 * register of its own, and shares one with each process of another team. It writes its value into
 * its own one and its name into the shared ones, all at once. Of two processes that have both
 * written, the one whose name was overwritten in the register they share was first. The very first
 * process of all was before everybody of the other teams, so somebody who finds a process that was
 * before everybody else of other teams has found one of the winning team.
 */
interface Round {
  readonly object: string
  /** Who takes part, by team. */
  readonly teams: readonly (readonly number[])[]
}

type Local =
  | { readonly at: 'assign'; readonly round: number; readonly value: Json }
  /** Looks whether `who` has written, and with which value. */
  | { readonly at: 'own'; readonly round: number; readonly who: number }
  /** Looks whether its rivals came later, the one at this place next. */
  | {
      readonly at: 'rival' | 'shared'
      readonly round: number
      readonly who: number
      readonly value: Json
      readonly place: number
    }
  | { readonly at: 'done'; readonly value: Json }

export const assigning = assigningTo(2)
export const assigningThree = assigningTo(3)

function assigningTo(m: number) {
  return sharedMemory<Local, 'writes-one-by-one'>(
    m === 2 ? 'assignment' : `assignment-${m}`,
    {
      about: `Who was first is seen in registers of which ${m} are written in one step`,
      source: 'Herlihy 1991, Wait-free synchronization, ACM TOPLAS 13(1), section 3.3',
      mutants: { 'writes-one-by-one': 'own register and shared ones are not written together' },
      mostProcesses: Math.max(m, 2 * m - 2),
    },
    (processes, planted) => {
      const rounds = roundsOf(m, processes)
      const split = planted('writes-one-by-one')
      const teamOf = (round: Round, self: number): number =>
        round.teams.findIndex((team) => team.includes(self))
      const rivals = (round: Round, self: number): readonly number[] =>
        round.teams.filter((_, at) => at !== teamOf(round, self)).flat()
      const roundsFor = (self: number): readonly Round[] =>
        rounds.filter(({ teams }) => teams.flat().includes(self))
      const roundAt = (self: number, at: number): Round => {
        const round = roundsFor(self)[at]
        if (round === undefined) throw new RangeError(`process ${self} has no round ${at}`)
        return round
      }
      const shared = (a: number, b: number): number =>
        processes + Math.min(a, b) * processes + Math.max(a, b)
      const cells = processes + processes * processes

      /** What a process found to have won the round. */
      const won = (self: number, round: number, value: Json): Local =>
        round + 1 < roundsFor(self).length
          ? { at: 'assign', round: round + 1, value }
          : { at: 'done', value }

      const operationOf = (
        self: number,
        local: Exclude<Local, { at: 'done' }>,
      ): ObjectOperation => {
        const round = roundAt(self, local.round)
        switch (local.at) {
          case 'assign': {
            const names = rivals(round, self).map((rival) => [shared(self, rival), self] as const)
            return ['assign', [[self, local.value], ...(split ? [] : names)]]
          }
          case 'own':
            return ['read', local.who]
          case 'rival':
            return ['read', rivals(round, local.who)[local.place] ?? 0]
          case 'shared':
            return ['read', shared(local.who, rivals(round, local.who)[local.place] ?? 0)]
        }
      }

      /** The candidate came before the rival at this place: what to look at next. */
      const earlier = (self: number, local: Extract<Local, { at: 'rival' | 'shared' }>): Local => {
        const place = local.place + 1
        return place < rivals(roundAt(self, local.round), local.who).length
          ? { ...local, at: 'rival', place }
          : won(self, local.round, local.value)
      }

      const after = (local: Local, response: Json, self: number): Local => {
        if (local.at === 'done') return local
        const round = roundAt(self, local.round)
        const members = round.teams.flat()
        const nextWho = (who: number): Local => ({
          at: 'own',
          round: local.round,
          who: members[members.indexOf(who) + 1] ?? self,
        })
        switch (local.at) {
          case 'assign':
            return { at: 'own', round: local.round, who: members[0] ?? self }
          case 'own':
            return response === null
              ? nextWho(local.who)
              : { at: 'rival', round: local.round, who: local.who, value: response, place: 0 }
          case 'rival':
            return response === null ? earlier(self, local) : { ...local, at: 'shared' }
          case 'shared':
            return response === local.who ? nextWho(local.who) : earlier(self, local)
        }
      }

      const initial: readonly Json[] = upTo(cells).map(() => null)
      const object: SharedObject = { type: assignment(cells), initial }
      return {
        objects: Object.fromEntries(rounds.map((round) => [round.object, object])),
        start: (_, input) => ({ at: 'assign', round: 0, value: input }),
        next: (local, self) =>
          local.at === 'done'
            ? { decide: local.value }
            : { object: roundAt(self, local.round).object, operation: operationOf(self, local) },
        after,
      }
    },
  )
}

/** One round of everybody for himself, or one within each half and one between them. */
function roundsOf(m: number, processes: number): readonly Round[] {
  const everybody = upTo(processes)
  const alone = (members: readonly number[]): readonly (readonly number[])[] =>
    members.map((member) => [member])
  if (processes <= m) return [{ object: 'registers', teams: alone(everybody) }]
  const halves = [everybody.slice(0, m - 1), everybody.slice(m - 1)]
  return [
    ...halves.map((half, at) => ({ object: `half[${at}]`, teams: alone(half) })),
    { object: 'registers', teams: halves },
  ]
}
