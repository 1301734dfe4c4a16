/** A mean with the half of its interval of 95 %. */
export interface Estimate {
  readonly mean: number
  readonly half: number
}

/** Of at least two values. */
export function estimated(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, half: 1.96 * Math.sqrt(squares / (values.length - 1) / values.length) }
}

/** `12.0 ± 0.3` */
export function estimateText({ mean, half }: Estimate): string {
  return `${mean.toFixed(1)} ± ${half.toFixed(1)}`
}

/** Whether the intervals do not even touch. */
export function isLess(a: Estimate, b: Estimate): boolean {
  return a.mean + a.half < b.mean - b.half
}
