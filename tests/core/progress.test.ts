import { describe, expect, it, vi } from 'vitest'

import { showProgress } from '../../src/core/progress.ts'

describe('progress where nobody watches', () => {
  async function told(): Promise<{
    lines: string[]
    pass(ms: number): void
    say(text: string): void
    stop(): void
  }> {
    vi.useFakeTimers()
    const lines: string[] = []
    let time = 0
    const progress = await showProgress({ write: (text) => lines.push(text) }, () => time)
    const pass = (ms: number): void => {
      for (let tick = 0; tick < ms; tick += 100) {
        time += 100
        vi.advanceTimersByTime(100)
      }
    }
    return { lines, pass, say: progress.say, stop: progress.stop }
  }

  it('is one plain line every ten seconds', async () => {
    const { lines, pass, say, stop } = await told()
    say('judging a')
    pass(9_000)
    say('judging b')
    expect(lines).toEqual([])
    pass(2_000)
    expect(lines).toEqual(['judging b (10 s)\n'])
    pass(20_000)
    expect(lines).toEqual(['judging b (10 s)\n', 'judging b (20 s)\n', 'judging b (30 s)\n'])
    stop()
    pass(60_000)
    expect(lines).toHaveLength(3)
    vi.useRealTimers()
  })

  it('says nothing before there is anything to say', async () => {
    const { lines, pass, stop } = await told()
    pass(60_000)
    expect(lines).toEqual([])
    stop()
    vi.useRealTimers()
  })
})
