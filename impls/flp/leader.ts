import type { Process } from '../../src/valency/process.ts'
import { asynchronous, toOthers } from '../../src/valency/process.ts'

interface Local {
  readonly input: number
  readonly started: boolean
  readonly decided: number | null
}

/** Process 0 decides its own input and tells everybody; if wished, process 1 loses patience. */
function leading(processes: number, patient: boolean): Process<Local, number> {
  return {
    start: (_, input) => ({ input, started: false, decided: null }),
    step(local, message, self) {
      const leads = self === 0 && !local.started
      if (message !== undefined && !leads)
        return { local: { ...local, started: true, decided: local.decided ?? message } }
      const impatient = !patient && self === 1 && local.started
      if (local.decided !== null || !(leads || impatient))
        return { local: { ...local, started: true } }
      return {
        local: { ...local, started: true, decided: local.input },
        sends: toOthers(processes, self, local.input),
      }
    },
    decided: ({ decided }) => decided ?? undefined,
  }
}

export const fixedLeader = asynchronous(
  'fixed-leader',
  { about: 'process 0 decides and tells the others, who wait for it' },
  (processes) => leading(processes, true),
)

export const leaderTimeout = asynchronous(
  'leader-timeout',
  { about: 'process 0 decides and tells the others; process 1 waits only so long' },
  (processes) => leading(processes, false),
)
