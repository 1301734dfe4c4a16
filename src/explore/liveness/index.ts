export type { ClaimResult, KnownStates, LongRunOptions } from './known.ts'
export { checkProperties } from './check-properties.ts'
