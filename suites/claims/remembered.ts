/** Found when it is asked for, and once: several claims may rest on the same answer. */
export function remembered<Value>(find: () => Value): () => Value {
  let found: { readonly value: Value } | undefined
  return () => (found ??= { value: find() }).value
}
