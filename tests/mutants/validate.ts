import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/explore/validate/')

const fitting = in_('fitting')
const steps = in_('steps')
const disks = in_('disks')
const set = in_('state-set')
const nearest = in_('nearest-step')

/** Mutants of trace validation: which states are kept, what is on disks, what is told. */
export const validateMutants: MutantArea = {
  tests: [
    'tests/validate/twin.test.ts',
    'tests/validate/disks.test.ts',
    'tests/validate/state-set.test.ts',
    'tests/validate/protocols.test.ts',
  ],
  mutants: [
    fitting(
      'if (next.count === 0) return false',
      'if (next.count < 0) return false',
      'a part that nothing explains is passed over',
    ),
    fitting(
      'if (fitted > 0 && part.first === true) break',
      'if (fitted > 0) break',
      'only the first way that fits is followed',
    ),
    fitting(
      'for (let round = 0; round < this.#silentMost; round++) {',
      'for (let round = 1; round < this.#silentMost; round++) {',
      'one silent step less than there may be',
    ),
    fitting(
      'if (sees?.(last.state) !== undefined) return',
      'if (sees === undefined) return',
      'what the trace says of variables is not looked at where several states fit',
    ),
    fitting(
      'if (sees?.(state) === undefined) return true',
      'if (sees !== undefined) return true',
      'what the trace says of variables is not looked at where one state fits',
    ),
    fitting(
      'if (kept.count > this.#mostStates)',
      'if (kept.count > this.#mostStates + 1)',
      'one state more than is allowed',
    ),
    steps(
      'return when === undefined || when(state, ...chosen)',
      'return true',
      'guards are not asked',
    ),
    disks(
      'if (sent !== undefined && step !== sent) continue',
      'if (sent === step) continue',
      'another step is taken for that which has sent a message',
    ),
    disks(
      '(part.whole ?? 0) <= done',
      '(part.whole ?? 0) >= 0',
      'a part counts although a later write of its step is missing',
    ),
    disks(
      'if (log.first + log.records.length !== end) return false',
      'if (log.first > end) return false',
      'lengths of logs do not tell which writes were done',
    ),
    disks(
      'while (at > 0 && waiting[at - 1]!.ticket > ticket) at--',
      'while (at > 0 && waiting[at - 1]!.ticket < ticket) at--',
      'parts do not wait in the order of their writes',
    ),
    set(
      'if (this.states[base + word] !== state[word]) return false',
      'if (this.states[base] !== state[0]) return false',
      'states that begin with the same word are taken for one',
    ),
    nearest(
      'if (best === undefined || rank(found) > rank(best)) best = found',
      'best ??= found',
      'the first way that was tried is called the nearest',
    ),
  ],
}

const mapping = mutantsIn('suites/traces/')('zab')
const numbers = mutantsIn('suites/traces/')('zab-numbers')
const window = mutantsIn('suites/traces/')('zab-window')
const facts = mutantsIn('specs/log/')('zab-facts')

/** Mutants of one mapping, of what it forgets, and of its spec. */
export const zabTraceMutants: MutantArea = {
  tests: ['tests/validate/zab.test.ts', 'tests/validate/zab-window.test.ts'],
  mutants: [
    numbers(
      'return e <= 0 ? [] : [[instance(e)]]',
      'return e <= 0 ? [[]] : [[instance(e)]]',
      'anything may be done in an epoch that is forgotten',
    ),
    mapping("ways: [[['restart', at]]],", 'ways: [[]],', 'a restart loses nothing'),
    mapping(
      '...afterOf(effect.after),',
      '',
      'an acknowledgement counts before its write is on the disk',
    ),
    mapping(
      'if (committed > node.committed) {',
      'if (committed > node.committed + 1) {',
      'a single transaction is not seen to be committed',
    ),
    mapping(
      "if (sent(step, 'commit-leader') === undefined) return",
      "if (sent(step, 'commit-leader') !== undefined) return",
      'what those hear who come late is not looked at',
    ),
    mapping(
      'const quorum = new Set(node.synchronised)',
      'const quorum = new Set(node.promises)',
      'who has promised an epoch is taken for somebody who has its history',
    ),
    mapping(
      'const index = ++this.#nodes[at]!.length',
      'const index = this.#nodes[at]!.length++',
      'a transaction is taken for the one before it',
    ),
    numbers(
      'for (let at = Math.max(0, origin - from); at < txns.length; at++) {',
      'for (let at = Math.max(1, origin - from); at < txns.length; at++) {',
      'the first transaction of a message is not looked at',
    ),
    window(
      'return Math.max(0, least - 1)',
      'return Math.max(0, least)',
      'an epoch is forgotten that somebody may still be in',
    ),
    window(
      'visit(s.delivered.get(i))',
      '',
      'transactions are forgotten that somebody has still to deliver',
    ),
    window(
      's.initial.set(e, isKept ? index(s.initial.get(old)) : -1)',
      's.initial.set(e, isKept ? s.initial.get(old) : -1)',
      'the length with which an epoch began is not counted on',
    ),
    facts(
      'ackedBy(s, s.leading.get(i), upTo) >= enough,',
      'ackedBy(s, s.leading.get(i), upTo) >= enough - 1,',
      'one acknowledgement less is enough',
    ),
    facts('s.delivered.get(i).assign([])', '', 'what is delivered is remembered through a restart'),
  ],
}
