import type { RunRow } from '../core/results.ts'
import { asExpected } from '../core/results.ts'
import { visible, visibleLines } from '../report/visible.ts'
import { wrongText } from './regress-text.ts'
import type { SuiteResult } from './regress-run.ts'

/**
 * The form of JUnit's reports that continuous integration reads: a suite is a `testsuite`, a row a
 * `testcase`. Not as expected is a failure; undecided, or not readable, is an error.
 */
export function junitXml(results: readonly SuiteResult[], started: Date): string {
  const all = results.map(countsOf)
  const sum = (count: (counts: Counts) => number): number =>
    all.reduce((total, counts) => total + count(counts), 0)
  const attributes = attributesOf({
    name: 'synod regress',
    tests: sum(({ tests }) => tests),
    failures: sum(({ failures }) => failures),
    errors: sum(({ errors }) => errors),
    time: secondsText(sum(({ seconds }) => seconds)),
    timestamp: timestampOf(started),
  })
  const suites = results.map((result) => suiteXml(result, started)).join('')
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
  return `${head}<testsuites${attributes}>\n${suites}</testsuites>\n`
}

interface Counts {
  readonly tests: number
  readonly failures: number
  readonly errors: number
  readonly seconds: number
}

function countsOf({ found, unread, seconds }: SuiteResult): Counts {
  const wrong = found.filter(({ row }) => !asExpected(row))
  const open = wrong.filter(({ row }) => row.outcome === 'unknown').length
  return {
    tests: found.length + unread.length,
    failures: wrong.length - open,
    errors: unread.length + open,
    seconds,
  }
}

function suiteXml(result: SuiteResult, started: Date): string {
  const { suite, found, unread } = result
  const { seconds, ...counts } = countsOf(result)
  const attributes = attributesOf({
    name: suite.name,
    ...counts,
    skipped: 0,
    time: secondsText(seconds),
    timestamp: timestampOf(started),
  })
  const cases = [
    ...found.map(({ row }) => caseXml(row)),
    ...unread.map(({ entry: { name }, error }) =>
      element('testcase', { ...namesOf(name), time: '0' }, [
        element('error', { type: 'unreadable', message: error.message }, error.text),
      ]),
    ),
  ]
  return `  <testsuite${attributes}>\n${cases.join('')}  </testsuite>\n`
}

function caseXml(row: RunRow): string {
  const attributes = { ...namesOf(row.name), time: secondsText(row.seconds) }
  if (asExpected(row)) return element('testcase', attributes)
  const { sentence, replay } = row
  const text = [sentence, ...(replay === undefined ? [] : [`again: ${replay}`])].join('\n')
  const kind = row.outcome === 'unknown' ? 'error' : 'failure'
  return element('testcase', attributes, [
    element(kind, { type: row.outcome, message: wrongText(row) }, text),
  ])
}

/** Readers group by class, dots for folders: `specs.commit.twophase`, `rm-3/claims`. */
function namesOf(name: string): { readonly classname: string; readonly name: string } {
  const words = name.split('/')
  return { classname: `synod.${words[0] ?? ''}`, name: words.slice(1).join('/') }
}

type Attributes = Readonly<Record<string, string | number>>

/** An element with elements in it, or with text. */
function element(
  name: string,
  attributes: Attributes,
  inside?: readonly string[] | string,
): string {
  const head = `${name}${attributesOf(attributes)}`
  const indentation = name === 'testcase' ? '    ' : '      '
  if (inside === undefined) return `${indentation}<${head}/>\n`
  const content =
    typeof inside === 'string'
      ? escaped(visibleLines(inside))
      : `\n${inside.join('')}${indentation}`
  return `${indentation}<${head}>${content}</${name}>\n`
}

function attributesOf(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(visible(String(value)))}"`)
    .join('')
}

/** Characters that XML forbids were made visible before. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function secondsText(seconds: number): string {
  return seconds.toFixed(3)
}

/** As JUnit's schema has it: without fractions and without a zone. */
function timestampOf(started: Date): string {
  return started.toISOString().slice(0, 19)
}
