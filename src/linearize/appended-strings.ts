/**
 * Strings that are replaced and made longer at the end, exactly and fast, by turning them into a
 * register. A string that was read names its own history: which append came last, on which string
 * that was made, and so on back to a put or to the initial string. So an append whose outcome was
 * read is a compare-and-set from the one string to the other.
 *
 * An append of which no read shows anything may stand wherever a write of a value may that nobody
 * reads: nothing that it made was seen, and whatever was seen later was not made from it, as it
 * would show. So it is such a write.
 *
 * This needs one maker for every string that was read and every one on the way there. A put of it
 * has to be the only candidate. Among appends of the same text, those are out that were called
 * after the string was first seen, or returned before what they would have to follow was called, or
 * have made another string. Such a string is made only once, as what it is made from is made only
 * once and gone; if several appends are left, each is tried.
 */
import type { Meter } from '../core/budget.ts'
import type { Decision, Engine, Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import type { Operation } from '../core/operation.ts'
import { registerZones } from './register-zones.ts'
import { did, shown } from '../core/wording.ts'

/** How the operations of the string are called in the model. */
export interface StringNames {
  readonly get: string
  readonly put: string
  readonly append: string
}

/** The engine for a string whose operations have these names. */
export function appendedStrings(names: StringNames): Engine {
  const register = registerZones({ read: [names.get], write: [names.put], cas: ['cas'] })
  return {
    name: 'appended-strings',
    decide(problem, meter) {
      if (!isPlain(problem, names)) return undefined
      return firstThatFits(problem, names, meter, register)
    },
  }
}

/** As many ways to say which of several equal appends made what are tried, before giving up. */
const WAYS_AT_MOST = 256

function firstThatFits(
  problem: Problem,
  names: StringNames,
  meter: Meter,
  register: Engine,
): Decision | undefined {
  const choices = new Choices()
  for (let way = 1; way <= WAYS_AT_MOST; way++) {
    const made = madeFrom(problem, names, choices)
    if (made === undefined) return undefined
    const decision =
      'outcome' in made
        ? made
        : register.decide({ ...problem, operations: asRegister(problem, names, made) }, meter)
    if (decision?.outcome !== 'fail') return decision
    if (choices.next()) continue
    // With several ways, each fails for a reason of its own; and the register's speak of the
    // register.
    if (way > 1) return { outcome: 'fail', core: [], reason: '' }
    return 'outcome' in made ? decision : { ...decision, reason: '' }
  }
  return undefined
}

/** All ways to choose, one after the other: the last choice changes first. */
class Choices {
  readonly #taken: { option: number; readonly options: number }[] = []
  #at = 0

  /** One of so many options. */
  of(options: number): number {
    if (options === 1) return 0
    const choice = this.#taken[this.#at] ?? { option: 0, options }
    this.#taken[this.#at++] = choice
    return choice.option
  }

  /** Goes to the next way; false if there is none. */
  next(): boolean {
    this.#at = 0
    for (let last = this.#taken.pop(); last !== undefined; last = this.#taken.pop()) {
      if (last.option + 1 === last.options) continue
      this.#taken.push({ ...last, option: last.option + 1 })
      return true
    }
    return false
  }
}

/** Appending nothing would make a string from itself. */
function isPlain({ operations }: Problem, { get, put, append }: StringNames): boolean {
  return operations.every(
    ({ f, value }) => f === get || f === put || (f === append && value !== ''),
  )
}

/**
 * By operation that made a string which was read or led to one: that string, and what it was made
 * from.
 */
type Made = ReadonlyMap<number, { readonly from: string; readonly to: string }>

function asRegister({ operations }: Problem, { get, put }: StringNames, made: Made): Operation[] {
  return operations.map((operation, index) => {
    if (operation.f === get) return operation
    const seen = made.get(index)
    if (seen === undefined) return { ...operation, f: put, value: ['unseen', index] }
    if (operation.f === put) return operation
    const result = operation.result === undefined ? undefined : true
    return { ...operation, f: 'cas', value: [seen.from, seen.to], result }
  })
}

/** `undefined`: it cannot be told who made a string. A decision: nobody can have. */
function madeFrom(
  problem: Problem,
  names: StringNames,
  choices: Choices,
): Made | Decision | undefined {
  const { initial, operations } = problem
  const makers = new Makers(operations, names)
  if (makers.canMake(initial as string)) return undefined
  const gets = operations.flatMap((op, at) =>
    op.f === names.get && op.result !== undefined ? [at] : [],
  )
  gets.sort((a, b) => operations[a]!.returned - operations[b]!.returned)
  const origins = new Origins(problem, makers, choices)
  for (const get of gets) {
    const found = origins.trace(get)
    if (found !== 'traced') return found
  }
  return origins.made
}

/** A string on the way to one that was read, and the appends whose text it ends with. */
interface Link {
  readonly string: string
  readonly from: string
  readonly appends: readonly number[]
}

/** Finds out where strings came from, those that were seen first before the others. */
class Origins {
  readonly made = new Map<number, { from: string; to: string }>()
  readonly #operations: readonly Operation[]
  readonly #initial: string
  readonly #makers: Makers
  readonly #choices: Choices
  readonly #makerOf = new Map<string, number>()
  readonly #known: Set<string>
  /** The first return of anything that changed the string: after it, it is not the initial one. */
  readonly #changed: number

  constructor({ initial, operations }: Problem, makers: Makers, choices: Choices) {
    this.#choices = choices
    this.#operations = operations
    this.#initial = initial as string
    this.#makers = makers
    this.#known = new Set([this.#initial])
    this.#changed = makers.all.reduce((at, op) => Math.min(at, operations[op]!.returned), Infinity)
  }

  trace(get: number): 'traced' | Decision | undefined {
    const chain: Link[] = []
    for (let string = this.#operations[get]!.result as string; !this.#known.has(string);) {
      this.#known.add(string)
      const puts = this.#makers.putsOf(string)
      const appends = this.#possible(string)
      if (appends === undefined || puts.length > 1) return undefined
      if (puts.length === 1) {
        if (appends.length > 0) return undefined
        this.#note(puts[0]!, '', string)
        break
      }
      // If there is none, nobody wrote it; the register will say so.
      if (appends.length === 0) break
      const { value } = this.#operations[appends[0]!]!
      const from = string.slice(0, string.length - (value as string).length)
      chain.push({ string, from, appends })
      string = from
    }
    while (chain.length > 0) {
      const link = chain.pop()!
      const candidates = link.appends.filter((append) => this.#fits(append, link, get))
      if (candidates.length === 0) return this.#nobody(get, link)
      this.#note(candidates[this.#choices.of(candidates.length)]!, link.from, link.string)
    }
    return 'traced'
  }

  /** The appends a string may end with; `undefined` if they are of different texts. */
  #possible(string: string): readonly number[] | undefined {
    const appends = this.#makers.appendsTo(string).filter((append) => {
      const { value, called } = this.#operations[append]!
      const onInitial = string.length - (value as string).length === this.#initial.length
      return !onInitial || !string.startsWith(this.#initial) || called <= this.#changed
    })
    const texts = new Set(appends.map((append) => this.#operations[append]!.value))
    return texts.size > 1 ? undefined : appends
  }

  #fits(append: number, { from }: Link, get: number): boolean {
    const { called, returned } = this.#operations[append]!
    const before = this.#makerOf.get(from)
    return (
      !this.made.has(append) &&
      called < this.#operations[get]!.returned &&
      (before === undefined || returned >= this.#operations[before]!.called)
    )
  }

  #note(maker: number, from: string, to: string): void {
    this.made.set(maker, { from, to })
    this.#makerOf.set(to, maker)
  }

  #nobody(get: number, { appends }: Link): Decision {
    const text = shown(this.#operations[appends[0]!]!.value)
    const reason = `${did(this.#operations[get]!)}, but nobody can have appended ${text} there`
    return {
      outcome: 'fail',
      core: [...appends, get].sort((a, b) => a - b),
      reason,
      impossible: get,
    }
  }
}

/** Who can have made a string: a put of it, or an append of one of its ends. */
class Makers {
  readonly all: readonly number[]
  readonly #puts = new Map<Json, number[]>()
  readonly #appends = new Map<Json, number[]>()
  readonly #lengths: readonly number[]

  constructor(operations: readonly Operation[], { put, append }: StringNames) {
    const lengths = new Set<number>()
    const all: number[] = []
    operations.forEach(({ f, value }, index) => {
      if (f !== put && f !== append) return
      all.push(index)
      if (f === append) lengths.add((value as string).length)
      const makers = f === put ? this.#puts : this.#appends
      const list = makers.get(value)
      if (list === undefined) makers.set(value, [index])
      else list.push(index)
    })
    this.all = all
    this.#lengths = [...lengths]
  }

  canMake(string: string): boolean {
    return this.putsOf(string).length > 0 || this.appendsTo(string).length > 0
  }

  putsOf(string: string): readonly number[] {
    return this.#puts.get(string) ?? []
  }

  appendsTo(string: string): readonly number[] {
    return this.#lengths
      .filter((length) => length <= string.length)
      .flatMap((length) => this.#appends.get(string.slice(string.length - length)) ?? [])
  }
}
