/** Graphviz, in WebAssembly: loaded only where it is needed. */
export async function graphviz(dot: string): Promise<string> {
  const { instance } = await import('@viz-js/viz')
  const viz = await instance()
  return viz.renderString(dot, { format: 'svg', engine: 'dot' })
}
