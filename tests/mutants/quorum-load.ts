import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/quorum/load/')

const balanced = in_('balanced-load')
const bands = in_('band-strategy')
const best = in_('best-strategy')
const closed = in_('closed-load')
const elimination = in_('elimination')
const exact = in_('exact-solve')
const facts = in_('strategy-facts')
const generation = in_('column-generation')
const goals = in_('least-of-goals')
const live = in_('live-table')
const oneSided = in_('one-sided-load')
const parts = in_('formula-parts')
const prices = in_('least-price')
const programmed = in_('programmed-load')
const schedule = in_('schedule')
const separable = in_('separable')
const surviving = in_('surviving')
const verify = in_('verify-load')
const walls = in_('wall-load')
const alike = in_('all-alike')
const workload = in_('workload')

/** Mutants of what finds loads, of what verifies them, and of what is told about strategies. */
export const quorumLoad: Readonly<Record<string, MutantArea>> = {
  'verifying loads': {
    tests: ['tests/quorum/load/verify-load.test.ts'],
    mutants: [
      verify('reached.compare(upper) > 0', 'reached.compare(upper) > 1', 'any load is believed'),
      verify('proven.compare(lower) < 0', 'proven.compare(lower) < -1', 'any bound is believed'),
      verify('if (!stands(parts, alive))', 'if (quorum.length === 0)', 'any set is a quorum'),
      verify('total !== denominator', 'total > denominator', 'probabilities may sum to less'),
      verify('if (used > amount)', 'if (used > amount * 2n)', 'inputs outlast their gate'),
      verify(
        'if (sum !== BigInt(need) * amount)',
        'if (sum > BigInt(need) * amount)',
        'a gate makes do with fewer inputs',
      ),
      verify('if (alive[node] !== 0)', 'if (alive[node] === 2)', 'a node counts twice'),
      verify('(price) => price < 0n', '(price) => price < -9n', 'prices are negative'),
      verify('if (weights !== undefined)', 'if (weights === null)', 'weights do not matter'),
      verify('probability < 0n', 'probability < -9n', 'probabilities are negative'),
      verify('!weights.equals(Rational.one)', 'weights.isZero()', 'the workload is part of one'),
      parts('reached - (weights[i] ?? 0)', 'reached - 1', 'weights count 1 in prices'),
      parts('weight += weights?.[i] ?? 1', 'weight += 1', 'weights count 1 in quorums'),
      parts('compare(kinds[a], kinds[b])', 'compare(kinds[b], kinds[a])', 'the dearest are taken'),
      goals('if (goal.need > 1 && this', 'if (goal.need > 99 && this', 'inputs never share nodes'),
      goals('leader[find(i)] = find(before)', 'leader[i] = i', 'goals never share nodes'),
      goals('this.#price[node] = 0n', 'this.#price[node] = price', 'nodes are paid for twice'),
      prices('cost < best)) best', 'cost > best)) best', 'the dearest set of a table'),
    ],
  },
  'finding loads': {
    tests: [
      'tests/quorum/load/load.test.ts',
      'tests/quorum/load/strategy.test.ts',
      'tests/quorum/load/surviving.test.ts',
    ],
    mutants: [
      closed(
        'spare[inputs[i]!] === 1 ? other < own : other > own',
        'false',
        'a wrong bottleneck is not noticed',
      ),
      closed('most < left ? most : left', 'left', 'one input does all the work'),
      oneSided('left === write.numerator', 'left >= write.numerator', 'nodes are not alike'),
      oneSided('fraction.over(ratio)', 'fraction.times(ratio)', 'fast reads are slow ones'),
      balanced('quorum.length === smallest', 'quorum.length > 0', 'bigger quorums are used too'),
      balanced('BigInt(columns.length - 1)', '1n', 'a band is touched as often as it is full'),
      bands('inside = after', 'inside = begin', 'mini-columns are full at the same time'),
      walls('below = below.plus(price)', 'below = price', 'a quorum touches only the next row'),
      walls('inOr === (width === 1)', 'inOr', 'rows of one node are like the others'),
      walls('own.numerator < 0n', 'own.numerator < -99n', 'a row is full less than never'),
      alike(
        'node.writeCapacity.equals(first.writeCapacity)',
        'true',
        'only reads have to be alike',
      ),
      programmed('isSeparable(tree, set.size)', 'tree.vertices > 0', 'shared nodes are not seen'),
      separable('if (need[v]! > 1 && all.has(one))', 'if (all.has(one) && v < 0)', 'as before'),
      generation('(prices[row]! * Number(each[row]!))', '(Number(each[row]!))', 'prices are even'),
      schedule('if (to > whole)', 'if (to < 0n)', 'the wrapped end of a turn is lost'),
      schedule('passed < amount)', 'passed <= amount * 2n)', 'too many nodes are picked'),
      facts('if (system[side].holds(alive))', 'if (alive.every(Boolean))', 'waits for the last'),
      facts('if (left < 0n) return quorum', 'return quorum', 'always the first quorum is picked'),
      best('program.costs.clear()', 'program.costs.size', 'the load is always an aim'),
      best('-limit.numerator', '-2n * limit.numerator', 'limits are twice as high'),
      surviving('need: need[v]! + 1, inputs: now', 'need: need[v]!, inputs: now', 'none fails'),
      surviving('tree.need[root]! + failures', 'tree.need[root]! + 1', 'only one fails'),
      live('rest | (rest << (1 << node))', 'rest', 'dead nodes take their sets along'),
      workload('before.plus(weight)', 'weight', 'weights of equal fractions are lost'),
    ],
  },
  'equations in fractions': {
    tests: ['tests/quorum/load/exact-solve.test.ts'],
    mutants: [
      exact('sums.every((sum) => sum === 0n)', 'sums.length >= 0', 'any fractions will do'),
      exact('denominator *= below', 'denominator = below', 'denominators are forgotten'),
      exact('sum < 2 ** 30', 'sum < 2 ** 60', 'doubles hold more than they can'),
      elimination('behind.forEach(single)', 'behind.length', 'the last unknowns stay 0'),
      elimination('[order[pivot]!, order[j]!]', '[order[j]!, order[pivot]!]', 'rows are mixed up'),
    ],
  },
}
