import type { Judged } from './judged.ts'
import type { Terminal } from './terminal.ts'

export function drawText(_judged: Judged, _terminal: Pick<Terminal, 'colour' | 'width'>): string {
  return ''
}

export function drawPages(_judged: readonly Judged[], path: string): Promise<void> {
  return Promise.reject(new Error(`not yet: ${path}`))
}
