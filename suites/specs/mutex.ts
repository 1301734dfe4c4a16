import { bakery, bakeryInvariant } from '../../specs/mutex/bakery.ts'
import { diningPhilosophers } from '../../specs/mutex/dining-philosophers.ts'
import { lamportMutex } from '../../specs/mutex/lamport-mutex.ts'
import { peterson } from '../../specs/mutex/peterson.ts'
import { readersWriters } from '../../specs/mutex/readers-writers.ts'
import type { SpecEntry } from '../spec-entry.ts'
import { counted, found } from './counted.ts'

const EXCLUDED = 'at most one is in the critical section'
const PROOF = 'the invariant of the proof'

export const mutexSpecs: readonly SpecEntry[] = [
  counted(peterson, {}, [42, 77, 11], { oracle: 'peterson' }),
  found(peterson, 'turn-first', EXCLUDED),
  found(peterson, 'turn-kept', EXCLUDED),
  found(peterson, 'no-turn', 'some step can always be taken'),

  counted(lamportMutex, { n: 2, maxClock: 3 }, [191, 384, 22], { oracle: 'lamport-mutex-3-6' }),
  counted(lamportMutex, { n: 2, maxClock: 6 }, [1043, 2001, 40], { oracle: 'lamport-mutex-3-6' }),
  counted(lamportMutex, { n: 3, maxClock: 3 }, [10209, 41533, 31], {
    oracle: 'lamport-mutex-3-6',
    size: 'long',
  }),
  counted(lamportMutex, { n: 3, maxClock: 4 }, [70472, 276114, 41], {
    oracle: 'lamport-mutex-3-6',
    size: 'long',
  }),
  counted(lamportMutex, { n: 3, maxClock: 5 }, [270115, 1033743, 52], {
    oracle: 'lamport-mutex-3-6',
    size: 'long',
  }),
  counted(lamportMutex, { n: 3, maxClock: 6 }, [724274, 2729079, 61], {
    oracle: 'lamport-mutex-3-6',
    size: 'long',
  }),
  found(lamportMutex, 'requests-ignored', EXCLUDED, { maxClock: 4 }),
  found(lamportMutex, 'no-tie-break', EXCLUDED),
  found(lamportMutex, 'clock-not-advanced', EXCLUDED),

  counted(bakery, { n: 2, maxNat: 2 }, [2303, 10659, 39]),
  counted(bakeryInvariant, { n: 2, maxNat: 2 }, [655200, 3403584, 1], {
    oracle: 'bakery-mc',
    size: 'long',
  }),
  found(bakery, 'no-choosing', PROOF),
  found(bakery, 'no-tie-break', PROOF),
  found(bakery, 'numbers-not-awaited', PROOF),

  counted(diningPhilosophers, { np: 2 }, [11, 23, 11], { oracle: 'dining-philosophers-5' }),
  counted(diningPhilosophers, { np: 3 }, [19, 58, 17], { oracle: 'dining-philosophers-5' }),
  counted(diningPhilosophers, { np: 4 }, [35, 141, 23], { oracle: 'dining-philosophers-5' }),
  counted(diningPhilosophers, { np: 5 }, [67, 336, 29], { oracle: 'dining-philosophers-5' }),
  counted(diningPhilosophers, { np: 6 }, [131, 787, 35], { oracle: 'dining-philosophers-5' }),
  counted(diningPhilosophers, { np: 7 }, [259, 1814, 41], { oracle: 'dining-philosophers-5' }),
  counted(diningPhilosophers, { np: 8 }, [515, 4121, 47], { oracle: 'dining-philosophers-5' }),
  found(diningPhilosophers, 'one-fork', 'no two neighbours eat together'),
  found(diningPhilosophers, 'dirty-kept', 'philosopher 0 eats'),
  found(diningPhilosophers, 'forks-stay-clean', 'philosopher 0 eats'),

  counted(readersWriters, { numActors: 1 }, [15, 29, 5], { oracle: 'readers-writers-3' }),
  counted(readersWriters, { numActors: 2 }, [390, 935, 9], { oracle: 'readers-writers-3' }),
  counted(readersWriters, { numActors: 3 }, [21527, 59674, 13], {
    oracle: 'readers-writers-3',
  }),
  counted(readersWriters, { numActors: 4 }, [2192020, 7069237, 17], {
    oracle: 'readers-writers-3',
    size: 'nightly',
  }),
  found(readersWriters, 'read-beside-writer', 'nobody reads while somebody writes'),
  found(readersWriters, 'write-beside-readers', 'nobody reads while somebody writes'),
  found(readersWriters, 'second-writer', 'at most one writes'),
]
