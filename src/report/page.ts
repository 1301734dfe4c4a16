import { createHash } from 'node:crypto'
import type { Markup } from './html.ts'
import { html, trusted } from './html.ts'
import { MONO, SANS, pageColours } from './timeline-style.ts'

export interface PageParts {
  readonly title: string
  readonly body: Markup
  /** Further rules of style; our own text only. */
  readonly style?: string
  /** Runs when the page is there; our own text only. The page must be of use without it. */
  readonly script?: string
}

/**
 * A page that is one file: it asks the network for nothing, and its security policy lets a browser
 * run and apply only the script and the style that stand here, whatever text the rest contains.
 */
export function page({ title, body, style = '', script = '' }: PageParts): string {
  const rules = `\n${baseStyle()}\n${style}`
  const code = `\n${script}`
  if (/<\/(?:style|script)/i.test(rules + code)) throw new Error('the page would end its own code')
  const policy = [
    "default-src 'none'",
    `style-src '${digest(rules)}'`,
    script === '' ? "script-src 'none'" : `script-src '${digest(code)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${trusted(`<style>${rules}</style>`)}
      </head>
      <body>
        ${body} ${script !== '' && trusted(`<script>${code}</script>`)}
      </body>
    </html> `.toString()
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function baseStyle(): string {
  const { light, dark } = pageColours
  const variables = (c: typeof light) =>
    Object.entries({
      page: c.page,
      stripe: c.stripe,
      ink: c.ink,
      muted: c.muted,
      line: c.line,
      core: c.core,
      fault: c.fault,
    })
      .map(([name, colour]) => `--${name}:${colour};`)
      .join('')
  return `:root{color-scheme:light;${variables(light)}}
@media screen and (prefers-color-scheme: dark){:root{color-scheme:dark;${variables(dark)}}}
body{margin:0 auto;padding:1.5rem 1.25rem 4rem;max-width:90rem}
body{background:var(--page);color:var(--ink);font:15px/1.5 ${SANS}}
h1{font-size:1.45rem;line-height:1.25;margin:0 0 .4rem}
h2{font-size:1.1rem;margin:2.2rem 0 .3rem}
h1,h2,p,td,li{overflow-wrap:anywhere;unicode-bidi:isolate}
p{margin:.35rem 0;max-width:75ch}
code,.code{font-family:${MONO};font-size:.92em}
a{color:var(--core)}
:focus-visible{outline:2px solid var(--core);outline-offset:2px}
.muted{color:var(--muted)}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:13.5px}
th,td{text-align:left;vertical-align:top}
th,td{padding:.22rem .9rem .22rem 0;border-bottom:1px solid var(--line)}
th{color:var(--muted);font-weight:600;white-space:nowrap}
td.number,th.number{text-align:right;white-space:nowrap}
button{font:inherit;font-size:13px;padding:.12rem .6rem;cursor:pointer}
button{border:1px solid var(--line);border-radius:5px;background:var(--stripe);color:var(--ink)}
[hidden]{display:none!important}
@media print{body{max-width:none;padding:0}}`
}
