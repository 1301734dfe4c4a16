import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/valency/rounds/')

const byzantine = in_('models/byzantine')
const chain = in_('chain')
const crash = in_('models/crash')
const explore = in_('explore-rounds')
const flood = in_('algorithms/flood-set')
const glued = in_('models/glued')
const graph = in_('view-graph')
const inputs = in_('models/inputs')
const losses = in_('models/graphs')
const messenger = in_('models/messenger')
const oral = in_('algorithms/oral-messages')
const plainFailures = in_('plain/failures')
const plainTraitors = in_('plain/traitors')
const rule = in_('rule')
const signed = in_('algorithms/signed-messages')
const text = in_('run-text')
const told = in_('told-run')
const verify = in_('verify')
const views = in_('views')

/** Mutants of the view graph, of its adversaries, of what checks them, and of known algorithms. */
export const rounds: Readonly<Record<string, MutantArea>> = {
  'the view graph of rounds': {
    tests: [
      'tests/valency/rounds/numbers.test.ts',
      'tests/valency/rounds/twin.test.ts',
      'tests/valency/rounds/answers.test.ts',
    ],
    mutants: [
      views('words[owner + 1] = own', 'words[owner + 1] = 0', 'what was known is forgotten'),
      views('words[0] = owner * 2\n', 'words[0] = 0\n', 'views have no owner'),
      explore('ways = earlier.of(from)', 'ways = 1', 'runs that meet are counted once'),
      explore(
        'if (!meter.step()) throw new OutOfBudget(round',
        'if (round < 0) throw new OutOfBudget(round',
        'nothing stops a search',
      ),
      graph(
        'else join(leader, first, view)',
        'else join(leader, first, first)',
        'nobody is connected',
      ),
      graph('!demands.includes(BOTH)', '!demands.includes(4)', 'everything is possible'),
      graph('if (demand !== undefined)', 'if (demand === 1)', 'a demand of 0 is not heard'),
      graph(
        'componentOf[view] = first === view',
        'componentOf[view] = first <= view',
        'components fall apart',
      ),
      chain(
        'if (demandOf[run] !== 0) continue',
        'if (demandOf[run] === 1) continue',
        'a chain begins anywhere',
      ),
      chain('queue[filled++] = other', 'queue[filled++] = run', 'the search walks in place'),
      chain('from[view] = run\n', 'from[view] = 0\n', 'links lead to the wrong run'),
      told('path.unshift(layers[round]!', 'path.push(layers[round]!', 'a run is told backwards'),
      rule('demands[component] === 2 ? 1 : 0', 'demands[component] === 2 ? 0 : 0', 'all decide 0'),
      rule(
        'Math.min(input, least[heard]!)',
        'Math.min(input, views.inputOf(view))',
        'only oneself is heard',
      ),
      rule(
        'if (ofComponent[component] !== decision) return undefined',
        'if (ofComponent[component] === 9) return undefined',
        'a rule fits if it contradicts itself',
      ),
      rule('(2 - decision)) !== 0', '(1 + decision)) === 9', 'a rule fits if it ignores demands'),
      rule('return seen === 2 ? 1 : 0', 'return seen === 0 ? 0 : 1', 'two orders are one of them'),
      text('isLie(message, run))', 'message.to >= 0)', 'the loyal are told as liars'),
      text('on way ${came.length + 1}', 'on way ${came.length}', 'the wrong way is named'),
    ],
  },
  'adversaries of rounds': {
    tests: ['tests/valency/rounds/numbers.test.ts', 'tests/valency/rounds/twin.test.ts'],
    mutants: [
      crash(
        'if (counts[p] === 0 || left === 0) return',
        'if (counts[p] === 0) return',
        'any number crashes',
      ),
      crash('decide(p + 1, left - 1)', 'decide(p + 1, left)', 'crashes are not counted'),
      crash(
        'const others = alive & ~(1 << p)',
        'const others = alive',
        'oneself is reached or not',
      ),
      crash(
        "validity === 'all' || views[p] !== NOTHING",
        'views[p] !== NOTHING',
        'the dead never bind',
      ),
      inputs(
        'seen !== input) return undefined',
        'seen === 9) return undefined',
        'the first input is demanded',
      ),
      losses('if (bound && sum > total) continue', '', 'any number is lost in all'),
      losses('ones(lost) <= perRound', 'ones(lost) < perRound', 'one less is lost in a round'),
      losses(
        'asked === 1 && notes[1]! > 0',
        'asked === 1 && notes[1]! > 1',
        'a lost message does not excuse',
      ),
      messenger('if (notes[0] !== round - 1) return', '', 'who was caught goes on'),
      messenger(
        'notes[0] === messages ? 1',
        'notes[0] === messages - 1 ? 1',
        'all but one message must do',
      ),
      byzantine('count === size', 'count <= size', 'fewer traitors are others'),
      byzantine(
        '(traitors & 1) === 1 ? undefined',
        '(traitors & 1) === 2 ? undefined',
        'a traitor is obeyed',
      ),
      byzantine('return signed ? shown : anything', 'return anything', 'signatures are made up'),
      byzantine(
        'depth > rounds; depth--',
        'depth > rounds + 1; depth--',
        'signed views are newer ones',
      ),
      byzantine(
        'const said: number[] = [NOTHING]',
        'const said: number[] = []',
        'signers are never silent',
      ),
      byzantine(
        '=== NOTHING || (ordered && p === 0) ? 0 : 1',
        '=== NOTHING ? 0 : 1',
        'the commander decides too',
      ),
      glued('=== 2 ? 1 - copy : copy', '=== 1 ? 1 - copy : copy', 'the ring is glued elsewhere'),
      glued(
        'return run === 2 || (run === 1 && group === 0) ? 1 : 0',
        'return run === 2 ? 1 : 0',
        'the middle run has one copy',
      ),
    ],
  },
  'what checks answers about rounds': {
    tests: ['tests/valency/rounds/answers.test.ts', 'tests/valency/rounds/numbers.test.ts'],
    mutants: [
      verify('if (decision !== decided) throw', 'if (decision > 1) throw', 'any rule is believed'),
      verify('let decided = demand', 'let decided: number | undefined', 'demands are not checked'),
      verify(
        'if (decision !== 0 && decision !== 1) throw',
        'if (decision === 5) throw',
        'views may be unknown',
      ),
      verify('if (missing.size > 0) throw', 'if (missing.size > 99) throw', 'runs need not happen'),
      verify(
        'if (both.some((known) => known !== plain[view])) throw',
        'if (both.length > 2) throw',
        'links may be open',
      ),
      verify(
        'if (demands[0] !== 0 || demands.at(-1) !== 1) throw',
        'if (demands.length === 0) throw',
        'a chain may end anywhere',
      ),
      plainFailures(
        'crashing.length > failures',
        'crashing.length >= failures',
        'a crash less is played',
      ),
      plainFailures(
        '(when[other] ?? 0) + 1 < round',
        '(when[other] ?? 0) + 1 < 0',
        'the dead are reached',
      ),
      plainTraitors(
        'said[depth(word)]?.[owner] === word',
        'said.length > 0',
        'nothing is dishonest',
      ),
      plainTraitors('(at + 5) % 6', '(at + 4) % 6', 'the ring is another one'),
    ],
  },
  'algorithms that proceed in rounds': {
    tests: ['tests/valency/rounds/algorithms.test.ts'],
    mutants: [
      flood(
        'return (seen & 1) === 1 ? 0 : 1',
        'return (seen & 2) === 2 ? 1 : 0',
        'the largest is decided',
      ),
      flood('left: left - 1', 'left', 'crashes are not counted'),
      oral('ones * 2 > lieutenants.length', 'ones * 2 >= lieutenants.length', 'ties are 1'),
      oral('sum.ways * part.ways', 'sum.ways', 'ways of the parts are lost'),
      oral(
        'this.#outcomes(depth - 1, relay',
        'this.#outcomes(0, relay',
        'orders are passed on once',
      ),
      oral(
        '`${depth} ${commander} ${loyal ? order : ',
        '`${depth} ${commander} ${loyal ? 0 : ',
        'outcomes of other orders are taken',
      ),
      signed('orders === 2 ? 1 : 0', 'orders > 1 ? 1 : 0', 'two orders are 1'),
      signed(
        'own.length < missing) return undefined',
        'own.length < missing - 1) return undefined',
        'a signature is made up',
      ),
      signed(
        'if (round > this.#question.relays)',
        'if (round >= this.#question.relays)',
        'a round less',
      ),
    ],
  },
}
