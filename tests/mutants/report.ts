import type { MutantArea } from './mutant.ts'
import { mutantsIn } from './mutant.ts'

const cli = mutantsIn('src/cli/')
const runs = cli('report-runs')
const build = cli('report-build')
const families = cli('report-families')
const program = cli('report-program')
const bench = cli('report-bench')
const parts = mutantsIn('src/report/report/')
const tally = parts('tally')
const page = parts('report-page')
const entries = parts('entries')
const script = parts('script')
const markdown = parts('report-markdown')
const ratio = parts('bench-part')

/** Mutants of the page that says what all runs found. */
export const reportMutants: Readonly<Record<string, MutantArea>> = {
  'rows of a report': {
    tests: ['tests/report/report-runs.test.ts'],
    mutants: [
      runs('rows.has(name) || ', '', 'the oldest row counts'),
      runs('newest || ', '', 'what is new in a run is dropped'),
      runs(' || isKnown(name)', '', 'a run of one name takes the others away'),
      runs('commands.add(command)', 'void command', 'every run is the newest'),
      families('return made', 'return { ...made }', 'a protocol has as many families as rows'),
      families('if (rule.suites?.includes(suite)) return true', '', 'claims stand with others'),
      build(
        "suite === 'specs') return [suite, second]",
        'false) return [suite, second]',
        'folders',
      ),
      build("entry?.type === 'zoo'", 'entry === undefined', 'bugs have no protocol'),
      bench("now.bar.sense === 'at most'", "now.bar.sense === 'at least'", 'bars are turned round'),
      bench(
        'isLessBetter ? earlier / figure',
        'isLessBetter ? figure / earlier',
        'worse is better',
      ),
      ratio("bar.sense === 'at most' ?", "bar.sense === 'at least' ?", 'bars are turned round'),
    ],
  },
  'the page of a report': {
    tests: ['tests/report/report-page.test.ts'],
    mutants: [
      tally('wrong: bad.length - open', 'wrong: 0', 'nothing is ever wrong'),
      tally("if (tally.wrong > 0) return 'wrong'", '', 'what is wrong is only open'),
      page('over <= 0 || room === 0', 'room >= 0', 'pages grow as they like'),
      page('room.leftOut > 0 &&', 'false &&', 'nobody says what is left out'),
      entries(
        'if (bad.length === 0) return undefined',
        'if (bad.length > 0) return undefined',
        'red',
      ),
      script('step <= at', 'step < at', 'the state is that before the step'),
      script('step === at && at > 0', 'at > 0', 'everything has just changed'),
      script('entry.hidden = !fits', 'entry.hidden = fits', 'the filter is turned round'),
      script(
        "if (each.tagName === 'DETAILS') each.open = true",
        '',
        'links lead to what is folded',
      ),
      markdown('cells.map(visible)', 'cells', 'cells steer terminals'),
    ],
  },
  'a report of what is broken': {
    tests: ['tests/report/report-command.test.ts'],
    mutants: [
      build('return asExpected(row)', 'return true', 'everything is as expected'),
      build('asExpected: good', 'asExpected: true', 'no cell is red'),
      runs('mind(`left out', 'void (`left out', 'damaged runs go unsaid'),
      runs(
        'mind(`not drawn: ${path}: this',
        'void (`not drawn: ${path}: this',
        'damaged evidence is missed without a word',
      ),
      runs(
        "/[/\\\\]/.test(evidence) || evidence.startsWith('.')",
        "evidence === ''",
        'a run file makes the report read others',
      ),
      program(
        "if (script === 'bench' && !clone) return undefined",
        '',
        'users are told to run what they do not have',
      ),
      program('runs === OWN_RUNS', 'runs !== OWN_RUNS', 'scripts keep what nobody reads'),
      program(
        "!place.endsWith(join('node_modules', '.bin'))",
        'place.length > 0',
        'commands work within npx alone',
      ),
      cli('writable')(
        'if (path !== file && found?.isDirectory() === false)',
        'if (path !== file && found === undefined)',
        'files have folders within them',
      ),
      cli('report-evidence')(
        'if (tries === 0) return',
        'if (tries >= 0) return',
        'no run is drawn',
      ),
    ],
  },
}
