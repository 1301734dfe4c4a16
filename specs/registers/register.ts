import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { bool, id, int, mapOf, record } from '../../src/state/index.ts'

/**
 * The three registers of Lamport (On Interprocess Communication, 1986): one writer, many readers.
 * They have the same variables, so that each is a special case of the one before it. The values are
 * the numbers of the writes, 0 for what was there before.
 */
export function registerVariables(readers: number, writes: number) {
  const Reader = id('reader', readers)
  const Value = int(0, writes)
  const state = {
    /** How many writes have begun, and how many have returned: equal when none is going on. */
    begun: Value,
    returned: Value,
    reading: mapOf(
      Reader,
      record({
        active: bool(),
        /** The last write that had returned when the read began. */
        low: Value,
        /** The newest value that a read had returned when the read began. */
        floor: Value,
        /** Whether a write was going on at some moment of the read. */
        overlaps: bool(),
      }),
    ),
    /** The newest value that a read has returned. */
    newest: Value,
    /** What each reader has returned last. */
    lastRead: mapOf(Reader, Value),
  }
  return { Reader, Value, state }
}

export type Registers = State<ReturnType<typeof registerVariables>['state']>

export function beginWrite(s: Registers): void {
  s.begun++
  for (const reader of s.reading.keys)
    if (s.reading.get(reader).active) s.reading.get(reader).overlaps = true
}

export function endWrite(s: Registers): void {
  s.returned = s.begun
}

export function beginRead(s: Registers, reader: number): void {
  const read = s.reading.get(reader)
  read.active = true
  read.low = s.returned
  read.floor = Math.max(s.returned, s.newest)
  read.overlaps = s.begun > s.returned
}

export function endRead(s: Registers, reader: number, value: number): void {
  const read = s.reading.get(reader)
  Object.assign(read, { active: false, low: 0, floor: 0, overlaps: false })
  s.newest = Math.max(s.newest, value)
  s.lastRead.set(reader, value)
}

export type Kind = 'safe' | 'regular' | 'atomic'

/** Which values a read may return, for each kind of register. */
export const mayReturn = {
  /** The last value written if no write overlaps; anything otherwise. */
  safe: (s: Registers, reader: number, value: number) =>
    s.reading.get(reader).overlaps || value === s.returned,
  /** The last value written before the read, or one that is written during it. */
  regular: (s: Registers, reader: number, value: number) =>
    value >= s.reading.get(reader).low && value <= s.begun,
  /** Nor anything older than what a read had returned before this one began. */
  atomic: (s: Registers, reader: number, value: number) =>
    value >= s.reading.get(reader).floor && value <= s.begun,
}

function plainRegister(readers: number, writes: number, kind: Kind) {
  const { Reader, Value, state } = registerVariables(readers, writes)
  return model({
    state,
    actions: {
      beginWrite: { when: (s) => s.begun === s.returned && s.begun < writes, then: beginWrite },
      endWrite: { when: (s) => s.begun > s.returned, then: endWrite },
      beginRead: {
        for: [Reader],
        when: (s, reader) => !s.reading.get(reader).active,
        then: beginRead,
      },
      endRead: {
        for: [Reader, Value],
        when: (s, reader, value) =>
          s.reading.get(reader).active && mayReturn[kind](s, reader, value),
        then: endRead,
      },
    },
    sometimes: { 'a read returns the last value': (s) => s.newest === writes },
    symmetry: [Reader],
  })
}

/** The register of a kind, which claims to be of other kinds as well. */
export function registerModel(
  readers: number,
  writes: number,
  kind: Kind,
  alsoA: readonly Kind[] = [],
) {
  const abstract = alsoA.map((other) => [
    `${other} register`,
    { model: plainRegister(readers, writes, other), map: same },
  ])
  return model({
    ...plainRegister(readers, writes, kind),
    refines: Object.fromEntries(abstract) as Claims,
  })
}

type Claims = Record<string, { model: ReturnType<typeof plainRegister>; map: typeof same }>

const source = 'Lamport, On Interprocess Communication, 1986, part II'

/** A read that overlaps a write may return anything. */
export const safeRegister = spec(
  'safe-register',
  {
    about: 'a safe register: one writer, many readers',
    source,
    parameters: { readers: 2, writes: 2 },
  },
  ({ readers, writes }) => registerModel(readers, writes, 'safe'),
)

/** A read returns the last value written before it, or one that is written during it. */
export const regularRegister = spec(
  'regular-register',
  {
    about: 'a regular register, which is a safe one too',
    source,
    parameters: { readers: 2, writes: 2 },
    mutants: { 'safe-only': 'a read that overlaps a write returns anything' },
  },
  ({ readers, writes }, planted) =>
    registerModel(readers, writes, planted('safe-only') ? 'safe' : 'regular', ['regular', 'safe']),
)

/** As if each operation happened at one moment: no read returns an older value than one before. */
export const atomicRegister = spec(
  'atomic-register',
  {
    about: 'an atomic register, which is a regular one too',
    source,
    parameters: { readers: 2, writes: 2 },
    mutants: { 'regular-only': 'a read may return an older value than a read before it' },
  },
  ({ readers, writes }, planted) =>
    registerModel(readers, writes, planted('regular-only') ? 'regular' : 'atomic', [
      'atomic',
      'regular',
    ]),
)

/** A state seen as the same state of another kind of register. */
export function same(s: Registers, abstract: Registers): void {
  abstract.begun = s.begun
  abstract.returned = s.returned
  abstract.newest = s.newest
  abstract.reading.assign(s.reading)
  abstract.lastRead.assign(s.lastRead)
}
