import type {
  Emit,
  Exploration,
  FalseClause,
  Numbering,
  Runner,
  Step,
  System,
} from '../../explore/index.ts'
import { UserError } from '../../core/user-error.ts'
import type { ComposedSystem } from '../composed-system.ts'
import type { Known } from './canonical.ts'
import { Canonical, Kinds } from './canonical.ts'
import { AlikeCheck } from './check-alike.ts'
import { exchangesOf } from './exchanges.ts'
import { Images } from './images.ts'
import { Renaming } from './renaming.ts'

/** New states, and how many each of them stands for. */
interface Tally {
  readonly canonical: Canonical
  found: number
  represented: number
}

/**
 * A composed system in which one state stands for all that differ from it only by an exchange of
 * nodes, or of clients with what they ask. Which exchanges leave everything around the nodes as it
 * was is found out; that the nodes' code treats them alike is checked at each step that is new.
 */
export class SymmetricSystem implements System {
  readonly name: string
  readonly actions: readonly string[]
  readonly invariants: readonly string[]
  readonly sometimes: readonly string[]
  readonly numbering: Numbering
  readonly falseClauses: (words: Int32Array, offset?: number) => readonly FalseClause[]
  readonly #whole: ComposedSystem
  readonly #known: Known
  readonly #check: AlikeCheck
  readonly #tallies: Tally[] = []

  /** @throws UserError if nothing can be exchanged */
  constructor(whole: ComposedSystem) {
    const { parts } = whole
    this.#whole = whole
    this.name = whole.name
    this.actions = whole.actions
    this.invariants = whole.invariants
    this.sometimes = whole.sometimes
    this.numbering = whole.numbering
    this.falseClauses = whole.falseClauses
    const { alike = {} } = parts.options
    const renamings = exchangesOf(parts).map((exchange) => new Renaming(exchange, alike))
    const images = renamings.map((renaming) => new Images(whole, renaming))
    this.#known = { renamings, images, kinds: new Kinds(whole, renamings) }
    if (renamings.length === 1) {
      throw new UserError('nothing can be exchanged', {
        where: whole.name,
        hint: 'leave --symmetry away: clients, crashes or timers tell all nodes apart',
      })
    }
    this.#check = new AlikeCheck(parts, renamings.slice(1))
    parts.steps.alike = this.#check
    parts.steps.namesRequests = renamings.some(({ exchange }) =>
      exchange.clients.some((to, at) => to !== at),
    )
  }

  get words(): number {
    return this.#whole.words
  }

  runner(emit: Emit): Runner {
    const tally = { canonical: this.#canonical(), found: 0, represented: 0 }
    this.#tallies.push(tally)
    const { canonical } = tally
    const out = new Int32Array(this.#whole.words)
    const inner = this.#whole.runner((action, instance) => {
      canonical.find(inner.out, out)
      const isNew = emit(action, instance)
      if (isNew) {
        tally.found++
        tally.represented += canonical.represented
        if (isSampled(tally.found)) this.#check.claims(this.#whole.viewsOf(out))
      }
      return isNew
    })
    return {
      out,
      initial: () => {
        inner.initial()
      },
      expand: (words, offset) => inner.expand(words, offset),
      load: (words, offset) => {
        inner.load(words, offset)
      },
      falseInvariant: () => inner.falseInvariant(),
      sometimes: (index) => inner.sometimes(index),
      within: () => inner.within(),
      mayEnd: () => inner.mayEnd(),
      parameters: () => inner.parameters(),
    }
  }

  snapshot(words: Int32Array, offset?: number): Readonly<Record<string, unknown>> {
    return this.#whole.snapshot(words, offset)
  }

  /** A path of states that stand for others, as steps that can be taken one after the other. */
  retold(path: readonly Int32Array[]): {
    readonly trace: readonly Step[]
    readonly last: Int32Array | undefined
  } {
    const whole = this.#whole
    const canonical = this.#canonical()
    const shown = new Int32Array(whole.words)
    const trace: Step[] = []
    let at: Int32Array | undefined
    for (const wanted of path) {
      let after: Int32Array | undefined
      const runner = whole.runner((action) => {
        if (after !== undefined) return false
        canonical.find(runner.out, shown)
        if (!shown.every((word, place) => word === wanted[place])) return false
        after = runner.out.slice()
        const name = whole.actions[action]
        trace.push({
          ...(name === undefined ? {} : { action: name }),
          parameters: [...runner.parameters()],
          state: whole.snapshot(after),
        })
        return false
      })
      if (at === undefined) runner.initial()
      else runner.expand(at, 0)
      if (after === undefined) throw new Error('a step could not be taken again')
      at = after
    }
    return { trace, last: at }
  }

  report(): NonNullable<Exploration['reductions']>[number] {
    const [{ canonical, found, represented } = this.#none()] = this.#tallies
      .filter((tally) => tally.found > 0)
      .slice(-1)
    const { length } = this.#known.renamings
    return {
      kind: 'symmetry',
      about:
        `${String(length)} exchanges of nodes and clients, compared in ` +
        `${String(this.#check.compared)} steps of the real code; the states stand for ` +
        `${String(represented)}; in ${String(canonical.ties)} they could only be told apart ` +
        'by trying',
      factor: represented / Math.max(1, found),
    }
  }

  #none(): Tally {
    return { canonical: this.#canonical(), found: 0, represented: 0 }
  }

  #canonical(): Canonical {
    return new Canonical(this.#whole, this.#known)
  }
}

/** The first states, and ever fewer after them. */
function isSampled(found: number): boolean {
  return found < 200 || found % 500 === 0
}
