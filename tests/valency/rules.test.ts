import { describe, expect, it } from 'vitest'

import { benOr } from '../../impls/flp/ben-or.ts'
import { valencyText } from '../../src/cli/valency-text.ts'
import { UserError } from '../../src/core/user-error.ts'
import { Elements } from '../../src/valency/elements.ts'
import type { Process } from '../../src/valency/process.ts'
import { asynchronous, toOthers } from '../../src/valency/process.ts'
import { Graph } from '../../src/valency/graph.ts'
import { Steps } from '../../src/valency/steps.ts'
import { Successors } from '../../src/valency/successors.ts'
import { valency } from '../../src/valency/valency.ts'

/** Everybody tells its input and decides the first that it hears. */
const calm: Process<{ n: number; d: number | null; told: boolean }, number> = {
  start: (_, input) => ({ n: input, d: null, told: false }),
  step: (local, message, self) => ({
    local: { ...local, told: true, d: local.d ?? message ?? null },
    sends: local.told ? [] : toOthers(2, self, local.n),
  }),
  decided: ({ d }) => d ?? undefined,
}

function errorOf(process: Partial<Process>, options = {}): UserError {
  const protocol = asynchronous('mine', { about: 'a test' }, () => ({
    ...(calm as Process),
    ...process,
  }))
  try {
    valency(protocol, 2, options)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('a protocol that breaks the rules', () => {
  it('is right as it stands', () => {
    const protocol = asynchronous('calm', { about: 'a test' }, () => calm)
    expect(valency(protocol, 2).outcome).toBe('fail')
  })

  it('is told of a step with two results, by state and event', () => {
    let calls = 0
    const error = errorOf({ step: () => ({ local: { n: ++calls, d: null } }) })
    expect(error.message).toBe('the same state and event have two results')
    expect(error.where).toBe('mine, process 0 in {"d":null,"n":0,"told":false} takes an empty step')
  })

  it('is told of two results of which one only comes later', () => {
    let calls = 0
    const process: Process = {
      ...(calm as Process),
      step: (local) => (++calls > 2 ? { local: 7 } : { local }),
    }
    const elements = new Elements('mine', process, 2)
    const steps = new Steps(elements)
    const start = elements.localId(0, process.start(0, 1), () => '')
    const ask = () => {
      for (let times = 0; times < 1 << 14; times++) steps.at(start, -1)
    }
    ask()
    expect(ask).toThrow('the same state and event have two results')
  })

  it('is told of a decision that changes', () => {
    const error = errorOf({
      step: (local) => ({
        local: { ...(local as object), d: (local as { d: number }).d === 0 ? 1 : 0 },
      }),
    })
    expect(error.message).toBe('a decision changes')
    expect(error.where).toBe('mine, process 0 in {"d":0,"n":0,"told":false} takes an empty step')
  })

  it('is told of a state that grows without bound', () => {
    const error = errorOf({
      step: (local) => ({ local: { ...(local as object), n: (local as { n: number }).n + 1 } }),
    })
    expect(error.message).toContain('the state grows without bound')
    expect(error.where).toMatch(/^mine, process 0 in \{.*"n":2000.*\} takes an empty step$/)
  })

  it('may grow without bound when only a part is asked for', () => {
    const protocol = asynchronous('growing', { about: 'a test' }, () => ({
      start: (_, input) => ({ n: 0, input }),
      step: (local) => ({ local: { ...local, n: local.n + 1 } }),
      decided: () => undefined,
    }))
    const report = valency(protocol, 2, { bounds: { states: 500, endless: true } })
    expect(report).toMatchObject({ outcome: 'unknown', agreement: 'unknown', blocks: undefined })
    expect(report.findings[0]?.stopped).toMatchObject({ bound: 'states', limit: 500 })
  })

  it('is told which state and event still make new states when a bound is reached', () => {
    // No process alone grows: each answers with one more than it heard.
    const rally = asynchronous('rally', { about: 'a test' }, () => ({
      start: (): { n: number } => ({ n: 0 }),
      step: (local, message: number | undefined, self) => {
        if (message !== undefined)
          return { local: { n: message }, sends: [[1 - self, message + 1]] }
        return local.n > 0 ? { local } : { local: { n: 1 }, sends: [[1 - self, 1]] }
      },
      decided: () => undefined,
    }))
    const cut = valency(rally, 2, { inputs: [[0, 1]], bounds: { states: 20_000 }, lemmas: 0 })
    const growing = cut.findings[0]?.stopped?.growing
    expect(growing?.step).toMatch(/^rally, process \d in \{"n":\d+\} gets \d+$/)
    expect(growing?.to).toMatch(/^process \d in \{"n":\d+\}$/)
    expect(valencyText(cut, 100)).toContain('new local states came to the end')
  })

  it('is not told so of one that has finitely many local states', () => {
    const cut = new Graph(new Successors('ben-or', benOr.make(3), 3), [0, 1, 1], { states: 60_000 })
    expect(cut.stopped).toEqual({ bound: 'states', limit: 60_000 })
  })

  it('is told of a state that is too long, or no plain data', () => {
    expect(
      errorOf({ step: () => ({ local: { d: null, text: 'x'.repeat(30_000) } }) }).message,
    ).toContain('a local state grows without bound')
    expect(errorOf({ start: () => ({ at: new Date(0) }) }).message).toBe(
      'a local state is not plain data: it.at is a Date',
    )
    expect(errorOf({ step: (local) => ({ local, sends: [[0, undefined]] }) }).message).toBe(
      'a message is not plain data: it is undefined',
    )
  })

  it('is told of a message to nobody and of an answer without a state', () => {
    expect(errorOf({ step: (local) => ({ local, sends: [[2, 'hello']] }) }).message).toBe(
      "a message is sent to '2', which is no process",
    )
    expect(errorOf({ step: () => ({}) as never }).message).toContain('a step answers with')
  })

  it('may not change what is passed in', () => {
    const error = errorOf({
      step: (local) => {
        ;(local as { n: number }).n++
        return { local }
      },
    })
    expect(error.message).toContain('the step fails: TypeError')
  })

  it('is told when it drops a message that has an effect', () => {
    const error = errorOf({ normal: { spent: () => true } })
    expect(error.message).toBe('normal.spent drops a message that has an effect')
  })

  it('is told when the answer to what it drops has an effect', () => {
    // 0 asks 1, which answers; whoever hears an answer stays as it is, and thanks for it.
    const polite: Process<{ asked: boolean }, string> = {
      start: () => ({ asked: false }),
      step: (local, message, self) => {
        if (message === 'ask') return { local, sends: [[0, 'answer']] }
        if (message === 'answer') return { local, sends: [[1, 'thanks']] }
        if (local.asked || self > 0) return { local }
        return { local: { asked: true }, sends: [[1, 'ask']] }
      },
      decided: () => undefined,
    }
    const asker = (message: string) => (message === 'ask' ? 0 : undefined)
    const spent = (message: string) => message !== 'answer'
    const error = errorOf({ ...(polite as Process), normal: { spent, asker } })
    expect(error.message).toBe('normal.spent drops a message that has an effect')
    expect(error.where).toBe('mine, process 1 in {"asked":false} gets "ask"')
  })

  it('is told of ranks that are renamed out of order, or that cannot be', () => {
    const ranks = (renamed: (all: readonly number[]) => readonly number[]) => ({
      local: (local: unknown, rename: (rank: number) => number) => {
        const { n } = local as { n: number }
        return { ...(local as object), n: rename(n) }
      },
      message: (message: unknown) => message,
      renamed,
    })
    expect(
      errorOf({ normal: { ranks: ranks((all) => all.map((rank) => 9 - rank)) } }).message,
    ).toBe('the ranks 0, 1 are renamed to 9, 8')
    expect(errorOf({ normal: { ranks: ranks((all) => all.map(() => 3)) } }).message).toBe(
      'the ranks 0, 1 are renamed to 3, 3',
    )
    expect(
      errorOf({
        start: () => ({ n: 31, d: null, told: false }),
        normal: { ranks: ranks((a) => a) },
      }).message,
    ).toBe('31 cannot be renamed')
  })

  it('has at most eight processes', () => {
    const protocol = asynchronous('calm', { about: 'a test' }, () => calm)
    expect(() => valency(protocol, 9)).toThrow('9 processes are too many')
  })
})
