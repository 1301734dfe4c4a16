import type { TraceHeader, TraceStep } from '../core/trace.ts'
import { counted } from '../core/wording.ts'
import type { Misfit, Validation } from '../explore/validate/index.ts'
import { grouped } from '../report/time.ts'
import { effectText, eventText } from '../report/trace-words.ts'
import { visible, wrap } from '../report/visible.ts'
import { outcomeWord } from './judgement-text.ts'
import type { Terminal } from './terminal.ts'

/** How much of what a step did is shown. */
const MOST_EFFECTS = 8

type Look = Pick<Terminal, 'colour' | 'width'> & { readonly full: boolean }

/** What `synod validate` prints for people. */
export function validationText(
  path: string,
  { protocol, nodes, mutant }: TraceHeader,
  found: Validation,
  look: Look,
): string {
  const { outcome, parameters, matched, misfit, bound } = found
  const values = Object.entries(parameters).map(([name, value]) => `${name} = ${String(value)}`)
  const spec = values.length === 0 ? found.spec : `${found.spec} (${values.join(', ')})`
  const isNamed = mutant === undefined || protocol.endsWith(`/${mutant}`)
  const planted = isNamed ? '' : `, mutant ${mutant}`
  const what = `${counted(nodes.length, 'node')} of ${protocol}${planted}`
  const answer =
    outcome === 'pass'
      ? `${steps(matched)} of ${what} are a behaviour of ${spec}`
      : outcome === 'fail'
        ? `what ${what} did is no behaviour of ${spec}`
        : `whether ${what} did what ${spec} allows is not known`
  const blocks = [
    `${outcomeWord(outcome, look)}  ${visible(path)}: ${visible(answer)}\n`,
    indented(effort(found), 2, look),
  ]
  if (misfit !== undefined) blocks.push('\n', misfitText(matched, misfit, look))
  if (bound !== undefined) {
    const limit = bound.bound === 'method' ? '' : `, the bound on ${bound.bound} is used up`
    blocks.push(indented(`${bound.covered}${limit}`, 2, look))
  }
  return blocks.join('')
}

function effort({ actions, states, waiting }: Validation): string {
  const fit = states === 1 ? 'one state' : `at most ${grouped(states)} states`
  const rest =
    waiting === 0 ? '' : `; ${counted(waiting, 'part')} of it may never have reached a disk`
  return `${counted(actions, 'action')} of the spec, ${fit} fitting at a time${rest}`
}

function steps(count: number): string {
  return `${grouped(count)} ${count === 1 ? 'step' : 'steps'}`
}

function misfitText(matched: number, { step, at, nearest }: Misfit, look: Look): string {
  const later = at === undefined ? '' : `, which step ${at.step} relies on,`
  const lines = [
    indented(
      `The first ${steps(matched)} are explained. Step ${step.step}${later} is not:`,
      2,
      look,
    ),
    stepText(step, look),
    '\n',
    indented(reason(nearest), 2, look),
  ]
  const { because, reads, state } = nearest
  lines.push(indented(because, 6, look))
  for (const { variable, value } of reads) lines.push(indented(`${variable} is ${value}`, 6, look))
  if (look.full && state !== '') {
    lines.push('\n', indented('The state of the spec there:', 2, look))
    for (const line of state.split('\n')) lines.push(indented(line, 6, look))
  }
  return lines.join('')
}

function reason({ action, parameters, kind }: Misfit['nearest']): string {
  const call =
    action === undefined
      ? ''
      : `${action}${parameters.length === 0 ? '' : `(${parameters.join(', ')})`}`
  switch (kind) {
    case 'guard':
      return `The nearest action is ${call}. Of its guard this is false:`
    case 'parameter':
      return `The nearest action is ${call}, but:`
    case 'variable':
      return call === '' ? 'The spec stands still there, but:' : `After ${call} of the spec:`
    case 'none':
      return 'There is no action that it could be:'
  }
}

function stepText({ node, time, event, effects }: TraceStep, look: Look): string {
  const told = effects.filter(({ type }) => type === 'send' || type === 'write' || type === 'reply')
  const shown = told.slice(0, MOST_EFFECTS).map((effect) => indented(effectText(effect), 10, look))
  const more = told.length - MOST_EFFECTS
  const where = node === undefined ? '' : `${node}: `
  return [
    indented(`${where}${eventText(event)} (at ${(time / 1000).toFixed(3)} ms)`, 6, look),
    ...shown,
    ...(more > 0 ? [indented(`and ${more} more`, 10, look)] : []),
  ].join('')
}

function indented(text: string, by: number, { width }: Look): string {
  const space = ' '.repeat(by)
  return wrap(visible(text), width - by - 2)
    .map((line, at) => `${at === 0 ? space : `${space}  `}${line}\n`)
    .join('')
}
