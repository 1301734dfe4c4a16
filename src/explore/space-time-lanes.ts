import type { AnyLayout, Variables } from '../state/index.ts'
import type { Step } from './exploration.ts'
import type { AnyModel } from './model.ts'
import { parameterLayout } from './story.ts'
import { layoutsIn } from './story-layouts.ts'

/** For steps of which nobody can say who takes them. */
const NOBODY = 'others'

/** More of a kind than this are drawn only if they do something. */
const MOST_IDLE = 8

/**
 * Who takes each step. That is the process that is its first parameter, or for whom the message is
 * that it takes. A model may also have processes of which there is only one, such as the manager of
 * a transaction: actions `tmCommit` without a parameter in a model with a variable `tm` are its
 * own, and so are then all others whose first word is `tm`.
 */
export function stepLanes(model: AnyModel, trace: readonly Step[]): readonly string[] {
  const single = singleProcesses(model)
  const kinds = processKinds(model)
  return trace.map((step) => {
    const word = firstWord(step.action ?? '')
    if (single.has(word)) return word
    return idOf(model, step, kinds) ?? NOBODY
  })
}

/**
 * Which identities act: those of which the model says so, or those that something is kept for. A
 * value or a ballot may have a name too, and does nothing.
 */
function processKinds(model: AnyModel): ReadonlySet<string> {
  const declared = (model.processes as { readonly kind: AnyLayout } | undefined)?.kind.shape
  if (declared?.kind === 'id') return new Set([declared.name])
  const layouts = Object.values(model.state as Variables).flatMap(layoutsIn)
  const keys = layouts.flatMap(({ shape }) => (shape.kind === 'mapOf' ? [shape.keys.shape] : []))
  const kept = keys.flatMap((shape) => (shape.kind === 'id' ? [shape.name] : []))
  if (kept.length > 0) return new Set(kept)
  return new Set(layouts.flatMap(({ shape }) => (shape.kind === 'id' ? [shape.name] : [])))
}

/** All lanes in the order in which they are drawn: single processes, then identities. */
export function laneNames(model: AnyModel, lanes: readonly string[]): readonly string[] {
  const acting = new Set(lanes.slice(1))
  const kinds = new Map<string, number>()
  for (const { shape } of Object.values(model.state as Variables).flatMap(layoutsIn))
    if (shape.kind === 'id') kinds.set(shape.name, shape.count)
  const named: string[] = []
  for (const [kind, count] of kinds) {
    const all = Array.from({ length: count }, (_, number) => `${kind}${number}`)
    const some = all.filter((name) => acting.has(name))
    if (some.length > 0) named.push(...(count <= MOST_IDLE ? all : some))
  }
  const others = [...acting].filter((name) => !named.includes(name) && name !== NOBODY)
  return [...(acting.has(NOBODY) ? [NOBODY] : []), ...others, ...named]
}

function singleProcesses(model: AnyModel): ReadonlySet<string> {
  const variables = Object.keys(model.state as Variables)
  const actions = Object.entries(model.actions as Readonly<Record<string, OpenAction>>)
  const kinds = Object.values(model.state as Variables)
    .flatMap(layoutsIn)
    .flatMap(({ shape }) => (shape.kind === 'id' ? [shape.name] : []))
  const words = actions
    .filter(([, action]) => (action.for ?? []).length === 0)
    .map(([name]) => firstWord(name))
  return new Set(words.filter((word) => variables.includes(word) && !kinds.includes(word)))
}

interface OpenAction {
  readonly for?: readonly unknown[]
}

/** `tm` of `tmRcvPrepared`. */
function firstWord(name: string): string {
  return /^[a-z]+/.exec(name)?.[0] ?? ''
}

const RECEIVER = /^m?(to|dst|dest|destination|receiver|target)$/i

function idOf(model: AnyModel, step: Step, kinds: ReadonlySet<string>): string | undefined {
  for (const [at, value] of step.parameters.entries()) {
    const layout = parameterLayout(model, step, at)
    const all = layout === undefined ? [] : idsIn(layout, value, '')
    const ids = all.filter(({ kind }) => kinds.has(kind))
    const [first] = ids
    if (first === undefined) continue
    return (ids.find(({ field }) => RECEIVER.test(field)) ?? first).name
  }
  return undefined
}

interface FoundId {
  readonly kind: string
  readonly name: string
  readonly field: string
}

type Fields = Readonly<Record<string, AnyLayout>>

function idsIn(layout: AnyLayout, value: unknown, field: string): readonly FoundId[] {
  const shape = layout.shape
  const inFields = (fields: Fields): readonly FoundId[] =>
    Object.entries(fields).flatMap(([name, one]) =>
      idsIn(one, (value as Readonly<Record<string, unknown>>)[name], name),
    )
  if (value === null || value === undefined) return []
  switch (shape.kind) {
    case 'id':
      return typeof value === 'number'
        ? [{ kind: shape.name, name: `${shape.name}${value}`, field }]
        : []
    case 'option':
    case 'packed':
      return idsIn(shape.of, value, field)
    case 'tuple':
      return shape.parts.flatMap((part, at) => idsIn(part, (value as unknown[])[at], ''))
    case 'record':
      return inFields(shape.fields)
    case 'union':
      return inFields(shape.variants[(value as { readonly type: string }).type] ?? {})
    default:
      return []
  }
}
