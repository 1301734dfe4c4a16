import { describe, expect, it } from 'vitest'
import { precedes } from '../../src/core/operation.ts'
import type { Operation } from '../../src/core/operation.ts'
import { UserError } from '../../src/core/user-error.ts'
import { timeline } from '../../src/history/timeline.ts'

function only(drawing: string): Operation {
  const { operations } = timeline(drawing)
  expect(operations).toHaveLength(1)
  return operations[0] as Operation
}

function faultOf(drawing: string): string {
  try {
    timeline(drawing)
  } catch (error) {
    if (error instanceof UserError) return error.text
    throw error
  }
  return 'accepted'
}

describe('a drawing', () => {
  it('has a row for every client and a bracket for every call, and columns are real time', () => {
    const { operations, events } = timeline(`
      a: [write 1]         [read -> 2]
      b:       [write 2]
      7:             [read 1]
    `)
    expect(operations.map((op) => [op.process, op.f, op.value, op.result])).toEqual([
      ['a', 'write', 1, null],
      ['b', 'write', 2, null],
      [7, 'read', null, 1],
      ['a', 'read', null, 2],
    ])
    const [w1, w2, r1, r2] = operations as [Operation, Operation, Operation, Operation]
    expect(precedes(w1, w2)).toBe(false)
    expect(precedes(w1, r1)).toBe(true)
    expect(precedes(w2, r2)).toBe(true)
    expect(precedes(w2, r1)).toBe(false)
    expect(events).toBe(8)
  })

  it('takes calls that touch in a column for concurrent', () => {
    const { operations } = timeline(`
      a: [write 1]
      b:         [read 1]
    `)
    expect(operations.map((op) => [op.called, op.returned])).toEqual([
      [0, 2],
      [1, 3],
    ])
  })

  it('leaves a call open whose bracket is not closed', () => {
    const op = only('a: [write [1, 2]  ')
    expect(op).toMatchObject({ value: [1, 2], result: undefined, returned: Infinity })
  })

  it.each([
    ['a: [read]', { f: 'read', key: undefined, value: null, result: null }],
    ['a: [read 1]', { f: 'read', key: undefined, value: null, result: 1 }],
    ['a: [read -> 1]', { f: 'read', key: undefined, value: null, result: 1 }],
    ['a: [read x 1]', { f: 'read', key: 'x', value: null, result: 1 }],
    ['a: [read x -> "a b]"]', { f: 'read', key: 'x', value: null, result: 'a b]' }],
    ['a: [read x', { f: 'read', key: 'x', value: null, result: undefined }],
    ['a: [write x 1]', { f: 'write', key: 'x', value: 1, result: null }],
    ['a: [write 1 -> 1]', { f: 'write', key: undefined, value: 1, result: 1 }],
    ['a: [write -1.5e3]', { f: 'write', key: undefined, value: -1500, result: null }],
    ['a: [write value=["x", 1]]', { f: 'write', key: undefined, value: ['x', 1], result: null }],
    ['a: [read value=x -> 1]', { f: 'read', key: undefined, value: 'x', result: 1 }],
    ['a: [write key=[1] 2]', { f: 'write', key: [1], value: 2, result: null }],
    ['a: [cas 1 2]', { f: 'cas', key: undefined, value: [1, 2], result: null }],
    ['a: [cas [1,2]]', { f: 'cas', key: undefined, value: [1, 2], result: null }],
    ['a: [cas x 1 2 -> false]', { f: 'cas', key: 'x', value: [1, 2], result: false }],
    ['a: [dequeue -> empty]', { f: 'dequeue', key: undefined, value: null, result: null }],
    ['a: [dequeue 3]', { f: 'dequeue', key: undefined, value: null, result: 3 }],
    ['a: [enqueue job-1]', { f: 'enqueue', key: undefined, value: 'job-1', result: null }],
    ['a: [contains 3 -> true]', { f: 'contains', key: undefined, value: 3, result: true }],
    ['a: [fetch-and-add 2 -> 40]', { f: 'fetch-and-add', key: undefined, value: 2, result: 40 }],
    ['a: [acquire]', { f: 'acquire', key: undefined, value: null, result: null }],
    ['a: [acquire door]', { f: 'acquire', key: 'door', value: null, result: null }],
    ['a: [snapshot -> {"x": 1}]', { f: 'snapshot', key: undefined, value: null, result: { x: 1 } }],
    [
      'a: [txn [["write","x",1],["read","y",null]] -> [["write","x",1],["read","y",0]]]',
      {
        f: 'txn',
        key: undefined,
        value: [
          ['write', 'x', 1],
          ['read', 'y', null],
        ],
        result: [
          ['write', 'x', 1],
          ['read', 'y', 0],
        ],
      },
    ],
    ['"client 5": [read 1]', { process: 'client 5', result: 1 }],
    ['5: [read 1]', { process: 5 }],
    ['-5: [read 1]', { process: -5 }],
    ['05: [read 1]', { process: '05' }],
    ['1e3: [read 1]', { process: '1e3' }],
    ['"5": [read 1]', { process: '5' }],
  ])('reads %s', (drawing, expected) => {
    expect(only(drawing)).toMatchObject(expected)
  })

  it('marks what certainly did not happen with ! and what nobody knows with ?', () => {
    const { operations, failed } = timeline('a: [write 1 !] [write 2 ?]')
    expect(failed).toMatchObject([{ id: -1, value: 1 }])
    expect(operations).toMatchObject([{ id: 0, value: 2, result: undefined, returned: Infinity }])
  })

  it('keeps the faults of the nemesis apart', () => {
    const { operations, faults } = timeline(`
      a:       [read 1]
      nemesis: [partition n1]   [heal]
    `)
    expect(operations).toHaveLength(1)
    expect(faults.map((fault) => [fault.f, fault.value])).toEqual([
      ['partition', 'n1'],
      ['heal', null],
    ])
  })

  it('goes on below a line of dots', () => {
    const { operations } = timeline(`
      a: [write 1
      b: [read 0]
      ...
      a:      ] [read 1]
      b: [read 1]
    `)
    expect(operations.map((op) => [op.process, op.f, op.called, op.returned])).toEqual([
      ['a', 'write', 0, 4],
      ['b', 'read', 1, 2],
      ['b', 'read', 3, 6],
      ['a', 'read', 5, 7],
    ])
    const after = timeline('a: [write 1]\n...\nb: [read 1]\n...\nc: [read 1]')
    expect(after.operations.map((op) => op.called)).toEqual([0, 2, 4])
  })

  it.each([
    ['', 'error: timeline: nothing is drawn\n  try: a: [write 1]  b: [read -> 1]'],
    ['[write 1]', 'error: timeline:1: a row begins with the name of a client and a colon'],
    [
      'a: [read 1]\n\na: [read 1]',
      'error: timeline:3: two rows are called a\n' +
        "  try: one row a client; a line '...' continues the drawing below",
    ],
    ['a: read 1', "row a, column 4: expected '[', found 'r'"],
    ['a: []', 'row a, column 4: the bracket is empty'],
    ['a: [1]', "a call begins with its name: '1'"],
    ['a: [write 1 2 3]', "'write' takes a key and one argument, found 3 tokens"],
    ['a: [cas]', "'cas' takes two arguments, found none"],
    ['a: [cas x [1,2]]', "'cas' takes a key and two arguments"],
    ['a: [write 01]', "'01' is neither JSON nor a word"],
    ['a: [write {x}]', "'{x}' is neither JSON nor a word"],
    ['a: [write -> 1 -> 2]', "'->' cannot stand there"],
    ['a: [read -> 1', "a call without ']' has no result"],
    ['a: [write 1 [read 0]', "'[read 0]' is neither JSON nor a word"],
    ['a: [write 9007199254740993]', "'value' is 9007199254740992; it has to be plain JSON"],
    ['a: [write 1 ?] [read 1]', "process \"a\" calls 'read', but its 'write' ended with 'info'"],
  ])('%j is refused with the place', (drawing, text) => {
    expect(faultOf(drawing)).toContain(text)
  })
})
