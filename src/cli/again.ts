import type { Entry } from '../../suites/entry.ts'
import type { RunRow } from '../core/results.ts'
import { inputsText } from '../valency/inputs.ts'
import { commandOf } from './explore-again.ts'
import { replayOf } from './regress-row.ts'

/** The command that shows what was found of an entry, as a shell takes it. */
export function againOf(entry: Entry, row?: RunRow): string {
  switch (entry.type) {
    case 'spec': {
      const { spec, parameters = {}, mutant, symmetry = false } = entry.entry
      const asked = { text: spec.name, spec, parameters: { ...spec.parameters, ...parameters } }
      return commandOf(
        { ...asked, ...(mutant === undefined ? {} : { mutant }) },
        symmetry ? { symmetry } : {},
      )
    }
    case 'protocol':
      return (
        (row === undefined ? undefined : replayOf(entry.entry, row)) ??
        `synod simulate ${entry.entry.name} --seeds 1..${entry.seeds}`
      )
    case 'valency': {
      const { protocol, processes, options } = entry.entry
      const inputs = options.inputs?.map(inputsText).join(',')
      const which = inputs === undefined ? '' : ` --inputs ${inputs}`
      return `synod valency ${protocol.name} --processes ${processes}${which}`
    }
    case 'zoo':
      return `synod zoo ${entry.bug.id}`
    case 'claim':
      return `synod claims ${entry.claim.id}`
    default:
      return `synod check ${entry.name}`
  }
}
