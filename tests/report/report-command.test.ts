import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { checkCommand } from '../../src/cli/check-command.ts'
import { commandHere, programHere } from '../../src/cli/report-program.ts'
import { report } from '../../src/cli/report-run.ts'
import { packageFolder } from '../../src/core/package.ts'
import type { Entry } from '../../suites/entry.ts'
import { registers } from '../../suites/protocols/registers.ts'
import { commitSpecs } from '../../suites/specs/commit.ts'
import { newFolder, STALE } from '../cli/files.ts'
import type { Folder } from '../cli/files.ts'
import type { Ran } from '../cli/run.ts'
import { run } from '../cli/run.ts'

let folder: Folder
let runs: string
let told: Ran

function terminalOf(ran: { out: string; err: string }) {
  return {
    input: (async function* () {})(),
    out: (text: string) => (ran.out += text),
    err: (text: string) => (ran.err += text),
    width: 100,
    colour: false,
  }
}

async function check(table: readonly Entry[]): Promise<void> {
  const finish = (): void => undefined
  const command = checkCommand(terminalOf({ out: '', err: '' }), finish, {
    table,
    folder: folder.path,
  })
  const args = ['check', '--save', runs]
  await new Command().addCommand(command).parseAsync(args, { from: 'user' })
}

/** Without the chapters, which are about something else and take seconds. */
async function tell(json = false): Promise<Ran> {
  const ran = { out: '', err: '' }
  const flags = {
    runs,
    out: join(folder.path, 'made', 'report.html'),
    markdown: join(folder.path, 'made', 'report.md'),
    ...(json ? { json: true as const } : {}),
  }
  const exitCode = await report(flags, terminalOf(ran), () => Promise.resolve([]))
  return { exitCode, ...ran }
}

/** A protocol with a bug in it that is taken for right. */
function brokenProtocol(): Entry {
  const found = registers.find(({ name }) => name === 'abd/read-without-write-back')!
  const entry = { ...found, expect: { outcome: 'pass' } } as const
  const because = 'it is said to be right'
  return {
    type: 'protocol',
    name: 'protocols/abd/claims',
    entry,
    seeds: 5,
    expected: 'pass',
    because,
  }
}

function brokenSpec(): Entry {
  const found = commitSpecs.find(({ mutant }) => mutant === 'commit-alone')!
  const entry = { ...found, expect: { outcome: 'pass' } } as const
  const because = 'it is said to be right'
  return { type: 'spec', name: 'specs/commit/tcommit/claims', entry, expected: 'pass', because }
}

beforeAll(async () => {
  folder = newFolder()
  runs = join(folder.path, 'runs')
  folder.write('stale.jsonl', STALE)
  const history: Entry = {
    type: 'history',
    name: 'histories/etcd-made/linearizable',
    file: 'stale.jsonl',
    condition: 'linearizable',
    expected: 'fail',
    because: 'it was made so',
  }
  await check([brokenProtocol(), brokenSpec(), history])
  told = await tell()
}, 120_000)
afterAll(() => {
  folder.remove()
})

describe('a report of a protocol that is broken', () => {
  it('ends with 0, as it is a report, and names what is not as expected', () => {
    expect(told.exitCode).toBe(0)
    expect(told.out).toMatch(/^1 of 3 checks came out as expected: 2 did not\./)
    expect(told.out).toContain('NOT AS EXPECTED  protocols/abd/claims')
    expect(told.err).toContain('report.html')
  })

  it('has red cells, the run made smaller, and the command that shows it again', async () => {
    const page = folder.read('made/report.html')
    expect(page).toMatch(/<td class="wrong">\s*<a href="#all-abd-protocols">/)
    expect(page).toMatch(/<td class="wrong">\s*<a href="#all-two-phase-commit-specs">/)
    expect(page).toMatch(/<td class="good">\s*<a href="#all-raft-histories">/)
    expect(page).toContain('What clients saw')
    expect(page).toContain('made smaller by')
    const json = JSON.parse((await tell(true)).out) as { different: { again: string }[] }
    const commands = json.different.map(({ again }) => again)
    expect(commands).toEqual([
      'synod explore tcommit --mutant commit-alone',
      'synod simulate abd/read-without-write-back --seed 3',
    ])
    for (const command of commands) {
      expect(page).toContain(command)
      const again = await run([...command.split(' ').slice(1), '--json'])
      expect(again.exitCode).toBe(1)
    }
  })

  it('says the same in Markdown', () => {
    const text = folder.read('made/report.md')
    expect(text).toContain('# Synod: 1 of 3 checks came out as expected: 2 did not.')
    expect(text).toContain('`synod simulate abd/read-without-write-back --seed 3`')
    expect(text).toMatch(/\| ABD \|.*✗ 1 of 1/)
  })

  it('names what was not run, with the command that would', () => {
    const text = folder.read('made/report.md')
    expect(text).toContain(`real processes: \`synod regress --host processes --save ${runs}\``)
    expect(text).toContain(`benchmarks: \`npm run bench -- --save ${runs}\``)
  })
})

describe('commands of a report', () => {
  const clone = { program: 'node dist/src/cli/main.js', clone: true, runs: 'results/runs' }
  const user = { program: 'npx synod', clone: false, runs: "it's here" }

  it('are the scripts of a clone where those keep what is reported', () => {
    expect(commandHere('npm run regress -- zoo', clone)).toBe('npm run regress -- zoo')
    expect(commandHere('npm run regress -- zoo', { ...clone, runs: 'mine' })).toBe(
      'node dist/src/cli/main.js regress zoo --save mine',
    )
    expect(commandHere('synod judge a.jsonl', clone)).toBe(
      'node dist/src/cli/main.js judge a.jsonl',
    )
  })

  it('are those of the program where it is installed, and keep what is found', () => {
    expect(commandHere('npm run check', user)).toBe("npx synod check --save 'it'\\''s here'")
    expect(commandHere('synod maelstrom test --save results/runs', user)).toBe(
      "npx synod maelstrom test --save 'it'\\''s here'",
    )
    expect(commandHere('synod simulate raft --seed 7', user)).toBe(
      'npx synod simulate raft --seed 7',
    )
    // The package has no benchmarks.
    expect(commandHere('npm run bench -- --save results/runs', user)).toBeUndefined()
  })

  it('are called as a shell finds the program', () => {
    const bin = join(folder.path, 'node_modules', '.bin')
    mkdirSync(bin, { recursive: true })
    writeFileSync(join(bin, 'synod'), '')
    const called = (...path: string[]): string =>
      programHere({ argv: ['node', 'x'], env: { PATH: path.join(delimiter) } }, folder.path).program
    expect(called('', folder.path)).toBe('synod')
    expect(called(folder.path, bin)).toBe('npx synod')
    writeFileSync(join(folder.path, 'synod'), '')
    expect(called(bin, folder.path)).toBe('synod')
    const main = join(packageFolder(), 'dist', 'src', 'cli', 'main.js')
    if (!existsSync(main)) return
    const own = programHere({ argv: ['node', main], env: {} }, packageFolder())
    expect(own).toMatchObject({ program: 'node dist/src/cli/main.js', clone: true })
  })
})

describe('saved runs that cannot be used', () => {
  it('are named and left out: damaged ones, and those of another version', async () => {
    const made = (name: string, text: string): void => {
      mkdirSync(join(runs, name))
      writeFileSync(join(runs, name, 'run.json'), text)
    }
    made('2999-01-01T00-00-00-check', '{"run": 1, "synod"')
    made('2999-01-02T00-00-00-regress', '{"run": 7}')
    const { exitCode, out, err } = await tell()
    expect(exitCode).toBe(0)
    expect(err).toMatch(/mind: left out: .*2999-01-01T00-00-00-check/)
    expect(err).toMatch(/mind: left out: .*2999-01-02T00-00-00-regress/)
    expect(out).toContain('1 of 3 checks')
    expect(folder.read('made/report.html')).toContain('2999-01-02T00-00-00-regress')
  })

  it('are missed where the evidence is damaged, and the verdicts still shown', async () => {
    const [name = ''] = readdirSync(runs).filter((each) => !each.startsWith('2999'))
    for (const file of readdirSync(join(runs, name))) {
      if (/^\d+-/.test(file)) writeFileSync(join(runs, name, file), '{"violations": [[]], "x":')
    }
    const damaged = await tell()
    expect(damaged.out).toContain('1 of 3 checks')
    expect(damaged.out).toContain('synod explore tcommit --mutant commit-alone')
    const gone =
      /mind: not drawn: .*\d-specs-commit.*\.json: this evidence cannot be read; synod expl/
    expect(damaged.err).toMatch(gone)
    expect(folder.read('made/report.html')).toContain('this evidence cannot be read')
    for (const file of readdirSync(join(runs, name))) {
      if (/^\d+-/.test(file)) writeFileSync(join(runs, name, file), '{"violations": [[]]}')
    }
    const other = await tell()
    expect(other.out).toContain('1 of 3 checks')
    expect(other.err.match(/mind: not drawn: .*has another form/g)).toHaveLength(3)
  })

  it('cannot make the report read other files', async () => {
    const [name = ''] = readdirSync(runs).filter((each) => !each.startsWith('2999'))
    const path = join(runs, name, 'run.json')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replaceAll(/"evidence": "[^"]*"/g, '"evidence": "../../stale.jsonl"'))
    expect((await tell()).err).toContain('and ../../stale.jsonl does not')
    writeFileSync(path, text)
  })

  it('are not looked at where the page could not be written', async () => {
    folder.write('a-file', '')
    for (const flag of ['--out', '--markdown']) {
      for (const where of ['a-file/report.html', '.', '']) {
        const file = where === '' ? '' : join(folder.path, where)
        const { exitCode, err } = await run(['report', '--runs', runs, flag, file])
        expect(exitCode).toBe(254)
        expect(err).toMatch(
          /^error: \S.*: this cannot be written: .*\n {2}try: name a file in a folder/,
        )
        expect(err).toContain(`${flag} FILE`)
      }
    }
  })

  it('are asked for where there are none', async () => {
    const { exitCode, err } = await run(['report', '--runs', join(folder.path, 'none')])
    expect(exitCode).toBe(254)
    expect(err).toMatch(
      /none: no saved runs can be read here\n {2}try: synod check --save DIR makes one/,
    )
  })
})
