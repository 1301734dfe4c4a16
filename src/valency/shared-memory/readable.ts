import type { ObjectType } from '../../node/index.ts'
import type { TypeTable } from './type-table.ts'

/** Whether the criterion of `discerning.ts` may be asked, and if not why. */
export type Readability =
  | { readonly readable: true; readonly operation: number }
  | {
      readonly readable: false
      readonly because: 'not deterministic' | 'not readable'
      /** What shows it, in terms of the table. */
      readonly evidence: readonly UnreadableOperation[]
    }

/** Why an operation is no read of the whole state. */
export interface UnreadableOperation {
  readonly operation: number
  /** It changes this state, or it answers in both of these states alike. */
  readonly states: readonly number[]
}

/**
 * A type is readable if one of its operations leaves every state as it is and answers differently
 * in any two of them (Ruppert 2000, section 2). That is looked up in the table, not declared.
 */
export function readability(table: TypeTable): Readability {
  if (table.nondeterministic !== undefined)
    return { readable: false, because: 'not deterministic', evidence: [] }
  const evidence: UnreadableOperation[] = []
  for (let operation = 0; operation < table.operations.length; operation++) {
    const states = againstReading(table, operation)
    if (states === undefined) return { readable: true, operation }
    evidence.push({ operation, states })
  }
  return { readable: false, because: 'not readable', evidence }
}

/** A state that is changed, or two that look alike; `undefined` if it reads the whole state. */
function againstReading(table: TypeTable, operation: number): readonly number[] | undefined {
  const { states, operations, next, response } = table
  const seen = new Map<number, number>()
  for (let state = 0; state < states.length; state++) {
    const at = state * operations.length + operation
    if (next[at] !== state) return [state]
    const answer = response[at]!
    const before = seen.get(answer)
    if (before !== undefined) return [before, state]
    seen.set(answer, state)
  }
  return undefined
}

/** The same type with one more operation, which answers the whole state and changes nothing. */
export function withRead(type: ObjectType): ObjectType {
  return {
    ...type,
    name: `readable ${type.name}`,
    operations: [['read'], ...type.operations],
    apply: (state, operation) =>
      operation[0] === 'read' ? { state, response: state } : type.apply(state, operation),
  }
}
