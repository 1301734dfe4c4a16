import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('')

const accesses = in_('src/linearize/order-accesses')
const clients = in_('src/linearize/order-clients')
const chains = in_('src/linearize/order-chains')
const groups = in_('src/linearize/order-groups')
const saturated = in_('src/linearize/order-saturate')
const scheduled = in_('src/linearize/order-schedule')
const searched = in_('src/linearize/order-search')
const caused = in_('src/linearize/order-causal')
const shrunk = in_('src/linearize/order-shrink')
const replayed = in_('src/linearize/order-replay')
const ryw = in_('checkers/read-your-writes')
const reads = in_('checkers/monotonic-reads')
const writes = in_('checkers/monotonic-writes')
const follow = in_('checkers/writes-follow-reads')
const sessions = in_('checkers/sessions')

/** Mutants of sequential and causal consistency and of the session guarantees. */
export const orders: MutantArea = {
  tests: [
    'tests/checkers/sequential.test.ts',
    'tests/checkers/causal.test.ts',
    'tests/checkers/sessions.test.ts',
    'tests/checkers/consistency-hierarchy.test.ts',
  ],
  mutants: [
    accesses(
      'this.writer[version] === NO_WRITER ? operation : TWO_WRITERS',
      'operation',
      'the last of two writers of a value is taken for the only one',
    ),
    accesses(
      'else if (from >= 0 && happened[from] === 0) {',
      'else if (from > 0 && happened[from] === 0) {',
      'an unknown first operation never happened, although its value was seen',
    ),
    accesses(
      '} else if (isUnknown(operations[last] as Operation)) {',
      '} else if (last === -2) {',
      'what has no answer comes before what its client did next',
    ),
    clients(
      'before[e * chains + c] = e - start[c]! + 1',
      'before[e * chains + c] = e - start[c]!',
      'an event does not precede what follows it in its client',
    ),
    chains(
      'if (from !== to && this.reaches(from, to)) return',
      'if (this.reaches(to, from)) return',
      'cycles are not noticed',
    ),
    chains(
      'for (let i = readersFrom[e]!; i < readersFrom[e + 1]!; i++) this.#hand(e, readers[i]!)',
      '',
      'what is derived is not handed on to readers',
    ),
    groups(
      'if (writes[middle]! < end) low = middle + 1',
      'if (writes[middle]! <= end) low = middle + 1',
      'a write that comes later counts as earlier',
    ),
    saturated(
      'if (write === -1 || write === from) continue',
      'if (write === -1 || write <= from) continue',
      'of some clients, writes before a read are forgotten',
    ),
    saturated(
      'if (writes[first] === read) first++',
      '',
      'a compare-and-set from the initial value contradicts itself',
    ),
    scheduled(
      'this.#unread[current]! > (reads === NONE ? 0 : 1)',
      'this.#unread[current]! > 1',
      'a value is overwritten although somebody has to read it',
    ),
    scheduled(
      'choices.items[choices.length - 2]! >= since',
      'choices.items[choices.length - 2]! >= since - 1',
      'a choice is forgotten that may have been the mistake',
    ),
    scheduled(
      'if (reads !== NONE && ++this.#unread[reads]! === 1) {',
      'if (reads !== NONE && ++this.#unread[reads]! === 2) {',
      'what is owed again after going back is forgotten',
    ),
    searched(
      'if (next === state && isUnknown(this.#problem.operations[i]!)) continue',
      'if (isUnknown(this.#problem.operations[i]!)) continue',
      'what has no answer never happens',
    ),
    searched(
      'this.#row[at] = next\n    this.#row[c]!++',
      'this.#row[c]!++',
      'states do not change',
    ),
    searched(
      'isUnknown(operation) || sameJson(step.result, seen)',
      'sameJson(step.result, seen)',
      'what has no answer got the answer null',
    ),
    caused(
      'if (!order.reaches(from, write)) continue',
      'if (order.reaches(write, from)) continue',
      'every other write in the past of a read overwrites what it read',
    ),
    caused(
      'if (from <= INITIAL) continue',
      'if (from <= INITIAL + 1) continue',
      'reads of the first write put nothing before it',
    ),
    caused(
      'if (isOpen.get(e) !== false) return',
      'if (isOpen.get(e) !== true) return',
      'a view is not looked at again after it has grown',
    ),
    caused(
      "if (write !== -1) return order.add(read, write, 'overwrites', -1)",
      '',
      'a client may read the initial value although it knows of a write',
    ),
    shrunk(
      'if (input.fails(left())) return true',
      'if (!input.fails(left())) return true',
      'counterexamples are made into examples',
    ),
    replayed(
      ': done !== answeredBefore[index]',
      ': done > answeredBefore[index]!',
      'orders are accepted that turn around what a client did',
    ),
    ryw(
      'newer !== undefined && isOlder',
      'newer === undefined && isOlder',
      'only others are asked',
    ),
    reads('other > met', 'other >= 0', 'every change of a version is a step back'),
    reads(
      'isOlder(order, version, reads[read]!)) ?? -1',
      'isOlder(order, reads[read]!, version)) ?? -1',
      'newer versions count as older',
    ),
    reads('if (writes[event] === 1) known.met.set(event, event)', '', 'own writes are never met'),
    writes(
      'lastWriteBefore(groups, group, heard.end[c]!)',
      'lastWriteBefore(groups, group, heard.end[c]! - 1)',
      'the write just before is not known',
    ),
    follow(
      'preceding[at + author]! <= version - start[author]!',
      'preceding[at + author]! <= version + 1 - start[author]!',
      'the version that directly precedes counts as newer',
    ),
    sessions(
      'heard.by[c] === -1 || heard.end[c]! < end',
      'heard.by[c] === -1',
      'only the first thing heard of a client counts',
    ),
    sessions(
      'from !== to && (from === INITIAL',
      '(from === INITIAL',
      'a version is older than itself',
    ),
  ],
}
