import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/state/')

const atoms = in_('atoms')
const collections = in_('collections')
const composites = in_('composites')
const map = in_('closure-map')
const table = in_('closure-table')
const seq = in_('closure-seq')
const set = in_('closure-set')
const plan = in_('plan')
const universe = in_('universe')
const shared = in_('shared-universe')
const writing = in_('write-json')
const reading = in_('read-json')
const notation = in_('notation')
const encoder = in_('generated/encoder')
const decoder = in_('generated/decoder')
const fastTable = in_('generated/table')
const fastSet = in_('generated/set')
const fastBag = in_('generated/bag')
const fastSeq = in_('generated/seq')
const fastMap = in_('generated/map')
const variables = in_('generated/variables')
const packing = in_('generated/packing')

/** Mutants of the layouts of states, and of the code that is generated from them. */
export const stateLayouts: Readonly<Record<string, MutantArea>> = {
  'layouts and their values': {
    tests: ['tests/state/values.test.ts'],
    mutants: [
      atoms('value < low || value > high', 'value > high', 'numbers have no lower bound'),
      atoms('1 + of.encode(value)', 'of.encode(value)', 'nothing is the same as the first value'),
      atoms('values.length !== parts.length', 'values.length < parts.length', 'tuples are longer'),
      atoms('value >= count', 'value > count', 'there is one identity too many'),
      collections('entries.size !== value.size', 'entries.size > value.size', 'equal keys are two'),
      collections('value.length > max', 'value.length > max + 1', 'sequences are longer'),
      collections('count <= max', 'count <= max + 1', 'bags hold too many'),
      composites(
        'from[which]! > code',
        'from[which]! >= code',
        'codes are those of other variants',
      ),
      writing('one < other ? -1 : 1', 'one < other ? 1 : -1', 'sets are written from behind'),
      writing('Object.keys(given).sort()', 'Object.keys(given)', 'the order of keys matters'),
      writing('keys.length !== shape.keys.size', 'false', 'maps without some keys are written'),
      reading('json.length > shape.max', 'json.length > shape.max + 1', 'longer lists are read'),
      reading('!== values.length)\n', '> values.length)\n', 'members are read twice'),
      notation('/^-?\\d+$/', '/^\\d+$/', 'negative numbers of ITF are not read'),
      notation("tag: 'Some', value:", "tag: 'None', value:", 'nothing is written of options'),
    ],
  },
  'places and plans of states': {
    tests: ['tests/state/places.test.ts', 'tests/state/plan.test.ts'],
    mutants: [
      map(
        'set: (key, value) => set(indexOf(key), value)',
        'set: (_, value) => set(0, value)',
        'one key',
      ),
      table('kept << shiftOf(id)', 'kept << (shiftOf(id) & 15)', 'two members share a bit'),
      table(
        'codec.universe?.inOrder(ids) ?? ids',
        'ids',
        'members come in the order of their first sight',
      ),
      seq(
        'base + 1 + to, base + 1 + max',
        'base + 2 + to, base + 1 + max',
        'ends keep what was there',
      ),
      seq(
        'Number.isInteger(position) && position >= 0',
        'position >= 0',
        'there are half positions',
      ),
      set('after > max', 'after > max + 1', 'bags overflow'),
      plan('already + need <= 32', 'already + need <= 33', 'slots overlap'),
      plan('bits[other] ?? 0) - (bits[one] ?? 0', 'bits[one] ?? 0) - (bits[other] ?? 0', 'gaps'),
      encoder('? ${v} - ${low} : -1', '? ${v} : -1', 'numbers do not start at their bound'),
      encoder('${v} < ${shape.count}', '${v} <= ${shape.count}', 'keys lie outside of the map'),
      encoder('code < 0 ? -1 : code + 1', 'code + 1', 'what is not sure is nothing'),
      encoder('all = all * ${layout.size} + code', 'all = all + code', 'records share codes'),
      encoder('`all + ${first}`', "'all'", 'variants share codes'),
      decoder('`(${c} - 1)`', 'c', 'options are read one too high'),
      decoder('`(${c} + ${shape.low})`', 'c', 'numbers are read without their bound'),
      fastTable('Math.clz32(rest & -rest)', 'Math.clz32(rest)', 'members come from behind'),
      fastTable('this.universe.sort(ids, count)', '', 'members come in the order of first sight'),
      fastTable('& ~(${mask} << ${shift}) | kept', '| kept', 'nothing is taken out'),
      fastSet("unseen('return false')", "unseen('return true')", 'what was never seen is there'),
      fastSet('0x0f0f0f0f', '0x07070707', 'large sets are smaller'),
      fastSet('1 << id', '1 << (id & 7)', 'sets are assigned to other members'),
      fastBag('if (kept > ${max})', 'if (kept > ${max} + 1)', 'bags hold too many'),
      fastBag('if (kept < 0)', 'if (kept < -1)', 'what is not there is taken'),
      fastSeq('if (length === ${max})', 'if (length > ${max})', 'sequences are never full'),
      fastSeq('this.slots[end] = 0', '', 'ends keep what was there'),
      fastMap('value.size !== this.keys.length', 'value.size < this.keys.length', 'more keys fit'),
      variables('offset += slotsOf', 'offset = slotsOf', 'variables lie over each other'),
      packing('${shifted} & ${2 ** width - 1}', '${shifted}', 'slots see their neighbours'),
      packing('to[${slot}] = from[${slot}]', 'to[${slot}] |= from[${slot}]', 'copies are mixtures'),
    ],
  },
  'universes of values that were seen': {
    tests: ['tests/state/universe.test.ts'],
    mutants: [
      universe('id >= this.capacity', 'id > this.capacity', 'numbers need another bit'),
      universe('> key; place--', '< key; place--', 'the largest comes first'),
      universe('marks[word] = 0\n', '\n', 'numbers of other places are sorted again'),
      universe('this.learn(keyOf(layout, firstOf(layout)))', '', 'variables start anywhere'),
      shared(
        'known >= 0 ? known : this.#publish(key)',
        'this.#publish(key)',
        'two numbers a value',
      ),
      shared('if (id >= this.count) this.#catchUp()', '', 'values of other threads are unknown'),
      shared('from + text.length > this.#bytes.length', 'false', 'keys are cut off'),
      shared('ENDS + id - 1], this', 'ENDS + id], this', 'keys of other threads are empty'),
    ],
  },
}
