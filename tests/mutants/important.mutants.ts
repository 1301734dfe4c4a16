import { describe } from 'vitest'
import { importantAreas } from './important.ts'
import { plantMutants } from './plant.ts'

describe('the functions on which most depends:', () => {
  plantMutants(importantAreas())
})
