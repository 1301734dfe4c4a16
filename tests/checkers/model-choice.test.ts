import { describe, expect, it } from 'vitest'
import { inferModel, modelNamed, models, validate } from '../../checkers/models/index.ts'
import type { Json } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import { UserError } from '../../src/core/user-error.ts'
import { historyOf } from './register-twins.ts'

function operationsOf(...calls: readonly (readonly [string, Json, Json?])[]): Operation[] {
  return calls.map(([f, value, result], id) => ({
    id,
    process: 3,
    f,
    key: undefined,
    value,
    result,
    called: 2 * id,
    returned: result === undefined ? Infinity : 2 * id + 1,
    calledAt: undefined,
    returnedAt: undefined,
  }))
}

describe('the choice of a model', () => {
  it('takes the simplest that fits', () => {
    const inferred = (...calls: readonly (readonly [string, Json, Json?])[]) =>
      inferModel(operationsOf(...calls)).name
    expect(inferred()).toBe('register')
    expect(inferred(['read', null, 1])).toBe('register')
    expect(inferred(['read', null, 1], ['cas', [1, 2], true])).toBe('cas-register')
    expect(inferred(['add', 1, null], ['read', null, 1])).toBe('counter')
    expect(inferred(['add', 1, null], ['read', null, [1]])).toBe('set')
    expect(inferred(['add', 1, null], ['contains', 1, true])).toBe('set')
    expect(inferred(['append', 'a', null], ['get', null, 'a'])).toBe('string-map')
    expect(inferred(['append', 'a', null], ['read', null, ['a']])).toBe('log')
    expect(inferred(['fetch-and-add', 1, 0], ['read', null, 1])).toBe('fetch-and-add')
    expect(inferred(['enqueue', 1, null], ['peek', null, 1])).toBe('queue')
    expect(inferred(['peek', null, 1], ['pop', null, 1])).toBe('stack')
    expect(inferred(['insert', 1, null])).toBe('priority-queue')
    expect(inferred(['acquire', null, null])).toBe('mutex')
    expect(inferred(['write', ['x', 1], null], ['snapshot', null, {}])).toBe('snapshot')
    expect(inferred(['txn', [['r', 'x']], [['r', 'x', 1]]])).toBe('multi-register')
  })

  it('names the first operation that no model knows', () => {
    const text = (...calls: readonly (readonly [string, Json, Json?])[]) =>
      refusalOf(() => inferModel(operationsOf(...calls), 'a.jsonl'))
    expect(text(['read', null, 1], ['raed', null, 1])).toMatch(
      /^error: a\.jsonl, event 2: client 3 called raed, which no .*\n {2}try: did you mean read\? /,
    )
    expect(text(['push', 1, null], ['pup', null, 1])).toContain('try: did you mean pop? Otherwise')
    expect(text(['put', '', null], ['pup', null, 1])).toContain('try: did you mean put? Otherwise')
    expect(text(['read', null, 1], ['frobnicate', null, 1])).toContain('try: --model with a module')
    expect(text(['read', null, 1], ['toString', null, 1])).toContain('which no model knows')
    expect(text(['enqueue', null, null])).toMatch(
      /client 3 called enqueue with null, not with any value but `null`\n/,
    )
    expect(text(['insert', 1, null], ['extract-min', null, 'x'])).toContain(
      'called extract-min and got "x", but all operations before it are those of a priority-queue',
    )
    expect(text(['enqueue', 1, null], ['push', 1, null])).toContain(
      'event 2: client 3 called push 1 and got null, but all operations before it are those',
    )
  })

  it('finds a model by its name, and knows what was meant', () => {
    for (const model of models) expect(modelNamed(model.name)).toBe(model)
    expect(refusalOf(() => modelNamed('cas-registre'))).toMatch(
      /no model called "cas-registre"\n {2}try: did you mean cas-register\? There are: register, /,
    )
    expect(refusalOf(() => modelNamed('xyzzyx'))).toMatch(/try: register, cas-register/)
  })

  it('says which operation a given model does not accept', () => {
    const check = (name: string, ...calls: readonly (readonly [string, Json, Json?])[]) =>
      refusalOf(() => {
        validate(modelNamed(name), historyOf(operationsOf(...calls)))
      })
    expect(check('register', ['read', null, 1], ['cas', [1, 2], true])).toMatch(
      /^error: drawn, event 2: client 3 called cas, so this is no history .*\n.* read, write$/,
    )
    expect(check('register', ['reed', null, 1])).toContain('try: did you mean read? Otherwise anot')
    expect(check('string-map', ['pop', null, 1])).toContain('try: another --model; a string-map')
    expect(check('cas-register', ['cas', 5, true])).toContain(
      'client 3 called cas with 5, not with `[from, to]`, so',
    )
    expect(check('counter', ['read', null, 'x'])).toContain(
      'client 3 called read and got "x", not a whole number, so',
    )
    expect(check('counter', ['read', null], ['add', 1, 'anything'])).toBe('accepted')
  })
})

function refusalOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof UserError) return error.text
    throw error
  }
  return 'accepted'
}
