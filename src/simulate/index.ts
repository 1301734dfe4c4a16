/** Protocols under faults: one process, virtual time, everything drawn from a seed. */
export type { Failure, Recovery, Run, Stats } from './run.ts'
export type {
  Clients,
  Deviation,
  DiskSpeed,
  Network,
  Schedule,
  ScheduledOperation,
  Simulation,
} from './simulation.ts'
