import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface ProjectFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string
  readonly text: string
}

export const projectFolder = fileURLToPath(new URL('../../', import.meta.url))

/** What tools make, and git ignores. */
const MADE = [
  '.git',
  'node_modules',
  'dist',
  'coverage',
  'docs/api',
  'results/runs',
  'results/latest',
]

/** Recordings and pictures: long lines and big files are their nature. */
const DATA = /\.(jsonl|edn|log|svg|png|tgz)$/

/** All paths of the project, without asking git, which a downloaded archive does not have. */
export function projectPaths(folder = ''): string[] {
  return readdirSync(join(projectFolder, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (MADE.includes(path) || entry.name === 'node_modules') return []
    return entry.isDirectory() ? projectPaths(path) : entry.isFile() ? [path] : []
  })
}

/** The files that people write. */
export function projectFiles(): ProjectFile[] {
  return projectPaths()
    .filter((path) => !DATA.test(path))
    .map((path) => ({ path, text: readFileSync(join(projectFolder, path), 'utf8') }))
}
