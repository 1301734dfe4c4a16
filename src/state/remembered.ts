/** A function of a whole number that answers with the same object each time it is asked. */
export function remembered<T>(make: (code: number) => T): (code: number) => T {
  const known = new Map<number, T>()
  return (code) => {
    const before = known.get(code)
    if (before !== undefined) return before
    const made = make(code)
    known.set(code, made)
    return made
  }
}

const refuse = () => {
  throw new TypeError('values are never changed; make a new one')
}

/** A set or map that cannot be changed any more. */
export function unchanging<T extends object>(collection: T): T {
  for (const change of ['add', 'set', 'delete', 'clear'])
    if (change in collection) Object.defineProperty(collection, change, { value: refuse })
  return Object.freeze(collection)
}
