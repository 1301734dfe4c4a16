import { UserError } from '../../core/user-error.ts'
import type { Parts } from '../composed-parts.ts'
import type { Exchange } from './renaming.ts'

/** More would take longer than they save. */
const MOST = 720

/**
 * All exchanges of nodes, and of clients with what they ask, after which everything around the
 * nodes is as it was before: who may ask whom, who may crash, how often each timer may fire. The
 * first one exchanges nothing.
 *
 * @throws UserError if there are too many
 */
export function exchangesOf(parts: Parts): readonly Exchange[] {
  const { names, scripts, options } = parts
  const { nodes: free = [...names.keys()] } = options.alike ?? {}
  const orders = permutations(free.length)
  if (orders.length > MOST) {
    throw new UserError(`${free.length} nodes have too many orders`, {
      where: parts.name,
      hint: `say with \`alike: { nodes }\` which of them may be exchanged, at most 6`,
    })
  }
  const all: Exchange[] = []
  for (const order of orders) {
    const nodes = [...names.keys()]
    for (const [place, node] of free.entries()) nodes[node] = free[order[place]!]!
    if (!keepsNodes(parts, nodes)) continue
    for (const clients of permutations(scripts.length)) {
      const made = exchange(parts, nodes, clients)
      if (made !== undefined) all.push(made)
      if (all.length > MOST) return all.slice(0, 1)
    }
  }
  return all
}

/** Whether those who may crash, and the timers that are counted by node, stay the same. */
function keepsNodes({ names, options, budgets }: Parts, nodes: readonly number[]): boolean {
  const { crashing = [...names.keys()] } = options
  if (!crashing.every((node) => crashing.includes(nodes[node]!))) return false
  return budgets.names.every((name, at) => {
    const other = budgets.names.indexOf(movedBudget(name, names, nodes))
    return other !== -1 && budgets.limits[other] === budgets.limits[at]
  })
}

/** `timer n1 election` becomes `timer n2 election`. */
export function movedBudget(
  name: string,
  names: readonly string[],
  nodes: readonly number[],
): string {
  const [kind = '', node = '', ...rest] = name.split(' ')
  const at = names.indexOf(node)
  return at === -1 ? name : [kind, names[nodes[at]!]!, ...rest].join(' ')
}

function exchange(
  { names, scripts, requests, options }: Parts,
  nodes: readonly number[],
  clients: readonly number[],
): Exchange | undefined {
  const moved = requests.map((_, at) => at)
  const values = new Map<string, string>()
  for (const [client, script] of scripts.entries()) {
    const other = clients[client]!
    if (scripts[other]!.length !== script.length) return undefined
    const every = [...names.keys()]
    const [at = every, to = every] = [options.clients![client]!.at, options.clients![other]!.at]
    if (at.length !== to.length || !at.every((node) => to.includes(nodes[node]!))) return undefined
    for (const [place, request] of script.entries()) {
      moved[request] = scripts[other]![place]!
      const [one, two] = [requests[request]!, requests[moved[request]]!]
      if (one.f !== two.f || JSON.stringify(one.key) !== JSON.stringify(two.key)) return undefined
      if (!pairUp(one.value, two.value, values)) return undefined
    }
  }
  if (new Set(values.values()).size !== values.size) return undefined
  const words = [
    ...names.map((name, node) => [name, names[nodes[node]!]!] as const),
    ...clients.map((other, client) => [`c${client + 1}`, `c${other + 1}`] as const),
    ...moved.map((other, request) => [`r${request + 1}`, `r${other + 1}`] as const),
    ...values,
  ]
  const changing = words.filter(([from, to]) => from !== to)
  return { nodes, clients, requests: moved, words: new Map(changing) }
}

/** One value has to take the place of the other. Only words can: numbers mean several things. */
function pairUp(one: unknown, other: unknown, values: Map<string, string>): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') {
    return JSON.stringify(one) === JSON.stringify(other)
  }
  const known = values.get(one)
  values.set(one, other)
  return known === undefined || known === other
}

/** All orders of the first numbers, the usual one first. */
function permutations(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]]
  if (count > 6) return Array.from({ length: MOST + 1 }, () => [])
  const all: number[][] = []
  const go = (taken: readonly number[]): void => {
    if (taken.length === count) all.push([...taken])
    for (let next = 0; next < count; next++) if (!taken.includes(next)) go([...taken, next])
  }
  go([])
  return all
}
