const made = new Map<string, unknown>()

/**
 * What a function with the given parameters and body answers. Equal texts are compiled once, so
 * that places of equal shape are of one class, and code that works on them stays fast.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows
export function compiled<T>(parameters: Readonly<Record<string, unknown>>, body: string): T {
  const known = made.get(body)
  if (known !== undefined) return known as T
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- generating code is the point
  const make = new Function(...Object.keys(parameters), `'use strict'\n${body}`)
  const answer: unknown = Reflect.apply(make, undefined, Object.values(parameters))
  made.set(body, answer)
  return answer as T
}

/** Whether code may be generated here; some programs and pages forbid it. */
export function mayGenerate(): boolean {
  try {
    return compiled<boolean>({}, 'return true')
  } catch {
    return false
  }
}
