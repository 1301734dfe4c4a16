import { UserError } from '../core/user-error.ts'
import type { Assignment } from './explore-flags.ts'

export interface ValencyFlags {
  readonly processes: number
  readonly inputs?: readonly (readonly number[])[]
  readonly option?: readonly Assignment[]
  readonly k: number
  readonly coins: 'adversary' | 'random'
  readonly omega?: true
  readonly gst?: true
  readonly untilDecided?: true
  readonly adversary?: number
  readonly maxStates?: number
  readonly time?: number
  readonly memory?: number
  readonly json?: true
  readonly html?: string
  readonly svg?: string
  readonly save?: string
}

/** `--inputs 010` or `010,011`: one digit a process. @throws UserError */
export function inputsOption(
  text: string,
  before: readonly (readonly number[])[] = [],
): readonly (readonly number[])[] {
  const parts = text.split(',').map((part) => part.trim())
  for (const part of parts) {
    if (/^[0-6]+$/.test(part)) continue
    throw new UserError(`'${part}' are no inputs`, {
      where: '--inputs',
      hint: 'one digit a process, as in --inputs 010 or --inputs 010,011',
    })
  }
  return [...before, ...parts.map((part) => Array.from(part, Number))]
}
