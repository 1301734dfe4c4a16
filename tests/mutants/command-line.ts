import type { MutantArea } from './mutant.ts'

/** Mutants of the commands, the matcher and the run files. */
export const commandLine: MutantArea = {
  tests: ['tests/cli/judge.test.ts', 'tests/cli/check.test.ts', 'tests/cli/usage.test.ts']
    .concat(['tests/cli/quantity.test.ts', 'tests/cli/matcher.test.ts'])
    .concat(['tests/core/results.test.ts', 'tests/core/nearest.test.ts']),
  mutants: [
    {
      file: 'src/cli/exit-code.ts',
      search: 'EXIT.crash, EXIT.badInput, EXIT.fail, EXIT.unknown',
      replacement: 'EXIT.crash, EXIT.fail, EXIT.badInput, EXIT.unknown',
      mistake: 'a violation hides a file that could not be read',
    },
    {
      file: 'src/cli/exit-code.ts',
      search: 'EXIT.fail, EXIT.unknown]',
      replacement: 'EXIT.unknown, EXIT.fail]',
      mistake: 'a doubt hides a violation',
    },
    {
      file: 'src/cli/program.ts',
      search: 'terminal.err(`${visibleLines(error.text)}\\n`)',
      replacement: 'terminal.err(`${error.text}\\n`)',
      mistake: 'an error message acts on the terminal',
    },
    {
      file: 'src/cli/program.ts',
      search: 'return error.exitCode === 0 ? EXIT.pass : EXIT.badInput',
      replacement: 'return error.exitCode',
      mistake: 'a misspelt option looks like a violation',
    },
    {
      file: 'src/cli/judge-command.ts',
      search: 'if (!(error instanceof UserError)) throw error',
      replacement: 'throw error',
      mistake: 'a file that cannot be read keeps the others from being judged',
    },
    {
      file: 'src/cli/judge-command.ts',
      search: 'codes.push(EXIT.badInput)',
      replacement: '',
      mistake: 'a file that cannot be read does not count',
    },
    {
      file: 'src/cli/judge-command.ts',
      search: '{ initial: flags.initial.value }',
      replacement: '{}',
      mistake: '--initial is ignored',
    },
    {
      file: 'src/cli/judgement-text.ts',
      search: '${visible(name)}: ',
      replacement: '${name}: ',
      mistake: 'the name of a file acts on the terminal',
    },
    {
      file: 'src/cli/quantity.ts',
      search: 'if (!(value > 0))',
      replacement: 'if (!(value >= 0))',
      mistake: 'a budget of nothing is accepted',
    },
    {
      file: 'src/cli/check-command.ts',
      search: 'return row.outcome === ',
      replacement: 'return row.expected === ',
      mistake: 'an unknown verdict counts as a different one',
    },
    {
      file: 'src/cli/run-entry.ts',
      search: 'if (key === undefined) return history',
      replacement: 'return history',
      mistake: 'all keys are judged instead of one',
    },
    {
      file: 'src/cli/write-order.ts',
      search: 'if (without.length === judged.length) return',
      replacement: 'if (judged.length === 0) return',
      mistake: 'an empty order is written for a violation',
    },
    {
      file: 'src/core/run-file.ts',
      search: 'violations === expectedViolations',
      replacement: 'true',
      mistake: 'the number of violations is not compared',
    },
    {
      file: 'src/core/results.ts',
      search: 'return outside ? basename(path) : ',
      replacement: 'return ',
      mistake: 'a saved run tells where the machine keeps its files',
    },
    {
      file: 'src/core/nearest.ts',
      search: 'swapped ? at(rows, i - 2, j - 2) + 1 : Infinity',
      replacement: 'Infinity',
      mistake: 'two swapped letters count as two mistakes',
    },
    {
      file: 'src/vitest.ts',
      search: 'pass: isNot,\n        message: () => `${about}: unknown',
      replacement: 'pass: false,\n        message: () => `${about}: unknown',
      mistake: 'what could not be decided passes behind not',
    },
    {
      file: 'src/models.ts',
      search: 'initial: (value = initial)',
      replacement: 'initial: (value)',
      mistake: 'a model forgets the value it was made with',
    },
  ],
}
