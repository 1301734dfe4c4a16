import { describe, expect, it } from 'vitest'

import { compiledProgram } from '../cli/compiled.ts'
import { NO_PYTHON, PARTED, lacksPython } from '../maelstrom/command.ts'
import { broken, example, firstBroken, found } from '../maelstrom/command.ts'

const LONGER = '--for 4s --rate 100 --quiet 5s'

describe.concurrent('programs of the examples, for longer', () => {
  it.for([
    ['right/echo.js', 'echo', 'all'],
    ['right/echo.py', 'echo', 'loss,duplicate'],
    ['right/unique-ids.js', 'unique-ids', 'all'],
    ['right/broadcast.js', 'broadcast', 'all'],
    ['right/g-set.py', 'g-set', 'all'],
    ['right/counter.js', 'g-counter', 'all'],
    ['right/counter.js', 'pn-counter', 'all'],
    ['right/lin-kv.js', 'lin-kv', 'all --fault-links nodes,services,clients'],
  ] as const)('%s is right, as %s under %s', async ([program, workload, faults], { skip }) => {
    skip(lacksPython(program), NO_PYTHON)
    const result = await found(
      `--bin ${example(program)} -w ${workload} ${LONGER} --faults ${faults}`,
    )
    expect(result.checks.filter(({ outcome }) => outcome !== 'pass')).toEqual([])
    expect(result.operations.done).toBeGreaterThan(20)
  })

  it.for([
    ['wrong/echo-that-changes.js', 'echo', '', 'echo'],
    ['wrong/unique-ids-by-count.js', 'unique-ids', '', 'unique-ids'],
    ['wrong/broadcast-told-once.js', 'broadcast', PARTED, 'set-full'],
    ['wrong/broadcast-told-once.js', 'broadcast', '--faults loss', 'set-full'],
    ['wrong/g-set-that-forgets.py', 'g-set', '', 'set-full'],
    ['wrong/counter-that-forgets.js', 'g-counter', '--faults kill', 'counter-final'],
    ['wrong/counter-that-forgets.js', 'pn-counter', '--faults kill', 'counter-final'],
    ['wrong/lin-kv-with-cache.js', 'lin-kv', '--concurrency 6', 'linearizable'],
    ['wrong/lin-kv-on-lww-kv.js', 'lin-kv', '--concurrency 6', 'linearizable'],
    ['wrong/g-set-of-the-wrong-shape.py', 'g-set', '', 'replies'],
  ] as const)(
    '%s is wrong, as %s %s: %s',
    async ([program, workload, options, check], { skip }) => {
      skip(lacksPython(program), NO_PYTHON)
      expect(await firstBroken(program, `-w ${workload} ${LONGER} ${options}`)).toContain(check)
    },
  )
})

describe('protocols of ours as nodes', () => {
  const node = (name: string): string =>
    `--bin ${process.execPath} -w lin-kv -- ${compiledProgram()} maelstrom-node ${name}`

  it.each([
    ['abd', '--faults all'],
    ['raft', '--faults kill,partition,loss'],
    ['raft', '--faults pause,one-way,duplicate,delay'],
  ])('%s is linearizable under %s', async (name, faults) => {
    const result = await found(`--concurrency 6 ${LONGER} ${faults} ${node(name)}`)
    expect(broken(result)).toEqual([])
    expect(result.operations.done).toBeGreaterThan(20)
  })

  it('a bug that is planted in one is found', async () => {
    const faults = '--faults partition --fault-links nodes --fault-every 700ms --timeout 150ms'
    const options = `--for 5s --rate 300 --concurrency 9 ${faults}`
    const names: string[] = []
    for (let seed = 1; seed <= 5 && names.length === 0; seed++) {
      const asked = node('abd --mutant write-without-query')
      names.push(...broken(await found(`${options} --seed ${seed} ${asked}`)))
    }
    expect(names).toEqual(['linearizable'])
  })
})
