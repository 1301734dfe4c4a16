import { existsSync } from 'node:fs'
import { createRequire, register } from 'node:module'
import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { nearest } from './nearest.ts'
import { UserError } from './user-error.ts'

/** A named value in somebody's code: `./mine.js#raft`, `some-package#register`. */
export interface ModuleReference {
  readonly module: string
  readonly name: string
}

/**
 * True if the text can only be meant as a module reference, not as the name of something built in.
 */
export function isModuleReference(text: string): boolean {
  return text.includes('#') || /^\.{0,2}[/\\]/.test(text) || /\.[cm]?[jt]s$/.test(text)
}

/** @throws UserError if the text is not `file-or-package#export`. */
export function parseReference(text: string): ModuleReference {
  const at = text.lastIndexOf('#')
  const module = text.slice(0, Math.max(at, 0))
  const name = text.slice(at + 1)
  if (module === '' || name === '') {
    throw new UserError('this does not name an export of a module', {
      where: text,
      hint: `write file-or-package#export, as in ./mine.js#register`,
    })
  }
  return { module, name }
}

/**
 * The value that a module reference names. This is the only place where code is loaded that was
 * named by a user. Files are found from `directory`, packages as a file there would find them.
 *
 * @throws UserError if there is no such module or export, or if the module fails while it loads.
 */
export async function load(text: string, directory = process.cwd()): Promise<unknown> {
  const { module, name } = parseReference(text)
  const url = locate(module, directory)
  if (/\.[cm]?ts$/.test(url)) understandTypeScript(url)
  const exports = await importFrom(url, module)
  if (Object.hasOwn(exports, name)) return exports[name]
  const names = Object.keys(exports).sort()
  const close = nearest(name, names)
  throw new UserError(`the module has no export '${name}'`, {
    where: module,
    hint:
      close !== undefined
        ? `did you mean ${module}#${close}?`
        : `it exports ${names.length === 0 ? 'nothing' : names.join(', ')}`,
  })
}

/** All exports of a file of our own that is found by its name. */
export async function exportsOf(file: URL): Promise<Readonly<Record<string, unknown>>> {
  return importFrom(file.href, fileURLToPath(file))
}

function locate(module: string, directory: string): string {
  if (module.startsWith('file:')) return module
  const path = isAbsolute(module) ? module : resolve(directory, module)
  if (existsSync(path)) return pathToFileURL(path).href
  if (/^\.{0,2}[/\\]/.test(module)) {
    throw new UserError('there is no such file', {
      where: module,
      hint: 'module references are relative to the directory you are in',
    })
  }
  try {
    return pathToFileURL(createRequire(resolve(directory, 'x.js')).resolve(module)).href
  } catch (cause) {
    throw new UserError('there is neither a file nor an installed package of this name', {
      where: module,
      hint: `npm install ${module}, or ./${module} for a file`,
      cause,
    })
  }
}

async function importFrom(url: string, module: string): Promise<Record<string, unknown>> {
  try {
    return (await import(url)) as Record<string, unknown>
  } catch (cause) {
    if (cause instanceof UserError) throw cause
    const fact = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    throw new UserError(`the module fails while it loads: ${fact}`, {
      where: module,
      hint: `run it alone to see the whole error: node ${fileURLToPath(url)}`,
      cause,
    })
  }
}

let understandsTypeScript = false

/**
 * Lets this thread import `.ts` files. Newer versions of Node can by themselves; for older ones
 * each file is translated by the user's own `typescript`, so that it means what it means in his
 * project.
 */
function understandTypeScript(url: string): void {
  if (understandsTypeScript || 'typescript' in process.features) return
  let compiler: string
  try {
    compiler = createRequire(url).resolve('typescript')
  } catch (cause) {
    throw new UserError(`Node ${process.version} cannot load TypeScript by itself`, {
      where: fileURLToPath(url),
      hint: 'npm install typescript beside the file, or compile it and name the .js file',
      cause,
    })
  }
  const hooks = new URL('./typescript-hooks.js', import.meta.url)
  register(hooks, { data: { compiler: pathToFileURL(compiler).href } })
  understandsTypeScript = true
}
