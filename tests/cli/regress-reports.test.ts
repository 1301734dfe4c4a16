import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { annotations, stepSummary } from '../../src/cli/regress-github.ts'
import { junitXml } from '../../src/cli/regress-junit.ts'
import type { SuiteResult } from '../../src/cli/regress-run.ts'
import type { RunRow } from '../../src/core/results.ts'
import { UserError } from '../../src/core/user-error.ts'
import type { Entry } from '../../suites/entry.ts'
import { strictXml } from './strict-xml.ts'

/** Any of the 65,536 units of UTF-16, halves of pairs among them, and what means something. */
const unit = fc.oneof(
  fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)),
  fc.constantFrom('<', '&', '"', "'", '>', ']]>', '\0', '\r', '\n', '\t', '%', ':', ',', '😀'),
  fc.constantFrom('a', 'b', ' '),
)
const text = fc.string({ unit, maxLength: 20 })

const started = new Date('2026-11-22T01:02:03.456Z')

const entry = (name: string): Entry => ({
  type: 'history',
  name,
  file: 'x.jsonl',
  condition: 'linearizable',
  expected: 'pass',
  because: '',
})

const row = (name: string, more: Partial<RunRow> = {}): RunRow => ({
  name,
  outcome: 'pass',
  expected: 'pass',
  sentence: 'all is well',
  seconds: 0.25,
  ...more,
})

function resultOf(suite: string, rows: readonly RunRow[], unread: readonly string[] = []) {
  const entries = [...rows.map(({ name }) => name), ...unread].map(entry)
  const result: SuiteResult = {
    suite: { name: suite, about: '', entries },
    found: rows.map((each) => ({ entry: entry(each.name), row: each })),
    unread: unread.map((name) => ({
      entry: entry(name),
      error: new UserError('there is no such file', { where: name, hint: 'look' }),
    })),
    seconds: 1.5,
  }
  return result
}

const wrong = row('specs/commit/claims', {
  outcome: 'fail',
  violated: 'agreement',
  sentence: '\'agreement\' is false for <rm0> & "rm1"',
  replay: "synod explore commit --param 'n=<3>'",
})
const open = row('specs/paxos/claims', { outcome: 'unknown', sentence: 'a bound was hit' })

describe('a report in the form of JUnit', () => {
  const results = [
    resultOf('specs', [row('specs/abd/claims'), wrong, open], ['specs/none/claims']),
    resultOf('quorums', [row('quorums/grid/load')]),
  ]

  it('has a suite for each suite and a case for each row', () => {
    const { name, attributes, elements } = strictXml(junitXml(results, started))
    expect([name, attributes]).toEqual([
      'testsuites',
      {
        name: 'synod regress',
        tests: '5',
        failures: '1',
        errors: '2',
        time: '3.000',
        timestamp: '2026-11-22T01:02:03',
      },
    ])
    expect(elements.map((suite) => [suite.attributes['name'], suite.attributes['tests']])).toEqual([
      ['specs', '4'],
      ['quorums', '1'],
    ])
    expect(elements[1]?.elements).toMatchObject([
      { name: 'testcase', attributes: { classname: 'synod.quorums', name: 'grid/load' } },
    ])
  })

  it('says what is wrong, and how it is seen again', () => {
    const [specs] = strictXml(junitXml(results, started)).elements
    const inside = (specs?.elements ?? []).map(({ elements: [first] }) => [
      first?.name,
      first?.attributes,
      first?.text,
    ])
    expect(inside).toEqual([
      [undefined, undefined, undefined],
      [
        'failure',
        { type: 'fail', message: 'fail (agreement), and should be pass' },
        `${wrong.sentence}\nagain: ${wrong.replay ?? ''}`,
      ],
      ['error', { type: 'unknown', message: 'unknown, and should be pass' }, 'a bound was hit'],
      [
        'error',
        { type: 'unreadable', message: 'there is no such file' },
        'error: specs/none/claims: there is no such file\n  try: look',
      ],
    ])
  })

  it('is well formed whatever the texts are', () => {
    fc.assert(
      fc.property(text, text, text, text, (name, sentence, violated, replay) => {
        const odd = row(`a/${name}`, { outcome: 'fail', sentence, violated, replay })
        const xml = junitXml([resultOf(name, [odd], [`a/${sentence}`])], started)
        const [suite] = strictXml(xml).elements
        expect(suite?.elements.map((each) => each.elements[0]?.name)).toEqual(['failure', 'error'])
        const readable = [name, sentence].every((each) => /^[ -~]*$/.test(each))
        if (!readable) return
        expect(suite?.attributes['name']).toBe(name)
        expect(suite?.elements[0]?.attributes['name']).toBe(name)
        expect(suite?.elements[0]?.elements[0]?.text).toMatch(sentence)
      }),
      { seed: 1, numRuns: 100 },
    )
  })

  it('spells out what XML cannot say', () => {
    const odd = row('a/b', { outcome: 'fail', sentence: 'bell \u0007, half \ud800, none \uffff' })
    expect(junitXml([resultOf('a', [odd])], started)).toContain(
      'bell \\x07, half \\ud800, none \\uffff',
    )
  })
})

describe('annotations for GitHub', () => {
  it('are a line for each row that is not as expected, errors first', () => {
    const results = [resultOf('specs', [open, row('specs/abd/claims'), wrong], ['specs/none'])]
    const missing = {
      kind: 'missing',
      name: 'specs/old',
      sentence: 'pass, and now nothing',
    } as const
    const fresh = { kind: 'new', name: 'specs/fresh', sentence: 'pass' } as const
    expect(annotations(results, [missing, fresh]).split('\n')).toEqual([
      '::error title=specs/commit/claims::fail (agreement), and should be pass: ' +
        `${wrong.sentence}%0Aagain: ${wrong.replay ?? ''}`,
      '::error title=specs/old::in the baseline, and not here any more: pass, and now nothing',
      '::warning title=specs/paxos/claims::unknown, and should be pass: a bound was hit',
      '::warning title=specs/none::error: specs/none: there is no such file%0A  try: look',
      '',
    ])
  })

  it('can be read as one command each, whatever the texts are', () => {
    const texts = fc.oneof(
      text,
      fc.constantFrom('::error::x', '50%', 'a\r\n::debug::b', 'a:b,c', '%0A'),
    )
    fc.assert(
      fc.property(texts, texts, (name, sentence) => {
        const odd = row(name, { outcome: 'fail', sentence })
        const lines = annotations([resultOf('a', [odd])], []).split('\n')
        expect(lines).toHaveLength(2)
        const parts = /^::error title=([^:,]*)::([^\r\n]*)$/.exec(lines[0] ?? '')
        expect(parts).not.toBeNull()
        if (!/^[ -~]*$/.test(name + sentence)) return
        // As GitHub's runner reads them.
        const plain = (value = ''): string =>
          value
            .replaceAll('%3A', ':')
            .replaceAll('%2C', ',')
            .replaceAll('%0A', '\n')
            .replaceAll('%25', '%')
        expect(plain(parts?.[1])).toBe(name)
        expect((parts?.[2] ?? '').replaceAll('%25', '%')).toContain(sentence)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('are ten of a kind at most, as GitHub shows no more', () => {
    const rows = Array.from({ length: 30 }, (_, at) => row(`a/${at}`, { outcome: 'fail' }))
    const lines = annotations([resultOf('a', rows)], [])
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(10)
    expect(lines[9]).toBe(
      '::error title=synod regress::and 21 more rows not as expected: see the log',
    )
  })
})

describe('the summary of a step at GitHub', () => {
  it('has the suites, what is not as expected, and what changed', () => {
    const short = { ...wrong, sentence: 'x', replay: 'again' }
    const results = [resultOf('specs', [row('specs/abd/claims'), short])]
    const change = { kind: 'red', name: wrong.name, sentence: 'fail' } as const
    expect(stepSummary(results, [change])).toMatchInlineSnapshot(`
      "### Synod: 1 of 2 as expected

      | suite | rows | | time |
      | --- | ---: | --- | ---: |
      | specs | 1 of 2 | **1 not as expected** | 1.5 s |

      #### Not as expected

      - \`specs/commit/claims\`: fail &#40;agreement&#41;, and should be pass: x, again: \`again\`

      #### Against the baseline

      - \`specs/commit/claims\`: not as expected any more: fail

      "
    `)
  })

  it('keeps texts from being Markdown or HTML', () => {
    const sentence = '<img src=x onerror=alert(1)> [a](b) | c\n# d `e` **f** @somebody'
    const odd = row('a/``b`', { outcome: 'fail', sentence })
    const summary = stepSummary([resultOf('a', [odd])], [])
    expect(summary).not.toMatch(/<img|\[a\]|\*\*f|@somebody|\n# d/)
    expect(summary).toContain('- ``` a/``b` ```: fail')
  })

  it('stays small enough for GitHub', () => {
    const rows = Array.from({ length: 9000 }, (_, at) => row(`a/${at}`, { outcome: 'fail' }))
    const summary = stepSummary([resultOf('a', rows)], [])
    expect(summary.length).toBeLessThan(100_000)
    expect(summary).toContain('- and 8,800 more\n')
  })
})
