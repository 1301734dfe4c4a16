import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/quorum/search/')

const all = in_('all-systems')
const bounds = in_('price-bounds')
const exact = in_('exact-program')
const failure = in_('tree-failure')
const front = in_('front')
const least = in_('least-possible')
const monotone = in_('monotone')
const pairs = in_('pairs')
const program = in_('strategy-program')
const shape = in_('program-shape')
const question = in_('question')
const rank = in_('rank')
const renaming = in_('renaming')
const trees = in_('read-once-trees')
const side = in_('tree-side')
const sides = in_('side-bounds')
const written = in_('written')

/** Mutants of the search for the best quorum system. */
export const quorumSearch: MutantArea = {
  tests: ['all-systems', 'best', 'frontier', 'monotone', 'pairs', 'written'].map(
    (name) => `tests/quorum/search/${name}.test.ts`,
  ),
  mutants: [
    all('read <= resilience.write) return', 'read < resilience.write) return', 'too fragile'),
    all('dual[low] !== high) continue', 'dual[low] === high) continue', 'not coteries'),
    bounds('VIOLATION : value', 'VIOLATION : 0.8 * value', 'prices exclude what is better'),
    exact('used.compare(right[row]!) > 0', 'used.compare(right[row]!) < 0', 'limits are broken'),
    failure('tree >= need[v]! ? 2', 'tree > need[v]! ? 2', 'a quorum that just suffices fails'),
    front('item.resilience < resilience)', 'item.resilience > resilience)', 'the fragile win'),
    least('other + 1 + failures', 'other + 2 + failures', 'what is possible is denied'),
    monotone('(low & ~high) === 0', '(low & ~high) >= 0', 'functions that are not monotone'),
    pairs('& tables[low]!)', '| tables[low]!)', 'a failure of the last node does not count'),
    pairs('into.writeLow = dual[high]!', 'into.writeLow = dual[low]!', 'writes are no dual'),
    shape('writing: 1 - reading', 'writing: reading', 'writes count as much as reads'),
    program('dual[0]! - this.#found.cost > gain', 'dual[0]! - this.#found.cost > 0.1', 'too early'),
    question('read + write + 1 <= size', 'read + write <= size', 'the impossible is looked for'),
    rank('resilience > best.resilience', 'resilience < best.resilience', 'ties go to the fragile'),
    renaming('kind === kinds[node] && ', '', 'different nodes count as alike'),
    trees(
      'tree.need === 1)) continue',
      'tree.need === 0)) continue',
      'an or of ors and of no nodes',
    ),
    side('this.#dual ? count - need[v]! + 1', 'this.#dual ? need[v]!', 'writes are no dual'),
    sides('VIOLATION : value', 'VIOLATION : 0.8 * value', 'prices exclude what is better'),
    sides('(scaled + denominator - 1n) / denominator', '0n', 'anything counts as a tie'),
    written(
      'choices[need] === quorums.length',
      'true',
      'parts are put together that do not belong',
    ),
  ],
}
