import { describe, expect, it } from 'vitest'
import { changRoberts } from '../../specs/election/chang-roberts.ts'
import { echo } from '../../specs/election/echo.ts'
import { violationOf } from './stories.ts'

describe('election on a ring', () => {
  it('is won by two when candidates let larger numbers pass', async () => {
    const { trace } = await violationOf(changRoberts, {}, 'larger-pass')
    const last = trace.at(-1)?.state as { role: ReadonlyMap<number, string> }
    expect(last.role.get(2)).toBe('won')
    expect(trace).toHaveLength(7)
  })

  it('ends without a winner when the smaller number is dropped', async () => {
    const { kind, trace } = await violationOf(changRoberts, {}, 'smaller-dropped')
    expect(kind).toBe('deadlock')
    const last = trace.at(-1)?.state as { role: ReadonlyMap<number, string> }
    expect([...last.role.values()]).not.toContain('won')
  })
})

describe('the echo algorithm', () => {
  it('is over too early when nodes answer before their neighbours have', async () => {
    const { trace } = await violationOf(echo, {}, 'early-echo')
    const last = trace.at(-1)?.state as { pc: ReadonlyMap<number, string> }
    expect(last.pc.get(0)).toBe('done')
    expect([...last.pc.values()]).toContain('receive')
  })
})
