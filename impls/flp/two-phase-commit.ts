import type { Outcome, Process } from '../../src/valency/process.ts'
import { asynchronous, toOthers } from '../../src/valency/process.ts'

interface Local {
  readonly input: number
  readonly started: boolean
  /** What the coordinator knows of the votes, until it decides. */
  readonly votes: readonly Vote[]
  readonly decided: number | null
}

type Vote = readonly [from: number, vote: number]
type Message = { readonly vote: Vote } | { readonly decision: number }

/**
 * Gray (1978): process 0 asks for votes and decides 1, to commit, if all vote 1. With `patient`
 * the coordinator waits for the votes; without, it aborts when there is nothing to receive.
 */
function committing(processes: number, patient: boolean): Process<Local, Message> {
  function coordinate(local: Local, message: Message | undefined): Outcome<Local, Message> {
    if (!local.started) {
      const votes: readonly Vote[] = [[0, local.input]]
      return coordinated({ ...local, started: true, votes }, message, true)
    }
    return coordinated(local, message, false)
  }

  function coordinated(
    local: Local,
    message: Message | undefined,
    first: boolean,
  ): Outcome<Local, Message> {
    if (local.decided !== null) return { local }
    if (message === undefined) return patient || first ? { local } : deciding(local, 0)
    if (!('vote' in message)) return { local }
    const votes = [...local.votes, message.vote].sort(([one], [other]) => one - other)
    if (votes.length < processes) return { local: { ...local, votes } }
    return deciding(local, Math.min(...votes.map(([, vote]) => vote)))
  }

  function deciding(local: Local, decision: number): Outcome<Local, Message> {
    const sends = toOthers(processes, 0, { decision })
    return { local: { ...local, votes: [], decided: decision }, sends }
  }

  return {
    start: (_, input) => ({ input, started: false, votes: [], decided: null }),
    step(local, message, self) {
      if (self === 0) return coordinate(local, message)
      const told = message !== undefined && 'decision' in message ? message.decision : null
      return {
        local: { ...local, started: true, decided: local.decided ?? told },
        sends: local.started ? [] : [[0, { vote: [self, local.input] }]],
      }
    },
    decided: ({ decided }) => decided ?? undefined,
  }
}

const source = 'Gray 1978, Notes on data base operating systems'

export const twoPhaseCommit = asynchronous(
  '2pc',
  { about: 'process 0 decides the minimum of all votes, the others wait for it', source },
  (processes) => committing(processes, true),
)

export const twoPhaseCommitTimeout = asynchronous(
  '2pc-timeout',
  { about: 'process 0 decides 0 when votes do not come; the others wait for it', source },
  (processes) => committing(processes, false),
)
