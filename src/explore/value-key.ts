/**
 * A text that equal values have in common, and others have not. The order of members, keys and
 * fields does not matter.
 */
export function valueKey(value: unknown): string {
  if (value instanceof Set) return `set{${sorted([...(value as Set<unknown>)].map(valueKey))}}`
  if (value instanceof Map) {
    const pairs = [...(value as Map<unknown, unknown>)]
    return `map{${sorted(pairs.map(([key, one]) => `${valueKey(key)}:${valueKey(one)}`))}}`
  }
  if (Array.isArray(value)) return `[${value.map(valueKey).join()}]`
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? JSON.stringify(value) : String(value)
  const fields = Object.entries(value)
  return `{${sorted(fields.map(([name, one]) => `${JSON.stringify(name)}:${valueKey(one)}`))}}`
}

function sorted(texts: string[]): string {
  return texts.sort().join()
}
