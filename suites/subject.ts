import type { Judged, Subject } from '../src/campaign/subject.ts'
import { UserError } from '../src/core/user-error.ts'
import type { FaultType, Options, Workload } from '../src/node/index.ts'
import type { Given, Run, Simulation } from '../src/simulate/index.ts'
import { drawSimulation } from '../src/simulate/index.ts'
import type { RunCondition, RunJudgement } from './judge-run.ts'
import { judgeRun } from './judge-run.ts'
import { entryNamed } from './named-protocol.ts'
import type { ProtocolEntry } from './protocol-entry.ts'
import { workloadNamed } from './workloads.ts'

/** What is to be simulated, as plain data; what is absent is as in the entry. */
export interface GivenSubject {
  /** `raft`, `abd/grid`, `./mine.js#raft`. */
  readonly text: string
  readonly nodes?: number
  readonly options?: Options
  readonly mutant?: string
  /** Nothing is planted, even if the entry says so. */
  readonly noMutant?: true
  readonly workload?: string
  readonly condition?: string
  readonly model?: string
  readonly faults?: readonly FaultType[]
  readonly forMs?: number
  readonly operations?: number
  readonly clients?: number
  readonly wire?: true
  readonly strict?: true
}

/** An entry with what was asked for instead of what it says. */
export interface AskedSubject extends Subject {
  readonly given: GivenSubject
  readonly entry: ProtocolEntry
  readonly workload: Workload
  readonly condition: RunCondition
  /** With a trace and the schedule of what happened. */
  recorded(seed: number): Simulation
  judge(run: Run): Promise<RunJudgement>
}

/** What a name and its changes stand for. @throws UserError where there is no such thing */
export async function askedSubject(given: GivenSubject): Promise<AskedSubject> {
  const entry = withGiven(await entryNamed(given.text), given)
  const workload = given.workload === undefined ? entry.workload : workloadNamed(given.workload)
  const condition = conditionOf(entry, workload, given)
  const { name: _name, ...simulated } = { ...entry, workload }
  // Whatever is wrong with its options is told before anything is run.
  make(entry, given.text)
  const simulation = (seed: number, more: Given = {}): Simulation =>
    drawSimulation({ ...simulated, name: given.text }, seed, { ...drawn(given), ...more })
  return {
    given,
    entry,
    workload,
    condition,
    simulation,
    recorded: (seed) => simulation(seed, { trace: true, record: true }),
    judge: (run) => judgeRun(run, condition),
  }
}

/** The same for a thread of a campaign, which knows what is given only as plain data. */
export async function givenSubject(given: unknown): Promise<Subject> {
  const subject = await askedSubject(given as GivenSubject)
  return {
    simulation: (seed) => subject.simulation(seed),
    judge: (run): Promise<Judged> => subject.judge(run),
  }
}

/** Where threads find what they run. */
export const subjectModule = new URL('./subject.js', import.meta.url).href

function withGiven(entry: ProtocolEntry, given: GivenSubject): ProtocolEntry {
  const { mutant: _planted, ...plain } = entry
  return {
    ...(given.noMutant === true ? plain : entry),
    ...(given.mutant === undefined || given.noMutant === true ? {} : { mutant: given.mutant }),
    ...(given.options === undefined ? {} : { options: { ...entry.options, ...given.options } }),
    ...(given.nodes === undefined ? {} : { nodes: given.nodes }),
    ...(given.faults === undefined ? {} : { faults: given.faults }),
  }
}

/** What was asked for counts, then the workload that was asked for, then the entry. */
function conditionOf(
  entry: ProtocolEntry,
  workload: Workload,
  { condition, model, workload: asked }: GivenSubject,
): RunCondition {
  const own: Partial<RunCondition> = asked === undefined ? entry : {}
  const judgedAs = model ?? own.model ?? workload.model
  return {
    condition: condition ?? own.condition ?? workload.condition,
    ...(judgedAs === undefined ? {} : { model: judgedAs }),
  }
}

/** What is not left to the seed. */
function drawn({ forMs, operations, clients, wire, strict }: GivenSubject): Given {
  return {
    ...(forMs === undefined ? {} : { forMs }),
    ...(operations === undefined ? {} : { operations }),
    ...(clients === undefined ? {} : { clients }),
    ...(wire === undefined ? {} : { wire }),
    ...(strict === undefined ? {} : { strict }),
  }
}

function make({ protocol, options, mutant }: ProtocolEntry, text: string): void {
  try {
    protocol.make(options, mutant)
  } catch (cause) {
    if (cause instanceof UserError) throw cause
    const fact = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    throw new UserError(`the protocol cannot be made: ${fact}`, {
      where: text,
      hint: 'are its options sensible? synod simulate --list shows them',
      cause,
    })
  }
}
