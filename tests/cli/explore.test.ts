import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { packageFolder } from '../../src/core/package.ts'
import { newFolder } from './files.ts'
import type { Folder } from './files.ts'
import { run } from './run.ts'

let folder: Folder
let face: string
beforeAll(() => {
  folder = newFolder()
  // What `synod/explore` is for a user: the very modules that the command uses.
  face = join(packageFolder(), 'src/explore/index.ts')
})
afterAll(() => {
  folder.remove()
})

/** A spec of a user, in a file. */
function mine(name: string, body: string): string {
  const path = folder.write(name, `import { int, model, spec } from '${face}'\n${body}`)
  return `${path}#mine`
}

const COUNTER = `export const mine = model({
  state: { x: int(0, 3) },
  actions: { up: { when: (s) => s.x < 3, then: (s) => { s.x++ } } },
  invariants: { 'x stays small': (s) => s.x < 2 },
  sometimes: { 'x is one': (s) => s.x === 1 },
  ends: 'anywhere',
})`

describe('synod explore', () => {
  it('says that a spec holds, and what was looked at', async () => {
    const { exitCode, out, err } = await run(['explore', 'twophase'])
    expect(out).toMatch(
      /^twophase \(rm = 3\): pass \(288 states; 1,146 generated; depth 11; breadth-first; .*\)\n/,
    )
    expect(out).toMatch(/\n {2}invariants +no two managers decide differently/)
    expect(out).toMatch(/\n {2}happens sometimes +all commit; all abort/)
    expect([exitCode, err]).toEqual([0, ''])
  })

  it('tells how a claim comes to be false, and what to type next', async () => {
    const { exitCode, out } = await run(['explore', 'twophase', '--mutant', 'commit-without-all'])
    expect(out).toMatch(/^twophase \(rm = 3, mutant commit-without-all\): FAIL no two managers/)
    expect(out).toMatch(/ {2}3 {2}tmCommit +tm: init -> committed\n +msgs: \+ commit\n/)
    const command = /draw it: +synod (.*)/.exec(out)?.[1]
    expect(command).toBe('explore twophase --mutant commit-without-all --html story.html')
    expect(out).toMatch(/\n {2}exit code 1\n$/)
    expect(exitCode).toBe(1)
  })

  it('explores a spec of another size', async () => {
    const { out } = await run(['explore', 'tcommit', '--param', 'rm=2', '--json'])
    expect(JSON.parse(out)).toMatchObject({
      spec: 'tcommit',
      parameters: { rm: 2 },
      outcome: 'pass',
      distinctStates: 12,
      depth: 5,
      workers: 1,
      violations: [],
    })
  })

  it('says first that a reduction left claims about the long run open', async () => {
    const twophase = ['explore', 'twophase', '--symmetry']
    const { exitCode, out } = await run(twophase)
    const limits = 'safety only: 1 property and 1 refinement were not judged under symmetry'
    expect(out.split('\n')[0]).toContain(`twophase (rm = 3): pass (${limits}; 80 states;`)
    expect(out).toMatch(/\n {2}what is committed is committed by all: not judged under symmetry\n/)
    expect(exitCode).toBe(0)
    const json = JSON.parse((await run([...twophase, '--no-refinements', '--json'])).out) as object
    expect(json).toMatchObject({
      outcome: 'pass',
      limits: 'safety only: 1 property was not judged under symmetry',
      properties: [{ kind: 'property', outcome: 'not judged' }],
    })
    const asked = await run([...twophase, '--no-properties', '--no-refinements'])
    expect(asked.out).toMatch(/^twophase \(rm = 3\): pass \(80 states;/)
    expect(asked.out).not.toContain('not judged')
  })

  it('answers unknown where a bound was hit, and says how far it came', async () => {
    const { exitCode, out } = await run(['explore', 'twophase', '--max-states', '100'])
    expect(out).toMatch(/^twophase \(rm = 3\): unknown \(100 states;/)
    expect(out).toMatch(/stopped by --max-states: \d+ complete levels, 100 states/)
    expect(exitCode).toBe(2)
  })

  it('prints a violation for programs', async () => {
    const args = ['explore', 'twophase', '--mutant', 'commit-without-all', '--json']
    const { exitCode, out } = await run(args)
    const found = JSON.parse(out) as { readonly violations: readonly unknown[] }
    expect(found.violations).toEqual([
      expect.objectContaining({
        kind: 'invariant',
        name: 'no two managers decide differently',
        faults: [expect.stringMatching(/is false for rm/)],
      }),
    ])
    expect(found).toMatchObject({ outcome: 'fail', mutant: 'commit-without-all' })
    expect(found.violations[0]).toMatchObject({
      steps: expect.arrayContaining([
        { title: 'tmCommit', changes: expect.anything() as unknown },
      ]) as unknown,
      trace: {
        '#meta': { format: 'ITF', source: 'twophase' },
        states: expect.anything() as unknown,
      },
    })
    expect(exitCode).toBe(1)
  })

  it('lists all specs with their parameters and mutants', async () => {
    const { exitCode, out } = await run(['explore'])
    expect(out).toMatch(/^twophase {2}rm=3\n {4}two-phase commit/m)
    expect(out).toMatch(/^ {4}--mutant commit-without-all: /m)
    expect(exitCode).toBe(0)
    const listed = await run(['explore', 'tcommit', '--list', '--json'])
    expect(JSON.parse(listed.out)).toMatchObject({ name: 'tcommit', parameters: { rm: 3 } })
  })

  it('looks only at the claims that are asked for', async () => {
    const reference = mine(
      'two.js',
      `export const mine = model({
      state: { x: int(0, 3) },
      actions: { up: { when: (s) => s.x < 3, then: (s) => { s.x++ } } },
      invariants: { 'below 2': (s) => s.x < 2, 'below 3': (s) => s.x < 3 },
      sometimes: { 'x is one': (s) => s.x === 1 },
    })`,
    )
    const first = await run(['explore', reference])
    expect(first.out).toContain(': FAIL below 2 ')
    const second = await run(['explore', reference, '--invariant', 'below 3'])
    expect(second.out).toContain(': FAIL below 3 ')
    const unknown = await run(['explore', reference, '--invariant', 'below 4'])
    expect(unknown.err).toMatch(/mine claims no 'below 4'\n {2}try: did you mean 'below [23]'\?/)
    expect(unknown.exitCode).toBe(254)
  })

  it('takes a dead end for an error, unless it is told not to', async () => {
    const reference = mine(
      'end.js',
      `export const mine = model({
      state: { x: int(0, 1) },
      actions: { up: { when: (s) => s.x < 1, then: (s) => { s.x++ } } },
      sometimes: { 'x is one': (s) => s.x === 1 },
    })`,
    )
    const { exitCode, out } = await run(['explore', reference])
    expect(out).toMatch(/no step can be taken, and the model does not say that it may end here/)
    expect(exitCode).toBe(1)
    expect((await run(['explore', reference, '--no-deadlock'])).exitCode).toBe(0)
  })
})

describe('a trace', () => {
  it('is written and taken once more', async () => {
    const file = `${folder.path}/trace.itf.json`
    const mutant = ['--mutant', 'abort-after-prepare', '--param', 'rm=2']
    const { err } = await run(['explore', 'twophase', ...mutant, '--itf', file])
    expect(err).toBe(`trace written to ${file}\n`)
    // Parameters and mutant stand in the file.
    const again = await run(['explore', 'twophase', '--replay', file])
    expect(again.out).toMatch(/^twophase \(rm = 2, mutant abort-after-prepare\): all \d steps can/)
    expect(again.out).toContain("'no two managers decide differently' is false for rm")
    expect(again.exitCode).toBe(0)
  })

  it('tells where it is no longer possible', async () => {
    const file = `${folder.path}/broken.itf.json`
    await run(['explore', 'twophase', '--mutant', 'commit-without-all', '--itf', file])
    const mended = ['explore', 'twophase', '--replay', file, '--mutant', 'none']
    const { exitCode, out } = await run(mended)
    expect(out).toMatch(/^twophase \(rm = 3\): 2 steps can be taken, and then not tmCommit\n/)
    expect(out).toMatch(/possible here: tmAbort, /)
    expect(exitCode).toBe(1)
    const { out: json } = await run([...mended, '--json'])
    expect(JSON.parse(json)).toMatchObject({
      outcome: 'fail',
      stuck: { at: 3, wanted: 'tmCommit' },
    })
  })

  it.each([
    ['{', /this is not JSON/],
    ['[]', /this is no trace in the Informal Trace Format: it is no object/],
    ['{"states":[]}', /it has no list of states/],
    ['{"states":[{"tm":"init"}]}', /state 0: there is no variable 'rm'/],
    [
      '{"states":[{"rm":{"#map":[]},"tm":"begun","tmPrepared":{"#set":[]},"msgs":{"#set":[]}}]}',
      /state 0: (rm|tm)/,
    ],
  ])('that is none is refused: %s', async (content, message) => {
    const file = folder.write('none.itf.json', content)
    const { exitCode, err } = await run(['explore', 'twophase', '--replay', file])
    expect(err).toMatch(message)
    expect(exitCode).toBe(254)
  })

  it('that is not there is an error, not a crash', async () => {
    const { exitCode, err } = await run(['explore', 'twophase', '--replay', '/nowhere/t.json'])
    expect(err).toMatch(/^error: \/nowhere\/t\.json: this cannot be read/)
    expect(exitCode).toBe(254)
  })
})

describe('a spec of a user', () => {
  it('is explored from its file', async () => {
    const { exitCode, out } = await run(['explore', mine('counter.js', COUNTER)])
    expect(out).toContain("'x stays small' is false")
    expect(out).toMatch(/2 {2}up +x: 1 -> 2\n/)
    expect(exitCode).toBe(1)
  })

  it.each([
    ['throws while it loads', `throw new Error('broken')`, /the module fails while it loads/],
    ['is no spec', `export const mine = 7`, /this export is neither a spec nor a model/],
    [
      'throws while it is made',
      `const header = { about: '', parameters: { n: 1 } }
       export const mine = spec('m', header, () => { throw new Error('no') })`,
      /the spec cannot be made: Error: no/,
    ],
    [
      'writes outside of a bound',
      `export const mine = model({ state: { x: int(0, 3) },
       actions: { up: { then: (s) => { s.x++ } } },
       sometimes: { any: () => true } })`,
      /x: 4 is not a whole number from 0 to 3/,
    ],
  ])('that %s is an error that says so', async (_, body, message) => {
    const { exitCode, err } = await run(['explore', mine(`bad-${body.length}.js`, body)])
    expect(err).toMatch(message)
    expect([exitCode, err]).toEqual([254, expect.stringMatching(/^error: /)])
  })

  it('cannot act on the terminal, whatever its names are', async () => {
    const hostile = String.raw`export const mine = model({
      state: { 'x\u001b[2J': int(0, 3) },
      actions: {
        'up\u202e': { when: (s) => s['x\u001b[2J'] < 3, then: (s) => { s['x\u001b[2J']++ } },
      },
      invariants: { 'small\u0007': (s) => s['x\u001b[2J'] < 2 },
      sometimes: { 'one\u009b': (s) => s['x\u001b[2J'] === 1 },
      ends: 'anywhere',
    })`
    const { out, err } = await run(['explore', mine('hostile.js', hostile)])
    expect(out + err).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
    expect(out).toContain('small\\x07')
  })
})

describe('a command line for exploring that cannot be understood', () => {
  it.each([
    [['explore', 'twphase'], /no spec is called 'twphase'\n {2}try: did you mean twophase\?/],
    [['explore', 'zzzzzzzz'], /try: synod explore --list shows all/],
    [['explore', 'twophase', '--param', 'rn=4'], /no parameter 'rn'\n {2}try: did you mean rm\?/],
    [['explore', 'twophase', '--param', 'banana=4'], /try: it has rm/],
    [['explore', 'twophase', '--param', 'rm'], /'rm' does not set a parameter/],
    [['explore', 'twophase', '--param', 'rm=x'], /'x' is not a whole number/],
    [['explore', 'twophase', '--param', 'rm=0'], /the spec cannot be made/],
    [['explore', 'twophase', '--mutant', 'commit-without-al'], /did you mean commit-without-all/],
    [['explore', 'twophase', '--mutant', 'foo'], /try: it has commit-without-all/],
    [['explore', 'twophase', '--property', 'x'], /twophase claims no 'x'/],
    [['explore', 'twophase', '--time', '3'], /--time: '3' has no unit/],
    [['explore', 'twophase', '--workers', '0'], /--workers: '0' is not a whole number from 1/],
    [['explore', 'twophase', '--max-states', '-1'], /'-1' is not a whole number/],
    [['explore', './none.js#x'], /none\.js: there is no such file/],
    [['explore', 'twophase', '--html', '/nowhere/x.html'], /this cannot be written/],
    [['graph'], /missing required argument 'spec'/],
    [['graph', 'twophase', '-o', 'x.png'], /name a file that ends in \.svg or \.dot/],
    [['graph', 'twophase', '--max-states', '9'], /more than 9 states.*\n {2}try: make its/],
    [['graph', 'tcommit', '--param', 'rm=2', '--max-states', '11'], /more than 11 states/],
    [['graph', 'twofase'], /did you mean twophase\?/],
  ])('%j', async (args, message) => {
    const { exitCode, err } = await run(args)
    expect(err).toMatch(message)
    expect(exitCode).toBe(254)
  })
})

describe('synod graph', () => {
  it('writes the states and steps of a small spec in DOT', async () => {
    const { exitCode, out, err } = await run(['graph', 'tcommit', '--param', 'rm=1'])
    expect(out.split('\n').filter((line) => /^ {2}s/.test(line))).toMatchInlineSnapshot(`
      [
        "  s0 [label="rm: working", penwidth=2.5, color="#1c2127"]",
        "  s1 [label="rm: prepared"]",
        "  s2 [label="rm: aborted", peripheries=2]",
        "  s3 [label="rm: committed", peripheries=2]",
        "  s0 -> s1 [label="prepare(rm0)"]",
        "  s0 -> s2 [label="abort(rm0)"]",
        "  s1 -> s3 [label="commit(rm0)"]",
        "  s1 -> s2 [label="abort(rm0)"]",
      ]
    `)
    expect(out).toMatch(/^digraph "tcommit \(rm = 1\)" \{\n/)
    expect([exitCode, err]).toEqual([0, ''])
  })

  it('marks where a claim is false, and draws fewer states under symmetry', async () => {
    const mutant = ['--param', 'rm=2', '--mutant', 'abort-after-prepare']
    const { out } = await run(['graph', 'twophase', ...mutant])
    expect(out).toContain('[a claim is false]')
    const count = (dot: string): number => dot.match(/^ {2}s\d+ \[/gm)?.length ?? 0
    const less = await run(['graph', 'twophase', ...mutant, '--symmetry'])
    expect(count(less.out)).toBeLessThan(count(out))
  })

  it('draws it', async () => {
    const file = `${folder.path}/graph.svg`
    const { exitCode, err } = await run(['graph', 'tcommit', '--param', 'rm=2', '-o', file])
    expect(err).toBe(`12 states, 22 edges drawn in ${file}\n`)
    expect(folder.read('graph.svg')).toMatch(/<svg[^>]*>[^]*prepare\(rm0\)/)
    expect(exitCode).toBe(0)
  })
})

describe('random walks', () => {
  it('answer unknown where they meet nothing wrong, the same for the same seed', async () => {
    const args = ['explore', 'twophase', '--simulate', '--traces', '200', '--steps', '20']
    const { exitCode, out } = await run(args)
    expect(out).toMatch(/^twophase \(rm = 3\): unknown \(200 random walks; [\d,]+ steps; seed 1;/)
    expect(out).toMatch(/nothing wrong was met, which is no proof; the longest walk had \d+ steps/)
    expect(out).toMatch(/other walks: +synod explore twophase --simulate --seed 2\n/)
    expect(exitCode).toBe(2)
    const taken = async (...more: readonly string[]): Promise<unknown> => {
      const { out: json } = await run([...args, '--json', ...more])
      return (JSON.parse(json) as { readonly coverage: unknown }).coverage
    }
    expect(await taken()).toEqual(await taken())
    expect(await taken()).not.toEqual(await taken('--seed', '7'))
  })

  it('meet a planted bug, and tell the way there', async () => {
    const file = `${folder.path}/walk.html`
    const mutant = ['--mutant', 'abort-after-prepare', '--html', file]
    const { exitCode, out } = await run(['explore', 'twophase', '--simulate', ...mutant])
    expect(out).toMatch(/: FAIL no two managers decide differently \(\d+ random walks?;/)
    expect(out).toMatch(/A way there, not the shortest; \d+ steps were walked/)
    expect(out).toMatch(/rmChooseToAbort\(rm\d\)/)
    expect(folder.read('walk.html')).not.toContain('led to a new state')
    expect(exitCode).toBe(1)
  })
})
