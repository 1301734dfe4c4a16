import type { MutantArea } from './mutant.ts'
import { mutantsIn } from './mutant.ts'

const core = mutantsIn('src/core/')
const cli = mutantsIn('src/cli/')
const runFile = core('run-file')
const compare = core('run-compare')
const drift = core('run-drift')
const writer = core('run-writer')
const results = core('results')

/** What regressions are told by: rows, runs as they are kept, comparisons and reports. */
export const regression: Readonly<Record<string, MutantArea>> = {
  'runs and what is compared with them': {
    tests: ['tests/core/results.test.ts', 'tests/core/run-compare.test.ts']
      .concat(['tests/core/run-drift.test.ts', 'tests/cli/regress-reports.test.ts'])
      .concat(['tests/cli/regress.test.ts']),
    mutants: [
      runFile('return outcome === expected &&', 'return', 'any outcome is the expected one'),
      runFile(
        'counts[name] !== count',
        'counts[name] === undefined',
        'what is counted may be any number',
      ),
      compare('if (!good) {', 'if (!good && counted.length > 0) {', 'what is red is not told'),
      compare(
        "kind: same && !wasGood(before, row) ? 'still red' : 'red'",
        "kind: same ? 'still red' : 'red'",
        'what is red now counts as red before, where the verdict alone is the same',
      ),
      compare(
        'before.outcome === row.outcome && before.violated === row.violated',
        'before.outcome === row.outcome',
        'another claim is violated, and nobody is told',
      ),
      compare(
        'const now = new Set(rows.map(({ name }) => name))',
        'const now = new Set(baseline.map(({ name }) => name))',
        'rows vanish without a word',
      ),
      drift('(high / low) ** 3', '(high / low) ** 300', 'nothing lies outside of the noise'),
      drift('slower: low > 1.1', 'slower: high > 1.1', 'noise is called slow'),
      drift('a.outcome === b.outcome &&', '', 'verdicts of other kinds are compared by their time'),
      writer(
        'const begun = RunFile.parse({ ...header, seconds: 0, finished: false, rows: [] })',
        'const begun = RunFile.parse({ ...header, seconds: 0, rows: [] })',
        'a run that was killed looks as if it had come to its end',
      ),
      writer(
        'await appendFile(join(folder, ROWS_FILE), jsonText(whole, 0))',
        'if (rows.length > 9) await appendFile(join(folder, ROWS_FILE), jsonText(whole, 0))',
        'what is found is kept late',
      ),
      results(
        "const lines = text.slice(0, text.lastIndexOf('\\n') + 1).split('\\n')",
        "const lines = text.split('\\n')",
        'a line that was cut off makes the whole run unreadable',
      ),
      core('saved-json')(
        "if (typeof version === 'number' && version !== 1)",
        "if (typeof version === 'string')",
        'nobody is told that a file is of another version',
      ),
      core('run-folder')(
        'above !== path && !(await isFolder(above))',
        'above !== path',
        'where no folder can be made it is tried for ever',
      ),
      cli('regress-junit')(
        ".replaceAll('&', '&amp;')",
        '',
        'a report cannot be read where a text has an ampersand',
      ),
      cli('regress-junit')(
        'escaped(visibleLines(inside))',
        'escaped(inside)',
        'XML has a bell in it',
      ),
      cli('regress-github')(
        ".replaceAll('%', '%25')",
        '',
        'what looks like an escape is read as one',
      ),
      cli('regress-github')(
        ".replaceAll('\\n', '%0A')",
        '',
        'the second line of a text is a command of its own',
      ),
      cli('regress-run')(
        'return count === entries.length && host',
        'return host',
        'what was not to be run is missing',
      ),
      cli('regress-run')(
        '...(changes.some(({ kind }) => otherVerdict.includes(kind)) ? [EXIT.fail] : []),',
        '',
        'another verdict than before is no reason to stop',
      ),
      cli('regress-baseline')(
        'filter(({ name }) => !inScope(name))',
        'filter(({ name }) => inScope(name))',
        'an update forgets what was not run',
      ),
    ],
  },
}
