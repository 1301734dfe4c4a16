import { alternatingBitCorrectness } from '../../specs/classics/ab-correctness.ts'
import { alternatingBit } from '../../specs/classics/alternating-bit.ts'
import { byzantineBroadcast } from '../../specs/classics/bcast-byz.ts'
import { coffeeCan } from '../../specs/classics/coffee-can.ts'
import { dieHard } from '../../specs/classics/diehard.ts'
import { keyValueStore } from '../../specs/classics/kvs-safety-small.ts'
import { missionariesAndCannibals } from '../../specs/classics/missionaries.ts'
import { prisoners } from '../../specs/classics/prisoners.ts'
import { tokenRing } from '../../specs/classics/token-ring-426.ts'
import type { SpecEntry } from '../spec-entry.ts'
import { counted, found } from './counted.ts'

const NO_SUCCESSOR = 'some step can always be taken'
const ARRIVED = 'a receiver with the bit that is waited for has the value'

export const classicsSpecs: readonly SpecEntry[] = [
  counted(tokenRing, { n: 4, m: 4 }, [256, 896, 1], { oracle: 'token-ring-426' }),
  counted(tokenRing, { n: 5, m: 5 }, [3125, 13750, 1], { oracle: 'token-ring-426' }),
  counted(tokenRing, { n: 6, m: 6 }, [46656, 248832, 1], {
    oracle: 'token-ring-426',
  }),
  found(tokenRing, 'bottom-copies', NO_SUCCESSOR),
  found(tokenRing, 'top-waits', NO_SUCCESSOR),
  found(tokenRing, 'two-values', 'in the end one node is privileged'),

  counted(alternatingBitCorrectness, { data: 2 }, [20, 36, 3]),
  found(alternatingBitCorrectness, 'no-hurry', ARRIVED),
  found(alternatingBitCorrectness, 'value-left', ARRIVED),

  counted(alternatingBit, { most: 1 }, [80, 352, 7], { oracle: 'alternating-bit-2' }),
  counted(alternatingBit, { most: 2 }, [240, 1392, 10], { oracle: 'alternating-bit-2' }),
  counted(alternatingBit, { most: 3 }, [528, 3740, 12], { oracle: 'alternating-bit-2' }),
  counted(alternatingBit, { most: 4 }, [980, 8152, 14], { oracle: 'alternating-bit-2' }),
  found(alternatingBit, 'any-answer', ARRIVED),
  found(alternatingBit, 'sender-hurries', ARRIVED),
  found(alternatingBit, 'sent-once', 'both links are full'),

  counted(dieHard, {}, [16, 97, 8], { oracle: 'diehard' }),
  {
    spec: dieHard,
    parameters: { solve: true },
    expect: { outcome: 'fail', violated: 'the big jug does not hold four litres' },
    size: 'small',
  },
  found(dieHard, 'water-made', 'one jug is full or empty'),
  found(dieHard, 'water-spilt', 'there are four litres'),

  counted(missionariesAndCannibals, {}, [64, 253, 13], { oracle: 'missionaries' }),
  {
    spec: missionariesAndCannibals,
    parameters: { solve: true },
    expect: { outcome: 'fail', violated: 'somebody is on the east bank' },
    size: 'small',
  },
  found(missionariesAndCannibals, 'other-bank-ignored', 'no missionary is outnumbered'),
  found(missionariesAndCannibals, 'nobody-rows', 'the boat is where somebody is'),

  counted(prisoners, { prisoner: 2 }, [22, 48, 6], { oracle: 'prisoners-4' }),
  counted(prisoners, { prisoner: 3 }, [70, 214, 10], { oracle: 'prisoners-4' }),
  counted(prisoners, { prisoner: 4 }, [214, 860, 14], { oracle: 'prisoners-4' }),
  counted(prisoners, { prisoner: 5 }, [646, 3234, 18], { oracle: 'prisoners-4' }),
  found(prisoners, 'counts-once', 'what the counter says is true'),
  found(prisoners, 'thrice', 'what the counter says is true'),
  found(prisoners, 'off-at-second', 'the counter says so in the end'),

  counted(coffeeCan, { maxBeanCount: 10 }, [65, 202, 1], { oracle: 'coffee-can-100' }),
  counted(coffeeCan, { maxBeanCount: 100 }, [5150, 20002, 1], { oracle: 'coffee-can-100' }),
  counted(coffeeCan, { maxBeanCount: 1000 }, [501500, 2000002, 1], {
    oracle: 'coffee-can-100',
    size: 'long',
  }),
  found(coffeeCan, 'black-lost', 'the can is never empty', { maxBeanCount: 10 }),
  found(coffeeCan, 'white-for-white', 'an even number of white beans leaves a black one', {
    maxBeanCount: 10,
  }),
  found(coffeeCan, 'black-kept', 'one bean is left in the end', { maxBeanCount: 10 }),

  counted(byzantineBroadcast, { n: 4, t: 1, f: 0 }, [17080, 325268, 9], {
    oracle: 'bcast-byz-4-1-1',
    size: 'long',
  }),
  counted(byzantineBroadcast, { n: 4, t: 1, f: 1 }, [14424, 227344, 7], {
    oracle: 'bcast-byz-4-1-1',
  }),
  counted(byzantineBroadcast, { n: 5, t: 1, f: 1 }, [1070000, 38428080, 9], {
    oracle: 'bcast-byz-4-1-1',
    size: 'nightly',
  }),
  counted(byzantineBroadcast, { broadcast: false }, [4, 8, 1]),
  counted(byzantineBroadcast, { n: 10, t: 3, f: 2, broadcast: false }, [45, 90, 1], {
    size: 'long',
  }),
  found(byzantineBroadcast, 'one-is-enough', 'nobody accepts what nobody has sent', {
    broadcast: false,
  }),
  found(byzantineBroadcast, 'silent-accept', 'whoever has accepted has told the others'),

  counted(keyValueStore, { key: 1, val: 2, tx: 2 }, [255, 1753, 12]),
  counted(keyValueStore, { key: 2, val: 2, tx: 2 }, [28305, 314965, 17], { size: 'long' }),
  counted(keyValueStore, { key: 2, val: 2, tx: 3 }, [3409605, 56349379, 23], {
    oracle: 'kvs-safety-small',
    size: 'nightly',
  }),
  found(
    keyValueStore,
    'misses-nothing',
    'whoever sees another value than the store wrote it, or has missed it',
  ),
  found(keyValueStore, 'log-kept', 'a transaction leaves nothing behind'),
]
