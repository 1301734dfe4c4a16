import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Folder } from './files.ts'
import { newFolder } from './files.ts'
import { run } from './run.ts'

let folder: Folder
beforeAll(async () => {
  folder = newFolder()
  await synod('simulate', 'paxos', '--seed', '1', '--trace', file('good.jsonl'))
  const bug = ['--mutant', 'doubt-ends-in-abort', '--seed', '1']
  await synod('simulate', 'two-phase-commit', ...bug, '--trace', file('bad.jsonl'))
}, 60_000)
afterAll(() => {
  folder.remove()
})

const synod = (...args: readonly string[]) => run(args)
const file = (name: string): string => join(folder.path, name)

describe('synod validate', () => {
  it('says that a trace is a behaviour of the spec of its protocol', async () => {
    const { exitCode, out } = await synod('validate', file('good.jsonl'))
    expect(exitCode).toBe(0)
    expect(out).toContain('steps of 3 nodes of paxos are a behaviour of paxos (quorums =')
  })

  it('shows the first step that nothing explains, and the guard that is false', async () => {
    const { exitCode, out } = await synod('validate', file('bad.jsonl'), '--full')
    expect(exitCode).toBe(1)
    expect(out).toContain('n1: timer doubt 1.4')
    expect(out).toContain('The nearest action is rmChooseToAbort(rm0)')
    expect(out).toContain('The state of the spec there:')
  })

  it('prints one JSON object', async () => {
    const { exitCode, out } = await synod('validate', file('bad.jsonl'), '--json')
    expect(exitCode).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      outcome: 'fail',
      spec: 'twophase',
      misfit: { node: 'n1', nearest: { action: 'rmChooseToAbort', kind: 'guard' } },
    })
  })

  it('takes a bug in the spec for the same bug in the code', async () => {
    const { exitCode } = await synod(
      'validate',
      file('bad.jsonl'),
      '--mutant',
      'abort-after-prepare',
    )
    expect(exitCode).toBe(0)
  })

  it('does not know where a bound is hit', async () => {
    const { exitCode, out } = await synod('validate', file('good.jsonl'), '--param', 'ballot=1')
    expect([1, 2]).toContain(exitCode)
    expect(out).not.toBe('')
  })

  it('explains bad input', async () => {
    for (const [args, text] of [
      [[file('none.jsonl')], 'cannot be read'],
      [[file('good.jsonl'), '--spec', 'paxo'], 'did you mean paxos?'],
      [[file('good.jsonl'), '--spec', 'raft'], "a trace of 'paxos' is not one of raft"],
      [[file('good.jsonl'), '--mutant', 'ignore-vote'], 'did you mean ignore-votes?'],
      [[file('good.jsonl'), '--param', 'balot=3'], 'did you mean ballot?'],
      [[file('good.jsonl'), '--mapping', './none.js#mapping'], 'there is no such file'],
    ] as const) {
      const { exitCode, err } = await synod('validate', ...args)
      expect(exitCode).toBe(254)
      expect(err).toContain(text)
    }
  })

  it('names the line that is no step', async () => {
    const header = { trace: 1, protocol: 'paxos', nodes: ['n1'] }
    for (const [lines, text] of [
      ['', 'this file is empty'],
      ['{}\n', 'not the first line of a trace'],
      [`${JSON.stringify(header)}\n{"step":1}\n`, 'broken.jsonl:2: this line is no step'],
      [`${JSON.stringify(header)}\n\n{"st`, 'broken.jsonl:3: this line is not JSON'],
    ] as const) {
      writeFileSync(file('broken.jsonl'), lines)
      const { exitCode, err } = await synod('validate', file('broken.jsonl'))
      expect(exitCode).toBe(254)
      expect(err).toContain(text)
    }
  })
})
