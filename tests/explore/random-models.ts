import fc from 'fast-check'
import type { Fairness } from '../../src/explore/index.ts'
import type {
  Asked,
  Done,
  Formula,
  Operand,
  Plain,
  PlainAction,
  PlainProperty,
  PlainRange,
} from './plain.ts'
import { actionName } from './plain.ts'
import type { KindName } from './plain-kinds.ts'
import { kinds } from './plain-kinds.ts'

export interface RandomOptions {
  /** Kinds of variables; all of them by default. */
  readonly kinds?: readonly KindName[]
  /** Processes come as parameters only, so that they may be exchanged for each other. */
  readonly symmetric?: boolean
  /** With properties and fairness. */
  readonly liveness?: boolean
}

const ALL = Object.keys(kinds) as KindName[]
/** The others hold values of which nobody knows what they are made of. */
const KNOWN = ALL.filter((kind) => kind !== 'noted')

/** Small random machines: a few variables, guarded actions with parameters, claims. */
export function plainModels(options: RandomOptions = {}): fc.Arbitrary<Plain> {
  const all = options.symmetric === true ? KNOWN : ALL
  const variables = fc.array(fc.constantFrom(...(options.kinds ?? all)), {
    minLength: 1,
    maxLength: 3,
  })
  return variables.chain((kindsHere) => machines(kindsHere, options))
}

/** Rings of processes that send each other digits over links that keep the order. */
export function plainRings(options: RandomOptions = {}): fc.Arbitrary<Plain> {
  return machines(['array', 'links'], options)
}

function machines(variables: readonly KindName[], options: RandomOptions): fc.Arbitrary<Plain> {
  const symmetric = options.symmetric ?? false
  const parts = partsOf(variables, symmetric)
  const some = <T>(one: fc.Arbitrary<T>, minLength: number, maxLength: number) =>
    fc.array(one, { minLength, maxLength })
  const liveness = options.liveness ?? false
  return fc
    .record({
      processes: fc.integer({ min: 2, max: 3 }),
      init: fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: some(parts.action, 1, 2) },
      ),
      actions: some(parts.action, 1, 4),
      invariants: some(parts.clause, 0, 2),
      sometimes: some(parts.claim, 0, 2),
      properties: liveness ? some(parts.property, 1, 3) : fc.constant([]),
      ends: fc.oneof(fc.constantFrom('anywhere' as const, 'nowhere' as const), parts.claim),
      within: fc.option(parts.claim, { freq: 4 }),
    })
    .chain((made) =>
      (liveness ? promises(made.actions.length) : fc.constant([])).map((fairness) => ({
        ...made,
        variables,
        fairness,
        symmetric,
      })),
    )
}

/** Mostly some: without any, to stand still breaks whatever should happen. */
function promises(actions: number): fc.Arbitrary<readonly Fairness[]> {
  const names = Array.from({ length: actions }, (_, index) => actionName(index))
  const some = fc.array(
    fc.record({
      strength: fc.constantFrom('weak' as const, 'strong' as const),
      actions: fc.subarray(names, { maxLength: Math.min(2, actions) }),
      each: fc.boolean(),
    }),
    { minLength: 1, maxLength: 2 },
  )
  return fc.oneof({ weight: 6, arbitrary: some }, { weight: 1, arbitrary: fc.constant([]) })
}

function partsOf(variables: readonly KindName[], symmetric: boolean) {
  const parts = (ranges: readonly PlainRange[]) => partsOver(variables, symmetric, ranges)
  const ranges = rangesOver(variables)
  const fixed = fc.constantFrom<readonly PlainRange[]>([], ['process'], ['number'])
  const action: fc.Arbitrary<PlainAction> = ranges.chain((chosen) =>
    fc.record({
      ranges: fc.constant(chosen),
      when: parts(chosen).formula,
      then: fc.array(parts(chosen).done, { minLength: 1, maxLength: 2 }),
    }),
  )
  const property: fc.Arbitrary<PlainProperty> = fixed.chain((chosen) =>
    fc.record({
      ranges: fc.constant(chosen),
      kind: fc.constantFrom('eventually', 'alwaysEventually', 'eventuallyAlways', 'leadsTo'),
      when: parts(chosen).claim,
      then: parts(chosen).claim,
    }),
  )
  const clause = ranges.chain((chosen) =>
    fc.record({ ranges: fc.constant(chosen), holds: parts(chosen).claim }),
  )
  return { action, property, clause, claim: parts([]).claim }
}

function rangesOver(variables: readonly KindName[]): fc.Arbitrary<readonly PlainRange[]> {
  const one: PlainRange[] = ['process', 'process', 'number']
  for (const [index, kind] of variables.entries())
    if (kind === 'members') one.push({ membersOf: index })
  return fc.array(fc.constantFrom(...one), { maxLength: 2 })
}

function partsOver(
  variables: readonly KindName[],
  symmetric: boolean,
  ranges: readonly PlainRange[],
) {
  const parameters = (wanted: (range: PlainRange) => boolean) =>
    ranges.flatMap((range, parameter) => (wanted(range) ? [{ parameter }] : []))
  const constants = (count: number): Operand[] =>
    Array.from({ length: count }, (_, constant) => ({ constant }))
  const xs = [...constants(3), ...parameters((range) => range === 'number')]
  const own = parameters((range) => range !== 'number')
  const ps: Operand[] = own.length > 0 && symmetric ? own : [...constants(2), ...own, ...own]
  const variable = fc.nat({ max: variables.length - 1 })
  const x = fc.constantFrom(...xs)
  const p = fc.constantFrom(...ps)

  // With no process to speak of, only what says nothing about processes may be asked or done.
  const alone = symmetric && own.length === 0
  const asked: fc.Arbitrary<Asked> = fc
    .record({ variable, test: fc.nat({ max: 2 }), x, p, negated: fc.boolean() })
    .map((one) => (alone ? anonymousTest(variables, one) : one))
  const done: fc.Arbitrary<Done> = fc
    .record({ variable, effect: fc.nat({ max: 2 }), x, p })
    .map((one) => (symmetric ? fairEffect(variables, one, alone) : one))
  const formula: fc.Arbitrary<Formula> = fc.record({
    any: fc.boolean(),
    asked: fc.array(asked, { maxLength: 2 }),
  })
  // An empty "any of these" is never true, which would make most machines stand still.
  const guard = formula.map((one) => (one.asked.length === 0 ? { ...one, any: false } : one))
  const claim = fc.record({
    any: fc.boolean(),
    asked: fc.array(asked, { minLength: 1, maxLength: 2 }),
  })
  return { formula: guard, done, claim }
}

/** Which tests and effects of each kind look at `p`. */
const SPEAKS_OF_P: Readonly<Partial<Record<KindName, { tests: number[]; effects: number[] }>>> = {
  array: { tests: [0], effects: [0, 1] },
  members: { tests: [0], effects: [0, 1] },
  pointer: { tests: [0], effects: [0] },
  pairs: { tests: [0], effects: [0, 1] },
  log: { tests: [1], effects: [1] },
  cell: { tests: [1], effects: [1] },
  links: { tests: [0, 1], effects: [0, 1] },
}

/** The same question, or one about no process. */
function anonymousTest(variables: readonly KindName[], asked: Asked): Asked {
  const kind = variables[asked.variable]!
  const about = SPEAKS_OF_P[kind]?.tests ?? []
  const count = kinds[kind].tests.length
  if (!about.includes(asked.test % count)) return asked
  return { ...asked, test: [...kinds[kind].tests.keys()].find((one) => !about.includes(one))! }
}

function fairEffect(variables: readonly KindName[], done: Done, alone: boolean): Done {
  const kind = variables[done.variable]!
  const effects = kinds[kind].effects
  const refused = [...effects.keys()].filter(
    (one) =>
      effects[one]!.biased === true || (alone && SPEAKS_OF_P[kind]?.effects.includes(one) === true),
  )
  if (!refused.includes(done.effect % effects.length)) return done
  return { ...done, effect: [...effects.keys()].find((one) => !refused.includes(one))! }
}
