/**
 * Why a request was not served, with the codes of Maelstrom's protocol. `definite`: the operation
 * certainly did not happen and never will, so a history says `fail`; otherwise it may have, or may
 * still, and a history says `info`. This table is the only place where that is decided.
 */
export const errorCodes = {
  timeout: { code: 0, definite: false },
  'node-not-found': { code: 1, definite: true },
  'not-supported': { code: 10, definite: true },
  'temporarily-unavailable': { code: 11, definite: true },
  'malformed-request': { code: 12, definite: true },
  crash: { code: 13, definite: false },
  abort: { code: 14, definite: true },
  'key-does-not-exist': { code: 20, definite: true },
  'key-already-exists': { code: 21, definite: true },
  'precondition-failed': { code: 22, definite: true },
  'txn-conflict': { code: 30, definite: true },
} as const

/** The names of errors, those of the protocol of Maelstrom. */
export type ErrorName = keyof typeof errorCodes

/** The name of a code; `undefined` for one that the table does not have. */
export function errorNamed(code: number): ErrorName | undefined {
  const names = Object.keys(errorCodes) as ErrorName[]
  return names.find((name) => errorCodes[name].code === code)
}

/** Whether the operation certainly did not happen. A code that nobody knows proves nothing. */
export function isDefinite(code: number): boolean {
  const name = errorNamed(code)
  return name !== undefined && errorCodes[name].definite
}
