import type { ValencyReport } from '../valency/report.ts'

export async function drawValency(
  report: ValencyReport,
  files: { readonly html?: string; readonly svg?: string },
): Promise<readonly string[]> {
  await Promise.resolve()
  return [report.protocol.name, ...Object.keys(files)]
}
