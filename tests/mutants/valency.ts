import type { MutantArea } from './mutant.ts'
import { mutantsIn } from './mutant.ts'

const mutant = mutantsIn('src/valency/')
const table = mutantsIn('src/core/')('int-rows')

/** Mutants of the search over configurations, and of what is concluded from it. */
export const valencyEngine: MutantArea = {
  tests: [
    'tests/valency/twin.test.ts',
    'tests/valency/zoo.test.ts',
    'tests/valency/rules.test.ts',
  ].concat(
    ['tests/valency/renamed.test.ts', 'tests/valency/table-protocols.test.ts'],
    ['tests/valency/adversary.test.ts', 'tests/core/int-rows.test.ts'],
  ),
  mutants: [
    mutant('successors')(
      'for (; next < end && data[next]! < parcel; next++)',
      'for (; next < end && data[next]! <= parcel + 1; next++)',
      'parcels are not in order, so that one configuration is two',
    ),
    mutant('successors')(
      'if (at > processes && parcel === here[at - 1]) continue',
      'if (at > processes && destinations[parcel] === destinations[here[at - 1]!]) continue',
      'of several messages to a process only one can be received',
    ),
    mutant('successors')(
      'const changed = spent !== undefined && data[at] !== here[self] ? 1 << self : 0',
      'const changed = 0',
      'what becomes spent stays on its way',
    ),
    mutant('spent')(
      'if (looks.count > 0 || (spent && !alike)) {',
      'if (spent && !alike) {',
      'what was said of one asker is said of all',
    ),
    mutant('spent')(
      'get: told(Reflect.get),',
      'get: Reflect.get,',
      'that the asker is looked at is not seen',
    ),
    mutant('spent')(
      'harmless &&= heard >= 0 && steps.data[heard + 2] === 0',
      'harmless &&= heard >= 0',
      'an answer that makes the asker send something is harmless',
    ),
    table(
      'const known = this.#places[from]!\n      if (known !== 0)',
      'const known = this.#places[from]!\n      if (known === 0)',
      'what is in a row is lost when it grows',
    ),
    mutant('packing')(
      'const high = next < processes ? row[next]! : next < size ? row[next]! + 1 : 0',
      'const high = next < processes ? row[next]! : next < size ? row[next]! : 0',
      'a message is packed as another one',
    ),
    mutant('valence')(
      'if (packed >>> ACTOR_SHIFT === silent) continue',
      'if (packed >>> ACTOR_SHIFT === silent + 1) continue',
      'another process than the silent one takes no steps',
    ),
    mutant('valence')(
      'if (to < 0 || labels[to]! >= BEYOND || isBivalent(labels[to]!)) break',
      'if (to < 0 || labels[to]! >= BEYOND) break',
      'a configuration from which one can go on to a bivalent one is critical',
    ),
    mutant('steps')(
      'if (before >= 0 && elements.decisions[next] !== before) {',
      'if (before > 0 && elements.decisions[next] !== before) {',
      'the first value that is decided may change',
    ),
    mutant('recurrent')(
      "if (schedule.coins === 'random') dropHalves(graph, inside)",
      "if (schedule.coins === 'adversary') dropHalves(graph, inside)",
      'random coins show what the adversary wants',
    ),
    mutant('fair-cycle')(
      'const rest = events.filter((_, place) => place !== taken)',
      'const rest = events.slice(1)',
      'whatever happens, the oldest message counts as received',
    ),
    mutant('fair-cycle')(
      'return { steps: this.#fair, events: owed.map((parcel) => processes + parcel) }',
      'return { steps: this.#fair, events: [] }',
      'a run counts as fair in which messages are never received',
    ),
    mutant('runs')(
      'if (decided[at] === 0 && unblocked?.[at] !== 0) wanted[at] = 1',
      'if (decided[at] === 0) wanted[at] = 1',
      'waiting for the silent process counts as a fair run without decision',
    ),
    mutant('schedules')(
      "if (schedule.help.type === 'leader') return event === schedule.help.leader",
      "if (schedule.help.type === 'leader') return true",
      'the oracle changes nothing',
    ),
    mutant('schedules')(
      'return !hasMessage(graph, at, schedule.silent)',
      'return true',
      'timeouts are as fast as messages',
    ),
    mutant('lemmas')(
      'if (outcomes[place]!.some((to) => to >= 0 && isBivalent(labels[to]!))) good.push(pair)',
      'if (outcomes[place]!.some((to) => to >= 0)) good.push(pair)',
      'lemma 3 holds everywhere',
    ),
    mutant('renaming')(
      'const rising = after.every((rank, at) => at === 0 || rank > (after[at - 1] ?? -1))',
      'const rising = after.every((rank, at) => at === 0 || rank >= (after[0] ?? -1))',
      'two numbers may become one',
    ),
    mutant('renaming')(
      'return (this.#elements.parcelRanks[id]! & ~this.#mask) === 0',
      'return this.#mask >= 0',
      'a message that was dropped is taken for a new one of the same name',
    ),
    mutant('adversary/adversary')(
      'const kept = oldestFor(from, self)',
      'const kept = -1',
      'processes take empty steps and never receive anything',
    ),
    mutant('adversary/adversary')(
      'const self = stage % inputs.length',
      'const self = 0 * stage',
      'only the first process is owed anything',
    ),
    mutant('adversary/adversary')(
      'const moved = event.at >= 0 && event.at < reached.kept ? reached.kept - 1 : reached.kept',
      'const moved = reached.kept',
      'another message than the oldest is received in the end',
    ),
    mutant('adversary/adversary')(
      'if (fates.length === 2)',
      'if (fates.length >= 1)',
      'one decision that is possible counts as bivalent',
    ),
    mutant('adversary/fates')(
      'fates.set(JSON.stringify(value), { value, steps })',
      'fates.set(JSON.stringify([fates.size]), { value, steps })',
      'two ways to the same decision count as two decisions',
    ),
    mutant('adversary/real-configuration')(
      '...buffer.filter((_, each) => each !== at),',
      '...buffer,',
      'a message that was received can be received again',
    ),
  ],
}
