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
