import type { Command } from 'commander'
import { Option } from 'commander'

import type { GivenOption } from '../../suites/named-protocol.ts'
import type { NetworkKind } from '../compose/bounds.ts'
import { UserError } from '../core/user-error.ts'
import type { ExploreFlags } from './explore-flags.ts'
import { collected } from './explore-flags.ts'
import { countOption } from './quantity.ts'

/** What `--impl` adds: the nodes of a protocol, and what may happen to them. */
export interface ImplFlags extends ExploreFlags {
  readonly impl?: true
  readonly nodes?: number
  readonly option?: readonly GivenOption[]
  readonly ask?: readonly string[]
  readonly network?: NetworkKind
  readonly ignored?: 'stay' | 'arrive'
  readonly liveMessages?: true
  readonly loopback?: 'network' | 'at-once'
  readonly disk?: 'at-once' | 'slow'
  readonly crashes?: number
  readonly restarts?: number
  readonly losses?: number
  readonly duplicates?: number
  readonly repeats?: number
  readonly giveUps?: number
  readonly timers?: readonly GivenTimer[]
  readonly torn?: true
  readonly clock?: number
  readonly within?: readonly GivenBound[]
  readonly trace?: string
  readonly alike?: readonly string[]
}

/** `--timers election=2`; without a name all timers together. */
export interface GivenTimer {
  readonly name: string | undefined
  readonly count: number
}

/** `--within term=2`: no node's view shows more. */
export interface GivenBound {
  readonly part: string
  readonly most: number
}

const MOST = 255

export function implementation(command: Command): Command {
  const count = (flags: string, text: string): Option =>
    new Option(flags, text).argParser(countOption(flags.split(' ')[0] ?? '', 0, MOST))
  return command
    .option('--impl', 'explore the real code of a protocol instead: synod simulate --list')
    .addOption(count('--nodes <n>', 'of them (as many as the entry says, at most 3)'))
    .addOption(
      new Option('--option <name=value>', 'an option of the protocol').argParser(optionGiven),
    )
    .addOption(
      new Option('--ask <script>', "a client: 'n1: write x 1; read x'").argParser(collected),
    )
    .addOption(
      new Option('--network <kind>', 'set: sent once may arrive any number of times').choices([
        'set',
        'bag',
        'fifo',
      ]),
    )
    .addOption(
      new Option('--ignored <what>', 'what a node does nothing about, of a bag (stay)').choices([
        'stay',
        'arrive',
      ]),
    )
    .option('--live-messages', 'take those away that can matter no more')
    .addOption(
      new Option('--loopback <when>', 'messages of a node to itself (at-once)').choices([
        'network',
        'at-once',
      ]),
    )
    .addOption(
      new Option('--disk <kind>', 'whether nodes go on while they write (at-once)').choices([
        'at-once',
        'slow',
      ]),
    )
    .addOption(count('--crashes <n>', 'of nodes, in all (0)'))
    .addOption(count('--restarts <n>', 'of nodes (as many as crashes)'))
    .addOption(count('--losses <n>', 'of messages, of a bag or fifo'))
    .addOption(count('--duplicates <n>', 'of messages, of a bag or fifo'))
    .addOption(count('--repeats <n>', 'requests that are made again'))
    .addOption(count('--give-ups <n>', 'requests that a client waits for no longer'))
    .addOption(
      new Option('--timers <name=n>', 'how often a timer may fire in all').argParser(timerGiven),
    )
    .option('--torn', 'a crash may leave a write half done')
    .addOption(count('--clock <ms>', 'what all clocks show, for protocols that ask'))
    .addOption(new Option('--within <part=n>', 'no view shows more: term=2').argParser(boundGiven))
    .addOption(
      new Option('--alike <nodes>', 'n2,n3: what --symmetry may exchange (all)').argParser(
        namesGiven,
      ),
    )
    .option('--trace <file>', 'write what the nodes do in the story, a step a line')
}

function namesGiven(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function optionGiven(text: string, before: readonly GivenOption[] = []): readonly GivenOption[] {
  const { name, value } = assigned(text, '--option', 'retryMs=50')
  return [...before, { name, text: value }]
}

function timerGiven(text: string, before: readonly GivenTimer[] = []): readonly GivenTimer[] {
  if (/^\d+$/.test(text.trim())) return [...before, { name: undefined, count: whole(text) }]
  const { name, value } = assigned(text, '--timers', 'election=2')
  return [...before, { name, count: value === 'any' ? Infinity : whole(value) }]
}

function boundGiven(text: string, before: readonly GivenBound[] = []): readonly GivenBound[] {
  const { name, value } = assigned(text, '--within', 'term=2')
  return [...before, { part: name, most: whole(value) }]
}

function assigned(
  text: string,
  where: string,
  example: string,
): { readonly name: string; readonly value: string } {
  const [, name = '', value = ''] = /^([^=\s]+)=(.+)$/.exec(text.trim()) ?? []
  if (name === '') {
    throw new UserError(`'${text}' is not name=value`, { where, hint: `as in ${where} ${example}` })
  }
  return { name, value }
}

function whole(text: string): number {
  const number = /^\d{1,9}$/.test(text.trim()) ? Number(text) : NaN
  if (Number.isNaN(number)) {
    throw new UserError(`'${text}' is not a whole number`, { hint: 'write 0, 1, 2, ...' })
  }
  return number
}
