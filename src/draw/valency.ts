import { cubeOf, interestingGraph, runsOf } from '../cli/valency-draw.ts'
import { valencyText as reportText } from '../cli/valency-text.ts'
import { valencyDot } from '../report/valency-dot.ts'
import type { ValencyReport } from '../valency/report.ts'
import { graphviz } from './graphviz.ts'
import { spaceTimeSvgDocument } from './exploration.ts'
import { graphDocument } from './svg-document.ts'
import type { TextOptions } from './text-options.ts'
import { WIDTH } from './text-options.ts'

/** What `valency` has found, in words, with the runs that show it. */
export function valencyText(report: ValencyReport, { width = WIDTH }: TextOptions = {}): string {
  return reportText(report, width)
}

/**
 * The configurations at which it turns, as an SVG document drawn by Graphviz: valency is colour,
 * and a word. Needs a report that was made with `drawn`; otherwise all choices of inputs are drawn.
 */
export async function valencySvg(report: ValencyReport): Promise<string> {
  const graph = interestingGraph(report) ?? cubeOf(report)
  return graphDocument(await graphviz(valencyDot(graph)), graph.title)
}

/**
 * All choices of inputs with their valency, as an SVG document; those that differ at one process
 * only are joined.
 */
export async function inputsSvg(report: ValencyReport): Promise<string> {
  const graph = cubeOf(report)
  return graphDocument(await graphviz(valencyDot(graph)), graph.title)
}

/** The runs that show a defect, as space-time diagrams, each an SVG document. */
export function valencyRuns(report: ValencyReport): readonly string[] {
  return runsOf(report).map(spaceTimeSvgDocument)
}
