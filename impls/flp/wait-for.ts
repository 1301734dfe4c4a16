import type { Process } from '../../src/valency/process.ts'
import { asynchronous, toOthers } from '../../src/valency/process.ts'

interface Local {
  readonly input: number
  readonly started: boolean
  /** Whose input is known, and what it is; forgotten once there is a decision. */
  readonly known: readonly (readonly [process: number, input: number])[]
  readonly decided: number | null
}

type Message = readonly [from: number, input: number]

/** Everybody tells everybody; whoever knows so many inputs decides their minimum. */
function waiting(processes: number, enough: number): Process<Local, Message> {
  return {
    start: (_, input) => ({ input, started: false, known: [], decided: null }),
    step(local, message, self) {
      const own: readonly Message[] = local.started ? [] : [[self, local.input]]
      const heard = message !== undefined && local.decided === null ? [message] : []
      const known = [...local.known, ...own, ...heard].sort(byProcess)
      const sends = local.started ? [] : toOthers(processes, self, [self, local.input] as const)
      if (local.decided !== null || known.length < enough)
        return { local: { ...local, started: true, known }, sends }
      const decided = Math.min(...known.slice(0, enough).map(([, input]) => input))
      return { local: { ...local, started: true, known: [], decided }, sends }
    },
    decided: ({ decided }) => decided ?? undefined,
  }
}

function byProcess([one, first]: Message, [other, second]: Message): number {
  return one - other || first - second
}

export const waitForAll = asynchronous(
  'wait-for-all',
  { about: 'everybody waits for the inputs of all and decides the least' },
  (processes) => waiting(processes, processes),
)

export const ownValue = asynchronous(
  'own-value',
  { about: 'everybody decides its own input at once' },
  (processes) => waiting(processes, 1),
)

export const waitForAllButOne = asynchronous(
  'wait-for-n-1',
  { about: 'everybody waits for the inputs of all but one and decides the least' },
  (processes) => waiting(processes, processes - 1),
)
