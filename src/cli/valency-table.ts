import type { Terminal } from './terminal.ts'
import type { ValencyFlags } from './valency-flags.ts'

export async function showTable(flags: ValencyFlags, terminal: Terminal): Promise<number> {
  await Promise.resolve()
  terminal.out(String(flags.json))
  return 0
}
