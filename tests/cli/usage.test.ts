import { describe, expect, it } from 'vitest'

import { synodVersion } from '../../src/core/package.ts'
import { run } from './run.ts'

describe('a command line that cannot be understood', () => {
  it.each([
    [['jugde', 'a.jsonl'], /unknown command 'jugde'\n\(Did you mean judge\?\)/],
    [['judge', 'a.jsonl', '--tme', '3s'], /unknown option '--tme'\n\(Did you mean --time\?\)/],
    [['judge'], /missing required argument 'file'/],
    [['judge', 'a.jsonl', '--time'], /option '--time <duration>' argument missing/],
    [['judge', 'a.jsonl', '--time', '3'], /--time: '3' has no unit/],
    [['judge', 'a.jsonl', '--memory', '1 parsec'], /--memory: 'parsec' is not a unit here/],
    [['judge', 'a.jsonl', '--initial', '{'], /--initial: '\{' is not JSON/],
    [['judge', 'a.jsonl', '--format', 'xml'], /Allowed choices are jsonl, edn, etcd-log/],
    [['judge', 'a.jsonl', '--nil-reads', '0'], /Allowed choices are unobserved, null/],
    [
      ['judge', 'a.jsonl', '--model', 'regsiter'],
      /no model called "regsiter"\n {2}try: did you mean register/,
    ],
    [['judge', 'a.jsonl', '--condition', 'linear'], /no condition called "linear"/],
    [['judge', 'a.jsonl', '--model', './none.js#x'], /none\.js: there is no such file/],
    [['check', 'etcd-lin-fault'], /'etcd-lin-fault'\n {2}try: did you mean etcd-lin-faults/],
    [['check', 'banana'], /nothing to check is called 'banana'/],
    [[], /Usage: synod/],
  ])('%j', async (args, message) => {
    const { exitCode, out, err } = await run(args)
    expect(err).toMatch(message)
    expect([exitCode, out]).toEqual([254, ''])
  })
})

describe('help', () => {
  it.each([
    [['--help'], ['judge', 'check', 'Exit codes']],
    [
      ['judge', '--help'],
      ['--model', '--time', 'cas-register', 'linearizable', 'synod judge history.jsonl'],
    ],
    [
      ['check', '--help'],
      ['--json', 'synod check'],
    ],
  ])('%j goes to standard output, with examples', async (args, words) => {
    const { exitCode, out, err } = await run(args)
    expect([exitCode, err]).toEqual([0, ''])
    for (const word of words) expect(out).toContain(word)
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  it('says its version', async () => {
    expect(await run(['--version'])).toEqual({ exitCode: 0, out: `${synodVersion()}\n`, err: '' })
  })
})
