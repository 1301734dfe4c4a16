import type { AnyLayout, Variables } from '../state/index.ts'
import { stateType } from '../state/index.ts'
import { isAtom } from '../state/layout.ts'
import type { Step } from './exploration.ts'
import type { AnyModel } from './model.ts'
import { valueText } from './value-text.ts'

type Open = Record<string, unknown>
type Found = (text: string) => void

/**
 * The messages that a step asked for and found, while it is taken once more. Where messages are
 * never taken away, nothing else tells who received them.
 */
export function readsOf(
  model: AnyModel,
  network: readonly string[],
  before: Step['state'],
  step: Step,
): ReadonlySet<string> {
  const reads = new Set<string>()
  const actions = model.actions as Readonly<Record<string, OpenAction | undefined>>
  const action = actions[step.action ?? '']
  if (action === undefined) return reads
  try {
    const variables = model.state as Variables
    const type = stateType(variables)
    const { state } = type.workspace()
    type.assign(state, before as never)
    const watched = watchedState(variables, network, state as Open, (text) => reads.add(text))
    action.when?.(watched, ...step.parameters)
    action.then(watched, ...step.parameters)
  } catch {
    // A picture with an arrow less is better than no picture.
  }
  return reads
}

interface OpenAction {
  readonly when?: (state: Open, ...chosen: readonly unknown[]) => boolean
  readonly then: (state: Open, ...chosen: readonly unknown[]) => void
}

/** The same state, but what is asked of the network and found is told. */
function watchedState(
  variables: Variables,
  network: readonly string[],
  state: Open,
  found: Found,
): Open {
  const watched: Open = {}
  for (const [name, layout] of Object.entries(variables)) {
    Object.defineProperty(watched, name, {
      enumerable: true,
      get: () => (network.includes(name) ? watchedPlace(layout, state[name], found) : state[name]),
      set: (value: unknown) => {
        state[name] = value
      },
    })
  }
  return watched
}

function watchedPlace(layout: AnyLayout, place: unknown, found: Found): unknown {
  if (isAtom(layout) || typeof place !== 'object' || place === null) return place
  const instead = watchersOf(layout, place as Open, found)
  return new Proxy(Object.create(null) as object, {
    get: (_, name) => {
      if (typeof name === 'string' && Object.hasOwn(instead, name)) return instead[name]
      const value: unknown = Reflect.get(place, name)
      return typeof value === 'function' ? (value.bind(place) as unknown) : value
    },
  })
}

type Test = (member: unknown, ...more: readonly unknown[]) => boolean
type Methods = Readonly<Record<string, (...given: never[]) => unknown>>

function watchersOf(layout: AnyLayout, place: Open, found: Found): Methods {
  const shape = layout.shape
  const call = (name: string, ...given: readonly unknown[]): unknown =>
    (place[name] as (...args: readonly unknown[]) => unknown).call(place, ...given)
  switch (shape.kind) {
    case 'mapOf':
      return { get: (key: unknown) => watchedPlace(shape.of, call('get', key), found) }
    case 'setOf':
    case 'bagOf': {
      const tell = (member: unknown): void => {
        found(valueText(shape.of, member))
      }
      const telling = (test: Test): Test => {
        return (member, ...more) => {
          const answer = test(member, ...more)
          if (answer) tell(member)
          return answer
        }
      }
      return {
        has: (member: unknown) => {
          const answer = call('has', member)
          if (answer === true) tell(member)
          return answer
        },
        hasAll: (members: Iterable<unknown>) => {
          const asked = [...members]
          const answer = call('hasAll', asked)
          if (answer === true) asked.forEach(tell)
          return answer
        },
        some: (test: Test) => call('some', telling(test)),
        // Of a set, `count` takes a condition; of a bag, the member that is counted.
        count: (asked: unknown) => {
          if (typeof asked === 'function') return call('count', telling(asked as Test))
          const answer = call('count', asked)
          if (answer !== 0) tell(asked)
          return answer
        },
      }
    }
    default:
      return {}
  }
}
