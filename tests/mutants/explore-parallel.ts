import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/explore/parallel/')

const owned = in_('owned-states')
const numbers = in_('number-states')
const reader = in_('read-letters')
const search = mutantsIn('src/explore/')('search')
const settled = in_('settled')
const steps = in_('take-part')
const writer = in_('write-letters')
const whole = in_('explore-parallel')

/** Mutants of the search by several threads. */
export const exploreParallel: MutantArea = {
  tests: ['tests/explore/parallel.test.ts'],
  mutants: [
    owned(
      'if (word === words) return -1',
      'if (word >= words - 1) return -1',
      'one word is not compared',
    ),
    owned('where > 0 ? this.#states : mail', 'mail', 'states are looked for in the mail alone'),
    owned(
      'cells[2 * probe + 1] = where',
      'cells[2 * probe + 1] = 1',
      'growing forgets which state it was',
    ),
    numbers(
      'newPlaces[owner * most + at]! < place',
      'newPlaces[owner * most + at]! > place',
      'states are numbered in a wrong order',
    ),
    numbers(
      'if (owner !== self) number += ends[owner]! - passed[owner]!',
      'number += 0',
      'what others found last in a chunk is not counted',
    ),
    reader(
      'parents[number] = mail[address + words + 2]!',
      'parents[number] = 0',
      'all stories go through the first state',
    ),
    reader(
      'tally[claimAt(actions, claim)] = 1',
      'tally[claimAt(actions, claim)] = 0',
      'what was seen is forgotten',
    ),
    reader(
      'if (runner.falseInvariant() >= 0)',
      'if (runner.falseInvariant() > 0)',
      'the first invariant is never false',
    ),
    settled(
      'counts.unseen.includes(claim) ? 0 : 1',
      '0',
      'claims that one thread has seen are forgotten',
    ),
    settled(
      'search.levelEnd = found.levelEnd',
      'search.levelEnd = found.count',
      'a level is one with the next',
    ),
    steps(
      'count + added > limits.states',
      'count + added > limits.states + 1',
      'one state too many',
    ),
    steps('depth + 1 >= limits.depth', 'depth >= limits.depth', 'one level too many'),
    writer('if (!runner.mayEnd())', 'if (runner.mayEnd())', 'ends are errors, and errors ends'),
    writer(
      'if (runner.falseInvariant() >= 0)',
      'if (runner.falseInvariant() > 99)',
      'nothing is claimed of states outside',
    ),
    writer(
      'tally[cutAt(actions, claims)] = 1',
      'tally[cutAt(actions, claims)] = 0',
      'nobody is told of states outside',
    ),
    search('if (this.done) return false', '', 'a search that is over begins again'),
    whole('alone.queue === 0 || ', '', 'a search that is over is gone on with'),
  ],
}
