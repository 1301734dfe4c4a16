import type { Judged } from './judged.ts'

export function drawPages(_judged: readonly Judged[], path: string): Promise<void> {
  return Promise.reject(new Error(`not yet: ${path}`))
}
