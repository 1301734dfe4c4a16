/**
 * Real nodes, the network and clients as one system that the explorer explores.
 *
 * @packageDocumentation
 */
export type { ComposedClient, ComposeOptions, NetworkKind } from './bounds.ts'
export { compose, composeProtocol } from './compose.ts'
export type { ComposedStep } from './composed-step.ts'
export { ComposedSystem } from './composed-system.ts'
export type { HistoryMoment, Monitor } from '../core/monitor.ts'
export type { ScriptedRequest } from './local-steps.ts'
export { tracedPath } from './composed-trace.ts'
export type { ComposedTrace } from './composed-trace.ts'
