import { wrap, visible } from '../report/visible.ts'
import type { AnySpec } from '../../suites/spec-entry.ts'
import { EXIT } from './exit-code.ts'
import { namedSpec } from './explore-spec.ts'
import { jsonLine } from './json-line.ts'
import type { Terminal } from './terminal.ts'

/** `synod explore --list`: all specs or one, with parameters and mutants. Answers the exit code. */
export async function showSpecs(
  name: string | undefined,
  flags: { readonly json?: true },
  terminal: Terminal,
): Promise<number> {
  const { specs } = await import('../../suites/specs.ts')
  const asked = name === undefined ? specs : [await namedSpec(name)]
  for (const spec of asked)
    terminal.out(flags.json ? jsonLine(plain(spec)) : specText(spec, terminal.width))
  if (name === undefined && !flags.json)
    terminal.out('\nexplore one:  synod explore NAME --param NAME=VALUE --mutant NAME\n')
  return EXIT.pass
}

function plain({ name, about, source, parameters, mutants }: AnySpec): object {
  return { name, about, ...(source === undefined ? {} : { source }), parameters, mutants }
}

function specText({ name, about, source, parameters, mutants }: AnySpec, width: number): string {
  const values = Object.entries(parameters).map(([key, value]) => `${key}=${String(value)}`)
  const heading = [visible(name), ...values.map(visible)].join('  ')
  const lines = [
    about,
    ...(source === undefined ? [] : [source]),
    ...Object.entries(mutants ?? {}).map(([key, bug]) => `--mutant ${key}: ${bug}`),
  ]
  const text = lines
    .flatMap((line) =>
      wrap(visible(line), width - 6).map((part, at) => (at === 0 ? part : `  ${part}`)),
    )
    .map((line) => `    ${line}\n`)
  return `${heading}\n${text.join('')}`
}
