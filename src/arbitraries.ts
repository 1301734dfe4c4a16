/**
 * Arbitraries for fast-check: histories, faults and schedules, as
 * `import { histories } from 'synod/arbitraries'`. What a property is false for is made small as
 * usual: operations and faults are left out, times become shorter, values simpler.
 *
 * @packageDocumentation
 */
export { histories, linearizableHistories } from './arbitraries/histories.ts'
export type { HistoriesOptions } from './arbitraries/histories.ts'
export { faults } from './arbitraries/faults.ts'
export type { DiskFate, FaultsOptions } from './arbitraries/faults.ts'
export { schedules } from './arbitraries/schedules.ts'
export type { SchedulesOptions } from './arbitraries/schedules.ts'
export { values } from './arbitraries/values.ts'
