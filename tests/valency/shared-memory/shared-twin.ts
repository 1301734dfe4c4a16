import type { Json } from '../../../src/core/json.ts'
import { canonical } from '../../../src/core/json.ts'
import type { Applied, SharedProgram, SharedProtocol } from '../../../src/node/index.ts'
import { binaryInputs } from '../../../src/valency/shared-memory/shared-consensus.ts'
import type { SharedTrace } from '../../../src/valency/shared-memory/shared-trace.ts'
import { operationText } from '../../../src/valency/shared-memory/type-table.ts'

/** A configuration as plain data. */
interface Plain {
  readonly locals: readonly Json[]
  readonly objects: { readonly [name: string]: Json }
}

export interface PlainFinding {
  readonly configurations: number
  readonly agreement: boolean
  readonly validity: boolean
  readonly waitFree: boolean
  /** The most accesses of one process; `null` if some go on for ever. */
  readonly steps: number | null
  readonly bivalentInitial: readonly string[]
  readonly critical: number
  /** The fewest accesses after which a claim is broken. */
  readonly depths: { readonly agreement?: number; readonly validity?: number }
}

const listed = (outcome: Applied | readonly Applied[]): readonly Applied[] => [outcome].flat()

/** The same as `sharedConsensus` by plain objects and their text, slow and obvious. */
export function plainConsensus(protocol: SharedProtocol, processes: number): PlainFinding {
  const program = protocol.make(processes)
  let configurations = 0
  let steps = 0
  let waitFree = true
  let critical = 0
  const bivalentInitial: string[] = []
  const depths: { agreement?: number; validity?: number } = {}
  for (const inputs of binaryInputs(processes)) {
    const start: Plain = {
      locals: inputs.map((input, self) => program.start(self, input)),
      objects: Object.fromEntries(
        Object.entries(program.objects).map(([name, { initial }]) => [name, initial]),
      ),
    }
    const text = (one: Plain): string => canonical([one.locals, one.objects])
    const known = new Map<string, { plain: Plain; depth: number }>([
      [text(start), { plain: start, depth: 0 }],
    ])
    for (const { plain, depth } of known.values()) {
      const decided = [...decisionsIn(program, plain)]
      if (new Set(decided.map(canonical)).size > 1)
        depths.agreement = Math.min(depths.agreement ?? Infinity, depth)
      if (decided.some((value) => !(inputs as readonly Json[]).includes(value)))
        depths.validity = Math.min(depths.validity ?? Infinity, depth)
      for (const { to } of stepsFrom(program, plain))
        if (!known.has(text(to))) known.set(text(to), { plain: to, depth: depth + 1 })
    }
    configurations += known.size
    const future = new Map<string, { values: Set<string>; steps: number[] } | 'open'>()
    const round = { found: false }
    const visit = (plain: Plain): { values: Set<string>; steps: number[] } => {
      const name = text(plain)
      const before = future.get(name)
      if (before === 'open') round.found = true
      if (before !== undefined && before !== 'open') return before
      const values = new Set([...decisionsIn(program, plain)].map(canonical))
      const most = new Array<number>(processes).fill(0)
      if (before === 'open') return { values, steps: most }
      future.set(name, 'open')
      for (const { process, to } of stepsFrom(program, plain)) {
        const after = visit(to)
        for (const value of after.values) values.add(value)
        after.steps.forEach((count, self) => {
          most[self] = Math.max(most[self] ?? 0, count + (self === process ? 1 : 0))
        })
      }
      const result = { values, steps: most }
      future.set(name, result)
      return result
    }
    const all = visit(start)
    if (round.found) {
      waitFree = false
      continue
    }
    steps = Math.max(steps, ...all.steps)
    if (all.values.size > 1) bivalentInitial.push(inputs.join(''))
    for (const { plain } of known.values()) {
      const after = stepsFrom(program, plain).map(({ to }) => visit(to).values.size)
      const isCritical = visit(plain).values.size > 1 && after.length > 0
      if (isCritical && after.every((size) => size === 1)) critical++
    }
  }
  return {
    configurations,
    agreement: depths.agreement === undefined,
    validity: depths.validity === undefined,
    waitFree,
    steps: waitFree ? steps : null,
    bivalentInitial,
    critical,
    depths,
  }
}

function* decisionsIn(program: SharedProgram, { locals }: Plain): Generator<Json> {
  for (const [self, local] of locals.entries()) {
    const next = program.next(local, self)
    if ('decide' in next) yield next.decide
  }
}

function stepsFrom(
  program: SharedProgram,
  { locals, objects }: Plain,
): readonly { readonly process: number; readonly to: Plain }[] {
  return locals.flatMap((local, process) => {
    const next = program.next(local, process)
    if ('decide' in next) return []
    const shared = program.objects[next.object]!
    return listed(shared.type.apply(objects[next.object]!, next.operation)).map((outcome) => ({
      process,
      to: {
        locals: locals.with(process, program.after(local, outcome.response, process)),
        objects: { ...objects, [next.object]: outcome.state },
      },
    }))
  })
}

/** What is wrong with a trace when it is played by the protocol itself; `undefined` if nothing. */
export function faultInTrace(
  protocol: SharedProtocol,
  processes: number,
  trace: SharedTrace,
): string | undefined {
  const program = protocol.make(processes)
  const locals = trace.inputs.map((input, self) => program.start(self, input))
  const objects = new Map(
    Object.entries(program.objects).map(([name, { initial }]) => [name, initial]),
  )
  const texts = [canonical([...locals, ...objects.values()])]
  for (const [at, step] of trace.steps.entries()) {
    const next = program.next(locals[step.process]!, step.process)
    if ('decide' in next) return `step ${at}: process ${step.process} has decided`
    if (next.object !== step.object || operationText(next.operation) !== step.operation)
      return `step ${at}: another access`
    const type = program.objects[next.object]!.type
    const outcome = listed(type.apply(objects.get(next.object)!, next.operation)).find(
      ({ state, response }) =>
        canonical(state) === canonical(step.state) &&
        canonical(response) === canonical(step.response),
    )
    if (outcome === undefined) return `step ${at}: no such outcome`
    objects.set(next.object, outcome.state)
    locals[step.process] = program.after(locals[step.process]!, outcome.response, step.process)
    const then = program.next(locals[step.process]!, step.process)
    const decides = 'decide' in then ? then.decide : undefined
    if (canonical(decides) !== canonical(step.decides)) return `step ${at}: another decision`
    texts.push(canonical([...locals, ...objects.values()]))
  }
  const decided = locals.map((local, self) => {
    const next = program.next(local, self)
    return 'decide' in next ? next.decide : undefined
  })
  if (
    canonical(decided.map((value) => value ?? 'none')) !==
    canonical(trace.decided.map((value) => value ?? 'none'))
  )
    return 'the decisions are others'
  if (trace.loop !== undefined && texts[trace.loop] !== texts.at(-1)) return 'it is no loop'
  return undefined
}
