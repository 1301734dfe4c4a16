import { UserError } from '../core/user-error.ts'

/** Seeds from `first` to `last`, of which this machine takes every `of`-th. */
export interface Seeds {
  readonly first: number
  readonly last: number
  readonly shard?: Shard
}

/** The `index`-th of `of` machines that share a campaign, from 1. */
export interface Shard {
  readonly index: number
  readonly of: number
}

const MOST = 2 ** 31 - 1

/** `7`, `1..2000`. @throws UserError */
export function seedsOption(text: string): Seeds {
  const [, first = '', last = first] = /^\s*(\d{1,10})(?:\.\.(\d{1,10}))?\s*$/.exec(text) ?? []
  const seeds = { first: Number(first), last: Number(last) }
  if (first === '' || seeds.last > MOST || seeds.last < seeds.first) {
    throw new UserError(`'${text}' names no seeds`, {
      where: '--seeds',
      hint: `a number or a range up to ${MOST}: --seeds 1..2000`,
    })
  }
  return seeds
}

/** `2/4`: the second of four machines. @throws UserError */
export function shardOption(text: string): Shard {
  const [, index = '', of = ''] = /^\s*(\d{1,6})\/(\d{1,6})\s*$/.exec(text) ?? []
  const shard = { index: Number(index), of: Number(of) }
  if (of === '' || shard.index < 1 || shard.index > shard.of) {
    throw new UserError(`'${text}' is no part of a campaign`, {
      where: '--shard',
      hint: 'the second of four machines is --shard 2/4',
    })
  }
  return shard
}

export function seedCount({ first, last, shard }: Seeds): number {
  const all = last - first + 1
  return shard === undefined ? all : Math.max(0, Math.ceil((all - shard.index + 1) / shard.of))
}

/** The seed with this index, from 0. */
export function seedAt({ first, shard }: Seeds, index: number): number {
  return shard === undefined ? first + index : first + index * shard.of + shard.index - 1
}

/** `seed 7`, `seeds 1 to 2,000`. */
export function seedsText({ first, last, shard }: Seeds): string {
  const range =
    first === last ? `seed ${first}` : `seeds ${first} to ${last.toLocaleString('en-US')}`
  return shard === undefined ? range : `${range}, part ${shard.index} of ${shard.of}`
}
