import { expect, it } from 'vitest'
import { fuzz } from './fuzz.ts'
import * as c from './order-cases.ts'

it('sums', () => { console.log(fuzz(c.sums, c.sumProblem, 10_000, 1)); expect(1).toBe(1) })
it('logs', () => { console.log(fuzz(c.logs, c.logProblem, 10_000, 1)); expect(1).toBe(1) })
it('sets', () => { console.log(fuzz(c.sets, c.elementsProblem, 10_000, 1)); expect(1).toBe(1) })
it('growing', () => { console.log(fuzz(c.sets, c.growingProblem, 10_000, 1)); expect(1).toBe(1) })
