import type { MutantArea } from './mutant.ts'
import { mutantsIn } from './mutant.ts'

const simulate = mutantsIn('src/simulate/')
const list = simulate('shrink-list')
const shrink = simulate('shrink')

/** Runs that fail, made small. */
export const shrinkMutants: MutantArea = {
  tests: ['tests/simulate/shrink.test.ts'],
  mutants: [
    list('if (shows) kept = rest', 'kept = rest', 'parts are taken away that were needed'),
    list(
      'size >= least && kept.length > 1;',
      'size > kept.length && kept.length > 1;',
      'nothing is taken away',
    ),
    list(
      'if (shows) known = middle',
      'if (!shows) known = middle',
      'numbers become as large as they can',
    ),
    shrink(
      "if (found.outcome === 'unknown' || !(await stillFails(found))) return false",
      "if (found.outcome === 'unknown') return false",
      'what is left need not fail',
    ),
    shrink('if (this.#spent) return undefined', '', 'a budget is no bound'),
    shrink(
      'minimal: !this.#spent',
      'minimal: true',
      'a search that was cut short is called complete',
    ),
  ],
}
