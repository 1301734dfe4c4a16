import type { StateType, Variables } from '../state/index.ts'
import { mayGenerate } from '../state/generated/compile.ts'
import { stateType } from '../state/index.ts'
import { clauseText, copyText, guardOf } from './generated-clauses.ts'
import { generatedIncremental } from './generated-incremental.ts'
import { LoopText } from './generated-loops.ts'
import { packText, unpackText } from './generated-packing.ts'
import type { AnyModel } from './model.ts'
import type { ModelSteps, OpenStep } from './model-steps.ts'
import { stepsOf } from './model-steps.ts'
import { modelSystem } from './model-system.ts'
import type { Emit, ModelSystem, Runner } from './system.ts'

/**
 * The system of a model, with code generated for it: each guard and effect is a constant that the
 * compiler can see through, loops run over constant ranges, states are packed by straight code.
 * The same successors in the same order as `modelSystem`; that one where code may not be generated.
 */
export function generatedSystem(
  name: string,
  model: AnyModel,
  type: StateType<Variables> = stateType(model.state as Variables),
): ModelSystem {
  const closures = modelSystem(name, model, type)
  if (!mayGenerate()) return closures
  let make: ReturnType<typeof compile> | undefined
  return { ...closures, runner: (emit) => (make ??= compile(stepsOf(model), type))(emit) }
}

let runners = 0

/** Code for one model; each runner is an own copy of it with own memory. */
function compile(steps: ModelSteps, type: StateType<Variables>): (emit: Emit) => Runner {
  const text = new LoopText()
  const source = runnerText(steps, type, text)
  const names = ['s', 'n', 'a', 'b', 'out', 'emit', 'type', ...text.constants.keys()]
  const functionOf = (body: string) =>
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- generating code is the point
    new Function(...names, body) as (...given: readonly unknown[]) => Runner
  return (emit) => {
    const current = type.workspace()
    const next = type.workspace()
    const out = new Int32Array(type.plan.words)
    const [s, n, a, b] = [current.state, next.state, current.slots, next.slots]
    // Of a text that was never seen before V8 makes a function of its own, whose constants it may
    // build into the code; of a known text it makes one function for all.
    const made = functionOf(`${source}\n// ${runners++}`)
    const whole = made(s, n, a, b, out, emit, type, ...text.constants.values())
    return { ...whole, incremental: () => generatedIncremental(steps, type, { next, out, emit }) }
  }
}

/** `s` and `a`: the state that is gone on from and its slots; `n` and `b`: the one that is made. */
function runnerText(steps: ModelSteps, type: StateType<Variables>, text: LoopText): string {
  const all = [...steps.initial, ...steps.actions]
  const most = Math.max(0, ...all.map((step) => step.ranges.length))
  const chosen = Array.from({ length: most }, (_, index) => `q${index}`)
  const effects = all.map((step) => text.constant('then', step.then))
  const first = steps.initial.length
  const actions = steps.actions.map((step, action) =>
    stepText(`action${action}`, step, effects[first + action] ?? '', action, type, text),
  )
  const initial = steps.initial.map((step, index) =>
    stepText(`initial${index}`, step, effects[index] ?? '', -1, type, text),
  )
  return [
    "'use strict'",
    chosen.map((name) => `let ${name}`).join('\n'),
    'let last = 0',
    'function send(action, instance) {',
    packText(type.plan, 'b', 'out'),
    'emit(action, instance)\n}',
    `function load(words, offset, slots) {\n${unpackText(type.plan, 'slots')}\n}`,
    ...actions,
    ...initial,
    ...steps.invariants.map((clause, index) => clauseText(`invariant${index}`, clause, text, 'n')),
    walkText(steps, effects, text, most),
    text.membersText('s'),
    'return {',
    'out,',
    'initial() { a.fill(0); renew()',
    ...steps.initial.map((_, index) => `initial${index}()`),
    '},',
    `expand(words, offset) { load(words, offset, a); renew(); return ${
      steps.actions.map((_, action) => `action${action}()`).join(' + ') || '0'
    } },`,
    'load(words, offset) { load(words, offset, b) },',
    `falseInvariant() { ${steps.invariants
      .map((_, index) => `if (!invariant${index}()) return ${index}`)
      .join('; ')}; return -1 },`,
    `sometimes(index) { switch (index) { ${steps.sometimes
      .map(({ holds }, index) => `case ${index}: return ${text.constant('claim', holds)}(n)`)
      .join('; ')} } return false },`,
    `within() { return ${
      steps.within === undefined ? 'true' : `${text.constant('within', steps.within)}(n)`
    } },`,
    `mayEnd() { return ${text.constant('end', steps.mayEnd)}(n) },`,
    `parameters() { return [${chosen.join(', ')}].slice(0, last) },`,
    'walk,',
    '}',
  ].join('\n')
}

/** A function that takes one step in all ways that are enabled, and answers how many. */
function stepText(
  name: string,
  step: OpenStep,
  effect: string,
  action: number,
  type: StateType<Variables>,
  text: LoopText,
): string {
  const body = (chosen: readonly string[]): string =>
    [
      copyText(type.plan.bits.length),
      `${effect}(${['n', ...chosen].join(', ')})`,
      ...chosen.map((value, index) => `q${index} = ${value}`),
      `last = ${chosen.length}`,
      'taken++',
      `send(${action}, instance++)`,
    ].join('\n')
  return [
    `function ${name}() {`,
    'let taken = 0, instance = 0',
    text.loops(
      step.ranges,
      's',
      guardOf(step, text),
      body,
      (count) => `instance += ${count}`,
      true,
    ),
    'return taken',
    '}',
  ].join('\n')
}

/** Random walks: what is enabled is collected, one of it drawn, and its effect done in place. */
function walkText(
  steps: ModelSteps,
  effects: readonly string[],
  text: LoopText,
  most: number,
): string {
  const collect = (step: OpenStep, number: number): string =>
    text.loops(step.ranges, 'n', guardOf(step, text), (chosen) =>
      [
        `picked[enabled] = ${number}`,
        ...chosen.map((value, index) => `choice${index}[enabled] = ${value}`),
        'enabled++',
      ].join('\n'),
    )
  const take = (step: OpenStep, number: number): string => {
    const chosen = step.ranges.map((_, index) => `q${index} = choice${index}[pick]`)
    return `case ${number}: last = ${chosen.length}; ${effects[number] ?? ''}(${[
      'n',
      ...chosen,
    ].join(', ')}); break`
  }
  const first = steps.initial.length
  const function_ = (name: string, list: readonly OpenStep[], from: number) =>
    [
      ...list.map(
        (step, index) => `function ${name}${index}() {\n${collect(step, from + index)}\n}`,
      ),
      `function ${name}(draw) {`,
      'enabled = 0',
      ...list.map((_, index) => `${name}${index}()`),
      'if (enabled === 0) return -1',
      'const pick = enabled === 1 ? 0 : draw(enabled)',
      'switch (picked[pick]) {',
      ...list.map((step, index) => take(step, from + index)),
      '}',
      `return picked[pick] - ${from}`,
      '}',
    ].join('\n')
  return [
    'let enabled = 0',
    'const picked = []',
    ...Array.from({ length: most }, (_, index) => `const choice${index} = []`),
    function_('begin', steps.initial, 0),
    function_('wander', steps.actions, first),
    'const walk = {',
    'start(draw) { b.fill(0); return begin(draw) >= 0 },',
    'step: wander,',
    `parameters() { return [${Array.from({ length: most }, (_, i) => `q${i}`).join(', ')}]`,
    '.slice(0, last) },',
    'pack(words, offset) { type.pack(b, words, offset) },',
    '}',
  ].join('\n')
}
