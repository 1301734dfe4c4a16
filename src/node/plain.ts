/** Freezes plain data to its depth. What is frozen already is not looked into again. */
export function frozen<Data>(data: Data): Data {
  freeze(data)
  return data
}

function freeze(data: unknown): void {
  if (typeof data !== 'object' || data === null || Object.isFrozen(data)) return
  Object.freeze(data)
  for (const part of Object.values(data)) freeze(part)
}

/**
 * Where data is not plain, in words (`.log[3].when is a Date`); `undefined` if it is. Plain is what
 * JSON can hold, and `undefined` as a part of an object, where it means that the part is absent.
 */
export function notPlain(data: unknown, place = ''): string | undefined {
  if (data === null || typeof data === 'string' || typeof data === 'boolean') return undefined
  if (typeof data === 'number') {
    return Number.isFinite(data) ? undefined : `${place} is ${String(data)}`
  }
  if (typeof data !== 'object')
    return `${place} is ${typeof data === 'undefined' ? '' : 'a '}${typeof data}`
  if (Array.isArray(data)) {
    for (const [index, item] of (data as unknown[]).entries()) {
      const found = notPlain(item, `${place}[${index}]`)
      if (found !== undefined) return found
    }
    return undefined
  }
  const prototype: unknown = Object.getPrototypeOf(data)
  if (prototype !== Object.prototype && prototype !== null) {
    return `${place} is a ${data.constructor.name}`
  }
  for (const [name, part] of Object.entries(data)) {
    const found = part === undefined ? undefined : notPlain(part, `${place}.${name}`)
    if (found !== undefined) return found
  }
  return undefined
}
