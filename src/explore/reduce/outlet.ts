import type { Emit, ModelSystem, Runner } from '../system.ts'

/** A runner but for `expand`: it emits states that were made elsewhere. */
export interface Outlet {
  readonly runner: Omit<Runner, 'expand'>
  /** Makes a state, and the parameters of the step to it, those that are emitted next. */
  put(words: Int32Array, offset: number, parameters: readonly unknown[]): void
}

/** The questions about a state are answered by the whole system, once one of them is asked. */
export function outletOf(whole: ModelSystem, emit: Emit): Outlet {
  const out = new Int32Array(whole.words)
  let parameters: readonly unknown[] = []
  let isLoaded = false
  const inner = whole.runner((action, instance) => {
    out.set(inner.out)
    parameters = inner.parameters()
    isLoaded = true
    return emit(action, instance)
  })
  const loaded = () => {
    if (!isLoaded) inner.load(out, 0)
    isLoaded = true
    return inner
  }
  const put: Outlet['put'] = (words, offset, chosen) => {
    for (let word = 0; word < out.length; word++) out[word] = words[offset + word]!
    parameters = chosen
    isLoaded = false
  }
  return {
    put,
    runner: {
      out,
      initial: () => {
        inner.initial()
      },
      load: (words, offset) => {
        put(words, offset, [])
      },
      falseInvariant: () => loaded().falseInvariant(),
      sometimes: (index) => loaded().sometimes(index),
      within: () => loaded().within(),
      mayEnd: () => loaded().mayEnd(),
      parameters: () => parameters,
    },
  }
}
