import type { GivenOption } from '../../suites/named-protocol.ts'
import { nearest } from '../core/nearest.ts'
import { UserError } from '../core/user-error.ts'
import type { Seeds, Shard } from '../campaign/seeds.ts'
import type { FaultType } from '../node/index.ts'
import { faultTypes } from '../node/index.ts'

/** What says which cluster is meant, and what happens to it. */
export interface SubjectFlags {
  readonly nodes?: number
  readonly option?: readonly GivenOption[]
  readonly mutant?: string
  readonly faults?: readonly FaultType[]
  /** Seconds. */
  readonly for?: number
  readonly ops?: number
  readonly clients?: number
  readonly workload?: string
  readonly condition?: string
  readonly model?: string
  readonly wire?: true
  readonly strict?: true
}

export interface SimulateFlags extends SubjectFlags {
  readonly list?: true
  readonly seed?: number
  readonly seeds?: Seeds
  readonly shard?: Shard
  readonly workers: number
  readonly keepGoing?: true
  /** Seconds, for all seeds. */
  readonly time?: number
  /** False where `--no-shrink` is given. */
  readonly shrink: boolean
  readonly replay?: string
  readonly out?: string
  readonly trace?: string
  readonly html?: string
  readonly save?: string
  readonly json?: true
}

/** `--option retryMs=50`, which may be given more than once. @throws UserError */
export function optionOption(
  text: string,
  before: readonly GivenOption[] = [],
): readonly GivenOption[] {
  const [, name = '', value = ''] = /^([^=\s]+)=(.*)$/.exec(text.trim()) ?? []
  if (name === '') {
    throw new UserError(`'${text}' does not set an option`, {
      where: '--option',
      hint: 'write name=value, as in --option retryMs=50',
    })
  }
  return [...before, { name, text: value }]
}

/** `partition,crash`, `all` or `none`. @throws UserError */
export function faultsOption(text: string): readonly FaultType[] {
  const words = text.split(',').map((word) => word.trim())
  if (words.length === 1 && words[0] === 'none') return []
  if (words.length === 1 && words[0] === 'all') return faultTypes
  return words.map((word) => {
    const found = faultTypes.find((type) => type === word)
    if (found !== undefined) return found
    const close = nearest(word, [...faultTypes, 'all', 'none'])
    throw new UserError(`no fault is called '${word}'`, {
      where: '--faults',
      hint:
        close === undefined
          ? `there are: ${faultTypes.join(', ')}; or all, or none`
          : `did you mean ${close}?`,
    })
  })
}
