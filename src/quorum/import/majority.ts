import type { Formula } from '../formula.ts'

/** More than half of the inputs. */
export function majorityOf(inputs: readonly Formula[]): Formula {
  return { need: Math.floor(inputs.length / 2) + 1, inputs }
}
