import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/linearize/')

const justInTime = in_('just-in-time')
const searched = in_('just-in-time-search')
const configuration = in_('configuration')
const visited = in_('visited')
const usage = in_('usage')
const transitions = in_('transitions')
const classes = in_('operation-classes')
const events = in_('events')
const returns = in_('by-return')
const crashes = in_('crash-classes')
const reachable = in_('reachable')
const wingGongLowe = in_('wing-gong-lowe')
const replay = in_('replay')
const parts = in_('parts')
const beginning = in_('longest-beginning')
const cut = in_('cut-short')
const shrunk = in_('shrink')
const strings = in_('appended-strings')

/** Mutants of the general search, of what is made of its answers, and of strings with appends. */
export const generalSearch: Readonly<Record<string, MutantArea>> = {
  'the general search': {
    tests: ['tests/linearize/general-search.test.ts'],
    mutants: [
      justInTime(
        "decision.outcome === 'pass' && relaxed.overused",
        'false',
        'the relaxed search is believed although it used something twice',
      ),
      searched(
        'rank >= members.length || crashes',
        'crashes',
        'the relaxed search may use a crashed operation twice',
      ),
      searched(
        'crashes.calls[-1 - code]![rank]! > this.#at.event',
        'false',
        'the relaxed search may use a crashed operation before its call',
      ),
      searched(
        'used < calls.length && calls[used]! < event',
        'used < calls.length',
        'a crashed operation is used before its call',
      ),
      searched(
        'used < calls.length && calls[used]! < event',
        'calls[Math.min(used, calls.length - 1)]! < event',
        'a crashed operation is used more often than it was called',
      ),
      searched(
        'transitions.observer[classId] === 1 || outcome !== transitions.next(before, classId)',
        'transitions.observer[classId] === 1',
        'crashed operations are used for observers only',
      ),
      searched(
        'outcome !== transitions.next(before, crashes.transition[c]!)',
        'false',
        'a crashed operation is not used for the sake of another',
      ),
      searched(
        'of this.#prepared.transitions.outcomes(answer)',
        'of this.#prepared.transitions.outcomes(answer).subarray(1)',
        'the first of several outcomes is dropped',
      ),
      searched(
        'of transitions.outcomes(answer)',
        'of transitions.outcomes(answer).subarray(1)',
        'the first of several outcomes of a crashed operation is dropped',
      ),
      searched(
        'if (after !== before) this.#at.orderObservers()\n    return usage',
        'return usage',
        'observers are not ordered when the state changes',
      ),
      searched(
        'this.#at.seek(node[at + EVENT]!)',
        'void EVENT',
        'the search does not go back to where it was',
      ),
      searched(
        'if (event > this.#deepest)',
        'if (this.#deepest === -1)',
        'how far the search came is not noted',
      ),
      configuration(
        'if (transitions.observer[classId] === 0) return',
        'if (transitions.unknown[classId] === 1) return',
        'operations that are no observers are ordered as soon as they are legal',
      ),
      configuration(
        'kind === CALL ? -1 : operation',
        '-1',
        'a return is forgotten on the way back',
      ),
      configuration(
        'this.row[ORDERED_AT + (slot >>> 5)]! &= ~(1 << (slot & 31))',
        'void slot',
        'the next operation in a slot counts as ordered',
      ),
      configuration(
        'this.row[ORDERED_AT + (slot >>> 5)]! |=',
        'this.row[ORDERED_AT]! |=',
        'operations 32 slots apart are confused',
      ),
      configuration(
        'if (transitions.next(this.row[STATE_AT]!, classId) === IMPOSSIBLE) return',
        '',
        'observers are ordered where they are impossible',
      ),
      visited(
        'for (let i = 0; i < this.#width; i++) if (items',
        'for (let i = 1; i < 2; i++) if (items',
        'configurations of the same hash and state count as equal',
      ),
      visited(
        'if (this.#usages.dominates(this.#lists.items[at]!, usage)) return SEEN',
        'return SEEN',
        'what a configuration has used is not looked at',
      ),
      visited(
        'this.#usages.dominates(this.#lists.items[at]!, usage)',
        'this.#usages.dominates(usage, this.#lists.items[at]!)',
        'dominance is turned round',
      ),
      usage(
        'if (items[left + c]! > items[right + c]!) return false',
        'if (c < 0) return false',
        'usages are compared by their sum alone',
      ),
      usage(
        'if (items[at] !== this.#scratch[c]) return false',
        'if (c < 0) return false',
        'usages of the same hash are the same',
      ),
      transitions(
        '!sameJson(step.result, seen)) continue',
        'sameJson(null, seen)) continue',
        'answers are not compared',
      ),
      transitions(
        'if (others === undefined) return first',
        'return first',
        'there is never more than one outcome',
      ),
      classes('this.#model.knowsProcess === true', 'false', 'it does not matter who calls'),
      transitions(
        'key === state && this.#keyClass[at] === classId',
        'key === state',
        'all operations do the same to a state',
      ),
      classes(
        'isUnknown(operation) || seen === undefined ? 0 : values.of(seen) + 1',
        '0',
        'operations with different answers are in one class',
      ),
      events(
        'operations[returning]!.returned < calling.called',
        'operations[returning]!.returned <= calling.called',
        'at the same position returns come before calls',
      ),
      returns(
        'returned * count + index',
        'index * count + index',
        'operations return in the order of their calls',
      ),
      crashes(
        'calls.get(classId)!.push(at)',
        'calls.get(classId)!.push(calls.get(classId)![0]!)',
        'all crashed operations of a class are called with the first',
      ),
      reachable(
        'transitions.unknown.slice()',
        'new Uint8Array(classes)',
        'what has no known outcome must be possible',
      ),
      reachable(
        'else transitions.outcomes(answer).forEach(add)',
        '',
        'states behind several outcomes are not reached',
      ),
      reachable(
        '> limit) return -1',
        '> limit) return possible.indexOf(0)',
        'what was not looked at is impossible',
      ),
      wingGongLowe('rest: outcomes.slice(rank + 1)', 'rest: []', 'other outcomes are not tried'),
      wingGongLowe(
        'this.#ordered[operation >>> 5]!',
        'this.#ordered[0]!',
        'operations 32 apart are confused',
      ),
      wingGongLowe(
        'if (this.#kind[at - 1] === RETURN) {',
        'if (this.#kind[at - 1] === RETURN && this.#stack.length === 0) {',
        'operations may be ordered after they returned',
      ),
    ],
  },
  'what is made of orders': {
    tests: ['tests/linearize/replay.test.ts', 'tests/linearize/parts.test.ts'],
    mutants: [
      replay(
        'placed[index] === 0 && !isUnknown(op)',
        'placed[index] === 2',
        'operations may be missing from a proof',
      ),
      replay(
        'if (operation.returned < latestCall)',
        'if (operation.returned < -1)',
        'a proof need not keep to real time',
      ),
      replay(
        'operation === undefined || placed[index] === 1',
        'operation === undefined',
        'a proof may have operations twice',
      ),
      replay(
        'seen === undefined || sameJson(step.result, seen)',
        'true',
        'a proof may have other answers',
      ),
      replay('withoutRepeats(next)', 'next.slice(0, 1)', 'a proof has one outcome only'),
      parts(
        'if (operations.some((operation) => partOf(operation) === undefined)) return undefined',
        '',
        'operations on everything are parts of their own',
      ),
      parts(
        'if (model.partitioned === false) return [whole]',
        '',
        'keys that depend on each other are cut apart',
      ),
      parts('key: values.value(id)', 'key: values.value(0)', 'all parts are of the first key'),
    ],
  },
  'small counterexamples': {
    tests: ['tests/linearize/shrink.test.ts', 'tests/linearize/longest-beginning.test.ts'],
    mutants: [
      beginning('high = middle\n', 'high = middle - 1\n', 'the bisection goes too far'),
      beginning(
        '.sort((a, b) => operations[a]!.returned - operations[b]!.returned)',
        '',
        'returns are taken in the order of calls',
      ),
      beginning('indices[at]!)', 'at)', 'the order counts in the beginning, not in the whole'),
      cut(
        'operation.called > end || observes(model, operation)',
        'operation.called > end',
        'observers stay open at the end of a beginning',
      ),
      cut(
        'operation.called > end || observes',
        'observes',
        'a beginning has operations that were called later',
      ),
      cut(
        'operation.returned <= end',
        'operation.returned < end',
        'the last return is not in a beginning',
      ),
      cut(', result: undefined }', ' }', 'what is open at the end keeps its answer'),
      shrunk(
        'this.#fixed.add(this.#values.find(value))',
        'void value',
        'values that are there at the beginning are left out',
      ),
      shrunk(
        'cut.goneValues.size > 0',
        'cut.goneValues.size < 0',
        'values are left out though an operation looks at everything',
      ),
      shrunk(
        'missing.length === touched.length',
        'missing.length > 0',
        'operations on several values go with one of them',
      ),
      shrunk(
        'size > 1 ? size >> 1 : 0',
        'size > 3 ? size >> 1 : 0',
        'single operations are not left out',
      ),
      shrunk(
        "proof.outcome === 'pass'",
        "proof.outcome === 'unknown'",
        'what is left need not be illegal',
      ),
      shrunk('if (goneObservers.has(index)) return', '', 'observers are never left out'),
    ],
  },
  'strings with appends': {
    tests: ['tests/linearize/appended-strings.test.ts'],
    mutants: [
      strings(
        'called < this.#operations[get]!.returned',
        'called > this.#operations[get]!.returned',
        'only appends called after a string was seen can have made it',
      ),
      strings(
        'returned >= this.#operations[before]!.called',
        'returned < this.#operations[before]!.called',
        'appends follow what began after they returned',
      ),
      strings(
        'called <= this.#changed',
        'called > this.#changed',
        'the first append may not be the first',
      ),
      strings(
        'if (makers.canMake(initial as string)) return undefined',
        '',
        'the initial string is never made again',
      ),
      strings('if (choices.next()) continue', '', 'only one way to choose is tried'),
      strings(
        'if (appends.length > 0) return undefined',
        '',
        'a put is preferred to an append of the same',
      ),
      strings(
        'texts.size > 1 ? undefined : appends',
        'appends',
        'appends of different texts are taken for the same',
      ),
      strings(
        'puts.length > 1) return undefined',
        'puts.length > 9) return undefined',
        'the first of two puts is taken for the only one',
      ),
    ],
  },
}
