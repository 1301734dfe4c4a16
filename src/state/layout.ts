/**
 * What values a variable may have, declared once: its TypeScript type, how it is packed into bits,
 * how it is read and written, printed, permuted and generated all follow from it.
 *
 * `T` is the type of a value: plain and immutable. `P` is what stands in a state that is being read
 * and written: the value itself where it is kept in one piece, a place with methods (`MapPlace`,
 * `SetPlace`, ...) where its parts are changed one by one.
 *
 * A layout is also a domain: its values are numbered from 0 to `size - 1` where they are few.
 */
export interface Layout<T, P = T> {
  readonly shape: Shape
  /** How many values there are; `Infinity` where nobody knows. Exact up to 2^53. */
  readonly size: number
  /** The number of a value. Throws `NotAValue`. Only where `size` is at most 2^53. */
  encode(value: T): number
  /** The value with a number; the same object each time. Only where `size` is at most 2^53. */
  decode(code: number): T
  /** Never there: it carries `P` through the type system. */
  readonly place?: P
}

/** A layout of which nothing is known. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- neither co- nor contravariant
export type AnyLayout = Layout<any, any>

/** How a layout was made. */
export type Shape =
  | { readonly kind: 'bool' }
  | { readonly kind: 'int'; readonly low: number; readonly high: number }
  | { readonly kind: 'oneOf'; readonly values: readonly unknown[] }
  | { readonly kind: 'id'; readonly name: string; readonly count: number }
  | { readonly kind: 'option'; readonly of: AnyLayout }
  | { readonly kind: 'packed'; readonly of: AnyLayout }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, AnyLayout>> }
  | { readonly kind: 'tuple'; readonly parts: readonly AnyLayout[] }
  | {
      readonly kind: 'union'
      readonly variants: Readonly<Record<string, Readonly<Record<string, AnyLayout>>>>
    }
  | { readonly kind: 'mapOf'; readonly keys: AnyLayout; readonly of: AnyLayout }
  | { readonly kind: 'setOf'; readonly of: AnyLayout }
  | { readonly kind: 'seqOf'; readonly of: AnyLayout; readonly max: number }
  | { readonly kind: 'bagOf'; readonly of: AnyLayout; readonly max: number }
  | { readonly kind: 'value'; readonly first: unknown }

/** The plain values of a layout. */
export type ValueOf<L> = L extends Layout<infer T, infer _> ? T : never
/** What a variable of a layout looks like in a state. */
export type PlaceOf<L> = L extends Layout<infer _, infer P> ? P : never

/** Numbers up to here are exact in a double. */
export const MOST_CODES = Number.MAX_SAFE_INTEGER

/** Kept in one slot of 32 bits and so replaced as a whole, unlike a place with parts. */
export function isAtom(layout: AnyLayout): boolean {
  switch (layout.shape.kind) {
    case 'bool':
    case 'int':
    case 'oneOf':
    case 'id':
    case 'tuple':
    case 'union':
    case 'option':
    case 'packed':
    case 'value':
      return true
    default:
      return false
  }
}

/** Up to so many keys, members or values a table has room for each that could ever be. */
const LISTED = 512
/** A code that fits a slot and needs no universe. */
const MOST_DIRECT = 0x7fffffff

/** Whether a table has room for each member that could ever be. */
export function isListed(members: AnyLayout): boolean {
  return members.size <= LISTED
}

/** Whether values stand for themselves in a slot; otherwise their number in a universe does. */
export function isDirect(atom: AnyLayout): boolean {
  return atom.size <= MOST_DIRECT
}
