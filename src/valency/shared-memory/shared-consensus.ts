import { Meter } from '../../core/budget.ts'
import type { Json } from '../../core/json.ts'
import { canonical } from '../../core/json.ts'
import { UserError } from '../../core/user-error.ts'
import type { BoundHit, Outcome } from '../../core/verdict.ts'
import { counted } from '../../core/wording.ts'
import type { SharedProtocol } from '../../node/index.ts'
import { criticalIn, fatesOf, isBivalent } from './fates.ts'
import type { Fates } from './fates.ts'
import { interleavings } from './interleavings.ts'
import type { Interleavings } from './interleavings.ts'
import { InternedProgram } from './interned-program.ts'
import { cycleTrace, traceTo } from './shared-trace.ts'
import type { SharedTrace } from './shared-trace.ts'

export type Claim = 'holds' | 'violated' | 'unknown'

export interface SharedBudget {
  readonly seconds?: number
  /** Configurations for each choice of inputs. */
  readonly states?: number
  readonly bytes?: number
}

export interface SharedAsked {
  readonly processes: number
  /** A named bug. */
  readonly mutant?: string
  /** Who proposes what. Default: all ways to propose 0 or 1. */
  readonly inputs?: readonly (readonly Json[])[]
  readonly budget?: SharedBudget
}

/** What is shown to be wrong, and the shortest way to it. */
export interface SharedViolation {
  readonly claim: 'agreement' | 'validity' | 'wait-freedom'
  readonly sentence: string
  readonly trace: SharedTrace
}

export interface SharedFinding {
  readonly protocol: string
  readonly mutant?: string
  readonly processes: number
  readonly outcome: Outcome
  readonly agreement: Claim
  readonly validity: Claim
  readonly waitFree: Claim
  /** The most accesses that a process makes until it decides; `null` if not known. */
  readonly steps: number | null
  /** How many choices of inputs were tried. */
  readonly inputs: number
  /** Over all inputs. */
  readonly configurations: number
  /** Inputs from which either value may come out: `01`. */
  readonly bivalentInitial: readonly string[]
  readonly critical: Critical
  readonly violations: readonly SharedViolation[]
  readonly bound?: BoundHit
}

/** Configurations in which whichever step is next decides what comes out. */
export interface Critical {
  readonly configurations: number
  /** What all are about to access in them: how often each object, `several` if not one. */
  readonly objects: Readonly<Record<string, number>>
}

const DEFAULT_STATES = 20_000_000
const DEFAULT_BYTES = 2_000_000_000
/** What is decided is told apart by bits. */
const MOST_VALUES = 30

/**
 * Whether a protocol solves wait-free consensus: in every interleaving all decide alike, on
 * something that was proposed, and everybody decides within a bounded number of its own steps,
 * whatever the others do. Somebody who crashes takes no further step, which is an interleaving.
 *
 * With finitely many configurations a process may take steps for ever without a decision exactly
 * if the graph of configurations has a cycle, since each step is somebody's.
 */
export function sharedConsensus(protocol: SharedProtocol, asked: SharedAsked): SharedFinding {
  const { processes, mutant, budget = {} } = asked
  checkAsked(protocol, asked)
  const inputs = asked.inputs ?? binaryInputs(processes)
  const program = new InternedProgram(protocol.name, protocol.make(processes, mutant), processes)
  const { states = DEFAULT_STATES, bytes = DEFAULT_BYTES, seconds } = budget
  const meter = new Meter(seconds === undefined ? {} : { seconds })
  const total = new Findings(program, inputs.length)
  for (const input of inputs) {
    const graph = interleavings(program, input, { states, bytes }, meter)
    total.add(input, graph)
    if (graph.stopped !== undefined) break
  }
  return {
    protocol: protocol.name,
    ...(mutant === undefined ? {} : { mutant }),
    processes,
    ...total.finding(),
  }
}

/** What is found with one choice of inputs after the other. */
class Findings {
  readonly #program: InternedProgram
  readonly #all: number
  readonly #shortest = new Map<SharedViolation['claim'], SharedViolation>()
  readonly #bivalent: string[] = []
  readonly #objects = new Map<string, number>()
  #critical = 0
  #configurations = 0
  #complete = 0
  #steps = 0
  #stopped: Interleavings['stopped']

  constructor(program: InternedProgram, all: number) {
    this.#program = program
    this.#all = all
  }

  add(inputs: readonly Json[], graph: Interleavings): void {
    this.#configurations += graph.count
    if (graph.disagreement >= 0) this.#violated('agreement', traceTo(graph, graph.disagreement))
    if (graph.invention >= 0) this.#violated('validity', traceTo(graph, graph.invention))
    this.#stopped = graph.stopped
    if (graph.stopped !== undefined) return
    this.#complete++
    if (this.#program.decisions.size > MOST_VALUES) throw new Error('too many values are decided')
    const fates = fatesOf(graph)
    if (fates.cycle !== undefined) {
      this.#violated('wait-freedom', cycleTrace(graph, fates.cycle))
      return
    }
    this.#steps = Math.max(this.#steps, fates.steps)
    this.#addFates(inputs, graph, fates)
  }

  finding(): Omit<SharedFinding, 'protocol' | 'mutant' | 'processes'> {
    const complete = this.#complete === this.#all
    const claim = (name: SharedViolation['claim']): Claim =>
      this.#shortest.has(name) ? 'violated' : complete ? 'holds' : 'unknown'
    const claims = [claim('agreement'), claim('validity'), claim('wait-freedom')] as const
    const [agreement, validity, waitFree] = claims
    const stopped = this.#stopped
    const covered =
      `${this.#complete} of ${counted(this.#all, 'choice')} of inputs complete, ` +
      counted(this.#configurations, 'configuration')
    return {
      outcome: claims.includes('violated') ? 'fail' : complete ? 'pass' : 'unknown',
      agreement,
      validity,
      waitFree,
      steps: waitFree === 'holds' ? this.#steps : null,
      inputs: this.#all,
      configurations: this.#configurations,
      bivalentInitial: this.#bivalent,
      critical: {
        configurations: this.#critical,
        objects: Object.fromEntries([...this.#objects].sort(([a], [b]) => (a < b ? -1 : 1))),
      },
      violations: [...this.#shortest.values()],
      ...(stopped === undefined ? {} : { bound: { ...stopped, covered } }),
    }
  }

  #violated(claim: SharedViolation['claim'], trace: SharedTrace): void {
    const known = this.#shortest.get(claim)
    if (known !== undefined && known.trace.steps.length <= trace.steps.length) return
    this.#shortest.set(claim, { claim, sentence: sentenceOf(claim, trace), trace })
  }

  #addFates(inputs: readonly Json[], graph: Interleavings, fates: Fates): void {
    if (isBivalent(fates.values[0] ?? 0))
      this.#bivalent.push(inputs.map((input) => canonical(input)).join(''))
    for (const at of criticalIn(graph, fates)) {
      const name = this.#accessedIn(graph, at)
      this.#critical++
      this.#objects.set(name, (this.#objects.get(name) ?? 0) + 1)
    }
  }

  /** What all who have not decided are about to access. */
  #accessedIn({ configurations }: Interleavings, at: number): string {
    configurations.read(at)
    const next = new Set<number>()
    for (let self = 0; self < this.#program.processes; self++) {
      const object = this.#program.objectOf(self, configurations.fields[self] ?? 0)
      if (object >= 0) next.add(object)
    }
    const [object = -1] = next
    return next.size === 1 ? (this.#program.objects[object] ?? '') : 'several'
  }
}

function sentenceOf(claim: SharedViolation['claim'], trace: SharedTrace): string {
  const decided = trace.decided.flatMap((value, self) =>
    value === undefined ? [] : [`process ${self} decides ${canonical(value)}`],
  )
  const inputs = `inputs ${trace.inputs.map((input) => canonical(input)).join(', ')}`
  const steps = counted(trace.steps.length, 'access', 'accesses')
  switch (claim) {
    case 'agreement':
      return `${decided.join(' and ')} (${inputs}, ${steps})`
    case 'validity':
      return `${decided.join(' and ')}, which nobody proposed (${inputs}, ${steps})`
    case 'wait-freedom': {
      const loop = trace.steps.slice(trace.loop)
      const movers = [...new Set(loop.map(({ process }) => process))].sort((a, b) => a - b)
      const who = `process ${movers.join(' and ')}`
      return `${who} may go on for ever without a decision (${inputs}, ${steps})`
    }
  }
}

function checkAsked(protocol: SharedProtocol, { processes, mutant }: SharedAsked): void {
  const { name, mutants, mostProcesses = MOST_PROCESSES } = protocol
  if (!Number.isInteger(processes) || processes < 1 || processes > mostProcesses) {
    throw new UserError(`${name} cannot be made for ${processes} processes`, {
      where: '--processes',
      hint: `ask for 2 to ${mostProcesses}`,
    })
  }
  if (mutant === undefined || Object.hasOwn(mutants, mutant)) return
  const known = Object.keys(mutants)
  throw new UserError(`${name} has no bug called '${mutant}'`, {
    where: '--mutant',
    hint: known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`,
  })
}

/** More are not packed into the bytes of steps. */
const MOST_PROCESSES = 16

/** All ways in which so many processes propose 0 or 1. */
export function binaryInputs(processes: number): readonly (readonly number[])[] {
  return Array.from({ length: 1 << processes }, (_, bits) =>
    Array.from({ length: processes }, (__, self) => (bits >> (processes - 1 - self)) & 1),
  )
}
