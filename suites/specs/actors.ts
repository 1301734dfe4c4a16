import { linearizableRegister } from '../../specs/actors/abd.ts'
import { incrementLock } from '../../specs/actors/increment-lock.ts'
import { increment } from '../../specs/actors/increment.ts'
import { paxosRegister } from '../../specs/actors/paxos.ts'
import { singleCopyRegister } from '../../specs/actors/single-copy.ts'
import type { SpecEntry } from '../spec-entry.ts'

const LINEARIZABLE = 'the register is linearizable'

/** The examples of Stateright. Larger sizes were counted by Stateright 0.31 itself. */
export const actorsSpecs: readonly SpecEntry[] = [
  {
    spec: increment,
    oracle: 'sr-increment-2',
    expect: {
      outcome: 'fail',
      violated: 'each finished thread is counted',
      distinctStates: 13,
      generatedStates: 15,
      depth: 5,
    },
    size: 'small',
  },
  {
    spec: incrementLock,
    oracle: 'sr-increment-lock-3',
    expect: { outcome: 'pass', distinctStates: 61, generatedStates: 61, depth: 13 },
    size: 'small',
  },
  {
    spec: incrementLock,
    mutant: 'lock-is-not-looked-at',
    expect: { outcome: 'fail', violated: 'one thread at a time' },
    size: 'small',
  },
  {
    spec: incrementLock,
    mutant: 'unlock-before-write',
    expect: { outcome: 'fail', violated: 'one thread at a time' },
    size: 'small',
  },
  {
    spec: singleCopyRegister,
    oracle: 'sr-single-copy-2',
    expect: { outcome: 'pass', distinctStates: 93, generatedStates: 121, depth: 9 },
    size: 'small',
  },
  {
    spec: singleCopyRegister,
    parameters: { clients: 3 },
    expect: { outcome: 'pass', distinctStates: 4243, generatedStates: 6778, depth: 13 },
    size: 'small',
  },
  {
    spec: singleCopyRegister,
    parameters: { clients: 4 },
    expect: { outcome: 'pass', distinctStates: 400_233, generatedStates: 731_789, depth: 17 },
    size: 'nightly',
  },
  {
    spec: singleCopyRegister,
    mutant: 'writes-are-dropped',
    expect: { outcome: 'fail', violated: LINEARIZABLE },
    size: 'small',
  },
  {
    spec: singleCopyRegister,
    mutant: 'reads-the-value-before',
    expect: { outcome: 'fail', violated: LINEARIZABLE },
    size: 'small',
  },
  {
    spec: linearizableRegister,
    oracle: 'sr-abd-2s2c',
    expect: { outcome: 'pass', distinctStates: 544, generatedStates: 875, depth: 25 },
    size: 'small',
  },
  {
    spec: linearizableRegister,
    mutant: 'stamp-not-raised',
    expect: { outcome: 'fail', violated: LINEARIZABLE },
    size: 'small',
  },
  {
    spec: linearizableRegister,
    mutant: 'stamp-without-value',
    expect: { outcome: 'fail', violated: LINEARIZABLE },
    size: 'small',
  },
  {
    spec: paxosRegister,
    oracle: 'sr-paxos-2c',
    expect: { outcome: 'pass', distinctStates: 16_668, generatedStates: 32_971, depth: 21 },
    size: 'small',
  },
  {
    spec: paxosRegister,
    parameters: { clients: 3 },
    expect: { outcome: 'pass', distinctStates: 1_194_428, generatedStates: 2_420_477, depth: 28 },
    size: 'nightly',
  },
  {
    spec: paxosRegister,
    mutant: 'own-value-always',
    expect: { outcome: 'fail', violated: 'servers decide the same' },
    size: 'small',
  },
  {
    spec: paxosRegister,
    mutant: 'forgets-accepted',
    expect: { outcome: 'fail', violated: 'servers decide the same' },
    size: 'small',
  },
]
