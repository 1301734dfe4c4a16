import { describe, expect, it } from 'vitest'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { lock } from '../../checkers/models/lock.ts'
import type { Json } from '../../src/core/json.ts'
import { canonical, Interner } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import { normalResult } from '../../src/core/model.ts'
import type { Operation } from '../../src/core/operation.ts'
import { isUnknown } from '../../src/core/operation.ts'
import { seeded } from '../../src/core/random.ts'
import { fresh } from '../../src/linearize/arrays.ts'
import { operationClasses } from '../../src/linearize/operation-classes.ts'
import { ValueNumbers } from '../../src/linearize/value-numbers.ts'

/** Values that are easily confused. */
const VALUES: readonly Json[] = [
  ...[null, false, true, 0, -0, 1, 2, 3, -1, 1.5, 500, 1e300, '', 'null', '0', 'true'],
  ...[[], [0], [0, 1], [1, 0], [1, 1], [null, 1], ['0', 1], [0, '1'], [[0, 1], 1], [0, 1, 2]],
  ...[{ a: 1 }, { a: [0, 1] }],
]

describe('numbers of values', () => {
  it('are those that an interner gives, for every mixture of values', () => {
    const random = seeded(1)
    for (let round = 0; round < 300; round++) {
      const numbers = new ValueNumbers(random.int(0, 19))
      const twin = new Interner()
      const values = Array.from({ length: 40 }, () => random.pick([...VALUES, undefined]))
      expect(values.map((value) => numbers.of(value))).toEqual(
        values.map((value) => twin.id(value)),
      )
      expect(numbers.count).toBe(twin.size)
    }
  })
})

describe('classes of operations', () => {
  const keyOf = (model: Model, operation: Operation): string => {
    const seen = isUnknown(operation) ? undefined : normalResult(model, operation)
    const { f, value, process } = operation
    const who = model.knowsProcess === true ? process : null
    return canonical([f, value, seen === undefined ? [] : [seen], who])
  }

  it.each([casRegister, lock])(
    'of a $name are those with the same name, argument, answer and who asks, where it matters',
    (model) => {
      const random = seeded(2)
      const names = Object.keys(model.operations)
      for (let round = 0; round < 300; round++) {
        // Few values make many hashes that are nearly equal.
        const values = random.shuffle(VALUES).slice(0, random.int(1, 10))
        const operations = Array.from({ length: random.int(0, 59) }, (_, id): Operation => {
          const unknown = random.chance(1, 4)
          return {
            id,
            process: random.pick(['a', 'b', 1]),
            f: random.pick(names),
            key: undefined,
            value: random.pick(values),
            result: unknown ? undefined : random.pick(values),
            called: 2 * id,
            returned: unknown ? Infinity : 2 * id + 1,
            calledAt: undefined,
            returnedAt: undefined,
          }
        })
        const texts = new Interner()
        const expected = operations.map((operation) => texts.id(keyOf(model, operation)))
        const { classOf, representatives } = operationClasses(
          { model, initial: 0, operations },
          fresh,
        )
        expect([...classOf]).toEqual(expected)
        expect(representatives.map((operation) => classOf[operation.id])).toEqual([
          ...representatives.keys(),
        ])
      }
    },
  )
})
