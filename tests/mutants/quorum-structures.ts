import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/quorum/')

const wide = in_('structures/wide-number')
const likelihood = in_('structures/likelihood')
const cases = in_('structures/cases')
const masses = in_('structures/counted-masses')
const grid = in_('structures/grid')
const gridChance = in_('structures/grid-standing')
const gridAny = in_('structures/grid-standing-any')
const gridProgram = in_('structures/grid-program')
const hittingGrid = in_('structures/hitting-grid')
const bGrid = in_('structures/b-grid')
const bGridChance = in_('structures/b-grid-standing')
const hittingBands = in_('structures/hitting-bands')
const wall = in_('structures/wall')
const crosses = in_('structures/crosses')
const crossesChance = in_('structures/crosses-standing')
const nucleus = in_('structures/nucleus')
const family = in_('families/family')
const registry = in_('families/registry')
const thresholds = in_('families/thresholds')
const protocols = in_('families/protocols')
const byzantine = in_('families/byzantine')
const field = in_('families/finite-field')
const hexagons = in_('structures/hexagons')
const paths = in_('families/paths')

/** Mutants of grids, B-grids, walls and of the named families. */
export const quorumStructures: MutantArea = {
  tests: [
    'tests/quorum/structures/lines.test.ts',
    'tests/quorum/structures/lines-digits.test.ts',
    'tests/quorum/structures/lines-programs.test.ts',
    'tests/quorum/families/families.test.ts',
    'tests/quorum/families/meaning.test.ts',
  ],
  mutants: [
    wide(
      'left.part + right.part * 2 ** (right.twos - left.twos)',
      'left.part + right.part',
      'a tiny number is added as if it were a large one',
    ),
    wide('exponent -= STEP', 'exponent += STEP', 'tiny numbers are taken for huge ones'),
    likelihood(
      'yes: times(one.yes, other.yes), no: plus(one.no, times(one.yes, other.no))',
      'yes: times(one.yes, other.yes), no: plus(one.no, other.no)',
      'the complement counts twice what is in both',
    ),
    likelihood(
      'no: one.no.twos < 0 ? times(one.no, wide(count)) : wide(-Math.expm1(log))',
      'no: wide(1 - Math.exp(log))',
      'the complement is found by subtraction from 1',
    ),
    cases(
      'product(none, sum(otherAll, otherMixed))',
      'product(none, otherMixed)',
      'a dead node before a live one is not counted as mixed',
    ),
    masses(
      'if (above === 0) sum += part',
      'if (above >= 0) sum += part',
      'numbers of different scales are added as if they had the same',
    ),
    masses(
      'wide(before / (before - after))',
      'wide(before / (before - after + 1))',
      'the binomial coefficients are wrong',
    ),
    grid('rowsFull >= fullRows &&', 'rowsFull > 0 &&', 'one full row is always enough'),
    grid(
      'fullRows === rows || fullColumns === columns',
      'fullRows === rows && fullColumns === columns',
      'all rows are not taken for all columns',
    ),
    grid('if (total >= least) continue', 'if (total > least + 1) continue', 'a dearer one is kept'),
    grid(
      'added[other] = (added[other] as number) - price(line, other)',
      'added[other] = added[other] as number',
      'the crossings of rows and columns are paid for twice',
    ),
    gridChance(
      'times(yes, (all[columns - count] as Likelihood).no)',
      'yes',
      'a full row is also counted as one that is not full',
    ),
    gridChance(
      'full === enough ? [full - 1, full] : [full - 1]',
      '[full - 1]',
      'more full rows than needed are forgotten',
    ),
    gridChance(
      'fullRows: fullColumns, fullColumns: fullRows',
      'fullRows, fullColumns',
      'a grid is turned, but not what is asked of it',
    ),
    gridAny(
      'notFull[masses.length - 1 - set]',
      'notFull[set]',
      'the rest of a row is taken for its full columns',
    ),
    gridAny('if (count === fullRows)', 'if (count < fullRows)', 'full rows are counted twice'),
    gridProgram(
      'const factors = [1, 1, -1]',
      'const factors = [1, 1, 0]',
      'crossings are used twice',
    ),
    gridProgram(
      '[...own.map(() => 1), -need]',
      '[...own.map(() => 1), -1]',
      'only one of the lines crosses',
    ),
    hittingGrid(
      'new Set(places).size >= few.need',
      'new Set(places).size > few.need',
      'sets that contain a quorum of the other kind are called minimal',
    ),
    hittingGrid(
      'BigInt(few.lines - hit + 1)',
      'BigInt(few.lines - hit)',
      'the quorums are miscounted',
    ),
    hittingGrid(
      'return byRows.need <= byColumns.need',
      'return byRows.need >= byColumns.need',
      'the larger quorums are taken for the smaller ones',
    ),
    bGrid('covered ||= allTouched', 'covered = allTouched', 'only the last band may be touched'),
    bGrid(
      'if (r === 1 && columns[band] !== 0) continue',
      '',
      'bands of one row have each quorum several times',
    ),
    bGrid(
      'togetherPrice(together) + allLows - (sums[alone] as number)',
      'allLows - (sums[alone] as number)',
      'touching a band is thought to be cheaper than it is',
    ),
    bGrid(
      'return columns ** bands * bands',
      'return columns * bands',
      'the quorums are miscounted',
    ),
    bGridChance(
      'product(full, otherEmpty),',
      '',
      'a band that is full here and empty there is forgotten',
    ),
    bGridChance(
      'product(broken, sum(otherCovered, otherUncovered, otherBroken))',
      'product(broken, otherBroken)',
      'one broken band does not stop everything',
    ),
    hittingBands('d === 1 || h * r > 1', 'true', 'single nodes are not seen to be full columns'),
    hittingBands('return full === h', 'return full > 0', 'one band stands for all'),
    wall('if (count === 0) return false', '', 'a row below may be all down'),
    wall(
      '[ABOVE, ...rows.slice(1)]',
      '[ABOVE, ...rows]',
      'a quorum with the top row is not minimal',
    ),
    wall('if (below + all < least)', 'if (all < least)', 'what is needed below a row is free'),
    wall(
      'fails = sum(none, product(mixed, fails))',
      'fails = sum(none, fails)',
      'it fails too often',
    ),
    wall('full.slice(0, row)', 'full.slice(0, row + 1)', 'a full row has one node more'),
    crosses('pair + 1, side - 1)', 'pair + 1, side)', 'the last line of an odd number is left out'),
    crosses(
      'if (sum >= (least[covered] as number)) continue',
      'if (sum > (least[covered] as number) + 1) continue',
      'a dearer cover is kept',
    ),
    crossesChance(
      'goodLine[Math.max(left - 1 - others, 0)]',
      'goodLine[left]',
      'lines that are spoilt already are forgotten',
    ),
    crossesChance('mass * toNumber(rest.no)', 'mass', 'a good line is spoilt'),
    nucleus('masses.slice(0, r - 1)', 'masses.slice(0, r)', 'half of the nucleus is too few'),
    family('value >= from', 'value > from', 'the least value is refused'),
    registry('if (given[at] !== undefined)', 'if (false)', 'a parameter may be given twice'),
    registry('given[at] ?? parameter.default', 'given[at] ?? 1', 'a missing parameter is 1'),
    thresholds('if (2 * k <= n)', 'if (2 * k < n)', 'halves are taken for quorums'),
    thresholds('Math.floor(count / 2) + 1', 'Math.ceil(count / 2)', 'half is a majority'),
    protocols(
      'reads.need + writes.need <= n',
      'reads.need + writes.need < n',
      'reads and writes may miss each other',
    ),
    protocols('before - shared),', 'before),', 'the shared members are not shared'),
    byzantine('(n + 2 * f + 1) / 2', '(n + 2 * f) / 2', 'honest nodes do not outvote the others'),
    byzantine('if (most < f)', 'if (most < f - 1)', 'a grid that f failures stop is accepted'),
    field('value !== 0', 'value >= 0', 'the first modulus is taken, whatever it is'),
    hexagons('below[place + 1]', 'below[place]', 'the triangle is no triangle'),
    hexagons('sides.every((side)', 'sides.some((side)', 'two sides are enough'),
    hexagons('sum - 2 * (prices[cell] as number)', 'sum', 'the branching is paid three times'),
    paths('across(nodes) && up(nodes)', 'across(nodes) || up(nodes)', 'one path is enough'),
  ],
}
