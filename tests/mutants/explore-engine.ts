import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/explore/')

const breadth = in_('breadth-first')
const checkpoint = in_('checkpoint')
const coverage = in_('coverage')
const depth = in_('depth-first')
const diagnose = in_('diagnose')
const fingerprints = in_('fingerprints')
const generated = in_('generated-system')
const loops = in_('generated-loops')
const members = in_('members')
const saved = in_('saved-universes')
const search = in_('search')
const shorten = in_('shorten')
const simulate = in_('simulate')
const source = in_('visited-source')
const visited = in_('visited')
const watched = in_('watched')

/** Mutants of the engine that explores. */
export const exploreEngine: MutantArea = {
  tests: [
    'tests/explore/breadth-first.test.ts',
    'tests/explore/checkpoint.test.ts',
    'tests/explore/diagnose.test.ts',
    'tests/explore/generated-system.test.ts',
    'tests/explore/simulate.test.ts',
    'tests/explore/visited.test.ts',
  ],
  mutants: [
    breadth('this.level >= depth', 'this.level > depth', 'a level too many is gone on from'),
    breadth(
      'this.from === store.count || this.ending',
      'this.from === store.count',
      'the search goes on after something was wrong',
    ),
    search(
      'if (number === this.from) idle[action + 1]!++',
      'if (number > this.from) idle[action + 1]!++',
      'actions that change nothing are not noticed',
    ),
    search('this.cut = true', 'this.cut = false', 'it is not told that states were cut off'),
    search(
      'if (emitted === 0) this.#meetEnd()',
      'if (emitted < 0) this.#meetEnd()',
      'deadlocks are not noticed',
    ),
    search(
      'finding.level < this.findings[known]!.level',
      'finding.level > this.findings[known]!.level',
      'what is further away is reported',
    ),
    search('this.partly += taken', 'this.partly = 0', 'steps are taken twice after a bound'),
    search(
      'this.generated += emitted - this.partly',
      'this.generated += emitted',
      'steps are counted twice after a checkpoint',
    ),
    depth(
      'this.level >= depth) this.#shortened = true',
      'this.level > depth) this.#shortened = true',
      'a bound on the depth is one too deep',
    ),
    depth(
      'if (!this.#shortened || this.ending) return',
      'if (this.depth >= 0) return',
      'a search that was cut short passes',
    ),
    coverage('taken === idle', 'taken < idle', 'it is not told that an action does nothing'),
    checkpoint('[...counts.idle]', '[...counts.found]', 'the coverage is lost in a checkpoint'),
    checkpoint(
      "['identity', 'with other parameters'],",
      '',
      'a checkpoint of other parameters is gone on from',
    ),
    saved(
      'universe.capacity >= capacity) break',
      'universe.capacity >= 0) break',
      'there is no room for the values that a checkpoint knows',
    ),
    diagnose(
      'once.some((word, at) => word !== twice[at])',
      'once.every((word, at) => word !== twice[at])',
      'effects that are not repeatable are not noticed',
    ),
    diagnose(
      "if (typeof enabled !== 'boolean')",
      'if (enabled === null)',
      'a guard without an answer counts as false',
    ),
    diagnose(
      'error instanceof UserError && thrown(error.cause)',
      'error instanceof UserError && !thrown(error.cause)',
      'what a trial finds is not told',
    ),
    watched(
      "if (path === '' || isRecord(state))",
      "if (path === '')",
      'a misspelt field is not noticed',
    ),
    fingerprints(
      'const bits = state[offset + word]!',
      'const bits = state[offset + word]! & 3',
      'fingerprints see only some of the bits',
    ),
    fingerprints(
      'this.states.copyWithin(0, (before - first) * words',
      'this.states.copyWithin(0, (before - first) * words + words',
      'states are mixed up when others are forgotten',
    ),
    generated('`instance += ${count}`', '`instance += 1`', 'choices are numbered wrongly'),
    generated(
      'load(words, offset, a); renew(); return',
      'load(words, offset, a); return',
      'members of another state are gone through',
    ),
    loops(
      'if (guard?.parameters !== depth) return inner()',
      'if (guard?.parameters !== depth && guard !== undefined) return inner()',
      'what has no guard has none of its steps',
    ),
    loops(
      'Math.min(Math.max(guard.length - 1, 0), ranges)',
      '0',
      'guards do not see their parameters',
    ),
    members(
      'if (type !== OTHER) lists[type]![counts[type]!++] = id',
      '',
      'typed members are left out',
    ),
    shorten(
      'if (retaken === undefined) from += size',
      'if (retaken !== undefined) from += size',
      'stories are not made shorter',
    ),
    simulate(
      'taken[action]!++\n        length++',
      'length++',
      'it is not counted which actions were taken',
    ),
    simulate(
      'if (this.#walker.runner.mayEnd()) this.#ended++',
      'if (!this.#walker.runner.mayEnd()) this.#ended++',
      'walks that may end are deadlocks',
    ),
    source(
      '`states[base + ${word}] === w${word}`',
      '`(states[base + ${word}] === w${word} || true)`',
      'states are taken for others',
    ),
    visited(
      'this.room = Math.min(FIRST_STATES, this.#mostStates)',
      'this.room = FIRST_STATES',
      'more states than the bound allows are found',
    ),
  ],
}
