import { describe } from 'vitest'

import { zoo } from '../../suites/zoo.ts'
import { isFoundAsPinned } from '../zoo/as-pinned.ts'

describe('every bug of the zoo, and every repaired twin', () => {
  isFoundAsPinned(zoo)
})
