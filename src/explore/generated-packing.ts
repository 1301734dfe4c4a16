import type { StateType, Variables } from '../state/index.ts'

type Plan = StateType<Variables>['plan']

/** Above this, the loops of the state type are as fast as straight code. */
const MOST_SLOTS = 400

/** Statements that pack slots into `out`, from its start. */
export function packText(plan: Plan, slots: string, out: string): string {
  const { bits, word, shift, words } = plan
  if (bits.length > MOST_SLOTS) return `type.pack(${slots}, ${out}, 0)`
  const parts = Array.from({ length: words }, (): string[] => [])
  for (let slot = 0; slot < bits.length; slot++) {
    const by = shift[slot] ?? 0
    parts[word[slot] ?? 0]?.push(`${slots}[${slot}]${by === 0 ? '' : ` << ${by}`}`)
  }
  return parts
    .map(
      (terms, index) => `${out}[${index}] = ${terms.map((term) => `(${term})`).join(' | ') || '0'}`,
    )
    .join('\n')
}

/** Statements that unpack `words` from `offset` into slots. */
export function unpackText(plan: Plan, slots: string): string {
  const { bits, word, shift, words } = plan
  if (bits.length > MOST_SLOTS) return `type.unpack(words, offset, ${slots})`
  const lines = Array.from(
    { length: words },
    (_, index) => `const w${index} = words[offset + ${index}]`,
  )
  for (let slot = 0; slot < bits.length; slot++) {
    const width = bits[slot] ?? 0
    const by = shift[slot] ?? 0
    const moved = by === 0 ? `w${word[slot] ?? 0}` : `w${word[slot] ?? 0} >>> ${by}`
    const whole = width === 32 || width + by === 32
    lines.push(`${slots}[${slot}] = ${whole ? moved : `(${moved}) & ${2 ** width - 1}`}`)
  }
  return lines.join('\n')
}
