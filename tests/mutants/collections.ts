import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/linearize/')

const arrival = in_('queue-arrival')
const front = in_('queue-front')
const queue = in_('queue-order')
const queueDeadlines = in_('queue-deadlines')
const blocked = in_('stack-blocked')
const cover = in_('stack-cover')
const gaps = in_('stack-gaps')
const peel = in_('stack-peel')
const stackBlame = in_('stack-blame')
const stackDeadlines = in_('stack-deadlines')
const sweep = in_('priority-queue-sweep')
const free = in_('priority-queue-gaps')
const priorityBlame = in_('priority-queue-blame')
const priorityDeadlines = in_('priority-queue-deadlines')
const crashes = in_('collection-crashes')
const empties = in_('collection-empties')
const layout = in_('collection-layout')
const ranks = in_('collection-ranks')
const spans = in_('collection-spans')
const values = in_('collection-values')

/** Mutants of the engines for queues, stacks and priority queues. */
export const collections: MutantArea = {
  tests: [
    'tests/linearize/queue-order.test.ts',
    'tests/linearize/stack-intervals.test.ts',
    'tests/linearize/priority-queue-sweep.test.ts',
  ],
  mutants: [
    arrival(
      'if (first[byFirst[start]!]! > last[w]!) break',
      'if (first[byFirst[start]!]! < 0) break',
      'values may leave in any order',
    ),
    arrival('> into[v]!) break', '> spans.out[v]!) break', 'values come in when they leave'),
    front(
      'if (holder[rank] !== -1) return',
      'if (holder[rank] === -2) return',
      'two values are at the front at once',
    ),
    front(
      'before === -1 ? 2 * out[v]! : 2 * out[before]! + 1',
      '2 * out[v]!',
      'a value leaves while another one holds the front',
    ),
    front(' && !never)', ')', 'a value that stays is at the front for ever'),
    queue('cutsBefore[rank]!)', 'cutsBefore[0]!)', 'values cross the gap of an empty answer'),
    queue(
      'time = Math.max(time, spans.from[v]!)',
      '',
      'a value is at the front before its insertion was called',
    ),
    queueDeadlines(
      'seenOfLater[into[v]!]!, emptyAfter',
      'seenOfLater[0]!, emptyAfter',
      'a value has to be gone before values that came earlier are seen',
    ),
    blocked('if (gap <= high) return', 'if (gap < high) return', 'the last gap is not used'),
    blocked('add(v, from[v]!, into[v]! - 1, -1)', '', 'values come at any time'),
    cover(
      'if (least[1]! > 1) return -1',
      'if (least[1]! > 0) return -1',
      'gaps are freed too late',
    ),
    gaps('(-1 << (at & 31))', '(-2 << (at & 31))', 'a gap is not its own neighbour'),
    peel(
      'this.#free.atMost(into - 1)',
      'this.#free.atLeast(this.#spans.from[v]!)',
      'values come at the first free gap instead of the nearest',
    ),
    peel('if (this.#awake[entry] === 1) return', '', 'a peek that is woken twice counts twice'),
    peel('this.#cover.takeAway(v, into, out)', '', 'values that were taken away stay in the way'),
    stackBlame(
      'into[w]! <= low && high < out[w]!',
      'into[w]! <= high && low < out[w]!',
      'a pair that overlaps is taken for a contradiction',
    ),
    stackDeadlines(
      'at = from[u]!;',
      'at = events;',
      'a look at a value above forces one below out',
    ),
    sweep('Math.min(late, early)', 'late', 'a value that comes and leaves at once leaves first'),
    sweep(
      'free.take(late + 1, early)',
      'free.take(late, early)',
      'the gap of the insertion is taken',
    ),
    sweep(
      'look === by && last < early',
      'look === -2',
      'a value leaves before the last look at it',
    ),
    sweep('if (first > early) {', 'if (first < early) {', 'a value leaves before the looks at it'),
    sweep(
      'numbers[v]! - numbers[w]!',
      'numbers[w]! - numbers[v]!',
      'the largest number goes first',
    ),
    free('this.#previous[gap + 1] = gap', '', 'taken gaps are found from the right'),
    priorityBlame(
      'involve(Math.max(called[outBy]!, from[w]!), presence.out[w]!, place[w]!)',
      'outBy.toFixed()',
      'it is not said what keeps a number in',
    ),
    priorityDeadlines(
      'before[v] = after(spans.in[v]!)',
      'before[v] = after(spans.from[v]!)',
      'a number has to be gone before looks at which it may not yet be in',
    ),
    crashes(
      '&& called[crashedRemovals[i]!]! < deadline) continue',
      ') continue',
      'the reason ignores when unknown removals were called',
    ),
    crashes(
      'ways *= left.length - i',
      'ways *= 1',
      'only one way to give removals to values is tried',
    ),
    empties('gaps[i]! >= returned[index]!', 'gaps[i]! >= events', 'empty after the return'),
    empties('cover[gap] === 0 ? gap', 'cover[gap]! <= 1 ? gap', 'one value in is empty'),
    layout(
      'let i = bottomUp.length - 1; i >= 0; i--',
      'let i = 0; i < bottomUp.length; i++',
      'the lowest values leave first',
    ),
    ranks('.returned >= position', '.returned > position', 'what happens at once is ordered'),
    spans(
      'Math.min(first, insertReturned[v]!)',
      'insertReturned[v]!',
      'a look does not prove that a value is in',
    ),
    spans(
      'if (called[peek]! > last) last = called[peek]!',
      '',
      'a peek does not prove that a value is still in',
    ),
    values('if (operation.value === null) return undefined', '', 'null may be a value'),
  ],
}
