import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Judgement } from '../../checkers/judge.ts'
import { violationText } from '../../src/cli/violation-text.ts'
import { readRun } from '../../src/core/results.ts'
import { timeline } from '../../src/history/timeline.ts'
import { GOOD, inTurn, newFolder, STALE } from './files.ts'
import type { Folder } from './files.ts'
import { run } from './run.ts'

let folder: Folder
let good = ''
let stale = ''
let cut = ''
let hard = ''
beforeAll(() => {
  folder = newFolder()
  good = folder.write('good.jsonl', GOOD)
  stale = folder.write('stale.jsonl', STALE)
  cut = folder.write('cut.jsonl', GOOD.slice(0, -9))
  // Compare-and-sets in a circle, all at once: no engine is near-linear on them.
  const events = Array.from({ length: 200 }, (_, n) => ({
    process: n,
    f: 'cas',
    value: [n % 7, (n * 3) % 7],
  }))
  const lines = ['invoke', 'ok'].flatMap((type) =>
    events.map((event) => JSON.stringify({ ...event, type })),
  )
  const read = inTurn(['r', 'read', null, 9])
  hard = folder.write('hard.jsonl', `${lines.join('\n')}\n${read}`)
})
afterAll(() => {
  folder.remove()
})

describe('synod judge', () => {
  it('says in one line that a history is linearizable, and how that was found', async () => {
    const { exitCode, out, err } = await run(['judge', good])
    expect(out).toMatch(/^\S+good\.jsonl: pass linearizable \(2 operations; 2 processes; /)
    expect(out).toMatch(/; 2 processes; model register, inferred; \S+; [\d.]+ \S+\)\n$/)
    expect(out.split('\n')).toHaveLength(2)
    expect([exitCode, err]).toEqual([0, ''])
  })

  it('says what was left undone to make a counterexample small and sure', () => {
    const history = timeline('a: [write 1] [read -> 2]')
    const violation = { sentence: 'a read 2', operations: [1], culprit: 1, others: [] }
    const terminal = { colour: false, width: 100 }
    const caveat = 'it may not be the smallest, as the time for that was up'
    expect(violationText(history, violation, terminal)).not.toContain('Mind')
    expect(violationText(history, { ...violation, caveat }, terminal)).toContain(`Mind: ${caveat}.`)
  })

  it('shows the smallest part that cannot be explained, and what to type next', async () => {
    const { exitCode, out } = await run(['judge', stale])
    expect(out).toMatch(/^\S+stale\.jsonl: FAIL linearizable \(4 operations; 2 processes;/)
    expect(out).toContain('client b read 1')
    expect(out).toMatch(/client b +.*\[read -> 1 *\]/)
    expect(out).toMatch(/draw it: +synod judge \S+stale\.jsonl --html violation\.html/)
    expect(out).toMatch(/exit code 1\n$/)
    expect(exitCode).toBe(1)
  })

  it('names the weaker conditions that hold, and those the same operations break', async () => {
    const never = folder.write('never.jsonl', inTurn(['a', 'write', 1, 1], ['b', 'read', null, 3]))
    expect((await run(['judge', never])).out).toMatch(
      /also broken, by the same operations: [^]*safe/,
    )
    expect((await run(['judge', stale])).out).toMatch(/strongest that hold: .*sequential/)
  })

  it('judges several files, a line each, and the worst decides', async () => {
    const { exitCode, out } = await run(['judge', good, stale, good])
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[1]),
    ).toEqual(['pass', 'FAIL', 'pass'])
    expect(exitCode).toBe(1)
  })

  it('judges the other files when one cannot be read', async () => {
    const { exitCode, out, err } = await run(['judge', cut, stale, 'none.jsonl', good])
    expect(exitCode).toBe(254)
    expect(out.trimEnd().split('\n')).toHaveLength(2)
    expect(err).toMatch(/error: \S+cut\.jsonl:4: /)
    expect(err).toMatch(/error: none\.jsonl: /)
  })

  it('is unknown when the budget is used up, never a guess', async () => {
    const slow = ['--time', '50ms', '--initial', '0', '--engine', 'wing-gong-lowe']
    const { exitCode, out } = await run(['judge', hard, ...slow])
    expect(out).toMatch(/: unknown linearizable/)
    expect(exitCode).toBe(2)
    expect((await run(['judge', hard, stale, ...slow])).exitCode).toBe(1)
  })

  it('reads standard input', async () => {
    const { exitCode, out } = await run(['judge', '-'], GOOD)
    expect(out).toMatch(/^standard input: pass/)
    expect(exitCode).toBe(0)
    expect((await run(['judge', '-', '-'], GOOD)).err).toContain('can be read only once')
  })

  it('prints one JSON object for each file', async () => {
    const { exitCode, out } = await run(['judge', good, cut, stale, '--json'])
    const [first, second, third] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(first).toMatchObject({
      file: good,
      outcome: 'pass',
      condition: 'linearizable',
      model: 'register',
      engine: expect.any(String) as string,
      operations: 2,
      seconds: expect.any(Number) as number,
      evidence: { witness: { orders: [{ order: [0, 1] }] } },
    } satisfies Omit<Judgement, 'evidence'> & { evidence: unknown })
    expect(second).toMatchObject({ file: cut, error: { where: `${cut}:4` } })
    expect(third).toMatchObject({ outcome: 'fail', evidence: { violation: { culprit: 2 } } })
    expect(exitCode).toBe(254)
  })

  it('takes model, condition, initial value and format', async () => {
    const first = folder.write('first.jsonl', inTurn(['a', 'read', null, 7]))
    expect((await run(['judge', first])).exitCode).toBe(1)
    expect((await run(['judge', first, '--initial', '7'])).exitCode).toBe(0)
    const named = await run(['judge', good, '--model', 'cas-register', '--format', 'jsonl'])
    expect(named.out).toContain('model cas-register;')
    expect((await run(['judge', stale, '--condition', 'linearizable'])).exitCode).toBe(1)
  })

  it('takes what the reader of EDN cannot know', async () => {
    const edn = (...events: string[]) =>
      folder.write('h.edn', events.map((event) => `{:process 1, ${event}}\n`).join(''))
    const count = async (file: string, ...args: string[]) =>
      /\((\d+ operations?; 1 process;(?: \d keys;)?)/.exec(
        (await run(['judge', file, ...args])).out,
      )?.[1]

    const silent = edn(
      ':type :invoke, :f :read, :value nil',
      ':type :ok, :f :read, :value nil',
      ':type :invoke, :f :write, :value 1',
    )
    expect(await count(silent)).toBe('1 operation; 1 process;')
    expect(await count(silent, '--nil-reads', 'unobserved')).toBe('1 operation; 1 process;')
    expect(await count(silent, '--nil-reads', 'null')).toBe('2 operations; 1 process;')

    const pairs = edn(
      ':type :invoke, :f :read, :value [:x nil]',
      ':type :ok, :f :read, :value [:x nil]',
      ':type :invoke, :f :read, :value [:y nil]',
    )
    const nulls = ['--nil-reads', 'null']
    expect(await count(pairs, ...nulls)).toBe('2 operations; 1 process; 2 keys;')
    expect(await count(pairs, ...nulls, '--no-tuples')).toBe('2 operations; 1 process;')

    const writes = edn(
      ':type :invoke, :f :write, :value [3 1]',
      ':type :ok, :f :write, :value [3 1]',
      ':type :invoke, :f :write, :value [4 1]',
    )
    expect(await count(writes)).toBe('2 operations; 1 process;')
    expect(await count(writes, '--tuples')).toBe('2 operations; 1 process; 2 keys;')
  })

  it('takes a model from the user’s own module', async () => {
    const file = folder.write(
      'mine.mjs',
      `const anything = { text: '', accepts: () => true }
      export const flag = {
        name: 'flag', summary: 'raised or not',
        operations: { raise: { value: anything, result: anything } },
        initial: () => 0, step: (n) => n < 2 ? [{ state: n + 1, result: n }] : [],
      }
      export const flags = () => flag
      export const none = 1`,
    )
    const raised = (results: readonly number[]): string =>
      folder.write('raised.jsonl', inTurn(...results.map((n) => ['a', 'raise', null, n] as const)))
    expect((await run(['judge', raised([0, 1]), '--model', `${file}#flag`])).exitCode).toBe(0)
    expect((await run(['judge', raised([0, 0]), '--model', `${file}#flags`])).exitCode).toBe(1)
    const none = await run(['judge', good, '--model', `${file}#none`])
    expect([none.exitCode, none.err]).toEqual([254, expect.stringContaining('is not a model')])
  })

  it('leaves out what cannot be read with --lenient, and says how much', async () => {
    const { exitCode, err } = await run(['judge', cut, '--lenient'])
    expect(exitCode).toBe(0)
    expect(err).toMatch(/cut\.jsonl: 1 event left out, the first: \S+cut\.jsonl:4: /)
  })

  it('writes the order that proves a pass', async () => {
    const path = `${folder.path}/order.jsonl`
    const { err } = await run(['judge', good, '--order', path])
    expect(err).toContain(`order written to ${path}`)
    const lines = folder.read('order.jsonl').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { id: 0, process: 'a', f: 'write', value: 1, outcome: 'ok' },
      { id: 1, process: 'b', f: 'read', result: 1 },
    ])
    const none = await run(['judge', stale, '--order', `${folder.path}/no-order.jsonl`])
    expect(none.err).toContain('no order was found')
    const bad = await run(['judge', good, '--order', `${folder.path}/no/such/folder`])
    expect([bad.exitCode, bad.err]).toEqual([254, expect.stringContaining('cannot be written')])
  })

  it('draws what was found as a page', async () => {
    const { err, exitCode } = await run([
      'judge',
      good,
      stale,
      '--html',
      `${folder.path}/page.html`,
    ])
    expect([exitCode, err]).toEqual([1, `drawn in ${folder.path}/page.html\n`])
    const page = folder.read('page.html')
    expect(page).toMatch(/^<!doctype html>/i)
    expect(page).toContain('1 hold, 1 are violated, 0 are unknown')
    expect(page.match(/<h2 /g)).toHaveLength(2)
    expect(page).not.toContain(folder.path)
    expect(page).toContain('client b read 1')
    const bad = await run(['judge', good, '--html', `${folder.path}/no/such/folder`])
    expect([bad.exitCode, bad.err]).toEqual([254, expect.stringContaining('cannot be written')])
  })

  it('keeps the results where it is told to', async () => {
    const { err } = await run(['judge', good, stale, good, '--save', `${folder.path}/runs`])
    const path = /saved in (.*)\n/.exec(err)?.[1] ?? ''
    const saved = await readRun(path)
    expect(saved.command).toBe('judge')
    expect(saved.bounds).toEqual({ seconds: 60, bytes: 1e9 })
    expect(saved.rows.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['good.jsonl', 'pass'],
      ['stale.jsonl', 'fail'],
      ['good.jsonl (3)', 'pass'],
    ])
    const text = folder.read(
      path.slice(folder.path.length + 1).replace('run.json', '2-stale.jsonl.json'),
    )
    expect(JSON.parse(text)).toMatchObject({ file: 'stale.jsonl', outcome: 'fail' })
    expect(text).not.toContain(folder.path)
  })

  it('lets no text of a file act on the terminal', async () => {
    const evil = '\u001b[2J\u202e'
    const file = folder.write(
      'evil.jsonl',
      inTurn(['a', 'write', 1, 1], [evil, 'write', evil, null], ['b', 'read', null, 1]),
    )
    const odd = folder.write(
      'odd.jsonl',
      `{"process":"\\u001b[2J","type":"ok","f":"\\u001b[31m"}\n`,
    )
    const named = folder.write(`${evil}.jsonl`, GOOD)
    for (const args of [
      [file],
      [odd],
      [named],
      [named, named],
      [`no-${evil}.jsonl`],
      [`--${evil}`],
      [file, '--time', evil],
      [file, '--model', `./${evil}.js#${evil}`],
    ]) {
      const { out, err } = await run(['judge', ...args])
      expect(out + err).not.toMatch(/[\u001b\u202e]/)
    }
  })
})
