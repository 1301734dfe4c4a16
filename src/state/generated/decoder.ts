import type { AnyLayout } from '../layout.ts'
import { isDirect } from '../layout.ts'
import { areLiterals } from '../write-json.ts'

/** Writes code that finds the value with a code, and allocates only what was never asked before. */
export class Decoder {
  /** Lists of values that the expressions read; to stand in front of them. */
  readonly lists: string[] = []

  /**
   * An expression for the value of which the variable `c` holds the code; `codec` is an expression
   * for what to ask when it is not simple.
   */
  decode(layout: AnyLayout, c: string, codec: string, direct = isDirect(layout)): string {
    if (direct) {
      const simple = this.#simple(layout, c)
      if (simple !== undefined) return simple
    }
    return `(${codec}.known[${c}] ?? ${codec}.valueOf(${c}))`
  }

  #simple(layout: AnyLayout, c: string): string | undefined {
    const shape = layout.shape
    switch (shape.kind) {
      case 'bool':
        return `(${c} === 1)`
      case 'id':
        return c
      case 'int':
        return shape.low === 0 ? c : `(${c} + ${shape.low})`
      case 'oneOf': {
        if (!areLiterals(shape.values)) return undefined
        const list = `values${this.lists.length}`
        this.lists.push(`const ${list} = ${JSON.stringify(shape.values)}`)
        return `${list}[${c}]`
      }
      case 'option': {
        const inner = this.#simple(shape.of, `(${c} - 1)`)
        return inner === undefined ? undefined : `(${c} === 0 ? null : ${inner})`
      }
      case 'packed':
        return this.#simple(shape.of, c)
      default:
        return undefined
    }
  }
}
