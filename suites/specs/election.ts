import { changRoberts } from '../../specs/election/chang-roberts.ts'
import { dolevKlaweRodeh } from '../../specs/election/dkr.ts'
import { echo } from '../../specs/election/echo.ts'
import type { SpecEntry } from '../spec-entry.ts'
import { counted, found } from './counted.ts'

const NO_SUCCESSOR = 'some step can always be taken'

export const electionSpecs: readonly SpecEntry[] = [
  counted(changRoberts, { n: 1 }, [5, 5, 3], { oracle: 'chang-roberts-3' }),
  counted(changRoberts, { n: 2 }, [25, 31, 6], { oracle: 'chang-roberts-3' }),
  counted(changRoberts, { n: 3 }, [137, 227, 10], { oracle: 'chang-roberts-3' }),
  counted(changRoberts, { n: 4 }, [823, 1791, 15], { oracle: 'chang-roberts-3' }),
  counted(changRoberts, { n: 5 }, [5455, 15113, 21], { oracle: 'chang-roberts-3' }),
  counted(changRoberts, { n: 6 }, [40261, 138221, 28], { oracle: 'chang-roberts-3', size: 'long' }),
  found(changRoberts, 'larger-pass', 'only the smallest initiator wins'),
  found(changRoberts, 'smaller-dropped', NO_SUCCESSOR),
  found(changRoberts, 'stays-candidate', NO_SUCCESSOR),

  counted(echo, { node: 2 }, [10, 12, 9], { oracle: 'echo-3' }),
  counted(echo, { node: 3 }, [75, 116, 16], { oracle: 'echo-3' }),
  counted(echo, { node: 4 }, [3415, 9888, 25], { oracle: 'echo-3' }),
  found(echo, 'last-is-parent', NO_SUCCESSOR),
  found(echo, 'no-second-wave', NO_SUCCESSOR),
  found(echo, 'early-echo', 'the root is done last, and all hang below it'),

  counted(dolevKlaweRodeh, { nodes: 2 }, [46, 65, 27]),
  counted(dolevKlaweRodeh, { nodes: 3 }, [186, 379, 40]),
  counted(dolevKlaweRodeh, { nodes: 4 }, [877, 2395, 53]),
  counted(dolevKlaweRodeh, { nodes: 7 }, [119190, 572708, 92], { size: 'long' }),
  found(dolevKlaweRodeh, 'looks-for-itself', NO_SUCCESSOR),
  found(dolevKlaweRodeh, 'finder-wins', 'only the node of the largest number wins'),
]
