import type { SpecCheck } from './entry.ts'
import type { SpecEntry } from './spec-entry.ts'
import { specFolders } from './specs.ts'

/** The specs in all their sizes, and all their mutants. */
export const allSpecChecks: readonly SpecCheck[] = Object.entries(specFolders).flatMap(
  ([folder, entries]) => entries.map((entry) => checkOf(folder, entry)),
)

/** The small specs and all their mutants. */
export const specChecks = allSpecChecks.filter(({ entry: { size } }) => size === 'small')

function checkOf(folder: string, entry: SpecEntry): SpecCheck {
  const { spec, parameters = {}, mutant, symmetry = false, expect } = entry
  const values = Object.entries(parameters).map(([name, value]) => `${name}-${String(value)}`)
  const words = [
    folder,
    spec.name,
    values.join('-'),
    symmetry ? 'symmetry' : '',
    mutant ?? 'claims',
  ]
  return {
    type: 'spec',
    name: ['specs', ...words.map(slug).filter((word) => word !== '')].join('/'),
    entry,
    expected: expect.outcome,
    because: becauseOf(entry),
  }
}

function becauseOf({ spec, mutant, oracle }: SpecEntry): string {
  if (mutant !== undefined) return spec.mutants?.[mutant] ?? 'a planted bug'
  return oracle === undefined ? (spec.source ?? spec.about) : `counted by others too: ${oracle}`
}

/** Words of a name; formulas of quorums keep their meaning. */
function slug(text: string): string {
  const told = text.replace(/\*/g, ' and ').replace(/\+/g, ' or ')
  const words = told.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()
  return words.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
}
