/** One line of JSON. Typed arrays, which orders of many operations are, become plain lists. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value, plainLists)}\n`
}

function plainLists(_: string, value: unknown): unknown {
  return value instanceof Int32Array ? [...value] : value
}
