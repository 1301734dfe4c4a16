import type { Json } from '../../../src/core/json.ts'
import { canonical } from '../../../src/core/json.ts'
import type {
  Applied,
  ObjectOperation,
  ObjectType,
  SharedProtocol,
} from '../../../src/node/index.ts'
import { oneEach, sharedMemory } from '../../../src/node/index.ts'
import { empty } from '../../../impls/flp/shared-memory/objects/registers.ts'
import type { DiscerningWitness } from '../../../src/valency/shared-memory/discerning.ts'
import type { TypeTable } from '../../../src/valency/shared-memory/type-table.ts'

const apply = (type: ObjectType, state: Json, operation: ObjectOperation): Applied => {
  const [outcome] = [type.apply(state, operation)].flat() as readonly Applied[]
  if (outcome === undefined) throw new Error('no outcome')
  return outcome
}

/** All sequences of different processes, none of them empty. */
function sequences(processes: number): number[][] {
  const found: number[][] = []
  const extend = (sequence: readonly number[]): void => {
    if (sequence.length > 0) found.push([...sequence])
    for (let next = 0; next < processes; next++)
      if (!sequence.includes(next)) extend([...sequence, next])
  }
  extend([])
  return found
}

/** What a process may know at the end, for each process that may have been first. */
function knowledge(
  type: ObjectType,
  state: Json,
  operations: readonly ObjectOperation[],
): Set<string>[][] {
  const processes = operations.length
  const known = operations.map(() => operations.map(() => new Set<string>()))
  for (const sequence of sequences(processes)) {
    let now = state
    const told = new Map<number, Json>()
    for (const process of sequence) {
      const outcome = apply(type, now, operations[process]!)
      now = outcome.state
      told.set(process, outcome.response)
    }
    for (const [process, response] of told)
      known[sequence[0]!]![process]!.add(canonical([response, now]))
  }
  return known
}

/** Whether what processes know tells the team that was first: the definition. */
function tells(known: readonly (readonly Set<string>[])[], teams: readonly number[]): boolean {
  return teams.every((_, process) =>
    teams.every((team, first) =>
      teams.every((other, second) => {
        if (team === other) return true
        const seen = known[second]![process]!
        return [...known[first]![process]!].every((fact) => !seen.has(fact))
      }),
    ),
  )
}

/** The definition of n-discerning, word for word, over all states of a table. */
export function isDiscerning({ type, states }: TypeTable, processes: number): boolean {
  const tuples = (length: number): ObjectOperation[][] =>
    length === 0
      ? [[]]
      : tuples(length - 1).flatMap((rest) => type.operations.map((each) => [...rest, each]))
  return states.some((state) =>
    tuples(processes).some((operations) => {
      const known = knowledge(type, state, operations)
      return Array.from({ length: 2 ** processes - 2 }, (_, mask) => mask + 1).some((mask) =>
        tells(
          known,
          operations.map((_, process) => (mask >> process) & 1),
        ),
      )
    }),
  )
}

/** Whether these teams are told apart by these operations in this state. */
export function isWitness({ type, states, operations }: TypeTable, witness: DiscerningWitness) {
  const chosen = witness.operations.map((operation) => operations[operation]!)
  const both = new Set(witness.teams).size === 2
  return both && tells(knowledge(type, states[witness.state]!, chosen), witness.teams)
}

/**
 * Consensus between two teams, each of which proposes one value: everybody writes its value,
 * applies its operation, reads the object, and knows which team was first; the value of that team
 * stands in the register of some member (Ruppert 2000, the easy half of the theorem).
 */
export function teamProtocol(
  table: TypeTable,
  read: ObjectOperation,
  { state, operations, teams }: DiscerningWitness,
): SharedProtocol {
  const { type } = table
  const chosen = operations.map((operation) => table.operations[operation]!)
  const start = table.states[state]!
  const known = knowledge(type, start, chosen)
  // What a read answers in each state.
  const seen = new Map(
    table.states.map((each) => [canonical(apply(type, each, read).response), each]),
  )
  type Local = {
    readonly at: 'announce' | 'apply' | 'read' | 'look' | 'done'
    readonly told: Json
    readonly team: number
    readonly other: number
  }
  const nothing = { told: null, team: 0, other: 0 }
  return sharedMemory<Local>('teams', { about: 'which team was first' }, (processes) => ({
    objects: { object: { type, initial: start }, ...oneEach('own', processes, empty) },
    start: (_, input) => ({ ...nothing, at: 'announce', told: input }),
    next: (local, self) => {
      switch (local.at) {
        case 'announce':
          return { object: `own[${self}]`, operation: ['write', local.told] }
        case 'apply':
          return { object: 'object', operation: chosen[self]! }
        case 'read':
          return { object: 'object', operation: read }
        case 'look':
          return { object: `own[${local.other}]`, operation: ['read'] }
        case 'done':
          return { decide: local.told }
      }
    },
    after: (local, response, self) => {
      const member = (from: number, team: number): number => teams.indexOf(team, from)
      switch (local.at) {
        case 'announce':
          return { ...nothing, at: 'apply' }
        case 'apply':
          return { ...nothing, at: 'read', told: response }
        case 'read': {
          const fact = canonical([local.told, seen.get(canonical(response)) ?? null])
          const first = known.findIndex((each) => each[self]!.has(fact))
          const team = teams[first] ?? 0
          return { at: 'look', told: null, team, other: member(0, team) }
        }
        case 'look':
          return response === null
            ? { ...local, other: member(local.other + 1, local.team) }
            : { ...nothing, at: 'done', told: response }
        case 'done':
          return local
      }
    },
  }))
}
