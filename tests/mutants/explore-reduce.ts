import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/explore/reduce/')

const canonical = in_('canonical')
const claims = in_('symmetry-claims')
const codes = in_('permute-codes')
const facts = in_('facts')
const hidden = in_('hidden')
const identities = in_('identities')
const independence = in_('independence')
const observed = in_('observed')
const order = in_('partial-order')
const processes = in_('processes')
const separable = in_('separable')
const sleep = in_('sleep-sets')
const slots = in_('permute-slots')
const sorting = in_('sort-elements')
const symmetry = in_('symmetry')

/** Mutants of symmetry. */
const symmetries: MutantArea = {
  tests: ['tests/explore/reduce-canonical.test.ts', 'tests/explore/reduce-symmetry.test.ts'],
  mutants: [
    canonical(
      'if (sorts.length > 1) return sorts',
      'if (sorts.length > 2) return sorts',
      'of two elements that differ, either is put first',
    ),
    canonical(
      'if (less > 0) return',
      'if (less < 0) return',
      'the state that was made first is not kept, nor the least',
    ),
    canonical(
      'rank[order[after]!] = start + 1',
      'rank[order[after]!] = start',
      'an element that is put first still looks like the others',
    ),
    canonical(
      'this.#descend(depth + 1, times * count, out)',
      'this.#descend(depth + 1, times, out)',
      'elements whose exchange changes nothing count once',
    ),
    codes(
      'permuted += value(rest % of.size) * of.size ** (last - key(at))',
      'permuted += value(rest % of.size) * of.size ** (last - at)',
      'values stay at their keys',
    ),
    codes(
      'return (code) => (code === 0 ? 0 : 1 + of(code - 1))',
      'return (code) => (code === 0 ? 0 : of(code))',
      'what is nothing counts as a value',
    ),
    slots(
      'move(from, at + one * step, to, into + key(one) * step)',
      'move(from, at + key(one) * step, to, into + one * step)',
      'the inverse of an exchange is made',
    ),
    slots(
      'const item = atomMove(atomPermuter(shape.of, universes, identities))',
      'const item = moveOf(shape.of, universes, identities)',
      'an item of a sequence takes as many slots as it would by itself',
    ),
    slots(
      'const kept = value === undefined ? code : value(code)',
      'const kept = code',
      'values of a table keep the names of others',
    ),
    facts(
      'if (of !== undefined) facts.say(mix(place, ~length), of)',
      'if (of !== undefined) facts.say(mix(place, base), of)',
      'elements look different because of where they lie',
    ),
    separable(
      'if (elements.length > 1 || (elements.length === 1 && of !== undefined)) return false',
      'if (elements.length > 1) return false',
      'a matrix is sorted as if its columns were the same for all',
    ),
    hidden(
      '(member as number) < most',
      '(member as number) < most - 1',
      'the last identity may hide in a list',
    ),
    hidden(
      'for (const part of partsIn(layout)) refuseHidden(part, identities, where)',
      '',
      'identities may hide inside of collections',
    ),
    sorting(
      'if (sortKeys(keys, moving)) scatter(state, keys)',
      'if (!sortKeys(keys, moving)) scatter(state, keys)',
      'what was sorted is not written back',
    ),
    sorting(
      'if (left !== right) return left < right ? -1 : 1',
      'if (left < right) return -1',
      'elements are not sorted',
    ),
    identities(
      'parts.map((part) => mentions(part, identities)).includes(true)',
      'parts.some((part) => mentions(part, identities))',
      'kinds of two sizes and one name are not noticed',
    ),
    symmetry(
      "if (options.check === 'all' || isSampled(expanded++)) claims.check(words, offset)",
      '',
      'claims of symmetry are not checked',
    ),
    claims(
      'if (reached !== after[action])',
      "if (reached === '' && after[action] !== '')",
      'steps that lead elsewhere are not noticed',
    ),
  ],
}

/** Mutants of partial orders and sleep sets. */
const orders: MutantArea = {
  tests: [
    'tests/explore/reduce-partial-order.test.ts',
    'tests/explore/reduce-sleep-sets.test.ts',
  ].concat(['tests/explore/reduce-observed.test.ts']),
  mutants: [
    order(
      'if (!take(turn.steps)) continue',
      'take(turn.steps)',
      'steps are put off for ever in a cycle',
    ),
    order(
      'if (!turn.independent || turn.visible) {',
      'if (!turn.independent) {',
      'steps that something is claimed about are put before others',
    ),
    order(
      'if (!turn.independent || turn.visible) {',
      'if (turn.visible) {',
      'steps that others are in the way of are taken alone',
    ),
    order(
      'if (learned === undefined || tally.reduced === 0) return',
      'if (learned === undefined || tally.reduced >= 0) return',
      'what was put off before it was known to matter is left out',
    ),
    independence(
      "if (owner.of === 'all') return false",
      "if (owner.of === 'all') return true",
      'guards may look at what all write',
    ),
    independence(
      'if ((sends ? length[part] < now : length[part] > now) && said !== enabled) alike = false',
      '',
      'a guard that waits for two messages is taken for one that waits for one',
    ),
    independence(
      'if (truth && !said)',
      'if (truth && said)',
      'who waits for messages is refused, who waits for silence is not',
    ),
    processes(
      "return (how & WRITES) !== 0 ? 'writes' : 'reads'",
      "return (how & WRITES) !== 0 ? 'writes' : undefined",
      'others may look at what is somebody’s own',
    ),
    processes(
      "if ((how & PUSH) !== 0 && owner.from !== process) return 'sends over'",
      '',
      'anybody may send over a link',
    ),
    observed(
      'uses.add(part, position === 0 ? HEAD : READ)',
      'uses.add(part, READ)',
      'the first message is one like the others',
    ),
    observed('(member, ...more)', '(member)', 'what is put there several times is there once'),
    sleep(
      'else if (before !== undefined) asleep.set(key, inBoth(before, sleeps))',
      '',
      'what sleeps on one way sleeps on all',
    ),
    sleep(
      'return how !== 0 && there !== 0 && ((how | there) & WRITES) !== 0',
      'return how !== 0 && there !== 0 && (how & there & WRITES) !== 0',
      'steps that read what another writes sleep on',
    ),
    sleep('valueKey(choice)', 'JSON.stringify(choice)', 'all choices of sets are the same one'),
    sleep('uses.of.set(ranged)', 'uses.clear()', 'what ranges look at is forgotten'),
  ],
}

const longRun = mutantsIn('src/explore/')('long-run')

/** Mutants of what is said about claims that a reduction leaves open. */
const limits: MutantArea = {
  tests: ['tests/explore/not-judged.test.ts'],
  mutants: [
    longRun(
      'if (how !== undefined) return notJudged(found, how, claims)',
      'if (how !== undefined) return found',
      'nobody is told that properties were not judged',
    ),
    longRun(
      'if (kind !== undefined) return REDUCED[kind]',
      'if (kind === undefined) return undefined',
      'properties are judged where states were left out',
    ),
  ],
}

export const exploreReduce: Readonly<Record<string, MutantArea>> = {
  'symmetry of states': symmetries,
  'partial orders of steps': orders,
  'claims that a reduction leaves open': limits,
}
