import type { ErrorName } from '../node/index.ts'
import { errorCodes } from '../node/index.ts'
import type { Said } from './local-step.ts'
import type { Told } from './local-steps.ts'

/** What an answer of a node means to its client. */
export function toldOf(said: Exclude<Said, { readonly type: 'send' }>): Told {
  const request = Number(String(said.request).replace('r', '')) - 1
  if (said.type === 'reply') return { request, type: 'ok', elsewhere: false, result: said.result }
  const error = said.error as ErrorName
  const elsewhere = error === 'temporarily-unavailable' || error === 'node-not-found'
  const type = errorCodes[error].definite ? 'fail' : 'info'
  return { request, type, elsewhere, result: error }
}
