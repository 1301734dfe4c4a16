import { isModuleReference, load } from '../src/core/load.ts'
import { nearest } from '../src/core/nearest.ts'
import { UserError } from '../src/core/user-error.ts'
import type { AnyProtocol } from '../src/node/protocol.ts'
import { asynchronousOf } from '../src/valency/node-process.ts'
import type { AnyAsynchronous } from '../src/valency/process.ts'

/**
 * The protocol that a name stands for: one of the small ones that come with synod, or a protocol
 * of the user's own, `./mine.js#protocol`, made by `asynchronous` or by `protocol`.
 *
 * @throws UserError with the nearest name, if there is none
 */
export async function asynchronousNamed(text: string): Promise<AnyAsynchronous> {
  if (isModuleReference(text)) return asAsynchronous(text, await load(text))
  const { asynchronousProtocols } = await import('./valency.ts')
  const found = asynchronousProtocols.find(({ name }) => name === text)
  if (found !== undefined) return found
  const names = asynchronousProtocols.map(({ name }) => name)
  const close = nearest(text, names)
  throw new UserError(`no protocol for valency is called '${text}'`, {
    hint:
      close === undefined
        ? `there are ${names.join(', ')}; one of your own is ./mine.js#protocol`
        : `did you mean ${close}?`,
  })
}

function asAsynchronous(text: string, value: unknown): AnyAsynchronous {
  if (typeof value === 'object' && value !== null) {
    const { type, name, make, tolerates } = value as Record<string, unknown>
    if (typeof name === 'string' && typeof make === 'function') {
      if (type === 'asynchronous') return value as AnyAsynchronous
      if (typeof tolerates === 'object') return asynchronousOf(value as AnyProtocol)
    }
  }
  throw new UserError('this export is no protocol', {
    where: text,
    hint: "write export const mine = asynchronous('mine', ...), from synod/valency",
  })
}
