import type { Demand } from '../round-model.ts'

/** All inputs of 0 and 1, as numbers and as bits: bit p is the input of process p. */
export function everyInput(inputs: Int32Array, n: number, emit: (bits: number) => void): void {
  for (let bits = 0; bits < 1 << n; bits++) {
    for (let p = 0; p < n; p++) inputs[p] = (bits >> p) & 1
    emit(bits)
  }
}

/** The input that all of those have whose input binds, if there is one. */
export function unanimous(n: number, bits: number, binds: (process: number) => boolean): Demand {
  let seen: Demand
  for (let p = 0; p < n; p++) {
    if (!binds(p)) continue
    const input = ((bits >> p) & 1) as 0 | 1
    if (seen !== undefined && seen !== input) return undefined
    seen = input
  }
  return seen
}
