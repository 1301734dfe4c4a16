import { asyncTerminationDetection } from '../../specs/termination/async-td.ts'
import { dijkstraScholten } from '../../specs/termination/ewd687a.ts'
import { ewd840 } from '../../specs/termination/ewd840.ts'
import { ewd998Program } from '../../specs/termination/ewd998-pcal.ts'
import { ewd998 } from '../../specs/termination/ewd998.ts'
import { huang } from '../../specs/termination/huang.ts'
import { syncTerminationDetection } from '../../specs/termination/sync-td.ts'
import type { SpecEntry } from '../spec-entry.ts'
import { counted, found } from './counted.ts'

const CONCLUDED = 'what node 0 concludes is true'
const DETECTED = 'what is detected is true'
const SEEN = 'termination is detected in the end'

export const terminationSpecs: readonly SpecEntry[] = [
  counted(syncTerminationDetection, { n: 7 }, [129, 3722, 1], { oracle: 'sync-td-7' }),
  found(syncTerminationDetection, 'all-but-one', DETECTED),
  found(syncTerminationDetection, 'woken-by-idle', DETECTED),

  counted(asyncTerminationDetection, { n: 2 }, [65, 297, 8], { oracle: 'async-td-4' }),
  counted(asyncTerminationDetection, { n: 3 }, [513, 4238, 11], { oracle: 'async-td-4' }),
  counted(asyncTerminationDetection, { n: 4 }, [4097, 53271, 14], { oracle: 'async-td-4' }),
  found(asyncTerminationDetection, 'messages-forgotten', DETECTED),
  found(asyncTerminationDetection, 'sent-by-idle', DETECTED),

  counted(ewd840, { n: 2 }, [54, 214, 6], { oracle: 'ewd840-3' }),
  counted(ewd840, { n: 3 }, [302, 2001, 9], { oracle: 'ewd840-3' }),
  counted(ewd840, { n: 4 }, [1566, 15986, 12], { oracle: 'ewd840-3' }),
  counted(ewd840, { n: 5 }, [7742, 114211, 15], { oracle: 'ewd840-3', size: 'long' }),
  counted(ewd840, { n: 6 }, [36990, 750020, 18], { oracle: 'ewd840-3', size: 'long' }),
  found(
    ewd840,
    'sender-stays-white',
    'a white token was passed by idle nodes, or somebody before it is black',
  ),
  found(
    ewd840,
    'token-not-stained',
    'a white token was passed by idle nodes, or somebody before it is black',
  ),
  found(ewd840, 'node-not-whitened', SEEN),

  counted(ewd998, { n: 2 }, [6876, 33664, 28], { oracle: 'ewd998-3' }),
  counted(ewd998, { n: 3 }, [1520618, 11238019, 59], { oracle: 'ewd998-3', size: 'nightly' }),
  found(
    ewd998,
    'receiver-stays-white',
    'if the token does not tell the truth, its sum or a colour will show it',
  ),
  found(ewd998, 'sum-ignored', CONCLUDED),
  found(ewd998, 'token-not-stained', CONCLUDED, { n: 3, limit: 1 }),

  counted(ewd998Program, { n: 2 }, [2360, 13840, 24], { oracle: 'ewd998-pcal-3' }),
  counted(ewd998Program, { n: 3 }, [321370, 2808396, 47], {
    oracle: 'ewd998-pcal-3',
    size: 'long',
  }),
  found(ewd998Program, 'receiver-stays-white', CONCLUDED),
  found(ewd998Program, 'token-restarts', CONCLUDED, { n: 3, limit: 2 }),

  counted(dijkstraScholten, { maxCounter: 3 }, [18028, 177171, 27], { oracle: 'ewd687a' }),
  found(dijkstraScholten, 'early-answer', 'the leader is done last'),
  found(dijkstraScholten, 'parent-replaced', 'whoever is engaged hangs below the leader'),

  counted(huang, { n: 3 }, [8476, 74527, 21]),
  counted(huang, { n: 5 }, [81256, 1165101, 21], { oracle: 'huang', size: 'nightly' }),
  found(huang, 'weight-dropped', 'no weight is lost or made'),
  found(huang, 'weight-not-added', 'no weight is lost or made'),
]
