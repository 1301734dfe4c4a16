import { UserError } from '../core/user-error.ts'

/** What says which model is meant. */
export interface SpecFlags {
  readonly param?: readonly Assignment[]
  readonly mutant?: string
}

/** `--param rm=3`, as it was typed. */
export interface Assignment {
  readonly name: string
  readonly text: string
}

export interface ExploreFlags extends SpecFlags {
  readonly list?: true
  readonly workers: number
  readonly symmetry?: true
  readonly partialOrder?: true
  readonly sleepSets?: true
  readonly depthFirst?: true
  readonly fingerprints?: true
  readonly invariant?: readonly string[]
  readonly property?: readonly string[]
  /** False where `--no-properties` is given, and the like. */
  readonly properties: boolean
  readonly refinements: boolean
  readonly deadlock: boolean
  readonly generated: boolean
  readonly keepGoing?: true
  readonly time?: number
  readonly memory?: number
  readonly maxStates?: number
  readonly maxDepth?: number
  readonly checkpoint?: string
  readonly resume?: string
  readonly simulate?: true
  readonly traces: number
  readonly steps: number
  readonly seed: number
  readonly replay?: string
  readonly full?: true
  readonly html?: string
  readonly itf?: string
  readonly json?: true
}

/** `--param rm=3`, which may be given more than once. @throws UserError */
export function paramOption(
  text: string,
  before: readonly Assignment[] = [],
): readonly Assignment[] {
  const [, name = '', value = ''] = /^([^=\s]+)=(.*)$/.exec(text.trim()) ?? []
  if (name === '') {
    throw new UserError(`'${text}' does not set a parameter`, {
      where: '--param',
      hint: 'write name=value, as in --param rm=4',
    })
  }
  return [...before, { name, text: value }]
}

/** For options that may be given more than once. */
export function collected(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text]
}
