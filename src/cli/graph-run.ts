import { writeFile } from 'node:fs/promises'

import { counted } from '../core/wording.ts'
import { UserError } from '../core/user-error.ts'
import { symmetric } from '../explore/reduce/index.ts'
import { stateGraph } from '../explore/state-graph.ts'
import { withRoom } from '../explore/with-room.ts'
import { stateGraphDot } from '../report/state-graph-dot.ts'
import { visibleLines } from '../report/visible.ts'
import { EXIT } from './exit-code.ts'
import { askedModel } from './explore-spec.ts'
import type { GraphFlags } from './graph-command.ts'
import type { Terminal } from './terminal.ts'

/** `synod graph SPEC`. Answers the exit code. */
export async function showGraph(
  text: string,
  { maxStates, selfLoops, symmetry, output, ...flags }: GraphFlags,
  terminal: Terminal,
): Promise<number> {
  checkOutput(output)
  const asked = await askedModel(text, flags)
  const graph = withRoom(asked.spec.name, asked.model, (system) =>
    stateGraph(symmetry ? symmetric(system) : system, { maxStates, selfLoops: selfLoops ?? false }),
  )
  const dot = stateGraphDot({ ...graph, title: asked.title })
  if (output === undefined) {
    terminal.out(dot)
    return EXIT.pass
  }
  const content = output.endsWith('.dot') ? dot : await drawn(dot)
  try {
    await writeFile(output, content)
  } catch (cause) {
    throw new UserError(`the picture cannot be written: ${(cause as Error).message}`, {
      where: output,
      hint: 'name a file in a folder that exists: -o graph.svg',
      cause,
    })
  }
  const size = `${counted(graph.nodes.length, 'state')}, ${counted(graph.edges.length, 'edge')}`
  terminal.err(visibleLines(`${size} drawn in ${output}\n`))
  return EXIT.pass
}

/** Asked first, so that nothing is explored for a name that cannot be. */
function checkOutput(output: string | undefined): void {
  if (output === undefined || /\.(svg|dot)$/.test(output)) return
  throw new UserError('nobody can tell the form of the picture by this name', {
    where: output,
    hint: 'name a file that ends in .svg or .dot',
  })
}

/** Graphviz, in WebAssembly: loaded only where it is needed. */
async function drawn(dot: string): Promise<string> {
  const { instance } = await import('@viz-js/viz')
  const viz = await instance()
  return viz.renderString(dot, { format: 'svg', engine: 'dot' })
}
