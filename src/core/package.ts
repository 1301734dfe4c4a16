import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this package, where package.json and examples/ are. */
export function packageFolder(): string {
  // The sources lie two folders below it, the compiled files three.
  for (const path of ['../../', '../../../']) {
    const folder = fileURLToPath(new URL(path, import.meta.url))
    if (existsSync(join(folder, 'package.json'))) return folder
  }
  throw new Error('package.json is missing')
}

/** The version of this package. */
export function synodVersion(): string {
  const text = readFileSync(join(packageFolder(), 'package.json'), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}
