import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/explore/')

const reads = mutantsIn('src/state/')('reads')
const dependents = in_('dependents')
const blocks = in_('guard-blocks')
const differences = in_('generated-differences')
const incremental = in_('generated-incremental')
const expander = in_('expander')

/** Mutants of what goes on from states by what has changed. */
export const exploreChanges: MutantArea = {
  tests: [
    'tests/explore/incremental.test.ts',
    'tests/explore/changes.test.ts',
    'tests/state/reads.test.ts',
  ],
  mutants: [
    reads(
      'const place = slot + Math.floor(entry / eachSlot)',
      'const place = slot',
      'all entries of a table are taken to be in its first slot',
    ),
    reads(
      'const shift = (entry % eachSlot) * bitsEach',
      'const shift = entry % eachSlot',
      'entries of several bits are taken for single bits',
    ),
    reads('bits: bitsEach }', 'bits: 1 }', 'of counts only the lowest bit is told apart'),
    reads(
      'return this.log[0]! > MOST_NOTED',
      'return this.log[0]! < 0',
      'a list that is not complete is taken for all that was read',
    ),
    reads(
      'log[++log[0]] = ${unit}',
      'log[log[0] = 1] = ${unit}',
      'only what was read last is noted',
    ),
    dependents(
      'this.dirty[guard >>> 5]! |= 1 << guard',
      'this.dirty[guard >>> 5]! = 1 << guard',
      'of new guards only one is asked',
    ),
    dependents(
      'this.dirty.set(this.exists)',
      'this.dirty.fill(0)',
      'after an error guards say what they said before',
    ),
    dependents(
      'const at = guard * this.#knownWords + (unit >>> 5)',
      'const at = guard + (unit >>> 5)',
      'guards are taken for each other',
    ),
    dependents(
      'if (marks[index] === guard >>> 5) {',
      'if (marks[index] !== guard >>> 5) {',
      'bits of guards go to other words',
    ),
    dependents(
      'marks.push(guard >>> 5, 1 << guard)',
      'marks.push(0, 1 << guard)',
      'all guards are taken to be in the first word',
    ),
    dependents(
      'index % 2 === 0 && one === word',
      'one === word',
      'bits are taken for the numbers of words',
    ),
    dependents(
      'this.spots[at + 1]! |= mask',
      'this.spots[at + 1]! = mask',
      'of a word a claim depends only on what it read last',
    ),
    dependents(
      'this.spots.push(word, mask)',
      'this.spots.push(word, mask & -mask)',
      'a claim depends on the lowest bit only',
    ),
    dependents(
      'const slot = unit.slot + index',
      'const slot = unit.slot',
      'of a list only its length counts',
    ),
    dependents(
      'whole & (((1 << unit.bits) - 1) << unit.shift)',
      'whole & ((1 << unit.bits) - 1)',
      'claims look at the first entry of a table for all others',
    ),
    dependents(
      'read << plan.shift[slot]!',
      'read',
      'slots are looked for at the beginning of their word',
    ),
    blocks(
      'const members = seen === 1 && isMembers(only) ? only : undefined',
      'const members = isMembers(only) ? only : undefined',
      'guards about a member and something else are asked about the member alone',
    ),
    blocks('words += (count + 31) >>> 5', 'words += count >>> 5', 'guards share their bits'),
    blocks(
      'const seen = parametersSeen(when, ranges.length)',
      'const seen = Math.min(1, parametersSeen(when, ranges.length))',
      'guards are not told their second parameter',
    ),
    blocks(
      'rest: ranges.slice(seen),',
      'rest: ranges.slice(seen + 1),',
      'a parameter that a guard does not see is not chosen',
    ),
    blocks('sorted: universe === undefined', 'sorted: true', 'members come as they were seen'),
    differences(
      'const now = held[${one}] = words[offset + ${one}]',
      'const now = words[offset + ${one}]',
      'what differs is counted from the first state',
    ),
    differences(
      '`if ((differ & ${low << by}) !== 0) {',
      '`if ((differ & ${low}) !== 0) {',
      'it is looked at another place whether a slot has changed',
    ),
    differences('a[${slot}] = now${', 'a[${slot}] = differ${', 'the slots hold the differences'),
    differences(
      '...marksText(units, slot),',
      '',
      'nobody asks again about slots that have changed',
    ),
    differences(
      'slot >= unit.slot + unit.slots',
      'slot > unit.slot',
      'of a list only its length is noticed to change',
    ),
    differences(
      '...several.map((number) => `if (any${number}) mark(marks[${number}])`),',
      '',
      'lists that have changed are not looked at again',
    ),
    differences(
      '`mark(marks[${first} + entry])`',
      '`mark(marks[${first}])`',
      'all entries are taken for the first',
    ),
    differences(
      'slot >= base && slot < base + seen.length / eachSlot',
      'slot > base && slot < base + seen.length / eachSlot',
      'the members in the first slot of a table do not come and go',
    ),
    differences(
      '`if (${name}_seen[id] === 0) meet(${name}, id)`',
      '``',
      'nobody is told of new members',
    ),
    differences(
      '${name}_here[id >>> 5] &= ~(1 << id)',
      '${name}_here[id >>> 5] |= 1 << id',
      'members stay when they are gone',
    ),
    differences(
      '`const id = ${(slot - base) * eachSlot} + entry`',
      '`const id = entry`',
      'members of later slots are taken for those of the first',
    ),
    incremental(
      'if (valid) load(words, offset); else reset(words, offset)',
      'if (held !== undefined) load(words, offset)',
      'the first state is taken to differ from one that is known',
    ),
    incremental(
      "'valid = false',\n    'renew()'",
      "'renew()'",
      'after an error the guards that were asked until then are trusted',
    ),
    incremental("'guards.forget()',", '', 'after an error guards are not asked again'),
    incremental('`${name}_here.fill(0)`,', '', 'after an error members are there that are not'),
    incremental(
      '`${name}_here[id >>> 5] |= 1 << id`,\n      `if',
      '`if',
      'the members of the first state are not there',
    ),
    incremental(
      '`if (${name}_seen[id] === 0) meet(${name}, id)`',
      '``',
      'there are no guards for the members of the first state',
    ),
    incremental(
      'if (block.table !== table) continue',
      '',
      'members of a table have guards in those of others',
    ),
    incremental(
      'if (block.type !== undefined && value?.type !== block.type) continue',
      '',
      'guards are asked about members of other types',
    ),
    incremental(
      'guards.depend(block.first + id, table.entry + id)',
      'guards.depend(block.first + id, table.entry)',
      'a guard is not asked again when its member comes back',
    ),
    incremental(
      'on |= bit; else on &= ~bit',
      'on |= bit',
      'a guard that said yes once says yes for ever',
    ),
    incremental(
      'guards.learn(${first} + at)',
      'guards.learn(${first})',
      'what was read is noted for the first guard',
    ),
    incremental("'enabled[word] = on',", '', 'answers of guards are forgotten'),
    incremental(
      "table.sorted ? '' :",
      "table.sorted || table.eachSlot > 0 ? '' :",
      'members come in the order of their numbers',
    ),
    incremental(
      'const code = index === 0 ? before : `${before} % ${range.size}`',
      'const code = before',
      'parameters of guards are larger than their range',
    ),
    incremental(
      '`${name}.universe.last = g0; ${name}.universe.lastId = at`',
      '`${name}.universe.last = g0; ${name}.universe.lastId = 0`',
      'a member is taken for another one',
    ),
    incremental(
      'out[word] ^ held[word]) & spots[index + 1]',
      'out[word] ^ held[word]) & spots[1]',
      'claims are asked again when other bits have changed',
    ),
    incremental('if (!trusted || touches', 'if (touches', 'what was never asked is taken to hold'),
    incremental(
      '`if (claimLog[0] !== 0) print${index}.learn()`,',
      '',
      'nobody knows what a claim depends on',
    ),
    expander(
      'falseSuccessor(clean && from >= this.#judgedFrom)',
      'falseSuccessor(clean)',
      'claims are trusted about states before it was known what they depend on',
    ),
    expander(
      'falseSuccessor(clean && from >= this.#judgedFrom)',
      'falseSuccessor(from >= this.#judgedFrom)',
      'claims are trusted after one was false',
    ),
    expander(
      'this.#judgedFrom = this.#store.count',
      'this.#judgedFrom = 0',
      'initial states are taken to have been judged by changes',
    ),
    expander('this.#left--', '', 'the first way to go on is kept for ever'),
    expander(
      'Math.min(...times.changes) < Math.min(...times.whole)',
      'Math.min(...times.changes) > Math.min(...times.whole)',
      'the slower way is taken',
    ),
    expander('dear && ', '', 'also cheap steps are compared'),
    expander('wait *= again', 'wait *= 1', 'the slower way is tried again and again'),
    expander('yield { by: changes, states: warm }', '', 'the slower way is judged by its start'),
  ],
}
