import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import type ts from 'typescript'

import { exportsOf } from '../core/load.ts'
import { UserError } from '../core/user-error.ts'
import type { Notebook } from './notebook.ts'
import { moduleText } from './notebook.ts'

export type Compiler = typeof ts

/** Of a notebook, where it is, and with what to compile it. */
export interface Place {
  /** The absolute path of the document. */
  readonly path: string
  readonly notebook: Notebook
}

/** Something that the compiler complains of. Lines and columns count from 1. */
export interface TypeFault {
  readonly line: number
  readonly column: number
  readonly text: string
}

/** The compiler that stands beside a notebook, else that of this package. @throws UserError */
export async function compilerBeside(path: string): Promise<Compiler> {
  for (const place of [pathToFileURL(path).href, import.meta.url]) {
    const file = resolved(place, 'typescript')
    if (file === undefined) continue
    const { default: compiler } = await exportsOf(pathToFileURL(file))
    return compiler as Compiler
  }
  throw new UserError('notebooks are written in TypeScript, and there is no compiler here', {
    where: path,
    hint: 'npm install typescript beside the notebook',
  })
}

function resolved(place: string, specifier: string): string | undefined {
  try {
    return createRequire(place).resolve(specifier)
  } catch {
    return undefined
  }
}

/** The module of a notebook as JavaScript, with a map back to the lines of the document. */
export function compiled(compiler: Compiler, { path, notebook }: Place): string {
  const text = moduleText(notebook, (block) => `;${BLOCK}(${block});`)
  return compiler.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      ...languageOf(compiler),
      inlineSourceMap: true,
      inlineSources: false,
    },
  }).outputText
}

/** The function that a compiled notebook calls when a block begins. */
export const BLOCK = '$synodBlock'

function languageOf(compiler: Compiler): ts.CompilerOptions {
  return {
    target: compiler.ScriptTarget.ES2022,
    module: compiler.ModuleKind.ESNext,
    moduleDetection: compiler.ModuleDetectionKind.Force,
  }
}

/** The names of `synod` mean the package that runs the notebook, installed there or not. */
export function isOurs(specifier: string): boolean {
  return specifier === 'synod' || specifier.startsWith('synod/')
}

/** What is wrong with the types of each notebook. They are checked together, as that is faster. */
export function typeFaults(
  compiler: Compiler,
  places: readonly Place[],
): readonly (readonly TypeFault[])[] {
  // The ending makes them modules whatever the package around them says.
  const texts = new Map(places.map((place) => [`${place.path}.mts`, moduleText(place.notebook)]))
  const options = optionsOf(compiler, places)
  const host = compiler.createCompilerHost(options, true)
  const { readFile, fileExists } = host
  host.readFile = (file) => texts.get(file) ?? readFile(file)
  host.fileExists = (file) => texts.has(file) || fileExists(file)
  host.resolveModuleNameLiterals = (literals, containing, redirected, given) =>
    literals.map(({ text }) => {
      const from =
        isOurs(text) && texts.has(containing) ? fileURLToPath(import.meta.url) : containing
      const mode = compiler.ModuleKind.ESNext
      return compiler.resolveModuleName(text, from, given, host, undefined, redirected, mode)
    })
  const program = compiler.createProgram([...texts.keys()], options, host)
  return [...texts.keys()].map((file) => {
    const source = program.getSourceFile(file)
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]
    return found.map(({ start = 0, messageText }) => {
      const place = source?.getLineAndCharacterOfPosition(start)
      return {
        line: (place?.line ?? 0) + 1,
        column: (place?.character ?? 0) + 1,
        text: compiler.flattenDiagnosticMessageText(messageText, '\n'),
      }
    })
  })
}

function optionsOf(compiler: Compiler, places: readonly Place[]): ts.CompilerOptions {
  const [first] = places
  const near = first === undefined ? import.meta.url : pathToFileURL(first.path).href
  const node =
    resolved(near, '@types/node/package.json') ??
    resolved(import.meta.url, '@types/node/package.json')
  return {
    target: compiler.ScriptTarget.ES2022,
    module: compiler.ModuleKind.NodeNext,
    moduleResolution: compiler.ModuleResolutionKind.NodeNext,
    moduleDetection: compiler.ModuleDetectionKind.Force,
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    lib: ['lib.es2023.d.ts', ...(node === undefined ? ['lib.dom.d.ts'] : [])],
    types: node === undefined ? [] : ['node'],
    ...(node === undefined ? {} : { typeRoots: [dirname(dirname(node))] }),
  }
}
