import type { Model } from '../../src/core/model.ts'

/**
 * The table of docs/history.md: every model with its operations, their arguments and their answers.
 */
export function modelTable(models: readonly Model[]): string {
  const rows = models.flatMap(({ name, summary, operations }) =>
    Object.entries(operations).map(([f, { value, result }], index) => [
      index === 0 ? `**${name}**: ${summary}` : '',
      `\`${f}\``,
      value.text,
      result.text,
    ]),
  )
  const head = ['model', '`f`', '`value` of the invocation', '`value` of `ok`']
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n')
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|')
}
