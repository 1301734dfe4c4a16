import type { MutantArea } from './mutant.ts'
import { mutantsIn } from './mutant.ts'

const storm = mutantsIn('src/simulate/')('draw-storm')

/** Faults that belong together. */
export const storms: MutantArea = {
  tests: ['tests/simulate/storm.test.ts'],
  mutants: [
    storm('if (!isTolerated(crash, planned, tolerates, nodes.length)) return []', '', 'all crash'),
    storm("may('crash') && tolerates.restarts === true", "may('crash')", 'who is gone comes back'),
    storm("&& types.includes('delay'))", ')', 'links are slow although nobody wants them to be'),
    storm("&& types.includes('partition')", '', 'nodes are cut off although they must not be'),
    storm(
      'at: before, until: at })',
      'at: before, until: at + 1 })',
      'the next words are slow too',
    ),
    storm('[-percent, percent]', '[percent, percent]', 'all clocks are fast'),
    storm('others.slice(1)]', 'others]', 'a node is cut off from itself'),
    storm('at - random.int(1, lead)', 'at + random.int(1, lead)', 'words are slow afterwards'),
  ],
}
