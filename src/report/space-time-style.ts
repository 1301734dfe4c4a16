import { MONO, SANS, pageColours } from './timeline-style.ts'

/** The look of space-time diagrams; nothing depends on colour alone. */
export function spaceTimeStyle(): string {
  const { light, dark } = pageColours
  return `${SHAPE}
${colours(light)}
@media screen and (prefers-color-scheme: dark){
${colours(dark)}
}`
}

const SHAPE = `.space-time{font:12px ${SANS}}
.space-time text{direction:ltr;unicode-bidi:isolate;stroke-width:4px;stroke-linejoin:round}
.space-time text{paint-order:stroke}
.space-time .name{font-size:13px;font-weight:600}
.space-time .label{font:12px ${MONO}}
.space-time .fault .label{font-weight:700}
.space-time .message-label{font-size:11px}
.space-time .number{font-size:11px;font-variant-numeric:tabular-nums}
.space-time .middle{text-anchor:middle}
.space-time .end{text-anchor:end}
.space-time .lane line{stroke-width:1.5}
.space-time .guide{stroke-width:1;stroke-dasharray:1 5}
.space-time .message line,.space-time .bow{fill:none;stroke-width:1.5}
.space-time .lost line{stroke-dasharray:3 3}
.space-time .lost circle{fill:none;stroke-width:1.5}
.space-time .ring{fill:none;stroke-width:2.5}
.space-time .way-back path{fill:none;stroke-width:1.5}`

function colours(c: typeof pageColours.light): string {
  return `.space-time text{fill:${c.ink};stroke:${c.page}}
.space-time .number,.space-time .for-ever{fill:${c.muted}}
.space-time .lane line{stroke:${c.edge}}
.space-time .guide{stroke:${c.line}}
.space-time .dot{fill:${c.ink}}
.space-time .fault .dot{fill:${c.fault}}
.space-time .fault .label{fill:${c.fault}}
.space-time .ring{stroke:${c.fault}}
.space-time .message line,.space-time .bow,.space-time .lost circle{stroke:${c.core}}
.space-time .head{fill:${c.core}}
.space-time .message-label{fill:${c.core}}
.space-time .behind{fill:${c.page};fill-opacity:.85}
.space-time .way-back path{stroke:${c.muted}}
.space-time .way-back .head{fill:${c.muted}}`
}
