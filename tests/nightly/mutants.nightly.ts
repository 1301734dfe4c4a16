import { describe } from 'vitest'
import { areas } from '../mutants/areas.ts'
import { plantMutants } from '../mutants/plant.ts'

describe('mutants of', () => {
  plantMutants(areas)
})
