import { existsSync, readdirSync } from 'node:fs'

import { exportsOf } from '../src/core/load.ts'
import type { AnySpec } from './spec-entry.ts'

/**
 * The spec of this name. Where a file bears its name, only that one is loaded, as loading all of
 * them takes longer than exploring a small one.
 *
 * @throws UserError with the nearest name, if there is none.
 */
export async function loadSpec(name: string): Promise<AnySpec> {
  for (const file of filesNamed(name)) {
    const found = Object.values(await exportsOf(file)).find(
      (value) => (value as Partial<AnySpec> | null)?.name === name,
    )
    if (found !== undefined) return found as AnySpec
  }
  const { specNamed } = await import('./specs.ts')
  return specNamed(name)
}

function filesNamed(name: string): readonly URL[] {
  if (!/^[\w-]+$/.test(name)) return []
  const specs = new URL('../specs/', import.meta.url)
  return readdirSync(specs)
    .flatMap((folder) => [`${folder}/${name}.js`, `${folder}/${name}.ts`])
    .map((path) => new URL(path, specs))
    .filter((file) => existsSync(file))
}
