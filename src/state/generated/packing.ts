import type { Plan } from '../plan.ts'
import { compiled } from './compile.ts'

/** Up to so many slots get a statement each; more are worked on in loops. */
const MOST_STATEMENTS = 1000
const MOST_COPIES = 64

export interface Packing {
  pack(slots: Int32Array, words: Int32Array, offset: number): void
  unpack(words: Int32Array, offset: number, slots: Int32Array): void
  copy(from: Int32Array, to: Int32Array): void
}

/** Code that packs the slots of a plan into words and back; `undefined` if there are too many. */
export function generatedPacking(plan: Plan): Packing | undefined {
  const { bits } = plan
  if (bits.length > MOST_STATEMENTS) return undefined
  const slots = bits.map((_, slot) => slot)
  const words = Array.from({ length: plan.words }, (_, word) =>
    slots.filter((slot) => plan.word[slot] === word),
  )
  const packed = words.map((inside, word) => {
    const parts = inside.map((slot) => shiftedLeft(`slots[${slot}]`, plan.shift[slot]!))
    return `words[offset + ${word}] = ${parts.length === 0 ? '0' : parts.join(' | ')}`
  })
  const unpacked = words.map((inside, word) => {
    const lines = inside.map((slot) => {
      const shifted = plan.shift[slot] === 0 ? 'word' : `word >>> ${plan.shift[slot]}`
      const width = bits[slot]!
      return `slots[${slot}] = ${width === 32 ? 'word' : `${shifted} & ${2 ** width - 1}`}`
    })
    return `word = words[offset + ${word}]\n${lines.join('\n')}`
  })
  const copies =
    bits.length > MOST_COPIES
      ? ['to.set(from)']
      : slots.map((slot) => `to[${slot}] = from[${slot}]`)
  return compiled<Packing>(
    {},
    `return {
pack(slots, words, offset) {
${packed.join('\n')}
},
unpack(words, offset, slots) {
let word
${unpacked.join('\n')}
},
copy(from, to) {
${copies.join('\n')}
},
}`,
  )
}

function shiftedLeft(value: string, by: number): string {
  return by === 0 ? value : `${value} << ${by}`
}
