import type { AlgorithmQuestion } from '../src/valency/rounds/algorithms/attacked.ts'
import type { RoundQuestion } from '../src/valency/rounds/question.ts'
import type { RoundsEntry } from './entry.ts'

type Row = readonly [
  name: string,
  question: RoundQuestion | AlgorithmQuestion,
  expected: 'pass' | 'fail',
  counts: Readonly<Record<string, number>>,
  because: string,
]

/** What can be decided in rounds and what cannot: `pass` where there is a rule, or it is right. */
export const rounds: readonly RoundsEntry[] = [
  ...rows('crash', [
    [
      'n-3-f-1-r-1',
      crash(3, 1, 1),
      'fail',
      { runs: 104, views: 48 },
      'f + 1 rounds are needed (Fischer & Lynch 1982)',
    ],
    ['n-3-f-1-r-2', crash(3, 1, 2), 'pass', { runs: 200, views: 192 }, 'f + 1 rounds suffice'],
    ['n-4-f-2-r-1', crash(4, 2, 1), 'fail', { runs: 6672, views: 208 }, 'two rounds too few'],
    ['n-4-f-2-r-2', crash(4, 2, 2), 'fail', { runs: 19_472, views: 3856 }, 'a round too few'],
    ['n-4-f-2-r-3', crash(4, 2, 3), 'pass', { runs: 38_416, views: 15_568 }, 'f + 1 rounds'],
    ['n-2-f-1-r-1', crash(2, 1, 1), 'pass', { runs: 20, views: 12 }, 'f + 1 needs n >= f + 2'],
    [
      'n-2-f-1-r-2-correct',
      crash(2, 1, 2, 'correct'),
      'fail',
      { runs: 36, views: 20 },
      'that the inputs of those bind that do not crash is too much to ask, even in rounds',
    ],
  ]),
  ...rows('generals', [
    ['k-1', { model: 'generals', messages: 1 }, 'fail', { runs: 2, views: 3 }, 'Gray 1978'],
    ['k-8', { model: 'generals', messages: 8 }, 'fail', { runs: 9, views: 10 }, 'Gray 1978'],
  ]),
  ...rows('losses', [
    [
      'n-2-one-a-round',
      losses(2, 3, 1),
      'fail',
      { runs: 108, views: 108 },
      'n - 1 losses a round are too many, in any number of rounds (Santoro & Widmayer 1989)',
    ],
    ['n-3-one-a-round', losses(3, 2, 1), 'pass', { runs: 392, views: 408 }, 'n - 2 are not'],
  ]),
  ...rows('byzantine', [
    ['oral-n-3', traitors(3, 1, 2, false), 'fail', { runs: 12, views: 8 }, 'n > 3f is needed'],
    ['oral-n-4', traitors(4, 1, 2, false), 'pass', { runs: 32, views: 24 }, 'n > 3f suffices'],
    ['oral-n-4-r-1', traitors(4, 1, 1, false), 'fail', { runs: 14, views: 6 }, 'a round too few'],
    [
      'signed-n-3',
      traitors(3, 1, 2, true),
      'pass',
      { runs: 21, views: 22 },
      'any n with signatures',
    ],
    [
      'signed-n-4-f-2-r-2',
      traitors(4, 2, 2, true),
      'fail',
      { runs: 486, views: 141 },
      'f + 1 rounds are needed with signatures too (Dolev & Strong 1983)',
    ],
    [
      'glued-n-3',
      { model: 'glued', processes: 3, traitors: 1, rounds: 6 },
      'fail',
      { runs: 3, views: 4 },
      'no rounds help: two copies are glued (Fischer, Lynch & Merritt 1986)',
    ],
    [
      'glued-n-6',
      { model: 'glued', processes: 6, traitors: 2, rounds: 4 },
      'fail',
      { runs: 3, views: 8 },
      'n = 3f for any f, as groups stand for processes',
    ],
  ]),
  ...rows('algorithms', [
    [
      'flood-set-n-3-r-1',
      flood(3, 1, 1),
      'fail',
      { runs: 104, disagreements: 6 },
      'FloodSet, a round too short',
    ],
    [
      'flood-set-n-3-r-2',
      flood(3, 1, 2),
      'pass',
      { runs: 200, disagreements: 0 },
      'FloodSet (Lynch 1996, section 6.2)',
    ],
    [
      'flood-set-n-4-r-2',
      flood(4, 2, 2),
      'fail',
      { runs: 25_616, disagreements: 48 },
      'a round too short',
    ],
    ['flood-set-n-4-r-3', flood(4, 2, 3), 'pass', { runs: 56_848, disagreements: 0 }, 'f + 1'],
    [
      'om-1-n-3',
      generals('oral-messages', 3, 1, 1),
      'fail',
      { 'L1 runs': 4, 'L1 invalid': 1 },
      'three generals cannot (Lamport, Shostak & Pease 1982)',
    ],
    [
      'om-1-n-4',
      generals('oral-messages', 4, 1, 1),
      'pass',
      { 'L1 runs': 8, 'C runs': 16 },
      'four can',
    ],
    [
      'om-1-n-6-two-traitors',
      generals('oral-messages', 6, 2, 1),
      'fail',
      { 'C-L1 runs': 1024, 'C-L1 disagreements': 336 },
      'OM(1) is for one traitor',
    ],
    [
      'om-2-n-7-two-traitors',
      generals('oral-messages', 7, 2, 2),
      'pass',
      { 'L1-L2 runs': 2 ** 51, 'C-L1 runs': 2 ** 32 },
      'OM(m) is right for m traitors of more than 3m',
    ],
    [
      'sm-1-n-3',
      generals('signed-messages', 3, 1, 1),
      'pass',
      { 'L1 runs': 4, 'C runs': 32 },
      'SM(m) is right for m traitors of any number',
    ],
    [
      'sm-1-n-4-two-traitors',
      generals('signed-messages', 4, 2, 1),
      'fail',
      { 'C-L1 runs': 2048, 'C-L1 disagreements': 240 },
      'a relay too few',
    ],
  ]),
]

function rows(group: string, table: readonly Row[]): readonly RoundsEntry[] {
  return table.map(([name, question, expected, expectedCounts, because]) => ({
    type: 'rounds',
    name: `rounds/${group}/${name}`,
    question,
    expected,
    expectedCounts,
    because,
  }))
}

function crash(
  processes: number,
  failures: number,
  count: number,
  validity: 'all' | 'correct' = 'all',
): RoundQuestion {
  return { model: 'crash', processes, failures, rounds: count, validity }
}

function losses(processes: number, count: number, perRound: number): RoundQuestion {
  return { model: 'losses', processes, rounds: count, perRound, validity: 'all' }
}

function traitors(n: number, f: number, count: number, signed: boolean): RoundQuestion {
  const who = { processes: n, traitors: f, speaker: 'commander' } as const
  return { model: 'byzantine', ...who, rounds: count, signed }
}

function flood(processes: number, failures: number, count: number): AlgorithmQuestion {
  return { algorithm: 'flood-set', processes, failures, rounds: count }
}

function generals(
  algorithm: 'oral-messages' | 'signed-messages',
  processes: number,
  count: number,
  relays: number,
): AlgorithmQuestion {
  return { algorithm, processes, traitors: count, relays }
}
