import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/linearize/')

const blocks = in_('register-blocks')
const clusters = in_('register-clusters')
const zones = in_('register-zones')
const refused = in_('refused-cas')
const stale = in_('stale-reads')
const columns = in_('register-columns')
const failure = in_('register-failure')
const permits = in_('permits')
const locks = in_('lock-alternation')
const sums = in_('fetch-and-add')
const logs = in_('append-log')
const moments = in_('set-moments')
const elements = in_('set-elements')
const growing = in_('set-growing')
const order = in_('order-check')

/** Mutants of the engines that decide unique values, locks and sums in near-linear time. */
export const fastEngines: Readonly<Record<string, MutantArea>> = {
  registers: {
    tests: ['tests/linearize/register-zones.test.ts', 'tests/linearize/stale-reads.test.ts'],
    mutants: [
      blocks(
        'firstReturn[root]! < lastCall[last]!',
        'firstReturn[root]! > lastCall[last]!',
        'the zone test is turned round',
      ),
      blocks(
        'if (lastCall[root]! > lastCall[last]!) last = root',
        'last = root',
        'only neighbouring zones are compared',
      ),
      blocks(
        'firstReturn[root]! * 2 + 1 : lastCall[root]! * 2',
        'lastCall[root]! * 2 + 1 : lastCall[root]! * 2',
        'zones are sorted by their right end',
      ),
      blocks(
        'latest = Math.max(latest, lastCall[cluster]!)',
        'latest = Math.max(latest, called[cluster] ?? -1)',
        'reads of an earlier cluster may begin after a later one',
      ),
      blocks(
        'Math.min(earliest, firstReturn[cluster]!)',
        'firstReturn[cluster]!',
        'a block begins with its last cluster',
      ),
      blocks('if (met < links)', 'if (met > links)', 'circles of compare-and-sets are overlooked'),
      clusters(
        'producers[initial] = count',
        'producers[initial] = NOBODY',
        'the initial value is not there',
      ),
      clusters('if (rival !== -1)', 'if (rival < -1)', 'a value can be taken twice'),
      clusters(
        'producers[v] = producers[v] === NOBODY ? i : SEVERAL',
        'producers[v] = i',
        'values written twice are not noticed',
      ),
      clusters(
        'if (kind[i] !== CAS) continue\n    const producer',
        'continue\n    const producer',
        'what an unknown compare-and-set came from is not taken for done',
      ),
      clusters(
        'if (called[i]! > lastCall[cluster]!) lastCall',
        'if (called[i]! < lastCall[cluster]!) lastCall',
        'the last call of a cluster is its first',
      ),
      zones(
        'if (home[i] === -1) continue',
        'if (home[i] === -1 || home[i] === count) continue',
        'reads of the initial value have no room in the order',
      ),
      columns(
        'kind: op.result === undefined ? NOTHING : READ',
        'kind: NOTHING',
        'a compare-and-set of a value to itself is no read',
      ),
      failure(
        'const observer = observers[value[i]!]!',
        'const observer = -1',
        'the core does not show that an unknown write happened',
      ),
      failure(
        'if (producer >= 0 && producer < count) open.push(producer)',
        'if (producer === -7) open.push(producer)',
        'the core lacks the writes',
      ),
      refused(
        'valueAt[gap] === from[op]) gap',
        'valueAt[gap] !== from[op]) gap',
        'refusals are placed where they would succeed',
      ),
      refused(
        'if (called[middle]! > returned[op]!)',
        'if (called[middle]! < returned[op]!)',
        'refusals are placed too late',
      ),
      refused(
        'behind = Math.max(behind, gapOf[others[nextOther++]!]!)',
        'nextOther++',
        'refusals overtake each other',
      ),
      stale(
        'firstReturn[by]! >= called[read]!',
        'firstReturn[by]! < called[read]!',
        'fresh reads are stale',
      ),
      stale(
        'lastCall[byCall[added]!]! > firstReturn[root]!',
        'lastCall[byCall[added]!]! < firstReturn[root]!',
        'what came before has overwritten',
      ),
      stale('best === firstCluster[root] ? second : best', 'best', 'a value overwrites itself'),
      stale(
        'best = earlier(best, at)\n    }\n  }\n  return overwritten',
        '}\n  }\n  return overwritten',
        'later links of a chain do not overwrite',
      ),
    ],
  },
  locks: {
    tests: ['tests/linearize/locks.test.ts'],
    mutants: [
      permits('left > 0 : left < all', 'left >= 0 : left < all', 'one permit too many'),
      permits(
        'returned === Infinity) break',
        'returned === 0) break',
        'unknown outcomes must happen',
      ),
      permits(
        'while (called < count && operations[called]!.called < returned)',
        'while (called < count)',
        'operations are used before they are called',
      ),
      locks(
        'begun(section) < ended(before)',
        'begun(section) > ended(before)',
        'sections may overlap',
      ),
      locks(
        'release === -1 ? Infinity',
        'release === -1 ? -Infinity',
        'what is never released is free at once',
      ),
      locks(
        'if (isUnknown(op)) continue',
        'if (!isUnknown(op)) continue',
        'unknown acquires are done, known ones not',
      ),
    ],
  },
  sums: {
    tests: ['tests/linearize/fetch-and-add.test.ts'],
    mutants: [
      sums(
        'added[at]! > 0 ? sum + 0.5 : sum',
        'added[at]! > 0 ? sum - 0.5 : sum',
        'reads come after the addition that found the same',
      ),
      sums(
        'needed <= increments.length - used',
        'needed <= increments.length',
        'unknown additions fill two gaps',
      ),
      sums('if (found[at]! < sum)', 'if (found[at]! < initial)', 'additions may overlap'),
      order('if (returned < latest)', 'if (returned > latest)', 'the order check is turned round'),
      order('if (called > latest)', 'if (called < latest)', 'the latest call is the earliest'),
    ],
  },
  logs: {
    tests: ['tests/linearize/append-log.test.ts'],
    mutants: [
      logs(
        '!isUnknown(operations[index]!)) place(index)',
        'isUnknown(operations[index]!)) place(index)',
        'appends without an answer are done, and the others not',
      ),
      logs('count > offered[place]!', 'count > offered[place]! + 1', 'entries come from nowhere'),
      logs(
        'if (isPrefix(list, full)) return undefined',
        'return undefined',
        'lists need not be prefixes',
      ),
    ],
  },
  sets: {
    tests: ['tests/linearize/set-elements.test.ts'],
    mutants: [
      moments(
        'if (called[mover]! > latestMove ||',
        'if (called[mover]! < latestMove ||',
        'elements that come and go cannot',
      ),
      moments('if (low.at > high.at)', 'if (low.at < high.at)', 'windows are turned round'),
      moments(
        'answered(returner) ? [returner] : []',
        '[]',
        'a remove in front of the add need not have begun',
      ),
      moments(
        'called[op]! > latestMove && returned',
        'called[op]! > latestMove || returned',
        "answers 'not there' fit on neither side",
      ),
      elements(
        'const before = called[op]! <= at',
        'const before = called[op]! <= until',
        'answers of the time after stand before',
      ),
      growing('if (list.length !== known)', 'if (list.length < 0)', 'lists may shrink'),
      growing(
        'if (high.at < latest.at)',
        'if (high.at > latest.at)',
        'the sequence is turned round',
      ),
      growing(
        'if (kind[i] !== OUT && returned[i]! < window.high.at)',
        'if (kind[i] === ADD && returned[i]! < window.high.at)',
        "answers 'there' do not bound the element",
      ),
    ],
  },
}
