import { UserError } from '../../core/user-error.ts'
import type { AnyLayout, State, StateType, Variables } from '../../state/index.ts'
import { OutOfBounds } from '../../state/index.ts'
import type { Processes } from '../model.ts'
import type { Open, OpenStep } from '../model-steps.ts'
import { forEachChoice } from '../model-system.ts'
import type { ModelSystem } from '../system.ts'
import { valueText } from '../value-text.ts'
import type { Owner, Place } from './processes.ts'
import { ownersOf, trespass } from './processes.ts'
import { observed } from './observed.ts'
import { FULL, LENGTH, Parts, Uses, WRITES } from './uses.ts'

/** One step that a process may take. */
export interface Enabled {
  readonly action: number
  readonly instance: number
  readonly choice: readonly unknown[]
  readonly words: Int32Array
}

/** The steps of one process in a state. */
export interface Turn {
  readonly steps: readonly Enabled[]
  /**
   * Whether they are the same, and do the same, whatever the other processes do before; and the
   * others cannot tell whether they were taken before.
   */
  readonly independent: boolean
  /** Whether one of them writes what is claimed something about. */
  readonly visible: boolean
}

/**
 * Finds out which steps of a process are independent of all that the others may do, by looking at
 * what guards and effects read and write. A process owns its variables; on a link only the receiver
 * takes away and only the sender adds. So nobody else can change the outcome of a guard that looks
 * at own variables and at the first message of a link that is not empty, and a step that takes that
 * message, changes own variables and sends is in nobody's way.
 */
export class Independence {
  readonly parts: Parts
  readonly #system: ModelSystem
  readonly #type: StateType<Variables>
  readonly #steps: readonly OpenStep[]
  readonly #owners: readonly Owner[]
  readonly #kind: AnyLayout
  readonly #uses: Uses
  readonly #slots: Int32Array
  readonly #state: State<Variables>
  readonly #watched: Open
  readonly #nextSlots: Int32Array
  readonly #watchedNext: Open

  constructor(system: ModelSystem, steps: readonly OpenStep[], processes: Processes<Variables>) {
    const { variables } = system.type
    this.#system = system
    this.#type = system.type
    this.#steps = steps
    this.#kind = processes.kind
    this.parts = new Parts(variables)
    this.#owners = ownersOf(processes, variables, this.parts.all)
    this.#uses = new Uses(this.parts)
    const current = system.type.workspace()
    const next = system.type.workspace()
    this.#slots = current.slots
    this.#state = current.state
    this.#watched = observed(current.state, variables, this.#uses)
    this.#nextSlots = next.slots
    this.#watchedNext = observed(next.state, variables, this.#uses)
  }

  load(words: Int32Array, offset: number): void {
    this.#type.unpack(words, offset, this.#slots)
  }

  /** @param claimed the parts of the state that something is claimed about */
  turn(process: number, claimed: Uint8Array): Turn {
    const steps: Enabled[] = []
    let independent = true
    let visible = false
    for (const [action, step] of this.#steps.entries()) {
      const choices: (readonly unknown[])[] = []
      this.#uses.clear()
      forEachChoice(step.ranges.slice(1), this.#watched, (rest) => choices.push([process, ...rest]))
      this.#refuseTrespass(process, step, 'range')
      independent &&= this.#isSettled(process)
      for (const [place, choice] of choices.entries()) {
        this.#uses.clear()
        const asks = () => step.when?.(this.#watched, ...choice) !== false
        const enabled = asks()
        this.#refuseTrespass(process, step, 'guard')
        independent &&= this.#isSettled(process)
        const always = this.#answersAlike(process, step, { asks, enabled })
        independent &&= always
        if (!enabled) continue
        this.#uses.clear()
        const instance = process * choices.length + place
        steps.push({ action, instance, choice, words: this.#take(step, choice) })
        this.#refuseTrespass(process, step, 'effect')
        independent &&= !this.#uses.of.some((how, part) => how > 0 && this.#isShared(part))
        visible ||= this.#isVisible(claimed)
      }
    }
    return { steps, independent, visible }
  }

  #take(step: OpenStep, choice: readonly unknown[]): Int32Array {
    this.#nextSlots.set(this.#slots)
    step.then(this.#watchedNext, ...choice)
    const words = new Int32Array(this.#system.words)
    this.#type.pack(this.#nextSlots, words, 0)
    return words
  }

  #isShared(part: number): boolean {
    return this.#owners[part]!.of === 'all'
  }

  /** Whether no step of another process can change what was found out, but for lengths of links. */
  #isSettled(process: number): boolean {
    return this.#uses.of.every((how, part) => {
      const owner = this.#owners[part]!
      if (how === 0 || owner.of === 'one') return true
      if (owner.of === 'all') return false
      // Room that is there stays, as nobody else sends; room that is not there may come.
      const length = this.#length(part)
      return owner.from === process ? length < this.#max(part) : length > 0
    })
  }

  /**
   * Asks a guard again for each number of messages that could lie in a link. Others may only make
   * it true: by sending to the process, or by receiving from it. Otherwise a step of theirs would
   * be in the way of this one, and a `UserError` says so. Answers whether the guard says the same
   * for all numbers that there can be by then.
   */
  #answersAlike(process: number, step: OpenStep, { asks, enabled }: Guard): boolean {
    const { of, length } = this.#uses
    const before = of.slice()
    let alike = true
    for (const [part, how] of before.entries()) {
      const owner = this.#owners[part]!
      if ((how & (LENGTH | FULL)) === 0 || owner.of !== 'link') continue
      const sends = owner.from === process
      const now = this.#length(part)
      let truth = false
      for (let count = 0; count <= this.#max(part); count++) {
        // For who sends it counts how much room there is.
        length[part] = sends ? this.#max(part) - count : count
        const said = length[part] === now ? enabled : this.#askIf(asks)
        if (said === undefined) continue
        if (truth && !said) this.#refuse(process, step, 'is taken because nothing comes over', part)
        truth = said
        if ((sends ? length[part] < now : length[part] > now) && said !== enabled) alike = false
      }
      length[part] = -1
      // Had it looked at something else, it would depend on that.
      alike &&= of.every((how, part) => how === before[part])
      of.set(before)
    }
    return alike
  }

  /** What a guard says of a length that is none; nothing where it looks for what is not there. */
  #askIf(asks: () => boolean): boolean | undefined {
    try {
      return asks()
    } catch (error) {
      if (error instanceof OutOfBounds) return undefined
      throw error
    }
  }

  #isVisible(claimed: Uint8Array): boolean {
    return this.#uses.of.some((how, part) => (how & WRITES) !== 0 && claimed[part] === 1)
  }

  #refuseTrespass(process: number, step: OpenStep, place: Place): void {
    for (const [part, how] of this.#uses.of.entries()) {
      const what = how === 0 ? undefined : trespass(process, this.#owners[part]!, how, place)
      if (what !== undefined) this.#refuse(process, step, what, part)
    }
  }

  #refuse(process: number, step: OpenStep, what: string, part: number): never {
    const owner = this.#owners[part]!
    const of = owner.of === 'one' ? `, which is ${this.#name(owner.process)}'s own` : ''
    throw new UserError(
      `a step '${step.name}' of ${this.#name(process)} ${what} ${this.#partName(part)}${of}`,
      {
        where: `${this.#system.name}, processes`,
        hint: 'list the variable as shared, or give the step to the other process',
      },
    )
  }

  #name(process: number): string {
    return valueText(this.#kind, process)
  }

  #partName(part: number): string {
    const { variable, key, way } = this.parts.all[part]!
    const { shape } = this.#type.variables[variable]!
    if (key === undefined || shape.kind !== 'mapOf') return variable + way
    return `${variable}[${valueText(shape.keys, shape.keys.decode(key))}]${way}`
  }

  #length(link: number): number {
    const { variable, key } = this.parts.all[link]!
    const map = (this.#state as Readonly<Record<string, unknown>>)[variable] as Links
    const { shape } = this.#type.variables[variable]!
    return shape.kind === 'mapOf' ? map.get(shape.keys.decode(key!)).length : 0
  }

  #max(link: number): number {
    return (this.parts.all[link]!.layout.shape as { readonly max: number }).max
  }
}

/** A guard, and what it said. */
interface Guard {
  readonly enabled: boolean
  asks(): boolean
}

interface Links {
  get(key: unknown): { readonly length: number }
}
