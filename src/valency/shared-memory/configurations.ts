import { Visited } from '../../explore/visited.ts'
import type { Json } from '../../core/json.ts'
import type { InternedProgram } from './interned-program.ts'

/** A step from one configuration to the next. */
export interface SharedEdge {
  readonly process: number
  /** The number of its outcome in the program. */
  readonly outcome: number
}

/**
 * Configurations as packed integers, sixteen bits for the local state of each process and for the
 * state of each object.
 */
export class Configurations {
  readonly program: InternedProgram
  readonly visited: Visited
  /** The configuration that was read last. */
  readonly fields: Int32Array
  /** What the processes proposed that all began with. */
  inputs: readonly Json[] = []
  readonly #packed: Int32Array

  constructor(program: InternedProgram, bounds: { states: number; bytes: number }) {
    const length = program.processes + program.objects.length
    const words = (length + 1) >> 1
    this.program = program
    this.visited = new Visited(words, bounds)
    // One more where the last word is half empty.
    this.fields = new Int32Array(words * 2)
    this.#packed = new Int32Array(words)
  }

  /** Reads a configuration into `fields`. */
  read(number: number): void {
    const { states, words } = this.visited
    for (let word = 0, at = number * words; word < words; word++, at++) {
      const both = states[at]!
      this.fields[2 * word] = both & 0xffff
      this.fields[2 * word + 1] = both >>> 16
    }
  }

  /** As `add` of the table, for what stands in `fields`. */
  add(parent: number): number {
    return this.visited.add(this.#pack(), parent)
  }

  /** The configuration in which all begin with these inputs. */
  begin(inputs: readonly Json[]): number {
    this.inputs = inputs
    this.fields.fill(0)
    inputs.forEach((input, self) => (this.fields[self] = this.program.start(self, input)))
    this.program.initialStates().forEach((state, object) => {
      this.fields[this.program.processes + object] = state
    })
    const added = this.add(-1)
    return added < 0 ? ~added : added
  }

  /** The code of the step of a process in `fields`, -1 if it has decided. */
  codeOf(self: number): number {
    const local = this.fields[self]!
    const object = this.program.objectOf(self, local)
    if (object < 0) return -1
    return this.program.step(self, local, this.fields[this.program.processes + object]!)
  }

  /** Takes a step in `fields`. */
  take(self: number, outcome: number): void {
    const object = this.program.objectOf(self, this.fields[self]!)
    this.fields[self] = this.program.locals[outcome]!
    this.fields[this.program.processes + object] = this.program.states[outcome]!
  }

  /** Takes back a step that was taken from this configuration. */
  takeBack(self: number, local: number, state: number): void {
    this.fields[self] = local
    this.fields[this.program.processes + this.program.objectOf(self, local)] = state
  }

  /** A step that leads from a configuration to another one. */
  edge(from: number, to: number): SharedEdge {
    const { processes } = this.program
    for (let process = 0; process < processes; process++) {
      this.read(from)
      const code = this.codeOf(process)
      if (code < 0) continue
      const first = this.program.firstOutcome(code)
      for (let outcome = first; outcome < first + this.program.outcomes(code); outcome++) {
        this.read(from)
        this.take(process, outcome)
        if (this.visited.find(this.#pack()) === to) return { process, outcome }
      }
    }
    throw new Error(`no step leads from configuration ${from} to ${to}`)
  }

  #pack(): Int32Array {
    const { fields } = this
    const packed = this.#packed
    for (let word = 0; word < packed.length; word++)
      packed[word] = fields[2 * word]! | (fields[2 * word + 1]! << 16)
    return packed
  }
}
