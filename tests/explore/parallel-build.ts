import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import typescript from 'typescript'

/**
 * What threads need, as JavaScript in a folder of its own: threads know nothing of the test runner,
 * which translates for itself, and a build would not have the mistakes that are planted in sources.
 */
export function buildForThreads(files: readonly string[]): {
  readonly folder: string
  readonly entry: URL
} {
  const folder = mkdtempSync(join(tmpdir(), 'synod-threads-'))
  const { ModuleKind, ScriptTarget } = typescript
  const compilerOptions = {
    module: ModuleKind.ESNext,
    target: ScriptTarget.ES2022,
    rewriteRelativeImportExtensions: true,
  }
  const wanted = new Set(['src/explore/parallel/worker.ts', ...files])
  for (const file of wanted) {
    const { outputText } = typescript.transpileModule(readFileSync(file, 'utf8'), {
      compilerOptions,
    })
    const built = join(folder, file.replace(/ts$/, 'js'))
    mkdirSync(dirname(built), { recursive: true })
    writeFileSync(built, outputText)
    for (const [, imported = ''] of outputText.matchAll(
      /(?:from |import\()['"](\.[^'"]*)\.js['"]/g,
    ))
      wanted.add(join(dirname(file), `${imported}.ts`))
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  return { folder, entry: pathToFileURL(join(folder, 'src/explore/parallel/worker.js')) }
}
