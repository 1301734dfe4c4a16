import type { SharedProtocol } from '../../../src/node/index.ts'
import { sharedMemory } from '../../../src/node/index.ts'
import { queue, stack } from './objects/collections.ts'
import { fetchAndAdd, fetchAndOr, swap, testAndSet as bit } from './objects/read-modify-write.ts'
import { winnerProtocol } from './winner.ts'
import type { Contest } from './winner.ts'

const SOURCE = 'Herlihy 1991, Wait-free synchronization, ACM TOPLAS 13(1), section 3'

/** Consensus for two by an object that tells who was first. */
function contest(name: string, about: string, each: Contest): SharedProtocol {
  return sharedMemory(
    name,
    {
      about,
      source: SOURCE,
      mutants: { 'announces-nothing': 'nobody says what it proposes' },
    },
    (processes, planted) => winnerProtocol(processes, each, !planted('announces-nothing')),
  )
}

export const testAndSet = contest('test-and-set', 'Whoever finds the bit unset was first', {
  object: { type: bit, initial: 0 },
  enter: () => ['test-and-set'],
  won: (response) => response === 0,
})

export const swapping = contest(
  'swap',
  'Whoever gets back what was there from the start was first',
  {
    object: { type: swap(), initial: null },
    enter: (self) => ['swap', self],
    won: (response) => response === null,
  },
)

export const fetchingAndAdding = contest('fetch-and-add', 'Whoever finds a sum of 0 was first', {
  object: { type: fetchAndAdd(), initial: 0 },
  enter: () => ['add', 1],
  won: (response) => response === 0,
})

export const fetchingAndAddingThree = contest(
  'fetch-and-add-3',
  'As fetch-and-add, where it counts modulo 3',
  {
    object: { type: fetchAndAdd(3), initial: 0 },
    enter: () => ['add', 1],
    won: (response) => response === 0,
  },
)

export const fetchingAndOring = contest('fetch-and-or', 'Whoever finds no bit set was first', {
  object: { type: fetchAndOr(), initial: 0 },
  enter: (self) => ['or', 1 << self],
  won: (response) => response === 0,
})

export const dequeuing = contest('queue', 'Whoever dequeues the winning token was first', {
  object: { type: queue(), initial: ['win', 'lose'] },
  enter: () => ['dequeue'],
  won: (response) => response === 'win',
})

export const popping = contest('stack', 'Whoever pops the winning token was first', {
  object: { type: stack(), initial: ['lose', 'win'] },
  enter: () => ['pop'],
  won: (response) => response === 'win',
})
