import { canonical, Interner } from '../src/core/json.ts'
import type { Json } from '../src/core/json.ts'
import type { Operation, Process } from '../src/core/operation.ts'
import { acknowledged, anything, nothing } from '../src/core/shape.ts'
import { counted, shown } from '../src/core/wording.ts'
import type { DirectCondition } from './direct-condition.ts'
import { misfit, processText } from './direct-condition.ts'
import type { Finding, ObjectHistory } from './findings.ts'
import { perObject, verdictOf } from './findings.ts'

/**
 * Strong convergence, the safe half of strong eventual consistency (Shapiro, Preguiça, Baquero &
 * Zawirski 2011): whoever has the same set of updates has the same state, at any time. The other
 * half, that all get all updates, is `eventual`.
 *
 * | operation | argument | result |
 * |---|---|---|
 * | update | a name for the update, different from all others | ignored (an acknowledgement) |
 * | applied | the name: its process has this update from the return on | ignored |
 * | read | nothing | the state of its process, or `{ seen: [names], state }` |
 *
 * A read tells the set it was made from by `seen`; without that it is what its process has
 * applied. Applying an update again must not change anything. If there are `update`s, whatever
 * was seen or applied is one of them and had been called by then. After an `applied` of unknown
 * outcome a process is gone, as histories have it, so no set is in doubt.
 */
const shapes = {
  update: {
    value: { ...anything, text: 'its name, different from all others' },
    result: acknowledged,
  },
  applied: { value: { ...anything, text: 'the name of an update' }, result: acknowledged },
  read: {
    value: nothing,
    result: { ...anything, text: 'the state, or `{ seen: [names], state }`' },
    observes: true,
  },
}

/** Equal sets of updates give equal states. */
export const strongEventual: DirectCondition = {
  name: 'strong-eventual',
  summary: 'processes that have the same set of updates are in the same state',
  source: 'Shapiro, Preguiça, Baquero & Zawirski 2011, Conflict-free replicated data types',
  operations: shapes,

  unfit(history) {
    const tells = history.operations.some((op) => op.f === 'applied' || seenBy(op) !== undefined)
    return tells
      ? misfit(history, strongEventual, ['read'], 'ignored')
      : 'nothing in it tells which updates a read has seen: no applied, no { seen, state }'
  },

  check(history) {
    const findings: Finding[] = []
    let [reads, sets] = [0, 0]
    for (const object of perObject(history.operations)) {
      const views = viewsOf(object)
      const { diverging, distinct } = divergences(views, object.part)
      reads += views.length
      sets += distinct
      findings.push(...diverging, ...inventions(object))
    }
    const sentence = `${reads} reads of ${sets} sets of updates, one state for each set`
    return verdictOf('states-by-update-set', findings, sentence)
  },
}

/** A read with the set of updates it was made from. */
interface View {
  readonly op: Operation
  readonly state: string
  readonly shownState: Json
  /** 96 bits that equal sets share, and different ones practically never. */
  readonly print: string
  /** The set itself, for when it matters. */
  readonly members: () => ReadonlySet<number>
}

function viewsOf({ operations }: ObjectHistory): readonly View[] {
  const names = new Interner()
  const replicas = new Map<Process, { order: number[]; have: Set<number>; print: Print }>()
  const views: View[] = []
  for (const op of operations) {
    const replica = replicas.get(op.process) ?? { order: [], have: new Set(), print: emptyPrint() }
    replicas.set(op.process, replica)
    if (op.f === 'applied') {
      const name = names.id(op.value)
      if (op.result !== undefined && !replica.have.has(name)) {
        replica.have.add(name)
        replica.order.push(name)
        extend(replica.print, name)
      }
    } else if (op.f === 'read' && op.result !== undefined) {
      const seen = seenBy(op)
      if (seen === undefined) {
        const { order } = replica
        const size = order.length
        const members = () => new Set(order.slice(0, size))
        views.push(viewOf(op, op.result, replica.print, members))
      } else {
        const members = new Set(seen.map((name) => names.id(name)))
        const print = emptyPrint()
        for (const name of members) extend(print, name)
        const { state } = op.result as { readonly state: Json }
        views.push(viewOf(op, state, print, () => members))
      }
    }
  }
  return views
}

function viewOf(op: Operation, state: Json, print: Print, members: View['members']): View {
  return { op, state: canonical(state), shownState: state, print: print.join(), members }
}

function seenBy({ f, result }: Operation): readonly Json[] | undefined {
  if (f !== 'read' || typeof result !== 'object' || result === null) return undefined
  if (!Object.hasOwn(result, 'seen') || !Object.hasOwn(result, 'state')) return undefined
  const { seen } = result as { readonly seen: Json }
  return Array.isArray(seen) ? (seen as readonly Json[]) : undefined
}

/** For each set of updates the first state read of it against every other, once. */
function divergences(views: readonly View[], part: string | undefined) {
  const byPrint = new Map<string, Map<string, View>>()
  const diverging: Finding[] = []
  for (const view of views) {
    const states = byPrint.get(view.print) ?? new Map<string, View>()
    byPrint.set(view.print, states)
    if (states.has(view.state)) continue
    const [first] = states.values()
    states.set(view.state, view)
    if (first === undefined || !sameSet(first.members(), view.members())) continue
    const [a, b] = [first, view].map(
      ({ op, shownState }) => `${processText(op)} is in ${shown(shownState)}`,
    )
    const updates = counted(view.members().size, 'update')
    const sentence = `with the same ${updates} ${b ?? ''}, but ${a ?? ''}`
    diverging.push({ sentence, operations: [first.op.id, view.op.id], culprit: view.op.id, part })
  }
  return { diverging, distinct: byPrint.size }
}

function inventions({ operations, part }: ObjectHistory): readonly Finding[] {
  const names = new Interner()
  const calledAt: number[] = []
  for (const op of operations) if (op.f === 'update') calledAt[names.id(op.value)] ??= op.called
  if (names.size === 0) return []
  const findings: Finding[] = []
  const reported = new Set<number>()
  for (const op of operations) {
    if (op.result === undefined) continue
    for (const name of op.f === 'applied' ? [op.value] : (seenBy(op) ?? [])) {
      const id = names.id(name)
      const called = calledAt[id] ?? Infinity
      if (called < op.returned || reported.has(id)) continue
      reported.add(id)
      const when = called === Infinity ? 'which nobody made' : 'before anybody made it'
      const sentence = `${processText(op)} has the update ${shown(name)}, ${when}`
      findings.push({ sentence, operations: [op.id], culprit: op.id, part })
    }
  }
  return findings
}

type Print = [number, number, number]

const emptyPrint = (): Print => [0, 0, 0]

/** Adds a member. The order of adding does not matter. */
function extend(print: Print, member: number): void {
  print[0] ^= mix(member, 0x9e3779b9)
  print[1] ^= mix(member, 0x7feb352d)
  print[2] ^= mix(member, 0x2545f491)
}

/** Spreads a small number over 32 bits: two rounds of multiply and shift. */
function mix(number: number, salt: number): number {
  let bits = Math.imul(number + 1, 0x85ebca6b) ^ salt
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad)
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97)
  return bits ^ (bits >>> 15)
}

function sameSet(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  return a.size === b.size && [...a].every((member) => b.has(member))
}
