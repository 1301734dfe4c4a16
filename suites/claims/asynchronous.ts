import { shown } from '../../src/core/wording.ts'
import { Graph } from '../../src/valency/graph.ts'
import type { AnyAsynchronous, Process } from '../../src/valency/process.ts'
import type { ValencyReport } from '../../src/valency/report.ts'
import { Successors } from '../../src/valency/successors.ts'
import type { ToldRun } from '../../src/valency/told-run.ts'
import { backwards, valences } from '../../src/valency/valence.ts'
import type { ValencyOptions } from '../../src/valency/valency.ts'
import { valency } from '../../src/valency/valency.ts'
import { asynchronousProtocols } from '../valency.ts'

const reports = new Map<string, ValencyReport>()

/** What is found of a protocol that comes with synod, computed once for all that ask. */
export function reported(
  name: string,
  processes: number,
  options: ValencyOptions = {},
): ValencyReport {
  const key = JSON.stringify([name, processes, options])
  const known = reports.get(key) ?? valency(asynchronousNamed(name), processes, options)
  reports.set(key, known)
  return known
}

export function asynchronousNamed(name: string): AnyAsynchronous {
  const found = asynchronousProtocols.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no protocol is called ${name}`)
  return found
}

export function processOf(name: string, processes: number): Process {
  return asynchronousNamed(name).make(processes)
}

/** The configurations from one choice of inputs, with the values that can be decided from each. */
export interface Labelled {
  readonly graph: Graph
  readonly labels: Uint8Array
}

export function labelled(
  name: string,
  inputs: readonly number[],
  given: { readonly states?: number; readonly options?: Record<string, number> } = {},
): Labelled {
  const { options, states } = given
  const process = asynchronousNamed(name).make(inputs.length, options)
  const successors = new Successors(name, process, inputs.length)
  const graph = new Graph(successors, inputs, states === undefined ? {} : { states })
  return { graph, labels: valences(graph, backwards(graph)) }
}

/** A run, a line a step. */
export function runLines({ inputs, steps, loop }: ToldRun): readonly string[] {
  return [
    `inputs ${inputs.join('')}`,
    ...steps.map(({ process, message, sends, decided }, at) => {
      const event = message === undefined ? 'receives nothing' : `receives ${shown(message)}`
      const sent = sends.map(([to, each]) => `${shown(each)} to ${to}`)
      const said = sent.length === 0 ? '' : `, sends ${sent.join(' and ')}`
      const end = decided === undefined ? '' : `; decided ${shown(decided)}`
      const again = loop !== undefined && at >= loop ? '* ' : ''
      return `${again}process ${process} ${event}${said}${end}`
    }),
    ...(loop === undefined ? [] : ['steps marked * can be repeated for ever']),
  ]
}
