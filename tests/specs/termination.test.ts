import { describe, expect, it } from 'vitest'
import { dijkstraScholten } from '../../specs/termination/ewd687a.ts'
import { ewd840 } from '../../specs/termination/ewd840.ts'
import { ewd998 } from '../../specs/termination/ewd998.ts'
import { stepsOf, violationOf } from './stories.ts'

describe('termination detection', () => {
  it('misses work behind the token when senders do not turn black', async () => {
    expect(stepsOf(await violationOf(ewd840, {}, 'sender-stays-white'))).toEqual([
      'initiateProbe black token',
      'passToken 2 idle',
      'sendMsg 1 2',
    ])
  })

  it('misses work behind the token when receivers do not turn black', async () => {
    expect(stepsOf(await violationOf(ewd998, {}, 'receiver-stays-white'))).toEqual([
      'initiateProbe black token',
      'passToken 1',
      'sendMsg 0 1',
      'rcvMsg 1',
      'sendMsg 1 0',
      'rcvMsg 0',
    ])
  })

  it('needs answers only after those that one waits for oneself', async () => {
    const { trace } = await violationOf(dijkstraScholten, {}, 'early-answer')
    const last = trace.at(-1)?.state as { active: ReadonlyMap<string, boolean>; msgs: unknown }
    expect([...last.active.values()]).toEqual([false, false, false, false])
    expect(last.msgs).toEqual(
      new Map(Object.entries({ 'L-P1': 0, 'P1-P2': 1, 'P2-P1': 0, 'P2-P3': 0 })),
    )
  })
})
