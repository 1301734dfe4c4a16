import { counted } from './core/wording.ts'
import { explorationText } from './draw/exploration.ts'
import type { Explored } from './draw/exploration.ts'
import { simulationText } from './draw/simulation.ts'
import { explore } from './explore/explore.ts'
import type { AnyModel } from './explore/model.ts'
import { isSystem } from './explore/systems-of.ts'
import type { AnyProtocol } from './node/index.ts'
import type { Subject } from './simulation.ts'
import { findFailure } from './simulation.ts'
import type { HoldOptions, SurviveOptions } from './vitest.ts'

/** What a matcher answers to vitest. */
interface Result {
  readonly pass: boolean
  readonly message: () => string
}

const WIDTH = 100

/** Whether all that a model claims is true. `isNot`: the opposite is wanted. */
export async function holds(
  received: unknown,
  { parameters, mutant, ...options }: HoldOptions,
  isNot: boolean,
): Promise<Result> {
  const { explored, name } = exploredOf(received, parameters, mutant)
  const found = await explore(explored, { name, ...options })
  const { outcome, stopped, limits } = found
  const text = (): string => `${found.name}: ${explorationText(explored, found, { width: WIDTH })}`
  if (outcome === 'unknown') {
    const covered = stopped?.covered ?? limits ?? 'a bound was hit'
    return { pass: isNot, message: () => `${found.name}: unknown whether it holds: ${covered}` }
  }
  if (outcome === 'fail') return { pass: false, message: text }
  const states = counted(found.distinctStates, 'state')
  return {
    pass: true,
    message: () => `${found.name}: all that is claimed holds in ${states}, and should not`,
  }
}

/** A spec gives the model that is asked for; a model, or joined nodes, are as they are. */
function exploredOf(
  received: unknown,
  parameters: HoldOptions['parameters'],
  mutant: string | undefined,
): { readonly explored: Explored; readonly name: string } {
  if (isRecord(received)) {
    const { name } = received
    const called = typeof name === 'string' ? name : 'model'
    if (typeof received['make'] === 'function' && 'parameters' in received) {
      // Whoever gives a spec of its own type knows its parameters.
      const { make } = received as unknown as {
        make(parameters?: object, mutant?: string): AnyModel
      }
      const planted = mutant === undefined ? called : `${called}, mutant ${mutant}`
      return { explored: make(parameters, mutant), name: planted }
    }
    const explored = received as unknown as Explored
    if (isSystem(explored) || ('state' in received && 'actions' in received)) {
      return { explored, name: called }
    }
  }
  throw new TypeError(
    'toHold explores a model, as model() and spec().make() give it, a spec, ' +
      'or what compose() joins',
  )
}

/** Whether no seed goes wrong. `isNot`: one should, and nobody wants to have it made small. */
export async function survives(
  received: unknown,
  { seeds = 100, ...options }: SurviveOptions,
  isNot: boolean,
): Promise<Result> {
  const subject = subjectOf(received)
  const range = typeof seeds === 'number' ? ([1, seeds] as const) : seeds
  const found = await findFailure(subject, {
    ...options,
    seeds: range,
    shrink: !isNot && options.shrink !== false,
  })
  const { name } = subject.protocol
  switch (found.outcome) {
    case 'pass': {
      const runs = counted(found.ran, 'seed')
      return { pass: true, message: () => `${name} survives ${runs}, and should not` }
    }
    case 'unknown':
      return {
        pass: isNot,
        message: () => `${name}: unknown whether it survives: a budget was used up in a run`,
      }
    case 'fail': {
      const { seed = 0 } = found
      const again = `again: toSurvive({ seeds: [${seed}, ${seed}] })`
      return {
        pass: false,
        message: () => `${name}: ${simulationText(found, { width: WIDTH })}\n${again}`,
      }
    }
  }
}

function subjectOf(received: unknown): Subject {
  if (isRecord(received)) {
    if (isProtocol(received)) return { protocol: received }
    if (isRecord(received['protocol']) && isProtocol(received['protocol'])) {
      return received as unknown as Subject
    }
  }
  throw new TypeError(
    'toSurvive runs a protocol, as protocol() gives it, or { protocol, workload, invariants, ... }',
  )
}

function isProtocol(value: object): value is AnyProtocol {
  return 'make' in value && 'tolerates' in value && 'name' in value
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
