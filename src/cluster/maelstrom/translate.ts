import { canonical } from '../../core/json.ts'
import type { Json } from '../../core/json.ts'
import type { Request } from '../../node/index.ts'
import type { Body } from './message.ts'
import { errorBody, typeOf, what } from './message.ts'

/** What a client of Maelstrom asks, as a program is asked. */
export type Asking = Pick<Request, 'f' | 'key' | 'value'>

/** The request that a body makes, or the error that answers it. */
export function askingOf(body: Body): Asking | { readonly error: Body } {
  const { key } = body
  const f = typeOf(body)
  const needed = Object.hasOwn(NEEDED, f) ? NEEDED[f] : undefined
  if (needed === undefined) return { error: errorBody(10, `${what(body.type)} is not understood`) }
  const missing = needed.find((name) => body[name] === undefined)
  if (missing !== undefined) return { error: errorBody(12, `'${missing}' is missing`) }
  // A number in one message may be a text in the next, so a key is a text.
  const keyed = key === undefined ? {} : { key: typeof key === 'string' ? key : canonical(key) }
  return { f, ...keyed, value: valueOf(f, body) }
}

/** The fields of each request that a program can be asked. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  read: [],
  write: ['value'],
  cas: ['from', 'to'],
  broadcast: ['message'],
  add: [],
  echo: ['echo'],
  generate: [],
  propose: ['value'],
}

function valueOf(f: string, body: Body): Json {
  switch (f) {
    case 'cas':
      return [body['from'] ?? null, body['to'] ?? null]
    case 'broadcast':
      return body['message'] ?? null
    case 'add':
      return body['delta'] ?? body['element'] ?? null
    case 'echo':
      return body['echo'] ?? null
    default:
      return body['value'] ?? null
  }
}

/** The answer to a request of which a program says this result. `list`: how a list is called. */
export function answerOf(request: Body, result: Json, list: 'messages' | 'value'): Body {
  const { type, key } = request
  const ok = { type: `${typeOf(request)}_ok` }
  switch (type) {
    case 'read':
      if (key === undefined) return { ...ok, [list]: result }
      return result === null
        ? errorBody(20, `there is no key ${JSON.stringify(key)}`)
        : { ...ok, value: result }
    case 'cas':
      return result === false
        ? errorBody(22, `it does not hold ${JSON.stringify(request['from'])}`)
        : ok
    case 'echo':
      return { ...ok, echo: result }
    case 'generate':
      return { ...ok, id: result }
    case 'propose':
      return { ...ok, value: result }
    default:
      return ok
  }
}
