import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('checkers/')

const reads = in_('register-reads')
const part = in_('register-part')
const single = in_('single-writer')
const order = in_('write-order')
const sources = in_('write-sources')
const small = in_('smallest')
const queue = in_('models/queue')
const snapshot = in_('models/snapshot')
const transactions = in_('models/multi-register')
const cas = in_('models/cas-register')
const collections = in_('models/collections')
const semaphore = in_('models/semaphore')
const strings = in_('models/string-map')
const lock = in_('models/lock')
const set = in_('models/set')
const log = in_('models/log')

/** The conditions on registers, and the models. */
export const registers: Readonly<Record<string, MutantArea>> = {
  'safe, regular and atomic registers': {
    tests: ['tests/checkers/registers.test.ts'],
    mutants: [
      reads(
        'writes[from]!.returned > writes[latest]!.called',
        'writes[from]!.returned < writes[latest]!.called',
        'overwritten and not overwritten are exchanged',
      ),
      reads(
        'if (writes[w]!.returned > reads[r]!.called) break',
        'if (writes[w]!.returned > reads[r]!.returned) break',
        'writes that return during a read count as before it',
      ),
      reads('if (w > last) last = w', 'last = w', 'the last to return counts as the last called'),
      reads('begun > finished[r]!', 'begun >= finished[r]!', 'every read counts as disturbed'),
      reads(
        'writes[begun]!.called < reads[r]!.returned',
        'writes[begun]!.called < reads[r]!.called',
        'writes called during a read cannot be read',
      ),
      reads('return from !== INITIAL && ', 'return ', 'the initial value is never overwritten'),
      part(
        'writes[i - 1]!.returned > writes[i]!.called',
        'writes[i - 1]!.returned > writes[i]!.returned',
        'writers that overlap count as one',
      ),
      single(
        'chosen[earlier]! > chosen[newest]!',
        'chosen[earlier]! < chosen[newest]!',
        'the oldest read before counts',
      ),
      single(
        'Math.max(facts.latest[r]! + 1, floor)',
        'facts.latest[r]! + 1',
        'earlier reads do not count',
      ),
      single('Math.max(facts.latest[r]! + 1, floor)', 'floor', 'finished writes do not count'),
      single(
        'number === NO_NUMBER || !begun',
        'number === NO_NUMBER',
        'writes of the future count',
      ),
      single(
        '&& !isRead(writes.length) ? -1',
        '? -1',
        'a last write that was seen is left out of the order',
      ),
      single('addWrite(overwriter)', 'addWrite(0)', 'what had overwritten is not named'),
      single('at = newestBefore[at]!', 'break', 'only the first of several newer reads is named'),
      order(
        'due[b]! > writes[a]!.returned',
        'due[b]! > due[a]!',
        'writes are in conflict that are not',
      ),
      order('returned + due[w]!)', 'due[w]!)', 'the order is by due alone'),
      order('returned + due[w]!)', 'returned)', 'the order is by return alone'),
      sources('? SEVERAL : from', '? from : from', 'the first choice is the only one'),
      sources('free: this.#open }', 'free: 0n }', 'nothing may end before a new last write'),
      sources(
        'if ((free & bit) !== 0n) next.push',
        'next.push',
        'what had to be last may be before it',
      ),
      sources(
        'next.push({ last, free: free & ~bit, choices: choice(w) })',
        'next.push({ last, free, choices: choice(w) })',
        'a write that was read early may still be before the last',
      ),
      sources(
        '(situation.free & ~free) === 0n',
        '(free & ~situation.free) === 0n',
        'the situation that allows less is kept',
      ),
      sources('if (nextCall < nextReturn)', 'if (nextCall > nextReturn)', 'time runs backwards'),
      small('&& fails(fewer)', '', 'what is left need not fail'),
    ],
  },
  models: {
    tests: ['tests/checkers/models.test.ts', 'tests/checkers/model-choice.test.ts'],
    mutants: [
      queue('  values: (state) => state,\n', '', 'the first elements may be left out'),
      queue(
        'observes: (_, result) => result === null',
        'observes: true',
        'a dequeue changes nothing',
      ),
      set("(f === 'read' ? undefined : value)", 'value', 'a read of all is a part by itself'),
      snapshot(
        "if (f === 'snapshot') return undefined",
        "if (f === 'snapshot') return 'x'",
        'a snapshot sees one cell',
      ),
      snapshot(
        "if (f === 'snapshot') return Object.entries(written(result as Cells))",
        "if (f === 'snapshot') return []",
        'a snapshot stays without what it saw',
      ),
      transactions('keys.size === 1 ? only : undefined', 'only', 'only the first key counts'),
      transactions(
        'filter((part) => !gone(pairOf(part)))',
        'slice(1)',
        'the wrong half of a transaction stays',
      ),
      transactions(
        "every(([f]) => f === 'read'),",
        "some(([f]) => f === 'read'),",
        'a transaction that also reads changes nothing',
      ),
      cas('result === false ? undefined', 'result === false ? []', 'refusals stay'),
      collections('seen.filter((value) => !gone(value))', 'seen', 'lists stay as they were'),
      semaphore('left > all', 'left > all + 1', 'there is a permit too many'),
      strings("value === ''", "value !== ''", 'appending something changes nothing'),
      lock('holder === process ?', 'holder !== null ?', 'anybody may release'),
      log('listTouched(operation) : [operation.value]', '[] : [operation.value]', 'reads stay'),
    ],
  },
}
