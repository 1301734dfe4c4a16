import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/quorum/')

const antichain = in_('structures/antichain')
const coalitions = in_('structures/coalitions')
const tree = in_('structures/threshold-tree')
const flat = in_('structures/flat-tree')
const inTree = in_('structures/cheapest-in-tree')
const inFormula = in_('structures/cheapest-of-formula')
const expansion = in_('structures/expansion')
const transversals = in_('structures/transversals')
const meeting = in_('structures/transversal-search')
const list = in_('structures/list-of-quorums')
const spare = in_('structures/without-spare')
const implied = in_('structures/tree-implies')
const disjoint = in_('disjoint-quorums')
const search = in_('disjoint-search')
const expression = in_('expression')
const print = in_('print')
const parse = in_('parse')
const facts = in_('node-facts')
const tokens = in_('tokens')
const system = in_('system')

/** Mutants of expressions, their texts, and the structures that they become. */
export const quorumAlgebra: MutantArea = {
  tests: [
    'tests/quorum/structures/explicit.test.ts',
    'tests/quorum/structures/explicit-large.test.ts',
    'tests/quorum/structures/explicit-programs.test.ts',
    'tests/quorum/disjoint-quorums.test.ts',
    'tests/quorum/expression.test.ts',
    'tests/quorum/parse.test.ts',
  ],
  mutants: [
    antichain('!.length < members.length) {', '!.length < 0) {', 'sets that contain others stay'),
    coalitions(
      'weights[b]! - weights[a]! || a - b',
      'weights[a]! - weights[b]! || a - b',
      'coalitions with a spare member count as minimal',
    ),
    coalitions('if (weight >= need) break', '', 'the dearest of several choices is kept'),
    coalitions('reached - weights[member]! < need', 'true', 'spare members stay'),
    flat('- need[v]! + 1', '- need[v]!', 'the dual asks for one too few'),
    flat("kind !== 'other' && kind === outer?.kind", 'false', 'and in and is two gates'),
    flat("kind !== 'other' && kind === outer?.kind", 'kind === outer?.kind', 'choices are merged'),
    flat("kind === 'and' ? own.length", "kind === 'or' ? own.length", 'a merged and needs too few'),
    implied('strongFirst[v] !== weakFirst[w]', 'false', 'any two leaves are one'),
    inTree('equal-- > 0', 'equal > 0', 'all inputs of equal cost are taken'),
    inFormula('places[node]! > 1 &&', 'places[node]! > 2 &&', 'a node is paid for twice'),
    inFormula('.slice(0, most)', '.slice(0, 1)', 'two uses at once count as one'),
    inFormula('shares[last.node] = Infinity', 'shares[last.node] = 0', 'what is left out is free'),
    expansion('after + rest < need', 'after + rest <= need', 'the last input is never taken'),
    expansion('antichain(some, size)', 'some', 'sets that contain others stay'),
    tree('leaves === size', 'true', 'a node in no quorum counts as one of many alike'),
    tree('shape[inputs[i]!] !== below', 'shape[inputs[i]!] === -1', 'unlike parts are alike'),
    tree('[1, -1], -Infinity, 0', '[1, -2], -Infinity, 0', 'an input is used more than its gate'),
    transversals('search.allow(level.taken)', '', 'some minimal transversals are missed'),
    transversals('&& search.allNeeded()', '', 'transversals with a spare member are given'),
    transversals('least < best.price', 'least + 1 < best.price', 'the cheapest is missed'),
    meeting('hits === 2 && --', 'hits === 3 && --', 'a member that alone meets nothing stays'),
    meeting('this.#left[node]! -= amount', 'this.#left[node]! -= 0', 'the bound is too high'),
    list('if (price < best.price) best', 'if (price > best.price) best', 'the dearest is taken'),
    spare('if (holds(alive)) continue', '', 'spare members stay'),
    implied('strong.need[v]! >= weak.need[w]!', 'true', 'fewer than needed count as enough'),
    implied('>= weak.need[w]!\n}', '>= weak.need[w]! - 1\n}', 'a coalition may be too light'),
    disjoint('!other.holds(prices)', 'other.holds(prices)', 'disjoint quorums are not seen'),
    search('if (spare < 0)', 'if (spare <= 0)', 'exactly enough for both counts as too little'),
    search('this.#isIn[node] = 0', '', 'a node that is left out is still demanded'),
    search('this.#state[node] = OPEN', '', 'a decision outlives its branch'),
    expression('- need + 1, duals', '- need, duals', 'the dual asks for one too few'),
    expression(
      'for (let i = part.parts.length - 1; i >= 0; i--)',
      'for (let i = 0; i < part.parts.length; i++)',
      'nodes are numbered backwards',
    ),
    expression(
      'Math.floor(totalOf(parts, weights) / 2) + 1',
      'Math.ceil(totalOf(parts, weights) / 2)',
      'half counts as a majority',
    ),
    print('|| inside === operator', "|| inside === 'and'", 'a sum in a product has no parentheses'),
    print('return isCall && parts', 'return false && parts', 'numbers become a family'),
    print('if (known.has(own)) return name', '', 'what is known about a node is told twice'),
    parse(
      'frame.sum.length > 0 || frame.product.length > 1',
      'frame.sum.length > 0',
      'a weight falls on a product',
    ),
    parse(
      "if (this.#skip('*')) return undefined",
      "if (this.#skip('*')) this.#endProduct(frame)",
      '* means or',
    ),
    facts("['p', 'failure']", "['p', 'latency']", 'a probability is a latency'),
    facts('if (found.has(name.value)) {', 'if (false) {', 'the last of two descriptions wins'),
    tokens('before.length + 1', 'before.length', 'the column is that before'),
    tokens(
      "' '.repeat(left.length)",
      "' '.repeat(before.length)",
      'the caret is off in long texts',
    ),
    system('checkNames(nodes)\n  const numberOf', 'const numberOf', 'two nodes may have one name'),
    system('checkIntersection(side, other, nodes)\n  return', 'return', 'sides need not meet'),
    system('[dual, side] : [side, dual]', '[side, dual] : [side, dual]', 'writes count as reads'),
    system('reads === writes ||', 'false &&', 'a coterie has two sides'),
  ],
}
