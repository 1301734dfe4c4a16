import type { Highs } from 'highs'

let loaded: Promise<Highs> | undefined

/** The linear-programming solver, loaded once and only when it is needed. */
export function highs(): Promise<Highs> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Highs> {
  const module = await import('highs')
  // The package is CommonJS with types for a default export, which Node wraps once more.
  const loader = module.default as unknown as Loader | { readonly default: Loader }
  return typeof loader === 'function' ? loader() : loader.default()
}

type Loader = () => Promise<Highs>
