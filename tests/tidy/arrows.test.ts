import { Linter } from 'eslint'
import { parser } from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

import { arrows, arrowsRule, forbidden } from '../../eslint.arrows.js'
import { projectFiles, projectFolder } from './project-files.ts'

/** What the rule says about one line of code in one file. */
function complaints(path: string, code: string): string[] {
  const linter = new Linter({ configType: 'flat', cwd: projectFolder })
  const messages = linter.verify(
    code,
    {
      files: ['**/*.ts'],
      languageOptions: { parser: parser },
      plugins: { synod: { rules: { arrows: arrowsRule } } },
      rules: { 'synod/arrows': 'error' },
    },
    { filename: `${projectFolder}${path}` },
  )
  return messages.map(({ message }) => message)
}

describe('imports point one way', () => {
  it.each([
    ['src/core/json.ts', "import { a } from '../history/history.ts'"],
    ['src/history/event.ts', "import type { Engine } from '../linearize/engine.ts'"],
    ['src/linearize/zones.ts', "export { register } from '../../checkers/models/register.ts'"],
    ['src/linearize/zones.ts', "export * from '../report/html.ts'"],
    ['src/report/page.ts', "const page = await import('../../checkers/judge.ts')"],
    ['src/report/page.ts', "let a: import('../../checkers/judge.ts').Judgement"],
    ['checkers/judge.ts', "import { page } from '../src/report/page.ts'"],
    ['checkers/models/register.ts', "import { raft } from '../../impls/raft/raft.ts'"],
    ['impls/raft/raft.ts', "import { log } from '../../specs/log/log.ts'"],
    ['impls/raft/raft.ts', "import { seeded } from '../../src/simulate/clock.ts'"],
    ['specs/log/log.ts', "import { run } from '../../src/cli/program.ts'"],
    ['suites/histories.ts', "import { run } from '../src/cli/program.ts'"],
    ['bench/linearize.ts', "import { page } from '../src/report/page.ts'"],
    ['src/node/protocol.ts', "import { explore } from '../explore/search.ts'"],
    ['examples/my-protocol/test.ts', "import { judge } from '../../src/index.ts'"],
    ['src/core/a.ts', "import { judge } from '../index.ts'"],
  ])('%s may not say: %s', (path, code) => {
    expect(complaints(path, code)).toHaveLength(1)
  })

  it.each([
    ['src/core/json.ts', "import { a } from './shape.ts'"],
    ['src/core/results.ts', "import { z } from 'zod'"],
    ['src/linearize/zones.ts', "import type { Engine } from '../core/engine.ts'"],
    ['checkers/models/queue.ts', "import { fifo } from '../../src/linearize/queue.ts'"],
    ['src/compose/compose.ts', "import { explore } from '../explore/search.ts'"],
    ['src/valency/bivalent.ts', "import { compose } from '../compose/compose.ts'"],
    ['src/cli/main.ts', "import { judge } from '../../checkers/judge.ts'"],
    ['suites/histories.ts', "import { judge } from '../checkers/judge.ts'"],
    ['tests/a.test.ts', "import { judge } from '../checkers/judge.ts'"],
  ])('%s may say: %s', (path, code) => {
    expect(complaints(path, code)).toEqual([])
  })

  it('knows every part of the tree', () => {
    const parts = new Set(
      projectFiles()
        .filter(({ path }) => path.endsWith('.ts') && path.startsWith('src/'))
        .map(({ path }) => path.split('/').slice(0, 2).join('/')),
    )
    expect([...parts].filter((part) => !(part in arrows))).toEqual([])
  })

  it('says what is allowed', () => {
    expect(forbidden('src/history/event.ts', 'src/report/html.ts')).toBe(
      'src/history may import src/core, not src/report/html.ts',
    )
  })
})
