/** Where two texts part, as lines to be shown. */
export interface Difference {
  /** From 1, in the first text. */
  readonly line: number
  /** `- old`, `+ new`, with a line before them. */
  readonly shown: readonly string[]
}

const MOST = 6

/** The first place at which the texts differ; `undefined` if they are the same. */
export function firstDifference(stored: string, now: string): Difference | undefined {
  if (stored === now) return undefined
  const [before, after] = [stored.split('\n'), now.split('\n')]
  let from = 0
  while (from < before.length && before[from] === after[from]) from++
  let same = 0
  while (
    same < Math.min(before.length, after.length) - from &&
    before[before.length - 1 - same] === after[after.length - 1 - same]
  ) {
    same++
  }
  const old = before.slice(from, before.length - same)
  const fresh = after.slice(from, after.length - same)
  return {
    line: from + 1,
    shown: [
      ...(from === 0 ? [] : [`  ${before[from - 1] ?? ''}`]),
      ...some(old, '-'),
      ...some(fresh, '+'),
    ],
  }
}

function some(lines: readonly string[], sign: string): readonly string[] {
  const more = lines.length - MOST
  return [
    ...lines.slice(0, MOST).map((line) => `${sign} ${line}`),
    ...(more > 0 ? [`${sign} ... and ${more} more`] : []),
  ]
}
