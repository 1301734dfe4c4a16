import { dirname, relative, resolve, sep } from 'node:path'

const MACHINE = [
  'src/core',
  'src/history',
  'src/linearize',
  'src/state',
  'src/explore',
  'src/compose',
  'src/valency',
  'src/quorum',
  'src/node',
  'src/simulate',
  'src/campaign',
  'src/cluster',
  'src/report',
]

/**
 * Who may import whom: each part of the tree and the parts it may import besides itself. A part
 * that is not listed may import anything (tests). The longest prefix counts, so a file can have its
 * own row.
 */
export const arrows = {
  'src/core': [],
  'src/history': ['src/core'],
  'src/linearize': ['src/core', 'src/history'],
  'src/state': ['src/core'],
  'src/explore': ['src/core', 'src/state'],
  'src/quorum': ['src/core'],
  'src/node': ['src/core', 'src/state'],
  // The one part that knows both protocols and the explorer.
  'src/compose': ['src/core', 'src/explore', 'src/node'],
  'src/valency': ['src/core', 'src/explore', 'src/compose', 'src/node'],
  'src/simulate': ['src/core', 'src/history', 'src/node'],
  'src/cluster': ['src/core', 'src/history', 'src/node'],
  'src/report': ['src/core', 'src/history', 'src/quorum'],
  'src/notebook': ['src/core', 'src/report'],
  'src/campaign': ['src/core', 'src/history', 'src/node', 'src/simulate', 'src/cluster'],
  specs: MACHINE,
  impls: ['src/core', 'src/node', 'src/quorum'],
  // Protocols that exist to show what cannot be are written for the engine that shows it.
  'impls/flp': ['src/core', 'src/node', 'src/valency'],
  checkers: ['src/core', 'src/history', 'src/linearize'],
  suites: ['specs', 'impls', 'impls/flp', 'checkers', ...MACHINE],
  bench: [
    'specs',
    'impls',
    'impls/flp',
    'checkers',
    'suites',
    ...MACHINE.filter((part) => part !== 'src/report'),
  ],
  notebooks: [],
  examples: [],
  // The faces, where everything meets.
  'src/cli': undefined,
  'src/index.ts': undefined,
  'src/models.ts': undefined,
  'src/draw': undefined,
  'src/simulation.ts': undefined,
  'src/catalogue.ts': undefined,
  'src/vitest.ts': undefined,
  'src/vitest-matchers.ts': undefined,
  'src/arbitraries.ts': undefined,
  'src/arbitraries': ['src/core', 'src/history', 'src/node', 'src/simulate', 'src/state'],
  src: [],
}

/** The row of the table that a file of the project (`src/core/json.ts`) belongs to. */
export function partOf(file) {
  const fits = Object.keys(arrows).filter((part) => file === part || file.startsWith(`${part}/`))
  return fits.sort((a, b) => b.length - a.length)[0]
}

/** Why `from` may not import `to`, both relative to the project; `undefined` if it may. */
export function forbidden(from, to) {
  const here = partOf(from)
  const allowed = here === undefined ? undefined : arrows[here]
  if (allowed === undefined) return undefined
  const there = partOf(to)
  if (there === here || (there !== undefined && allowed.includes(there))) return undefined
  // A file with a row of its own still belongs to its folder.
  if (there?.endsWith('.ts') && allowed.includes(dirname(there))) return undefined
  const may = allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')
  return `${here} may import ${may}, not ${to}`
}

/** The table as a lint rule: relative imports, exports from, dynamic imports and imported types. */
export const arrowsRule = {
  meta: { type: 'problem', schema: [], docs: { description: 'imports point one way' } },
  create(context) {
    const project = (path) => relative(context.cwd, path).split(sep).join('/')
    const check = (source) => {
      if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return
      const to = project(resolve(dirname(context.filename), source.value))
      const message = forbidden(project(context.filename), to)
      if (message !== undefined) context.report({ node: source, message })
    }
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument?.literal),
    }
  },
}
