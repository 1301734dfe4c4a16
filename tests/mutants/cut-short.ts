import type { MutantArea } from './mutant.ts'
import { mutantsIn } from './mutant.ts'

const cli = mutantsIn('src/cli/')
const row = cli('cut-row')
const entry = cli('run-entry')
const seeds = cli('regress-row')
const adversary = mutantsIn('src/valency/adversary/')('adversary')
const limits = mutantsIn('src/quorum/compare/')('claim')
const linearizable = mutantsIn('checkers/')('linearizable')

/** What is told where time has run out. */
export const cutShort: MutantArea = {
  tests: ['tests/cli/late-clock.test.ts'],
  mutants: [
    row("|| row.expected !== 'fail') return row", ') return row', 'what is wrong is forgotten'),
    row('if (asExpected(row)) return row', '', 'what is as expected is open'),
    entry(
      'if (stopped !== undefined) return stopped.covered\n',
      '\n',
      'a search that was stopped counts as whole',
    ),
    entry('openIfCut(row, stopped)', 'row', 'objects that were not all tried count as tried'),
    entry('...expectations }, cut)', '...expectations }, undefined)', 'all parts count as told'),
    seeds('unseen && result.cutShort', 'false', 'seeds that were not run count as run'),
    seeds('(unseen && result.cutShort)', 'result.cutShort', 'failures are taken back'),
    seeds("&& expect.outcome === 'fail'", '', 'a right protocol that fails is open'),
    adversary(
      "if (at >= most) return 'configurations'",
      "if (at >= most) return 'lost'",
      'no way was found, so there is none',
    ),
    limits("outcome: open ? 'unknown' :", 'outcome:', 'bounds count as values'),
    linearizable("hit.bound !== 'steps'", "hit.bound === 'steps'", 'time is always the same'),
  ],
}
