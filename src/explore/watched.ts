import { ASSIGN } from '../state/site.ts'
import { meant } from './check-model.ts'

/** A variable or field was asked for that there is none. */
export class UnknownName extends Error {
  readonly hint: string

  constructor(path: string, name: string, names: readonly string[]) {
    super(`${path === '' ? 'the state' : path} has no '${name}'`)
    this.name = 'UnknownName'
    this.hint = meant(name, names)
  }
}

/**
 * A state that knows what it has: where a misspelt variable would be `undefined` and a guard false
 * without anybody noticing, it is an error. Slow; for the first states of a search.
 */
export function watched<S extends object>(state: S, path = ''): S {
  const known = (name: string | symbol) => {
    if (typeof name === 'symbol' || name in state) return
    if (path === '' || isRecord(state)) throw new UnknownName(path, name, namesOf(state))
  }
  const views = new Map<string | symbol, { readonly part: unknown; readonly view: unknown }>()
  // The target is not the state: a proxy may not answer for a frozen object what it likes.
  return new Proxy({} as S, {
    get: (_, name) => {
      known(name)
      const part = Reflect.get(state, name) as unknown
      if (part === null || (typeof part !== 'object' && typeof part !== 'function')) return part
      const before = views.get(name)
      if (before?.part === part) return before.view
      const inner = path === '' ? String(name) : `${path}.${String(name)}`
      const view =
        typeof part === 'function'
          ? watchedMethod(state, part as Method, `${inner}()`)
          : watchedPart(part, inner)
      views.set(name, { part, view })
      return view
    },
    set: (_, name, value) => {
      known(name)
      return Reflect.set(state, name, value)
    },
    has: (_, name) => name in state,
    ownKeys: () => Reflect.ownKeys(state),
  })
}

type Method = (...given: unknown[]) => unknown

/** Most answers are the same few places again. */
function watchedMethod(state: object, method: Method, path: string): Method {
  const views = new WeakMap<object, unknown>()
  return (...given) => {
    const answer = method.apply(state, given)
    if (typeof answer !== 'object' || answer === null) return answer
    const view = views.get(answer) ?? watchedPart(answer, path)
    views.set(answer, view)
    return view
  }
}

function watchedPart(part: unknown, path: string): unknown {
  return typeof part === 'object' && part !== null && ('assign' in part || isRecord(part))
    ? watched(part, path)
    : part
}

function isRecord(part: object): boolean {
  return ASSIGN in part
}

function namesOf(state: object): string[] {
  const names = new Set<string>()
  for (
    let at: object | null = state;
    at !== null && at !== Object.prototype;
    at = Reflect.getPrototypeOf(at)
  )
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (property.get !== undefined || property.enumerable === true) names.add(name)
  return [...names].filter((name) => !name.startsWith('$'))
}
