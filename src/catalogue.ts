/**
 * What comes with Synod, by its name: `import { specNamed, protocolNamed } from 'synod/catalogue'`.
 * `synod explore`, `synod simulate --list` and `synod zoo` say what there is.
 *
 * @packageDocumentation
 */
import type { Bug } from '../suites/zoo/bug.ts'

export { loadSpec as specNamed } from '../suites/named-spec.ts'
export type { AnySpec } from '../suites/spec-entry.ts'
export { entryNamed, protocolNamed } from '../suites/named-protocol.ts'
export type { ProtocolEntry } from '../suites/protocol-entry.ts'
export { asynchronousNamed } from '../suites/named-valency.ts'
export type { Bug, MissingBug } from '../suites/zoo/bug.ts'

/**
 * The bug of the zoo with this name, `RF-04`: a protocol with a mistake, and the bounds within
 * which it is found.
 *
 * @throws UserError with the nearest name, if there is none
 */
export async function bugNamed(id: string): Promise<Bug> {
  // Loaded here, as all protocols come with it.
  const zoo = await import('../suites/zoo.ts')
  return zoo.bugNamed(id)
}
