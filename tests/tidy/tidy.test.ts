import { describe, expect, it } from 'vitest'

import { projectFiles } from './project-files.ts'
import { rules } from './rules.ts'

const files = projectFiles()
/** It holds the examples of what is forbidden. */
const EXAMPLES = 'tests/tidy/rules.ts'

describe('the project keeps to its own rules', () => {
  it('looks at the files that people write', () => {
    const paths = files.map(({ path }) => path)
    expect(paths).toContain('package-lock.json')
    expect(paths).toContain('src/core/json.ts')
    expect(paths).toContain('tests/tidy/tidy.test.ts')
    expect(paths.filter((path) => /^(dist|node_modules|\.git)\//.test(path))).toEqual([])
  })

  it.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
    const found = files
      .filter(({ path }) => path !== EXAMPLES && rule.about(path))
      .flatMap((file) => rule.faults(file).map((fault) => `${file.path}:${fault}`))
    expect(found, `use instead: ${rule.instead}`).toEqual([])
  })

  it.each(rules.map((rule) => [rule.name, rule] as const))('can be broken: %s', (_, rule) => {
    expect(rule.about(rule.broken.path)).toBe(true)
    expect(rule.faults(rule.broken)).not.toEqual([])
  })
})
