import { UserError } from '../core/user-error.ts'
import type { ExploreFlags } from './explore-flags.ts'
import type { Terminal } from './terminal.ts'

/** `synod explore SPEC --simulate`. Answers the exit code. */
export function showSimulation(
  text: string,
  _flags: ExploreFlags,
  _terminal: Terminal,
): Promise<number> {
  throw new UserError('random walks are not there yet', { where: text })
}
