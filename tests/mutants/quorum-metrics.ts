import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/quorum/metrics/')

const antichain = in_('antichain-residuals')
const assembly = in_('assembly-time')
const binomial = in_('binomial-tail')
const bounds = in_('failure-bounds')
const byzantine = in_('byzantine')
const chance = in_('chance')
const closed = in_('closed-overlap')
const counts = in_('live-set-counts')
const diagram = in_('diagram-chance')
const drawn = in_('failure-estimate')
const dominated = in_('tree-domination')
const failure = in_('failure-probability')
const formula = in_('formula-residuals')
const gates = in_('tree-importance')
const hazards = in_('hazards')
const importance = in_('diagram-importance')
const order = in_('variable-order')
const outages = in_('outages')
const overlap = in_('tree-overlap')
const pair = in_('pair-residuals')
const repair = in_('repair')
const resilience = in_('resilience')
const sides = in_('sides')
const stops = in_('stopping-zones')
const tail = in_('threshold-tail')
const tolerated = in_('tolerated-failures')
const undecided = in_('undecided-nodes')
const ways = in_('tree-ways')
const zones = in_('zone-states')

/** Mutants of failure probability, resilience, domination and the other metrics. */
export const quorumMetrics: MutantArea = {
  tests: ['tests/quorum/metrics'],
  mutants: [
    antichain('if (missing === 0) return true', '', 'sets that contain others stay'),
    antichain('return left > right', 'return left < right', 'lists are not in order'),
    antichain('return !equal || earlier', 'return !equal', 'equal sets are kept twice'),
    formula(
      '(merged.get(input) ?? 0) + weight',
      'weight',
      'an input that stands twice in a gate counts once',
    ),
    formula(
      'if (input === LIVE) rest -= weight',
      'if (input === LIVE) rest -= 1',
      'weight is lost',
    ),
    formula('Math.ceil(need / divisor)', 'Math.floor(need / divisor)', 'needs are rounded down'),
    formula('return sequence[0] === total', 'return true', 'every gate is taken for a conjunction'),
    formula('total - weight < need)', 'total - weight <= need)', 'too much is held for necessary'),
    pair('if (one === FAILED || other === FAILED)', 'if (one === FAILED)', 'one side is enough'),
    pair('Math.min(this.#one', 'Math.max(this.#one', 'the later variable is decided first'),
    diagram('return between(place, variables)', 'return 1n', 'what is jumped over counts once'),
    diagram(
      'return between(place, variable[target]!) * failing',
      'return failing',
      'variables between two vertices are lost',
    ),
    diagram('if (failed < SMALLEST)', 'if (failed < 0)', 'tiny probabilities become 0'),
    diagram(
      'else if (target === TO_FAILED) failed = logPlus',
      'else failed = logPlus',
      'live ends count as failed',
    ),
    tail('-steepness * open.heaviest > STEEPEST', 'false', 'steep tilts lose what was cut off'),
    tail(
      'if (no[event] === -Infinity) rest -= weight\n    else if',
      'if',
      'what is certain is lost',
    ),
    tail('if (all < -1e-280)', 'if (all <= 0)', 'the failures of near certain events vanish'),
    tail('const CUT = 1e-40', 'const CUT = 1e-4', 'too much of a row is cut off'),
    tail(
      'Math.floor(open.most / open.lightest)',
      'Math.ceil(open.most / open.lightest)',
      'equal weights are divided the wrong way',
    ),
    binomial('hits < most &&', 'hits <= most &&', 'the tail has one term too much'),
    binomial('0.5 * Math.log(count /', '0.4 * Math.log(count /', 'binomials are off by a factor'),
    chance('Math.log1p(Math.exp(b - a))', '0', 'the smaller summand is dropped'),
    ways(
      'if (sum <= most && ways',
      'if (sum < most && ways',
      'the heaviest failing sets are not counted',
    ),
    zones('down[node] = 1', 'down[node] = 0', 'zones that are down revive their nodes'),
    zones('Math.log1p(-chance.toNumber())', '0', 'zones that are up are certain'),
    hazards('failure ?? fallback', 'fallback ?? failure', 'the question overrules the nodes'),
    hazards(
      'own.every((chance) => chance.equals(first))',
      'true',
      'all nodes have the probability of the first one',
    ),
    order(
      'return zone < 0 ? [places[node]!]',
      'return zone < 1 ? [places[node]!]',
      'the first zone never takes its nodes along',
    ),
    sides(
      'left.need[vertex]! < right.need[vertex]!',
      'false',
      'reads and writes are taken for one',
    ),
    failure(
      'if (set === undefined || sides.length > 1) return undefined',
      'if (set === undefined) return undefined',
      'the second side is forgotten',
    ),
    bounds('undecided += mass', 'undecided += 0', 'what is dropped is held for alive'),
    drawn(
      'happens(random, limits[node]!) ? 0 : 1',
      'happens(random, limits[node]!) ? 1 : 0',
      'up is down',
    ),
    resilience('both: both - 1', 'both', 'one failure too many is promised'),
    counts(
      'spare ** BigInt(size - members)',
      'spare ** 0n',
      'nodes without a vote are not counted',
    ),
    counts('place >= need', 'place > need', 'smallest quorums are not counted'),
    assembly('Rational.from(size - answers)', 'Rational.from(size)', 'later answers come too fast'),
    assembly('1 + Math.max(0, Math.log', '0 * Math.max(0, Math.log', 'the rest is not bounded'),
    assembly(
      'Rational.of(1n, BigInt(size - from))',
      'Rational.of(1n, BigInt(size))',
      'harmonic sums',
    ),
    importance(
      '(after(dead[vertex]!) - after(live[vertex]!))',
      'after(dead[vertex]!)',
      'what is lost anyway counts',
    ),
    gates('Math.max(0, need - weights[from]!)', 'need - 1', 'heavy nodes count like light ones'),
    gates('{ from: middle, to, row }', '{ from: middle, to, row: left }', 'halves are mixed up'),
    outages('frequency /= repairTime.toNumber()', '', 'the unit of time is ignored'),
    dominated(
      'if (total - need + 1 > need - 1) return undefined',
      'return undefined',
      'no gate can tie',
    ),
    dominated(
      'sums.between(need - tree.weight[input]!, need - 1)',
      'sums.between(0, need - 1)',
      'a gate that nothing hangs on decides',
    ),
    undecided(
      'step.left === FAILED && step.right === FAILED',
      'step.left === FAILED',
      'one side is enough',
    ),
    undecided(
      'after(right, step.right, place, true)',
      'after(right, step.right, place, false)',
      'nodes are dead on both sides',
    ),
    repair(
      '2 * need > totalWeight(tree, vertex)',
      'need > 0',
      'gates that need not meet are mended alone',
    ),
    repair('2 * need - 1 > total', 'need > total', 'ties stay'),
    repair('if (set.holds(others)) others[node] = 0', '', 'sets are shrunk to nothing'),
    byzantine('(overlap.lower - 1) >> 1', 'overlap.lower >> 1', 'one liar too many is outvoted'),
    byzantine('Math.min(overlap.lower - 1, both)', 'overlap.lower - 1', 'liars may be silent'),
    closed(
      '2 * (fullRows - sameRows) * fullColumns',
      '(fullRows - sameRows) * fullColumns',
      'crossings count once',
    ),
    closed('if (d === 1) return h * r', '', 'a single mini-column is avoided'),
    overlap(
      'left + right - inputs.length',
      'left + right - inputs.length - 1',
      'quorums avoid each other',
    ),
    overlap('cost + common[input]!', 'cost', 'what both take costs nothing'),
    stops(
      'stop.every((zone) => down.includes(zone))',
      'false',
      'zones that change nothing are named',
    ),
    stops('fewest - 1', 'fewest', 'one zone too many is promised'),
    tolerated('prices[node] = 0', 'prices[node] = 1', 'a zone that is down can still fail'),
    tolerated('a.length - b.length', 'b.length - a.length', 'the largest sets are listed first'),
  ],
}
