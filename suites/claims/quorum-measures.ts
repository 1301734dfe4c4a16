import type { Claim } from './claim.ts'
import { measures } from './measured.ts'
import {
  belowHalf,
  bestResilience,
  failureByTrying,
  gridFails,
  majorityVanishes,
  resilienceByTrying,
  twoMeaningsOfP,
} from './quorum-failure-questions.ts'
import {
  allThreeWishes,
  bandsMeet,
  gridIsSmall,
  linearInOperations,
  rectangle,
  shapesTrade,
  shareFalls,
  smallIsNotBetter,
} from './quorum-grid-questions.ts'
import {
  aboveHalf,
  loadByTrying,
  loadIsBounded,
  loadsAreProven,
  oneAndAllDiffer,
  readsCostAsWrites,
  strategiesSumToOne,
} from './quorum-load-questions.ts'

const NAOR = 'Naor & Wool 1998, The load, capacity, and availability of quorum systems'

/** Majorities, grids and B-grids, and the measures by which they are compared. */
export const quorumMeasures: readonly Claim[] = [
  {
    id: 'QUO-10',
    name: 'Majority',
    kind: 'object',
    says: 'Any N div 2 + 1 of N replicas are a quorum.',
    source: 'Thomas 1979, A majority consensus approach to concurrency control',
    verdict: 'holds',
    checks: [
      measures('majority(n=5)', {
        work: 3,
        load: '3/5',
        resilience: 2,
        failure: ['1/10', '0.00856'],
      }),
      measures('majority(n=9)', { work: 5, load: '5/9', resilience: 4 }),
      'quorums/majority-81/load',
      'quorums/majority-4/failure-as-said',
    ],
  },
  {
    id: 'QUO-11',
    name: 'Majorities tolerate most',
    kind: 'theorem',
    says: 'With 2f + 1 replicas majorities survive f crashes, and no quorum system survives more.',
    source: `${NAOR}; Barbara & Garcia-Molina 1987`,
    verdict: 'holds',
    checks: [bestResilience, 'quorums/majority-81/resilience'],
  },
  {
    id: 'QUO-12',
    name: 'Majority: reads cost as much as writes',
    kind: 'metric',
    says: 'With majorities a read costs about as much as a write.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [readsCostAsWrites, oneAndAllDiffer],
  },
  {
    id: 'QUO-13',
    name: 'Grid with read and write quorums',
    kind: 'object',
    says:
      'Replicas stand in rows. A write takes a full row and one replica of each row below it; a ' +
      'read takes one replica of each row.',
    source: 'lecture notes, after Cheung, Ammar & Ahamad 1992, The grid protocol',
    verdict: 'holds',
    checks: [rectangle],
  },
  {
    id: 'QUO-14',
    name: 'Grid: small quorums',
    kind: 'metric',
    says: 'The quorums of a grid have O(sqrt N) replicas.',
    source: `Maekawa 1985; ${NAOR}`,
    verdict: 'holds',
    checks: [gridIsSmall, 'quorums/grid-9-9/work'],
  },
  {
    id: 'QUO-15',
    name: 'Grid: sublinear load',
    kind: 'claim',
    says: 'In a grid the load of a replica grows more slowly than the number of operations.',
    source: 'lecture notes',
    verdict: 'refuted as worded',
    counterexamples: [linearInOperations],
    instead:
      'For a given grid the busiest replica gets a fixed share of all operations. What falls is ' +
      'this share as the grid grows: it is Theta(1 / sqrt N).',
    checks: [shareFalls, 'quorums/grid-9-9/load'],
  },
  {
    id: 'QUO-16',
    name: 'Grid: reads against writes',
    kind: 'claim',
    says: 'Rows and columns of a rectangle balance the sizes of read and write quorums.',
    source: 'lecture notes; Cheung, Ammar & Ahamad 1992',
    verdict: 'holds',
    checks: [shapesTrade, 'quorums/grid-rw-9-9/resilience'],
  },
  {
    id: 'QUO-17',
    name: 'Access strategy',
    kind: 'property',
    says: 'A strategy is a probability distribution over the quorums.',
    source: NAOR,
    verdict: 'holds',
    checks: [strategiesSumToOne],
  },
  {
    id: 'QUO-18',
    name: 'Load',
    kind: 'metric',
    says:
      'The load of a strategy is that of its busiest server, and the load of a system is that of ' +
      'its best strategy.',
    source: NAOR,
    verdict: 'holds',
    checks: [loadsAreProven, loadByTrying],
  },
  {
    id: 'QUO-19',
    name: 'No load below 1 / sqrt N',
    kind: 'theorem',
    says: 'Each quorum system on N servers has a load of at least 1 / sqrt N.',
    source: `${NAOR}, section 4`,
    verdict: 'holds',
    checks: [loadIsBounded, 'quorums/fpp-3/load'],
  },
  {
    id: 'QUO-20',
    name: 'Resilience',
    kind: 'metric',
    says: 'The resilience is the largest f such that a quorum is left whichever f servers fail.',
    source: `${NAOR}; Barbara & Garcia-Molina 1987`,
    verdict: 'holds',
    checks: [
      resilienceByTrying,
      'quorums/bgrid-100-14-7/resilience',
      'quorums/bgrid-100-14-7/resilience-as-said',
    ],
  },
  {
    id: 'QUO-21',
    name: 'Failure probability',
    kind: 'metric',
    says:
      'With each server independently up or down with probability p, F is the probability that ' +
      'no quorum is fully up.',
    source: `${NAOR}; lecture notes`,
    verdict: 'holds with a correction',
    counterexamples: [twoMeaningsOfP],
    instead:
      'It has to be said what p is: here the probability that a server is down, and majorities ' +
      'get better by growing exactly if p < 1/2.',
    checks: [failureByTrying, 'quorums/weighted-2-1-1-1/failure'],
  },
  {
    id: 'QUO-22',
    name: 'Majority: load of one half',
    kind: 'metric',
    says: 'The load of majorities is 50 %.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [
      measures('majority(n=5)', { load: '3/5' }),
      measures('majority(n=9)', { load: '5/9' }),
    ],
    instead: 'It is (N div 2 + 1) / N: always above one half, and near it for large N.',
    checks: [aboveHalf, 'quorums/majority-80/load'],
  },
  {
    id: 'QUO-23',
    name: 'Majority: failures vanish',
    kind: 'theorem',
    says: 'The failure probability of majorities tends to 0 as N grows, if p < 1/2.',
    source: `${NAOR}; Barbara & Garcia-Molina 1987`,
    verdict: 'holds',
    checks: [
      majorityVanishes,
      'quorums/majority-p-2-5/failure-limit',
      'quorums/majority-p-1-2/failure-limit',
    ],
  },
  {
    id: 'QUO-24',
    name: 'Singleton',
    kind: 'metric',
    says: 'One server alone as the quorum: work 1, load 100 %, resilience 0, and F = p.',
    source: NAOR,
    verdict: 'holds',
    checks: [
      measures('singleton(n=5)', { work: 1, load: '1', resilience: 0, failure: ['1/10', '1/10'] }),
      measures('singleton(n=5)', { failure: ['2/7', '2/7'] }),
      'quorums/singleton-81/load',
    ],
  },
  {
    id: 'QUO-25',
    name: 'Grid: its measures',
    kind: 'metric',
    says: 'A square grid has work 2 sqrt n - 1, load (2 sqrt n - 1) / n and resilience sqrt n - 1.',
    source: NAOR,
    verdict: 'holds',
    checks: [
      measures('grid(rows=3,cols=3)', { work: 5, load: '5/9', resilience: 2 }),
      measures('grid(rows=4,cols=4)', { work: 7, load: '7/16', resilience: 3 }),
      'quorums/grid-9-9/load',
      'quorums/grid-basic-9/load-as-said',
    ],
  },
  {
    id: 'QUO-26',
    name: 'Grid: failures win',
    kind: 'theorem',
    says: 'The failure probability of square grids tends to 1 as n grows, for any fixed p.',
    source: NAOR,
    verdict: 'holds',
    checks: [gridFails, 'quorums/grid-p-1-10/failure-limit'],
  },
  {
    id: 'QUO-27',
    name: 'B-grid',
    kind: 'object',
    says:
      'Of d columns and h bands of r rows, d h r servers in all: a quorum is one mini-column of ' +
      'every band, and one server of every mini-column of one band, d + h r - 1 together.',
    source: NAOR,
    verdict: 'holds',
    checks: [bandsMeet, 'quorums/bgrid-9-3-3/work'],
  },
  {
    id: 'QUO-28',
    name: 'B-grid: best of both',
    kind: 'theorem',
    says:
      'With d = sqrt n and r = log n the B-grid has load Theta(1 / sqrt n), resilience ' +
      'Theta(sqrt n), and a failure probability that tends to 0.',
    source: `${NAOR}; lecture notes`,
    verdict: 'holds with a correction',
    counterexamples: [
      'quorums/b-grid-r-log2-n-p-7-20/failure-limit',
      'quorums/b-grid-r-ln-d-p-2-5/failure-limit',
      'quorums/bgrid-100-14-7/resilience-as-said',
    ],
    instead:
      'The base of the logarithm and of what it is matter: with log2 n failures vanish exactly ' +
      'for p < 1 - 2^(-1/2) = 0.2929, with ln d for p < 1/e. The resilience is min(d, h r) - 1.',
    checks: [
      'quorums/b-grid-r-log2-n-p-1-4/failure-limit',
      'quorums/b-grid-r-ln-d-p-7-20/failure-limit',
      'quorums/bgrid-9-3-3/load',
      'quorums/bgrid-9-3-3/resilience',
      'quorums/bgrid-100-14-7/resilience',
    ],
  },
  {
    id: 'QUO-29',
    name: 'All three at once',
    kind: 'claim',
    says:
      'There are quorum systems with the best load there can be, high resilience, and a failure ' +
      'probability that tends to 0.',
    source: NAOR,
    verdict: 'holds',
    checks: [allThreeWishes, 'quorums/b-grid-r-ln-d-p-7-20/failure-limit'],
  },
  {
    id: 'QUO-30',
    name: 'Small is not better',
    kind: 'claim',
    says: 'Smaller quorums are not better as such: what counts is load and availability.',
    source: NAOR,
    verdict: 'holds',
    checks: [smallIsNotBetter],
  },
  {
    id: 'QUO-31',
    name: 'Majority: resilience below n / 2',
    kind: 'metric',
    says: 'Majorities survive fewer than n / 2 failures: (n - 1) div 2.',
    source: NAOR,
    verdict: 'holds',
    checks: [belowHalf, 'quorums/majority-80/resilience'],
  },
]
