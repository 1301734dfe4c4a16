/**
 * What comes with Synod, by its name: `import { specNamed, protocolNamed } from 'synod/catalogue'`.
 * `synod explore`, `synod simulate --list` and `synod zoo` say what there is.
 *
 * @packageDocumentation
 */
export { loadSpec as specNamed } from '../suites/named-spec.ts'
export type { AnySpec } from '../suites/spec-entry.ts'
export { entryNamed, protocolNamed } from '../suites/named-protocol.ts'
export type { ProtocolEntry } from '../suites/protocol-entry.ts'
export { asynchronousNamed } from '../suites/named-valency.ts'
export { bugNamed } from '../suites/zoo.ts'
export type { Bug } from '../suites/zoo/bug.ts'
