import type { InitializeHook, LoadHook, ResolveHook } from 'node:module'

/**
 * Module hooks under which a notebook is a module: its source is what was made of it, and `synod`
 * is the package that these hooks belong to. Node runs them in a thread of their own.
 */
export interface HookData {
  /** Of the document. */
  readonly url: string
  readonly source: string
}

let data: HookData = { url: '', source: '' }

export const initialize: InitializeHook<HookData> = (given) => {
  data = given
}

export const resolve: ResolveHook = (specifier, context, next) => {
  const ours = specifier === 'synod' || specifier.startsWith('synod/')
  if (!ours || context.parentURL !== data.url) return next(specifier, context)
  return next(specifier, { ...context, parentURL: import.meta.url })
}

export const load: LoadHook = (url, context, next) => {
  if (url !== data.url) return next(url, context)
  return { format: 'module', shortCircuit: true, source: data.source }
}
