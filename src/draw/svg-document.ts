import { pageColours } from '../report/timeline-style.ts'

type Colours = typeof pageColours.light
type Pair = readonly [light: string, dark: string]

/**
 * Pictures that are parts of a page elsewhere, as files that bring their own look and their own
 * ground, so that they can be read wherever they are shown, in light and in dark.
 */
export function svgDocument(svg: string, style: string): string {
  const { light, dark } = pageColours
  const ground =
    `.ground{fill:${light.page}}` +
    `@media screen and (prefers-color-scheme: dark){.ground{fill:${dark.page}}}`
  const rules = escaped(`${style}\n${ground}`)
  const behind = '<rect class="ground" width="100%" height="100%"/>'
  const named = svg.includes('xmlns=') ? svg : svg.replace('<svg', `<svg xmlns="${NAMESPACE}"`)
  return `${rounded(named).replace('>', `><style>${rules}</style>${behind}`)}\n`
}

/** Lengths to two decimals, a hundredth of a pixel; more of them would differ between machines. */
function rounded(svg: string): string {
  return svg.replace(LENGTHS, (attribute) =>
    attribute.replace(/-?\d+\.\d{3,}/g, (length) => String(Math.round(Number(length) * 100) / 100)),
  )
}

const LENGTHS = / (?:d|points|transform|viewBox|width|height|r|c?[xy]|[xy][12])="[^"]*"/g

const NAMESPACE = 'http://www.w3.org/2000/svg'

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** The variables that plots are coloured by. */
export function variableStyle(): string {
  const names = ['page', 'stripe', 'ink', 'muted', 'line', 'core', 'fault'] as const
  const variables = (colours: Colours): string =>
    names.map((name) => `--${name}:${colours[name]};`).join('')
  return `svg{${variables(pageColours.light)}}
@media screen and (prefers-color-scheme: dark){svg{${variables(pageColours.dark)}}}`
}

/** What Graphviz has drawn in our colours for a light page, with those for a dark one. */
export function graphDocument(drawn: string, title: string): string {
  const { light, dark } = pageColours
  const shapes: readonly Pair[] = SHAPES.map((name) => [light[name], dark[name]])
  const letters: readonly Pair[] = LETTERS.map((name) => [light[name], dark[name]])
  const rule = (what: string, attribute: string, [from, to]: Pair): string =>
    `${what}[${attribute}="${from}"]{${attribute}:${to}}`
  const rules = [
    ...shapes.flatMap((pair) =>
      ['polygon', 'path', 'ellipse'].flatMap((shape) => [
        rule(shape, 'fill', pair),
        rule(shape, 'stroke', pair),
      ]),
    ),
    ...letters.map((pair) => rule('text', 'fill', pair)),
    `text:not([fill]){fill:${dark.ink}}`,
  ]
  const style = escaped(`@media screen and (prefers-color-scheme: dark){${rules.join('')}}`)
  const start = drawn.indexOf('<svg')
  const label = escaped(title).replaceAll('"', '&quot;')
  return rounded(drawn.slice(start))
    .replace('<svg', `<svg role="img" aria-label="${label}"`)
    .replace('>', `><style>${style}</style>`)
}

const SHAPES = [
  'page',
  'stripe',
  'ink',
  'muted',
  'core',
  'fault',
  'context',
  'edge',
  'window',
] as const
/** The page's own colour comes as that of letters on blue and orange. */
const LETTERS = ['ink', 'muted', 'onCore', 'onContext'] as const
