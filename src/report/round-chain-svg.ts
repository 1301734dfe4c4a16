import type { RoundArrow, RoundChain, RoundPicture } from '../core/round-chain.ts'
import type { Markup } from './html.ts'
import { element } from './svg-element.ts'
import { MONO, SANS, pageColours } from './timeline-style.ts'
import { shown } from './visible.ts'

const LANE = 84
const ROUND = 84
const HEAD = 64
const FOOT = 46
const GAP = 96
const MARGIN = 46
const DOT = 4.5
const LONGEST_LABEL = 14

/**
 * The chain from left to right. A line for each process, time running downwards, an arrow for each
 * message; between two runs stands who cannot tell them apart, and its lines are thick.
 */
export function roundChainSvg(chain: RoundChain): Markup {
  const { processes, runs, left } = chain
  const rounds = runs.reduce((most, run) => Math.max(most, run.rounds.length), 0)
  const panel = (processes.length - 1) * LANE + 2 * MARGIN
  const step = panel + GAP
  const half = Math.ceil(runs.length / 2)
  const width = runs.length * step - GAP + (left > 0 ? GAP : 0)
  const height = HEAD + rounds * ROUND + FOOT
  const x = (at: number): number => at * step + (left > 0 && at >= half ? GAP : 0)
  const blindBefore = (at: number): number | undefined => runs[at - 1]?.blind
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'round-chain',
      role: 'img',
      'aria-label': `${runs.length + left} runs in rounds: ${shown(chain.title, 200)}`,
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
    },
    runs.map((run, at) =>
      element(
        'g',
        { transform: `translate(${x(at)} 0)` },
        runPicture(run, processes, left > 0 && at === half ? undefined : blindBefore(at), rounds),
        run.blind !== undefined &&
          linkText(processes[run.blind] ?? '', panel, HEAD + (rounds * ROUND) / 2),
      ),
    ),
    left > 0 &&
      element(
        'text',
        { class: 'middle muted', x: x(half) - GAP, y: HEAD + (rounds * ROUND) / 2 - 30 },
        `${left} more`,
      ),
  )
}

function linkText(name: string, panel: number, y: number): Markup {
  const middle = panel + GAP / 2
  return element(
    'g',
    { class: 'link' },
    element('text', { class: 'middle who', x: middle, y: y - 6 }, shown(name, 8)),
    element('text', { class: 'middle', x: middle, y: y + 10 }, 'sees no'),
    element('text', { class: 'middle', x: middle, y: y + 24 }, 'difference'),
    element('path', { d: `M${middle - 38} ${y + 36}h76m-7 -4l7 4l-7 4m-62 0l-7 -4l7 -4` }),
  )
}

function runPicture(
  run: RoundPicture,
  processes: readonly string[],
  blindBefore: number | undefined,
  rounds: number,
): readonly Markup[] {
  const lane = (p: number): number => MARGIN + p * LANE
  const bottom = HEAD + rounds * ROUND
  const last = MARGIN + (processes.length - 1) * LANE
  const ends = processes.map((_, p) => {
    const at = run.rounds.findIndex(({ crashed }) => crashed.includes(p))
    return at < 0 ? undefined : HEAD + at * ROUND + 26
  })
  const demand = run.demand === undefined ? 'nothing is demanded' : `all must decide ${run.demand}`
  return [
    element('text', { class: 'run', x: MARGIN - 22, y: 16 }, run.name),
    ...processes.map((name, p) =>
      laneOf(
        { name, start: run.starts[p] ?? '', traitor: run.traitors.includes(p) },
        { x: lane(p), end: ends[p], bottom },
        p === run.blind || p === blindBefore,
      ),
    ),
    ...run.rounds.flatMap(({ arrows }, at) =>
      arrows.map((arrow) => arrowOf(arrow, lane, HEAD + at * ROUND, ends[arrow.from])),
    ),
    element(
      'text',
      {
        class: `demand middle${run.demand === undefined ? ' muted' : ''}`,
        x: (MARGIN + last) / 2,
        y: bottom + 34,
      },
      demand,
    ),
  ]
}

function laneOf(
  { name, start, traitor }: { name: string; start: string; traitor: boolean },
  { x, end, bottom }: { x: number; end: number | undefined; bottom: number },
  blind: boolean,
): Markup {
  const kinds = ['lane', blind ? 'blind' : '', traitor ? 'traitor' : '']
  const y2 = end ?? bottom
  return element(
    'g',
    { class: kinds.filter((kind) => kind !== '').join(' ') },
    element('text', { class: 'middle name', x, y: 36 }, shown(name, 8)),
    element('text', { class: 'middle start', x, y: 52 }, shown(start, 10)),
    element('line', { x1: x, x2: x, y1: HEAD - 6, y2 }),
    end === undefined
      ? !traitor && element('circle', { cx: x, cy: bottom, r: DOT })
      : element('path', { class: 'cross', d: `M${x - 5} ${y2 - 5}l10 10m0 -10l-10 10` }),
  )
}

function arrowOf(
  { from, to, kind, label }: RoundArrow,
  lane: (process: number) => number,
  top: number,
  end: number | undefined,
): Markup {
  const side = Math.sign(to - from)
  const x1 = lane(from) + side * 2
  const x2 = lane(to) - side * (DOT + 1)
  const y1 = Math.min(top + 14, end ?? Infinity)
  const y2 = top + ROUND - 18
  const part = kind === 'lost' ? 0.38 : 1
  const tip = { x: x1 + (x2 - x1) * part, y: y1 + (y2 - y1) * part }
  const [ux, uy] = direction(x2 - x1, y2 - y1)
  const wing = (turn: number): string =>
    `${n(tip.x - ux * 8 - uy * turn)} ${n(tip.y - uy * 8 + ux * turn)}`
  return element(
    'g',
    { class: `message ${kind}` },
    element('line', { x1, y1, x2: tip.x, y2: tip.y }),
    kind === 'lost'
      ? element('path', { d: `M${n(tip.x - 4)} ${n(tip.y - 4)}l8 8m0 -8l-8 8` })
      : element('path', {
          class: 'head',
          d: `M${n(tip.x)} ${n(tip.y)}L${wing(3.6)}L${wing(-3.6)}Z`,
        }),
    label !== undefined &&
      element(
        'text',
        { class: 'middle word', x: x1 + (x2 - x1) * 0.7, y: y1 + (y2 - y1) * 0.7 - 4 },
        shown(label, LONGEST_LABEL),
      ),
  )
}

function direction(dx: number, dy: number): readonly [number, number] {
  const length = Math.hypot(dx, dy)
  return [dx / length, dy / length]
}

function n(value: number): string {
  return String(Math.round(value * 100) / 100)
}

/** The look of chains; nothing depends on colour alone. */
export function roundChainStyle(): string {
  const { light, dark } = pageColours
  return `${SHAPE}
${colours(light)}
@media screen and (prefers-color-scheme: dark){
${colours(dark)}
}`
}

const SHAPE = `.round-chain{font:12px ${SANS}}
.round-chain .middle{text-anchor:middle}
.round-chain .run{font-weight:600}
.round-chain .name{font-size:13px;font-weight:600}
.round-chain .start,.round-chain .word{font-family:${MONO}}
.round-chain .word{font-size:11px;paint-order:stroke;stroke-width:4px}
.round-chain .lane line{stroke-width:1.5}
.round-chain .blind line{stroke-width:4}
.round-chain .traitor line{stroke-dasharray:4 4}
.round-chain .message line,.round-chain path{fill:none;stroke-width:1.5}
.round-chain .lost line{stroke-dasharray:3 3}
.round-chain .cross{stroke-width:2.5}
.round-chain .demand,.round-chain .who{font-weight:700}`

function colours(c: typeof pageColours.light): string {
  return `.round-chain text{fill:${c.ink}}
.round-chain .muted,.round-chain .start{fill:${c.muted}}
.round-chain .lane line{stroke:${c.edge}}
.round-chain .lane circle{fill:${c.ink}}
.round-chain .blind line{stroke:${c.core}}
.round-chain .blind circle,.round-chain .blind .name,.round-chain .who{fill:${c.core}}
.round-chain .link path{stroke:${c.core}}
.round-chain .traitor .name,.round-chain .traitor .start{fill:${c.fault}}
.round-chain .message line,.round-chain .message path{stroke:${c.edge}}
.round-chain .message .head{fill:${c.edge};stroke:none}
.round-chain .lost line,.round-chain .lost path,.round-chain .lie line{stroke:${c.fault}}
.round-chain .lie .head{fill:${c.fault}}
.round-chain .word{fill:${c.fault};stroke:${c.page}}
.round-chain .cross{stroke:${c.fault}}`
}
