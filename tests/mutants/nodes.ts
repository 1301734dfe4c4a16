import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const node = mutantsIn('src/node/')
const check = mutantsIn('checkers/invariants/')
const compose = mutantsIn('impls/compose/')

const disk = node('disk-image')
const strict = node('strict')
const plain = node('plain')
const replay = node('replay')
const agreement = check('agreement')
const order = check('total-order')
const overStore = compose('consensus-over-store')

/** Mutants of what a node is, of what is claimed of nodes, and of protocols made out of others. */
export const nodeMutants: MutantArea = {
  tests: [
    'tests/node/disk-image.test.ts',
    'tests/node/strict.test.ts',
    'tests/node/replay.test.ts',
    'tests/checkers/node-invariants.test.ts',
    'tests/impls/broadcast.test.ts',
  ],
  mutants: [
    disk('if (write.before <= log.first) return', 'if (write.before < 0) return', 'back again'),
    disk('log.first = write.before', 'log.first += 0', 'a log that is compacted begins anew'),
    disk(
      '{ first: log.first, records: [...log.records] }',
      '{ first: log.first, records: log.records }',
      'what was read of a disk changes with it',
    ),
    strict('if (fx.nodes.includes(to)) return to', 'return to', 'messages to nowhere'),
    plain('Number.isFinite(data) ?', 'data > -Infinity || Number.isNaN(data) ?', 'NaN is plain'),
    plain('if (prototype !== Object.prototype', 'if (prototype === null', 'a Map is plain'),
    replay(
      'Math.max(recorded.length, replayed.length)',
      'Math.min(recorded.length, replayed.length)',
      'an effect too few goes unseen',
    ),
    replay("type === 'pick' || type === 'now'", "type === 'now'", 'choices are not told'),
    agreement('sameJson(other.decided, decided)', 'true', 'any two decisions agree'),
    agreement('...Object.entries(instances)', '', 'instances are not looked at'),
    order('index < shorter', 'index < shorter - 1', 'the last message is not compared'),
    order('list.length > other.list.length', 'list.length < 0', 'only the first node is compared'),
    overStore("stage: 'read', node: from }", "stage: 'cas', node: from }", 'it never decides'),
  ],
}
