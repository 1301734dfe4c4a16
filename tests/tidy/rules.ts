import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { projectFolder } from './project-files.ts'
import type { ProjectFile } from './project-files.ts'

/** Something that every file of the project keeps to. */
export interface Rule {
  readonly name: string
  readonly instead: string
  /** Which files it is about. */
  about(path: string): boolean
  /** The faults in a file, each as `line: what`, or just what. */
  faults(file: ProjectFile): string[]
  /** A file that breaks the rule: a rule that cannot fail is none. */
  readonly broken: ProjectFile
}

const LONGEST_LINE = 100
const MOST_LINES = 400

const isCode = (path: string): boolean => /\.(ts|js)$/.test(path)
const isConfig = (path: string): boolean => /(^|\/)[a-z.]+\.config\.(ts|js)$/.test(path)
const isMarkdown = (path: string): boolean => path.endsWith('.md')

/** Every line that matches, with its number. */
function matches(pattern: RegExp): (file: ProjectFile) => string[] {
  return ({ text }) =>
    text.split('\n').flatMap((line, at) => {
      const found = pattern.exec(line)
      return found === null ? [] : [`${at + 1}: ${found[0]}`]
    })
}

export const rules: readonly Rule[] = [
  {
    name: 'no absolute path of somebody’s machine',
    instead: 'a path relative to the project, or os.tmpdir()',
    about: () => true,
    faults: matches(
      /(?<![\w.:/-])(\/(home|Users|root|work|tmp|mnt|private)\/[\w.-]+|[A-Z]:\\Users)/,
    ),
    broken: { path: 'docs/a.md', text: 'see /home/ann/notes.md' },
  },
  {
    name: 'no folder beside the project',
    instead: 'extraData() of tests/extra-data.ts',
    about: (path) => path !== '.ci/run',
    faults: matches(/\.\.\/shared\b|\bwork\/shared\b/),
    broken: { path: 'tests/a.test.ts', text: "readFileSync('../shared/corpus/a.edn')" },
  },
  {
    name: 'no registry in a lock file',
    instead: 'a lock file without "resolved" (npm config omit-lockfile-registry-resolved)',
    about: (path) => path.endsWith('package-lock.json'),
    faults: matches(/"resolved": *"https?:.*|registry\.[\w.-]+/),
    broken: { path: 'package-lock.json', text: '"resolved": "https://packages.example.org/a.tgz"' },
  },
  {
    name: 'no host name in stored output',
    instead: 'the CPU model and the Node version, which explain a figure',
    about: (path) => path.startsWith('results/'),
    faults: matches(/https?:\/\/(?!www\.w3\.org)[\w.-]+|"(host|hostname|user)":/i),
    broken: { path: 'results/baseline.json', text: '{ "hostname": "build-7" }' },
  },
  {
    name: 'no .npmrc',
    instead: 'settings in package.json',
    about: (path) => /(^|\/)\.npmrc$/.test(path),
    faults: () => ['this file'],
    broken: { path: 'examples/a/.npmrc', text: '' },
  },
  {
    name: 'no name that says nothing',
    instead: 'the name of the one thing in the file',
    about: () => true,
    faults: ({ path }) =>
      /(manager|helper|util|handler|misc|common)/i.exec(path)?.slice(0, 1) ?? [],
    broken: { path: 'src/core/string-utils.ts', text: '' },
  },
  {
    name: 'file names in lower case with hyphens',
    instead: 'read-history.ts',
    about: (path) => path.endsWith('.ts'),
    faults: ({ path }) => (/^[a-z0-9./-]+$/.test(path) ? [] : [path]),
    broken: { path: 'src/core/UserError.ts', text: '' },
  },
  {
    name: `at most ${LONGEST_LINE} columns`,
    instead: 'shorter lines',
    about: isCode,
    faults: ({ text }) =>
      text
        .split('\n')
        .flatMap((line, at) =>
          line.length > LONGEST_LINE ? [`${at + 1}: ${line.length} columns`] : [],
        ),
    broken: { path: 'src/a.ts', text: `// ${'x'.repeat(LONGEST_LINE)}` },
  },
  {
    name: `at most ${MOST_LINES} lines`,
    instead: 'two files with a name each',
    about: isCode,
    faults: ({ text }) => {
      const lines = text.split('\n').length - 1
      return lines > MOST_LINES ? [`${lines} lines`] : []
    },
    broken: { path: 'src/a.ts', text: 'x\n'.repeat(MOST_LINES + 1) },
  },
  {
    name: 'no default export',
    instead: 'a named export',
    about: (path) => isCode(path) && !isConfig(path),
    faults: matches(/^export default\b|\bas default\b/),
    broken: { path: 'src/a.ts', text: 'export default 1' },
  },
  {
    name: 'no process.exit',
    instead: 'process.exitCode, as process.exit cuts off pending output',
    // The entry point ends a process whose state is unknown after a crash; a test a worker thread.
    about: (path) =>
      isCode(path) && path !== 'src/cli/main.ts' && path !== 'tests/explore/parallel-specs.ts',
    faults: matches(/\bprocess\.exit\(/),
    broken: { path: 'src/a.ts', text: 'process.exit(1)' },
  },
  {
    name: 'no readline',
    instead: 'src/core/jsonl.ts; readline tears lines at U+2028',
    about: isCode,
    faults: matches(/['"](node:)?readline(\/promises)?['"]/),
    broken: { path: 'src/a.ts', text: "import { createInterface } from 'node:readline'" },
  },
  {
    name: 'no test left out or left alone',
    instead: 'a test that runs; skipIf with a reason where something is missing',
    about: (path) => path.startsWith('tests/') && isCode(path),
    faults: matches(/\b(it|test|describe)\.(only|skip|todo)\(/),
    broken: { path: 'tests/a.test.ts', text: "it.only('adds', () => {})" },
  },
  {
    name: 'links in documents lead somewhere',
    instead: 'the path of a file that exists',
    about: isMarkdown,
    faults: deadLinks,
    broken: { path: 'docs/a.md', text: 'see [the format](no-such-file.md)' },
  },
]

/** Links to files, relative to the document, that do not exist. */
function deadLinks({ path, text }: ProjectFile): string[] {
  const prose = text.replace(/^```[^]*?^```/gm, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    const [file = ''] = link.split('#')
    if (file === '' || /^[a-z]+:/.test(file)) return []
    return existsSync(join(projectFolder, dirname(path), file)) ? [] : [link]
  })
}
