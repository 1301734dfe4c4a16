import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { runOfSchedule } from '../../src/cli/simulate-found.ts'
import { readReplay } from '../../src/cli/simulate-file.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { protocolEntries } from '../../suites/protocols.ts'
import { askedSubject } from '../../suites/subject.ts'
import { shell } from './compiled.ts'
import type { Folder } from './files.ts'
import { newFolder } from './files.ts'
import { run } from './run.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

/** Found with one of the first seeds, and small in no time. */
const BROKEN = ['safe-register', '--mutant', 'half-a-write', '--seeds', '1..50']

describe('synod simulate', () => {
  it('says that nothing was met, which is no proof, and how to go on', async () => {
    const { exitCode, out, err } = await run(['simulate', 'safe-register', '--seed', '3'])
    expect([exitCode, err]).toEqual([0, ''])
    expect(out).toMatch(/^safe-register, 5 nodes: pass \(seed 3; [\d,]+ events; /)
    expect(out).toContain('nothing wrong was met, which is no proof')
    expect(out).toContain('synod simulate safe-register --seeds 4..203')
  })

  it('gives the same run for the same seed, and another for another', async () => {
    const line = async (seed: string, ...more: string[]): Promise<string> => {
      const short = ['--ops', '20', '--for', '500ms', '--json', ...more]
      const args = ['simulate', 'safe-register', '--seed', seed, ...short]
      const { seconds: _, ...rest } = JSON.parse((await run(args)).out) as { seconds: number }
      return JSON.stringify(rest)
    }
    expect(await line('5')).toBe(await line('5'))
    expect(await line('5')).not.toBe(await line('6'))
    const both = await Promise.all(
      ['--wire', '--strict'].map(async (flag) => JSON.parse(await line('5', flag)) as object),
    )
    expect(both[0]).toMatchObject({ outcome: 'pass' })
    expect(both).toEqual([JSON.parse(await line('5')), JSON.parse(await line('5'))])
  })

  it('tells what went wrong as a numbered story, and how to see it again', async () => {
    const { exitCode, out } = await run(['simulate', ...BROKEN])
    expect(exitCode).toBe(1)
    expect(out).toMatch(/^safe-register\/half-a-write, \d nodes: FAIL safe \(seed \d+, number /)
    expect(out).toMatch(/The smallest run found, out of .*; none of it can be spared:/)
    expect(out).toMatch(/\n +1 +[\d.]+ ms +c1 +asks n1: write \d+ -> /)
    expect(out).toMatch(/again: {3}synod simulate safe-register\/half-a-write --seed \d+\n/)
  })

  it('stops at the first of many seeds that fails, or counts them all', async () => {
    const many = ['simulate', 'safe-register', '--mutant', 'half-a-write', '--no-shrink', '--json']
    const first = JSON.parse((await run([...many, '--seeds', '1..20'])).out) as Found
    const all = JSON.parse((await run([...many, '--seeds', '1..20', '--keep-going'])).out) as Found
    expect(first.outcome).toBe('fail')
    expect(first.seeds.ran).toBe(first.seed)
    expect(all.seeds.ran).toBe(20)
    expect(all.failures[0]).toEqual(first.failures[0])
    expect(all.failures.length).toBeGreaterThan(1)
  })

  it('writes the history and the trace, which can be read by others', async () => {
    const [history, trace] = [join(folder.path, 'h.jsonl'), join(folder.path, 't.jsonl')]
    const files = ['--out', history, '--trace', trace]
    const { err } = await run(['simulate', 'safe-register', '--ops', '20', ...files])
    expect(err).toMatch(/events in .*h\.jsonl\n\d+ steps in .*t\.jsonl/)
    const { operations } = await readHistory(history)
    expect(operations.length).toBeGreaterThan(10)
    const judged = await run(['judge', history, '--condition', 'safe'])
    expect(judged.exitCode).toBe(0)
    const [header, step] = readFileSync(trace, 'utf8').split('\n')
    expect(JSON.parse(header ?? '')).toMatchObject({ trace: 1, host: 'simulator', seed: 1 })
    expect(JSON.parse(step ?? '')).toMatchObject({ step: 0, event: { type: 'boot' } })
  })

  it('lists protocols with options and mutants', async () => {
    const { out } = await run(['simulate', '--list'])
    for (const { protocol } of protocolEntries) expect(out).toContain(protocol.name)
    const one = JSON.parse((await run(['simulate', 'abd', '--list', '--json'])).out) as object
    expect(one).toMatchObject({ name: 'abd', options: { retryMs: 100 } })
  })

  it('gives the same by two threads as by one', async () => {
    const seeds = '--seeds 1..40 --keep-going --no-shrink --json'
    const command = `synod simulate safe-register --mutant half-a-write ${seeds}`
    const [one, two] = await Promise.all([
      shell(command, folder.path),
      shell(`${command} --workers 2`, folder.path),
    ])
    const plain = ({ out }: { out: string }): object => ({
      ...(JSON.parse(out) as object),
      seconds: 0,
    })
    expect(one.exitCode, one.err).toBe(1)
    expect(plain(two)).toEqual(plain(one))
  })
})

interface Found {
  readonly outcome: string
  readonly seed: number
  readonly seeds: { readonly ran: number }
  readonly failures: readonly { readonly seed: number }[]
}

describe('a saved run', () => {
  it('runs again byte for byte, and without the bug it is right', async () => {
    const { err, out } = await run(['simulate', ...BROKEN, '--save', folder.path])
    expect(err).toMatch(/saved in .*run\.json/)
    const [, file = ''] = /--replay (\S+)\n/.exec(out) ?? []
    const { given, seed, cluster, schedule, found } = await readReplay(file)
    expect(found).toMatchObject({ outcome: 'fail', violated: 'safe' })
    const subject = await askedSubject(given)
    const simulation = { ...subject.simulation(seed), ...cluster }
    const [one, other] = [
      await runOfSchedule(subject, simulation, schedule),
      await runOfSchedule(subject, simulation, schedule),
    ]
    expect(JSON.stringify(other.run)).toBe(JSON.stringify(one.run))
    const again = await run(['simulate', '--replay', file])
    expect(again.exitCode).toBe(1)
    expect(again.out).toContain('FAIL safe (as when it was saved)')
    const repaired = await run(['simulate', '--replay', file, '--mutant', 'none'])
    expect(repaired.exitCode).toBe(0)
    expect(repaired.out).toContain('pass (FAIL safe when it was saved)')
  })

  it('is refused with a reason where it is none', async () => {
    const text = folder.write('bad.json', '{"replay":1')
    const other = folder.write('other.json', '{"replay":1,"synod":"0"}')
    const errors = await Promise.all(
      [text, other, join(folder.path, 'none.json')].map((file) =>
        run(['simulate', '--replay', file]),
      ),
    )
    expect(errors.map(({ exitCode }) => exitCode)).toEqual([254, 254, 254])
    expect(errors[1]?.err).toContain('this is no run that can be run again: given: ')
  })
})

describe('what is asked of synod simulate', () => {
  const refused = [
    [['safe-registr'], 'did you mean safe-register?'],
    [['safe-register', '--faults', 'crsh'], 'did you mean crash?'],
    [['safe-register', '--mutant', 'half-write'], 'did you mean half-a-write?'],
    [['safe-register', '--option', 'retryms=5'], 'did you mean retryMs?'],
    [['safe-register', '--option', 'retryMs'], 'write name=value'],
    [['safe-register', '--option', 'retryMs=soon'], "'soon' is not a number"],
    [['safe-register', '--workload', 'registr'], 'did you mean register?'],
    [['safe-register', '--condition', 'saf'], 'did you mean safe?'],
    [['safe-register', '--seeds', '9..3'], "'9..3' names no seeds"],
    [['safe-register', '--seed', '1', '--seeds', '1..3'], 'one seed and many'],
    [['safe-register', '--seeds', '1..2', '--shard', '3/3'], 'there is nothing to do'],
    [['./no-such-file.js#x'], 'there is no such file'],
  ] as const

  it.each(refused)('%j is refused with something to try', async (args, hint) => {
    const { exitCode, out, err } = await run(['simulate', ...args])
    expect([exitCode, out]).toEqual([254, ''])
    expect(err).toContain(hint)
  })

  it('may be a protocol of the user’s own', async () => {
    const file = folder.write(
      'mine.mjs',
      `export const mine = {
        name: 'mine', about: 'forgets', options: {}, tolerates: {},
        make: () => ({
          boot: () => ({}),
          onRequest: (state, { id, f }, fx) => (fx.reply(id, f === 'read' ? 1 : null), state),
          onMessage: (state) => state,
          view: () => ({}),
        }),
      }
      export const number = 5`,
    )
    const { exitCode, out } = await run(['simulate', `${file}#mine`, '--ops', '10'])
    expect(exitCode, out).toBe(1)
    expect(out).toContain('FAIL linearizable')
    const other = await run(['simulate', `${file}#number`])
    expect(other.err).toContain('this export is neither a protocol nor an entry')
  })
})

describe('synod regress', () => {
  it('compares every protocol with what is expected of it', async () => {
    const { exitCode, out, err } = await run([
      ...['regress', '--entries', 'protocols/safe-register*', '--seeds', '3', '--workers', '1'],
      '--verbose',
    ])
    expect([exitCode, err], out).toEqual([0, ''])
    const count = protocolEntries.filter(({ name }) => name.startsWith('safe-register')).length
    expect(out).toContain(`all good: ${count} of ${count} as expected`)
    expect(out).toMatch(/safe-register\/half-a-write +safe +FAIL +as expected +seed \d+,/)
  })

  it('tells what differs from a baseline', async () => {
    const rows = [{ name: 'protocols/safe-register/half-a-write', outcome: 'pass' }]
    const baseline = folder.write('baseline.json', JSON.stringify({ baseline: 1, rows }))
    const args = ['regress', 'half-a-write', '--workers', '1', '--baseline', baseline]
    const { exitCode, out } = await run(args)
    expect(exitCode).toBe(1)
    expect(out).toContain('half-a-write: fail (safe), as expected; in the baseline pass')
  })

  it('knows no entry of another name', async () => {
    const { exitCode, err } = await run(['regress', 'safe-registr'])
    expect(exitCode).toBe(254)
    expect(err).toContain('did you mean safe-register?')
  })
})
