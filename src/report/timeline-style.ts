/**
 * The look of timelines. Blue, orange and grey are told apart by every kind of colour blindness
 * (Okabe & Ito 2008), and nothing depends on colour alone: the bar at fault also has a frame and a
 * cross, context is pale and thin, what never returned fades and ends in an arrow.
 */
interface Palette {
  readonly page: string
  readonly stripe: string
  readonly ink: string
  readonly muted: string
  readonly line: string
  readonly core: string
  readonly onCore: string
  readonly fault: string
  readonly onFault: string
  readonly context: string
  readonly onContext: string
  readonly edge: string
  readonly window: string
  readonly windowLine: string
  readonly onWindow: string
}

const light: Palette = {
  page: '#ffffff',
  stripe: '#f5f7f9',
  ink: '#1c2127',
  muted: '#58626d',
  line: '#dfe3e8',
  core: '#0a5aa8',
  onCore: '#ffffff',
  fault: '#b93c00',
  onFault: '#ffffff',
  context: '#e6eaee',
  onContext: '#454e58',
  edge: '#a5aeb8',
  window: '#f9e3a0',
  windowLine: '#d9b64a',
  onWindow: '#6a4a00',
}

const dark: Palette = {
  page: '#0f1419',
  stripe: '#151b22',
  ink: '#e6ebf0',
  muted: '#9aa5b1',
  line: '#2a323b',
  core: '#5aaefc',
  onCore: '#04182b',
  fault: '#ff9550',
  onFault: '#2a0f00',
  context: '#262e37',
  onContext: '#bcc6d0',
  edge: '#56616d',
  window: '#4a3a10',
  windowLine: '#7d6420',
  onWindow: '#f0cf78',
}

/**
 * `root` is the selector of what is drawn in. Colours stand in plain rules, as not every reader of
 * SVG knows variables.
 */
export function timelineStyle(root: string): string {
  return `${shape(root)}
${colours(root, light)}
@media screen and (prefers-color-scheme: dark) {
${colours(root, dark)}
}
`
}

export const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace'
export const SANS = 'system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif'

function shape(root: string): string {
  return [
    '{font-family:' + SANS + ';font-size:11px}',
    ' text{direction:ltr;unicode-bidi:isolate}',
    ' .label{font:12px ' + MONO + '}',
    ' .core .label,ROOT .fault .label{font-weight:600}',
    ' .title{font-size:15px;font-weight:600}',
    ' .name{font-size:12px}',
    ' .note{font-size:12.5px}',
    ' .bar rect{stroke-width:1}',
    ' .halo{fill:none;stroke-width:2}',
    ' .sign,ROOT .edge,ROOT .zigzag{fill:none;stroke-width:1.5;stroke-linecap:round}',
    ' .sign{stroke-width:2}',
    ' .dashed{stroke-dasharray:5 4}',
    ' .tick line,ROOT .axis{stroke-width:1}',
    ' .middle{text-anchor:middle}',
    ' .end{text-anchor:end}',
  ]
    .map((rule) => `${root}${rule.replaceAll('ROOT', root)}`)
    .join('\n')
}

function colours(root: string, c: Palette): string {
  return [
    ` .page{fill:${c.page}}`,
    ` .stripe{fill:${c.stripe}}`,
    ` text{fill:${c.ink}}`,
    ` .muted,ROOT .tick text,ROOT .rank{fill:${c.muted}}`,
    ` .tick line,ROOT .axis{stroke:${c.line}}`,
    ` .core rect{fill:${c.core};stroke:${c.core}}`,
    ` .core .label{fill:${c.onCore}}`,
    ` .core .edge{stroke:${c.core}}`,
    ` .fault rect{fill:${c.fault};stroke:${c.fault}}`,
    ` .fault .label{fill:${c.onFault}}`,
    ` .fault .sign{stroke:${c.onFault}}`,
    ` .fault .edge{stroke:${c.fault}}`,
    ` .fault .halo{fill:none;stroke:${c.fault}}`,
    ` .context rect{fill:${c.context};stroke:${c.edge}}`,
    ` .context .label{fill:${c.onContext}}`,
    ` .context .edge{stroke:${c.edge}}`,
    ` .context .label.outside{fill:${c.muted}}`,
    ` .core .label.outside{fill:${c.core}}`,
    ` .fault .label.outside{fill:${c.fault}}`,
    ` .point{fill:${c.ink}}`,
    ` .rank{fill:${c.ink}}`,
    ` .window{fill:${c.window};fill-opacity:.7;stroke:none}`,
    ` .hatch{stroke:${c.windowLine};stroke-width:1}`,
    ` .border{stroke:${c.windowLine};stroke-width:1.5}`,
    ` .window-label{fill:${c.onWindow};font-weight:600}`,
    ` .gap{fill:${c.page};fill-opacity:.72}`,
    ` .zigzag{stroke:${c.muted}}`,
  ]
    .map((rule) => `${root}${rule.replaceAll('ROOT', root)}`)
    .join('\n')
}

/** For the frame of pages, which share these colours. */
export const pageColours = { light, dark } as const
