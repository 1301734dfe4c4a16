import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'

import { nearest } from '../core/nearest.ts'
import { UserError } from '../core/user-error.ts'
import type { Notebook } from '../notebook/notebook.ts'
import { parseNotebook } from '../notebook/notebook.ts'

/** A notebook that was found, and what is in its file. */
export interface FoundNotebook {
  /** As it is shown. */
  readonly file: string
  /** Absolute. */
  readonly path: string
  /** Without the ending: its pictures are called after it. */
  readonly name: string
}

export interface ReadNotebook extends FoundNotebook {
  readonly text: string
  readonly notebook: Notebook
}

/** The notebooks that names, parts of names or files stand for. @throws UserError */
export async function foundNotebooks(
  names: readonly string[],
  folder: string,
): Promise<readonly FoundNotebook[]> {
  const isFile = (name: string): boolean => /[/\\]|\.md$/.test(name)
  const needed = names.length === 0 || names.some((name) => !isFile(name))
  const known = needed ? await notebooksIn(folder) : []
  if (names.length === 0) return known
  return names.flatMap((name) => {
    if (isFile(name)) return [found(name)]
    const matching = known.filter((each) => each.name.includes(name))
    if (matching.length > 0) return matching
    const close = nearest(
      name,
      known.flatMap((each) => [each.name, ...each.name.split('-')]),
    )
    throw new UserError(`no notebook is called '${name}'`, {
      where: folder,
      hint:
        close === undefined
          ? `there are ${known.map((each) => each.name).join(', ')}`
          : `did you mean ${close}?`,
    })
  })
}

function found(file: string): FoundNotebook {
  return { file, path: resolve(file), name: basename(file).replace(/\.md$/, '') }
}

/** All documents of a folder but its README, in the order of their names. */
async function notebooksIn(folder: string): Promise<readonly FoundNotebook[]> {
  let entries: readonly string[]
  try {
    entries = await readdir(folder)
  } catch (cause) {
    throw new UserError('there is no such folder', {
      where: folder,
      hint: 'name the notebooks, or the folder they are in: --dir FOLDER',
      cause,
    })
  }
  const files = entries.filter((file) => file.endsWith('.md') && file !== 'README.md').sort()
  if (files.length > 0) return files.map((file) => found(join(folder, file)))
  throw new UserError('there are no notebooks in this folder', {
    where: folder,
    hint: 'a notebook is a file that ends in .md, with blocks of ```ts',
  })
}

/** @throws UserError if it cannot be read or understood */
export async function readNotebook(notebook: FoundNotebook): Promise<ReadNotebook> {
  const { file, path } = notebook
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
  } catch (cause) {
    const isText = !(cause instanceof TypeError)
    throw new UserError(isText ? 'this notebook cannot be read' : 'this is no text in UTF-8', {
      where: file,
      hint: isText ? 'is there such a file, and may you read it?' : 'is it a Markdown document?',
      cause,
    })
  }
  return { ...notebook, text, notebook: parseNotebook(file, text) }
}

/** Pictures in the folder of pictures that are called after this notebook. */
export async function storedFigures(
  { path, name }: FoundNotebook,
  folder: string,
): Promise<readonly string[]> {
  const place = resolve(path, '..', folder)
  const files = await readdir(place).catch(() => [])
  const isIts = (file: string): boolean =>
    file.startsWith(`${name}-`) && /^\d+\.svg$/.test(file.slice(name.length + 1))
  return files.filter(isIts).map((file) => relative(resolve(path, '..'), join(place, file)))
}
