import { mkdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Makes a folder with all folders above it, unless it is there. Unlike `mkdir` with `recursive` it
 * comes to an end also where a file system lets nobody make one and says that it is not there, as
 * `/proc` does.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const above = dirname(path)
    if (code === 'ENOENT' && above !== path && !(await isFolder(above))) {
      await makeFolder(above)
      await makeFolder(path)
    } else if (!(await isFolder(path))) throw cause
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** A folder that was not there before: two runs may start in the same second. */
export async function newFolder(directory: string, name: string): Promise<string> {
  await makeFolder(directory)
  for (let attempt = 1; ; attempt++) {
    const folder = attempt === 1 ? name : `${name}-${attempt}`
    try {
      await mkdir(join(directory, folder))
      return folder
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    }
  }
}

/** Points `latest` to a folder of the directory. */
export async function pointLatest(directory: string, folder: string): Promise<void> {
  const link = join(directory, 'latest')
  const other = `${link}-${process.pid}`
  try {
    await rm(other, { force: true })
    await symlink(folder, other)
    // At no time is there none, or half of one.
    await rename(other, link)
  } catch {
    // A convenience only: some file systems have no links.
    await rm(other, { force: true })
  }
}

/** Any text as part of the name of a file. */
export function fileName(text: string): string {
  return text
    .replace(/\.\d+Z$/, '')
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
}

/** Any result as JSON; for people with an indentation, for programs without. */
export function jsonText(content: unknown, indentation = 2): string {
  // Typed arrays, which orders of many operations are, become plain lists.
  const plain = (_: string, value: unknown): unknown =>
    value instanceof Int32Array ? [...value] : value
  return `${JSON.stringify(content, plain, indentation)}\n`
}

/** Writes a file so that it is the old one or the new one whenever this process is ended. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const other = `${path}.${process.pid}.part`
  await writeFile(other, text)
  await rename(other, path)
}
