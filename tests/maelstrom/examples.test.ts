import { describe, expect, it } from 'vitest'

import { NO_PYTHON, PARTED, SHORT, lacksPython } from './command.ts'
import { example, firstBroken, found, maelstromTest } from './command.ts'

// The other examples run in tests/long, under all faults.

describe.concurrent('right programs pass', () => {
  it.for([
    ['right/echo.py', 'echo', ''],
    ['right/broadcast.js', 'broadcast', '--faults all --fault-every 200ms'],
    ['right/lin-kv.js', 'lin-kv', '--faults duplicate,delay'],
  ] as const)('%s, as %s, %s', async ([program, workload, faults], { skip }) => {
    skip(lacksPython(program), NO_PYTHON)
    const result = await found(`--bin ${example(program)} -w ${workload} ${SHORT} ${faults}`)
    expect(result.checks.filter(({ outcome }) => outcome !== 'pass')).toEqual([])
    expect(result.operations.done).toBeGreaterThan(0)
    expect(result.faults.length > 0).toBe(faults.includes('--faults'))
  })
})

describe.concurrent('wrong programs are caught', () => {
  it.for([
    ['wrong/echo-that-changes.js', 'echo', '', 'echo'],
    ['wrong/broadcast-told-once.js', 'broadcast', PARTED, 'set-full'],
    ['wrong/lin-kv-on-lww-kv.js', 'lin-kv', '--concurrency 6', 'linearizable'],
    ['wrong/g-set-of-the-wrong-shape.py', 'g-set', '', 'replies'],
  ] as const)('%s, as %s, %s: %s', async ([program, workload, options, check], { skip }) => {
    skip(lacksPython(program), NO_PYTHON)
    expect(await firstBroken(program, `-w ${workload} ${SHORT} ${options}`)).toContain(check)
  })

  it('a node that chatters is an error with its last lines', async () => {
    const program = example('wrong/echo-that-chatters.js')
    const { exitCode, out, err } = await maelstromTest(`--bin ${program} -w echo --for 1s`)
    expect(exitCode).toBe(254)
    expect(out).toBe('')
    expect(err).toMatch(/n\d wrote a line to stdout that is no message: it is not JSON/)
    expect(err).toContain('asked to say please say')
  })

  it('a node that dies is an error with its exit code and last lines', async ({ skip }) => {
    skip(lacksPython('wrong/echo-that-dies.py'), NO_PYTHON)
    const program = example('wrong/echo-that-dies.py')
    const { exitCode, err } = await maelstromTest(`--bin ${program} -w echo --for 2s --rate 100`)
    expect(exitCode).toBe(254)
    expect(err).toMatch(/n\d ended with exit code 3, and nobody had asked it to/)
    expect(err).toContain('out of echoes')
  })
})
