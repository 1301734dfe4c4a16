/** Digits of an exponent that is longer mean nothing. */
const DEEPEST = -1e6

/** A probability as people write it: `0.0523`, `1.62e-7`, and `3.1e-1204`, which is no double. */
export function chanceText(
  { value, log10 }: { readonly value: number; readonly log10: number },
  digits = 3,
): string {
  if (log10 === -Infinity) return '0'
  if (log10 < DEEPEST) return `< 1e${DEEPEST}`
  if (value === 1 || value === 0.5) return String(value)
  // Beyond the normal doubles digits are lost, but not in the logarithm.
  if (value < 1e-300) return powerText(log10, digits)
  if (value < 0.001) return tidy(value.toExponential(digits - 1))
  return value > 0.9995 ? `1 - ${shortExponent(1 - value)}` : value.toPrecision(digits)
}

/** `3.1e-1204` from -1203.5. */
function powerText(log10: number, digits: number): string {
  const exponent = Math.floor(log10)
  const mantissa = (10 ** (log10 - exponent)).toFixed(digits - 1)
  return mantissa.startsWith('10') ? `1e${exponent + 1}` : `${mantissa}e${exponent}`
}

function shortExponent(rest: number): string {
  return rest === 0 ? '1e-16' : tidy(rest.toExponential(0))
}

function tidy(text: string): string {
  return text.replace('e+', 'e')
}

/** At most so many digits that matter, without zeros at the end: `0.36`, `1.333`, `4000`. */
export function decimalText(value: number, digits = 4): string {
  const size = Math.abs(value)
  if (size >= 10 ** digits) return String(Math.round(value))
  if (size !== 0 && size < 1e-4) return tidy(value.toExponential(digits - 1))
  return String(Number(value.toPrecision(digits)))
}
