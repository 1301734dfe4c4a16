/** Protocols under faults: one process, virtual time, everything drawn from a seed. */
export type { Chance, Failure, Recovery, Run, Stats } from './run.ts'
export type {
  Aim,
  Clients,
  Deviation,
  DiskSpeed,
  LinkDeviation,
  Network,
  Schedule,
  ScheduledOperation,
  Simulation,
} from './simulation.ts'
export { faultTarget, faultText } from './fault-text.ts'
export { simulate } from './simulate.ts'
export { drawFaults, toleratedFaults } from './draw-faults.ts'
export type { FaultsWanted } from './draw-faults.ts'
export { drawSimulation } from './draw-simulation.ts'
export type { Given, Simulated } from './draw-simulation.ts'
export { firstDifference, sameTwice } from './same-twice.ts'
