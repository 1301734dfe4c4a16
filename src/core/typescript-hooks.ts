import { readFile } from 'node:fs/promises'
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * Module hooks that translate `.ts` files as they are imported. Node runs them in a thread of their
 * own (`module.register`), with the compiler that `initialize` is told of. Types are dropped, not
 * checked: checking is the user's build.
 */
interface Compiler {
  transpileModule(
    text: string,
    options: { fileName: string; compilerOptions: Record<string, unknown> },
  ): { outputText: string }
  readonly ModuleKind: { readonly ESNext: number }
  readonly ScriptTarget: { readonly ES2022: number }
}

let compiler: Compiler | undefined

export const initialize: InitializeHook<{ compiler: string }> = async (data) => {
  const module = (await import(data.compiler)) as { default?: Compiler } & Compiler
  compiler = module.default ?? module
}

/** TypeScript lets `./a.js` stand for `./a.ts`. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context)
  } catch (error) {
    const isSource = /\.[cm]?ts$/.test(context.parentURL ?? '')
    if (!isSource || !/^\.{1,2}\/.*\.[cm]?js$/.test(specifier)) throw error
    return next(specifier.replace(/js$/, 'ts'), context)
  }
}

export const load: LoadHook = async (url, context, next) => {
  if (compiler === undefined || !/^file:.*\.[cm]?ts$/.test(url)) return next(url, context)
  const { outputText } = compiler.transpileModule(await readFile(fileURLToPath(url), 'utf8'), {
    fileName: fileURLToPath(url),
    compilerOptions: {
      module: compiler.ModuleKind.ESNext,
      target: compiler.ScriptTarget.ES2022,
      inlineSourceMap: true,
    },
  })
  return { format: 'module', shortCircuit: true, source: outputText }
}
