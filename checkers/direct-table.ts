import type { DirectCondition } from './direct-condition.ts'

/** The table of docs/history.md: every direct condition with the operations it reads. */
export function directTable(conditions: readonly DirectCondition[]): string {
  const rows = conditions.flatMap(({ name, summary, operations }) =>
    Object.entries(operations).map(([f, { value, result }], rank) => {
      const first = rank === 0 ? `**${name}**: ${summary}` : ''
      return `| ${first} | \`${f}\` | ${value.text} | ${result.text} |`
    }),
  )
  const head = '| condition | `f` | `value` of the invocation | `value` of `ok` |'
  return [head, '| --- | --- | --- | --- |', ...rows].join('\n')
}
