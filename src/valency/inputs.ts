/** All ways to give each process one of the values 0, 1, ..., in the order of numbers. */
export function inputChoices(processes: number, values: number): readonly (readonly number[])[] {
  return Array.from({ length: values ** processes }, (_, choice) =>
    Array.from(
      { length: processes },
      (_, self) => Math.floor(choice / values ** (processes - 1 - self)) % values,
    ),
  )
}

/** `011`: the inputs of all processes as people write them. */
export function inputsText(inputs: readonly number[]): string {
  return inputs.some((input) => input > 9) ? inputs.join(',') : inputs.join('')
}

/** The process by whose input two choices differ, if it is exactly one. */
export function onlyDifference(
  one: readonly number[],
  other: readonly number[],
): number | undefined {
  const differing = one.flatMap((input, self) => (input === other[self] ? [] : [self]))
  return differing.length === 1 ? differing[0] : undefined
}
