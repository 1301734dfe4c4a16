import type { MutantArea } from './mutant.ts'
import { mutantsIn } from './mutant.ts'

const file = mutantsIn('src/valency/shared-memory/')
const fates = file('fates')
const steps = file('interleavings')
const consensus = file('shared-consensus')
const program = file('interned-program')
const configurations = file('configurations')
const trace = file('shared-trace')
const discerning = file('discerning')
const readable = file('readable')
const critical = file('critical-steps')
const finding = file('type-finding')
const table = file('type-table')
const trees = file('operation-trees')
const views = file('view-complexes')
const suite = mutantsIn('suites/')

/** Mutants of what is said about objects that processes share. */
export const hierarchyMutants: Readonly<Record<string, MutantArea>> = {
  'interleavings of shared objects': {
    tests: ['tests/valency/shared-memory/interleavings.test.ts'],
    mutants: [
      fates('colours[target] === OPEN', 'false', 'a way round is overlooked'),
      fates('movers[edge] === self ? 1 : 0', '1', 'steps of others count'),
      fates('steps > own[at', 'steps < own[at', 'the fewest steps count'),
      fates('value |= values[target]!', 'value = values[target]!', 'only the last fate counts'),
      fates('value !== 0 && (value & (value - 1)) === 0', 'value !== 0', 'all are univalent'),
      fates(
        'let decides = offsets[at]! < offsets[at + 1]!',
        'let decides = true',
        'the end is critical',
      ),
      fates('decides && edge < offsets', 'edge < offsets', 'the last step tells what is critical'),
      steps('disagreement < 0 &&', '', 'the last disagreement counts'),
      steps('invention < 0 &&', '', 'the last invention counts'),
      steps('if (decided >= 0) return true', '', 'nobody disagrees'),
      steps('if (!proposed.includes(decision)) return true', '', 'anything was proposed'),
      steps('first + program.outcomes(code)', 'first + 1', 'objects do not choose'),
      steps('configurations.takeBack(self, local, state)', '', 'steps are not taken back'),
      steps('configurations.add(at)', 'configurations.add(0)', 'all come from the first'),
      consensus('processes - 1 - self)) & 1', 'processes - 1 - self)) & 0', 'all propose 0'),
      consensus('if (graph.stopped !== undefined) break', '', 'the search goes on after a bound'),
      consensus(
        'known.trace.steps.length <= trace.steps.length',
        'known.trace.steps.length >= trace.steps.length',
        'the longest violation is told',
      ),
      consensus("complete ? 'holds' : 'unknown'", "'holds'", 'a bound means that it holds'),
      consensus(
        "claims.includes('violated') ? 'fail' : complete",
        'complete',
        'a violation is none where a bound was hit',
      ),
      consensus(
        'this.#configurations += graph.count',
        'this.#configurations = graph.count',
        'only the last inputs count',
      ),
      consensus('isBivalent(fates.values[0] ?? 0)', 'true', 'all beginnings are bivalent'),
      program(
        'state < row.length ? row[state]! : UNKNOWN',
        'row[state] ?? 0',
        'unknown steps are the first',
      ),
      program('answers[0] !== answers[1]', 'false', 'chance is allowed'),
      program('Object.hasOwn(this.#program.objects, object)', 'true', 'any object is there'),
      configurations('both >>> 16', 'both >> 15', 'local states are mixed up'),
      configurations('if (code < 0) continue', 'if (code <= 0) continue', 'the first step is none'),
      configurations(
        'fields[2 * word + 1]! << 16',
        'fields[2 * word + 1]! << 15',
        'states overlap',
      ),
      trace('loop: prefix.length - 1', 'loop: prefix.length', 'the way round begins late'),
      trace('return path.reverse()', 'return path', 'the way there is told backwards'),
      table('key(first) !== key(again)', 'false', 'objects may have a memory'),
      table('canonical(state) !== before', 'false', 'objects may change what they get'),
    ],
  },
  'the criterion for consensus numbers': {
    tests: ['tests/valency/shared-memory/discerning.test.ts'],
    mutants: [
      discerning('this.#untied === 1', 'this.#untied === 0', 'one team is two'),
      discerning('begun < 0) this', 'begun <= 0) this', 'the first process ties nobody'),
      discerning(' && this.#ties.join(begun, first)', '', 'ties count twice'),
      discerning(
        'for (let at = 0; at < length; at++)',
        'for (let at = length - 1; at < length; at++)',
        'only the last one knows',
      ),
      discerning('this.#record(depth)', 'if (depth > 1) this.#record(depth)', 'nobody is alone'),
      discerning('this.#stamp += this.#processes', 'this.#stamp += 1', 'choices are mixed up'),
      discerning(
        'chosen.fill(chosen[at]! + 1, at)',
        'chosen.fill(chosen[at]! + 1, at, at + 1)',
        'choices are tried that do not ascend',
      ),
      discerning(
        'chosen[at] === below - 1',
        'chosen[at] === below - 2',
        'the last operation is not tried',
      ),
      discerning(
        'if (!table.complete || reachedEnd)',
        'if (false)',
        'what was not seen is not there',
      ),
      discerning('whole = false', 'whole = true', 'the end of the table ends nothing'),
      discerning(
        "if (answer.outcome !== 'yes') return { atLeast, exact: answer.outcome === 'no', answers }",
        '',
        'a no is not the end',
      ),
      readable('if (next[at] !== state) return [state]', '', 'reads may change the state'),
      readable('if (before !== undefined) return [before, state]', '', 'reads need not tell all'),
      readable(
        'if (table.nondeterministic !== undefined)',
        'if (false)',
        'chance is deterministic',
      ),
      critical('commute && firstIsBlind && secondIsBlind', 'commute', 'callers see nothing'),
      critical('secondWipes && secondIsBlind', 'secondWipes', 'who wipes out sees nothing'),
      critical('firstWipes && firstIsBlind', 'firstWipes', 'who wipes out first sees nothing'),
      critical("< 0) return 'seen'", "< 0) return 'unseen'", 'what is not known is not seen'),
      critical('? 2 : 1', '? 1 : 1', 'what others do not see nobody sees'),
      critical('!known || counts.seen > 0', '!known', 'what is seen is not'),
      finding(
        'each?.exact ? [each.atLeast]',
        'each ? [each.atLeast]',
        'what was asked for is the most',
      ),
      table('outcomes.length > 1', 'outcomes.length > 2', 'two outcomes are one'),
    ],
  },
  'all protocols of a few steps': {
    tests: ['tests/valency/shared-memory/bounded.test.ts'],
    mutants: [
      trees('!== first) return true', '=== first) return true', 'what is tied is apart'),
      trees('this.#paths[process] = this.#oldPaths[depth]!', '', 'views are not taken back'),
      trees('this.#trees[process] = this.#oldTrees[depth]!', '', 'trees are not taken back'),
      trees('this.#ties.clear()', '', 'combinations are mixed up'),
      trees(
        'if (depth === last) this.#tie()',
        'if (depth === 1) this.#tie()',
        'views occur together before the end',
      ),
      trees('place < responses.length ? rest % below : 0', '0', 'trees do not look at responses'),
      trees('below ** responses.length', 'below', 'trees are missing'),
      trees(
        'process * this.#leaves + this.#paths[process]!',
        'this.#paths[process]!',
        'views belong to nobody',
      ),
      trees('chosen[at--] = 0', 'chosen[at--] = 1', 'combinations are missing'),
      views('self === 0 ? 1 : 0', 'self', 'processes read what they wrote'),
      views('seen.push(...block)', 'seen.splice(0, 9, ...block)', 'blocks do not see those before'),
      views('chosen < 1 << processes.length', 'chosen < processes.length', 'blocks are missing'),
      views('components--', 'components++', 'views that hang together are apart'),
    ],
  },
  'histories of registers': {
    tests: ['tests/valency/registers.test.ts'],
    mutants: [
      suite('register-histories')(
        'Number(ordered && !isLinearizable)',
        'Number(ordered)',
        'all are bad',
      ),
      suite('register-histories')(
        '>= Number(early.result)',
        '> Number(early.result)',
        'the same twice is an inversion',
      ),
      suite('register-histories')(
        'id < writes ? returned[id - 1]',
        'id < writes ? called[id - 1]',
        'the writer does two things at once',
      ),
    ],
  },
}
