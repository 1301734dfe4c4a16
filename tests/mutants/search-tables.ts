import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/linearize/')

const arrays = in_('arrays')
const classes = in_('operation-classes')
const values = in_('value-numbers')
const nearly = in_('nearly-sorted')

/** Mutants of the arrays and tables that the general search works on. */
export const searchTables: Readonly<Record<string, MutantArea>> = {
  'classes of operations and numbers of values': {
    tests: ['tests/linearize/operation-classes.test.ts'],
    mutants: [
      classes('i < KEY; i++', 'i < KEY - 1; i++', 'it does not matter who calls'),
      classes('let i = 0; i < KEY', 'let i = 1; i < KEY', 'names are not compared'),
      classes(
        'inParts ? values.of(value[1]) + 1 : 0',
        'inParts ? values.of(value[1]) : 0',
        'a pair counts as its first part',
      ),
      classes('value.length === 2 &&', 'value.length >= 2 &&', 'lists count as their first parts'),
      classes(
        'normal === undefined ? result : normal(result)',
        'result',
        'several spellings of an answer are several answers',
      ),
      values('const ZERO = 3', 'const ZERO = 2', 'true is 0'),
      values('const FALSE = 1', 'const FALSE = 0', 'false is null'),
      values(' && Number.isInteger(value)', '', 'fractions have a place that is not there'),
      values('value >= 0 && ', '', 'negative numbers have the place of others'),
      values('place >= this.#numbers.length', 'place > 1e9', 'the table has no end'),
    ],
  },
  'nearly sorted numbers': {
    tests: ['tests/linearize/nearly-sorted.test.ts'],
    mutants: [
      nearly('keys[at - 1]! > key', 'keys[at - 1]! < key', 'the largest number comes first'),
      nearly('next < count', 'next < count - 1', 'the last number stays where it is'),
      nearly('at > 0 &&', 'at > 1 &&', 'nothing comes before the first number'),
      nearly('keys.subarray(0, count).sort()', '', 'numbers in disorder stay so'),
      nearly('keys.subarray(0, count).sort()', 'keys.sort()', 'more is sorted than was asked for'),
    ],
  },
  'arrays on loan': {
    tests: ['tests/linearize/arrays.test.ts'],
    mutants: [
      arrays(
        'new Int32Array(this.#block, at, length).fill(0)',
        'new Int32Array(this.#block, at, length)',
        'integers are what they were for the one before',
      ),
      arrays(
        'new Uint8Array(this.#block, at, length).fill(0)',
        'new Uint8Array(this.#block, at, length)',
        'bytes are what they were for the one before',
      ),
      arrays(
        'new Float64Array(this.#block, at, length).fill(0)',
        'new Float64Array(this.#block, at, length)',
        'doubles are what they were for the one before',
      ),
      arrays('this.#used = before', '', 'what was lent never comes back'),
      arrays('this.#used = before', 'this.#used = 0', 'what is still lent is lent again'),
      arrays('(bytes + 7) & ~7', 'bytes', 'doubles begin in the middle of a word'),
      arrays('this.#used = end', 'this.#used = at', 'all arrays are the same'),
      arrays('end <= this.#block', 'end < this.#block', 'the last bytes are not used'),
    ],
  },
}
