export type { ReducedSystem } from './reduction.ts'
export { isReduced, SearchAgain } from './reduction.ts'
export type { SymmetryOptions } from './symmetry.ts'
export { refuseLongRun, symmetric } from './symmetry.ts'
