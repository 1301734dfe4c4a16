import { describe, expect, it } from 'vitest'

import { PARTED, SHORT, example, firstBroken, found, maelstromTest } from './command.ts'

describe.concurrent('right programs pass', () => {
  it.each([
    ['right/echo.py', 'echo', ''],
    ['right/unique-ids.js', 'unique-ids', '--faults kill,partition'],
    ['right/broadcast.js', 'broadcast', '--faults all --fault-every 200ms'],
    ['right/counter.js', 'pn-counter', '--faults kill,one-way'],
    ['right/lin-kv.js', 'lin-kv', '--faults duplicate,delay'],
  ])('%s, as %s, %s', async (program, workload, faults) => {
    const result = await found(`--bin ${example(program)} -w ${workload} ${SHORT} ${faults}`)
    expect(result.checks.filter(({ outcome }) => outcome !== 'pass')).toEqual([])
    expect(result.operations.done).toBeGreaterThan(0)
    expect(result.faults.length > 0).toBe(faults.includes('--faults'))
  })
})

describe.concurrent('wrong programs are caught', () => {
  it.each([
    ['wrong/echo-that-changes.js', 'echo', '', 'echo'],
    ['wrong/broadcast-told-once.js', 'broadcast', PARTED, 'set-full'],
    ['wrong/counter-that-forgets.js', 'g-counter', '--faults kill', 'counter-final'],
    ['wrong/lin-kv-on-lww-kv.js', 'lin-kv', '--concurrency 6', 'linearizable'],
    ['wrong/g-set-of-the-wrong-shape.py', 'g-set', '', 'replies'],
  ])('%s, as %s, %s: %s', async (program, workload, options, check) => {
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

  it('a node that dies is an error with its exit code and last lines', async () => {
    const program = example('wrong/echo-that-dies.py')
    const { exitCode, err } = await maelstromTest(`--bin ${program} -w echo --for 2s --rate 100`)
    expect(exitCode).toBe(254)
    expect(err).toMatch(/n\d ended with exit code 3, and nobody had asked it to/)
    expect(err).toContain('out of echoes')
  })
})
