import { z } from 'zod'
import { UserError } from '../../core/user-error.ts'
import { counted } from '../../core/wording.ts'
import type { Formula } from '../formula.ts'
import { checked, folded, place, shownValue } from './checked.ts'
import type { Draft, DraftNode } from './imported.ts'

const HINT = '{"threshold": 2, "validators": ["A", "B", "C"], "innerQuorumSets": []}'

/** The spellings of monitors and of the XDR type, and the short ones that stellar-core prints. */
const KEYS = {
  threshold: ['threshold', 't'],
  validators: ['validators', 'v'],
  inner: ['innerquorumsets', 'innersets'],
} as const

/** Deeper nesting is refused, as stellar-core does beyond 4 levels; ours is looser. */
const MAX_LEVELS = 50

const threshold = z.int('a whole number').min(1, 'a whole number of at least 1')

/**
 * A Stellar quorum set (Mazières, The Stellar Consensus Protocol, 2015): so many of the validators
 * and inner sets have to agree. The quorum system is that of a network whose validators all have
 * this quorum set. The validators of one inner set of the top level are one zone.
 */
export function draftOfStellar(value: unknown, source: string): Draft {
  const reader = readerOf(source)
  const { inside, path } = unwrapped(value)
  const quorums = reader.set(inside, path, undefined, 0)
  const repeated = [...reader.uses].filter(([, uses]) => uses > 1).map(([name]) => name)
  return {
    title: `Stellar quorum set: ${counted(reader.nodes.length, 'validator')}`,
    nodes: reader.nodes,
    reads: quorums,
    writes: quorums,
    remarks: [
      'the quorums of a network in which every validator has this quorum set',
      ...repeated.map((name) => `${name} is there more than once, which stellar-core refuses`),
    ],
    danger: 'the network may split and agree on two different values',
  }
}

/** Whether the value looks like a quorum set. */
export function isStellar(value: unknown): boolean {
  const { inside } = unwrapped(value)
  const keys = new Set(Object.keys(inside ?? {}))
  return KEYS.threshold.some((key) => keys.has(key))
}

function unwrapped(value: unknown): { inside: unknown; path: readonly PropertyKey[] } {
  const object = folded(value)
  if (typeof object === 'object' && object !== null && 'quorumset' in object) {
    return { inside: folded(object.quorumset), path: ['quorumSet'] }
  }
  return { inside: object, path: [] }
}

function readerOf(source: string) {
  const numbers = new Map<string, number>()
  const uses = new Map<string, number>()
  const nodes: DraftNode[] = []

  const validator = (name: string, zone: string | undefined): number => {
    uses.set(name, (uses.get(name) ?? 0) + 1)
    const known = numbers.get(name)
    if (known !== undefined) {
      // Who is in two inner sets shares the fate of neither.
      if (nodes[known]?.zone !== zone) nodes[known] = { name, zone: undefined }
      return known
    }
    numbers.set(name, nodes.length)
    nodes.push({ name, zone })
    return nodes.length - 1
  }

  const set = (
    value: unknown,
    path: readonly PropertyKey[],
    zone: string | undefined,
    level: number,
  ): Formula => {
    const where = place(source, path)
    if (level > MAX_LEVELS) {
      throw new UserError(`more than ${MAX_LEVELS} levels of sets`, { where, hint: HINT })
    }
    const inside = folded(value)
    if (typeof inside !== 'object' || inside === null || Array.isArray(inside)) {
      const fact = `${shownValue(value)} stands where a quorum set has to be`
      throw new UserError(fact, { where, hint: HINT })
    }
    const object = inside as Record<string, unknown>
    const of = (keys: readonly string[]) => keys.map((key) => object[key]).find(isThere)
    const need = checked(threshold, of(KEYS.threshold), place(source, [...path, 'threshold']), HINT)
    const members = lists(of(KEYS.validators), place(source, [...path, 'validators'])).map(
      (member, at) => ({ member, path: [...path, 'validators', at] }),
    )
    const inner = lists(of(KEYS.inner), place(source, [...path, 'innerQuorumSets'])).map(
      (member, at) => ({ member, path: [...path, 'innerQuorumSets', at] }),
    )
    let sets = 0
    const inputs = [...members, ...inner].map(({ member, path }) => {
      if (typeof member === 'string' && member !== '') return validator(member, zone)
      sets++
      const named = (folded(member) as { name?: unknown } | null)?.name
      const name = typeof named === 'string' && named !== '' ? named : `set ${sets}`
      return set(member, path, zone ?? name, level + 1)
    })
    if (need > inputs.length) {
      const fact = `threshold ${need} of ${inputs.length} can never be reached`
      const hint = 'at most as many as there are validators and inner sets'
      throw new UserError(fact, { where: place(source, [...path, 'threshold']), hint })
    }
    return { need, inputs }
  }
  return { nodes, uses, set }
}

function lists(value: unknown, where: string): readonly unknown[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value
  const fact = `${shownValue(value)} stands where a list has to be`
  throw new UserError(fact, { where, hint: HINT })
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null
}
