/**
 * Zoom and hover for the pictures of a page. Text of the page is only ever moved as text
 * (`textContent`), so that nothing out of a file can become markup here.
 *
 * Zooming does not enlarge the drawing: places and widths grow along the axis, and labels are cut
 * anew, so that more of them can be read. `data-x` and `data-w` are those at zoom 1.
 */
export const timelineParts = `'use strict'
const tip = document.getElementById('tip')
const ADVANCE = 7.3, SMALL_ADVANCE = 6.8, PADDING = 7, SIGN = 15

const num = (element, name) => Number(element.dataset[name])
const size = (text) => {
  let sum = 0
  for (const c of text) sum += c.codePointAt(0) > 0x10ff ? 2 : 1
  return sum
}
const fit = (text, room) => {
  if (size(text) <= room) return text
  if (room < 3) return ''
  let kept = ''
  for (const c of text) {
    if (size(kept + c) > room - 1) break
    kept += c
  }
  return kept.trimEnd() + '\\u2026'
}

function place(element, zoom) {
  const x = num(element, 'x') * zoom
  const tag = element.tagName
  if (tag === 'line' && element.dataset.w !== undefined) {
    element.setAttribute('x1', x)
    element.setAttribute('x2', x + num(element, 'w') * zoom)
  } else if (tag === 'rect') {
    element.setAttribute('x', x)
    if (element.dataset.w !== undefined) element.setAttribute('width', num(element, 'w') * zoom)
  } else element.setAttribute('transform', 'translate(' + x + ' ' + num(element, 'y') + ')')
}

function label(bar, zoom) {
  const x = num(bar, 'barX') * zoom, w = num(bar, 'barW') * zoom, gap = num(bar, 'gap') * zoom
  const fault = bar.classList.contains('fault'), open = bar.classList.contains('open')
  const signs = (fault ? SIGN : 0) + (open ? SIGN : 0)
  const inside = Math.floor((w - 2 * PADDING - signs + 0.5) / ADVANCE)
  const beside = Math.floor((gap - 2 * PADDING) / ADVANCE)
  const full = bar.dataset.label
  const outside = size(full) > inside && beside > inside
  const clip = bar.querySelector('.clip'), text = bar.querySelector('.label')
  clip.setAttribute('x', outside ? x + w : x)
  clip.setAttribute('width', Math.max(0, outside ? gap : w - (open ? SIGN : 0)))
  text.setAttribute('x', outside ? 5 : PADDING + (fault ? SIGN : 0))
  text.textContent = fit(full, outside ? beside : inside)
  text.classList.toggle('outside', outside)
  if (open) {
    const label = size(text.textContent) * ADVANCE + 2 * PADDING + (fault ? SIGN : 0)
    const solid = Math.min(Math.max(2, w - SIGN), Math.max(10, label))
    bar.querySelector('.body').setAttribute('width', solid)
  }
  const rank = bar.querySelector('.rank')
  const half = rank ? size(rank.textContent) * SMALL_ADVANCE / 2 + 1 : 0
  bar.classList.toggle('tight', w < 2 * half)
  if (rank) {
    const middle = Math.min(x + w - half, Math.max(x + half, num(rank, 'x') * zoom))
    rank.setAttribute('transform', 'translate(' + middle + ' ' + num(rank, 'y') + ')')
  }
  const sign = bar.querySelector('.sign')
  if (sign) sign.toggleAttribute('hidden', w < 2 * SIGN)
}

/** Hides labels that would stand on those before them in the same row. */
function thin(texts, rowOf) {
  const ends = new Map()
  for (const text of texts) {
    text.removeAttribute('visibility')
    const box = text.getBoundingClientRect()
    const row = rowOf(text)
    const taken = ends.get(row) || []
    if (taken.some((other) => box.left < other.right + 6 && other.left < box.right + 6)) {
      text.setAttribute('visibility', 'hidden')
    } else ends.set(row, taken.concat(box))
  }
}

function start(figure) {
  const scroller = figure.querySelector('.scroller'), svg = scroller.querySelector('svg')
  const names = svg.querySelector('.names')
  const rows = figure.parentElement.querySelector('tbody')
  const margin = num(svg, 'names'), width = num(svg, 'width')
  const edge = Number(svg.getAttribute('width')) - margin - width
  const placed = [...svg.querySelectorAll('[data-x]')], bars = [...svg.querySelectorAll('.bar')]
  bars.sort((a, b) => num(a, 'barX') - num(b, 'barX'))
  const byId = new Map(bars.map((bar) => [bar.dataset.id, bar]))
  const axis = [...svg.querySelectorAll('.break text'), ...svg.querySelectorAll('.tick text')]
  const windows = [...svg.querySelectorAll('.window-label')]
  let zoom = 1, chosen

  function leastZoom() {
    return Math.min(1, (scroller.clientWidth - margin - edge) / width)
  }
  function setZoom(next, at = scroller.clientWidth / 2) {
    next = Math.min(Math.max(next, leastZoom()), Math.max(1, 120000 / width))
    const held = (scroller.scrollLeft + at - margin) / zoom
    zoom = next
    const total = margin + width * zoom + edge
    svg.setAttribute('width', total)
    svg.setAttribute('viewBox', '0 0 ' + total + ' ' + svg.getAttribute('height'))
    for (const element of placed) place(element, zoom)
    for (const bar of bars) label(bar, zoom)
    scroller.scrollLeft = held * zoom - at + margin
    follow()
    thin(axis, () => 0)
    thin(windows, (text) => text.dataset.y)
  }
  function follow() {
    names.setAttribute('transform', 'translate(' + scroller.scrollLeft + ' 0)')
    if (chosen) point(chosen)
  }
  function point(bar) {
    const box = bar.querySelector('rect:not(.halo)').getBoundingClientRect()
    const size = tip.getBoundingClientRect()
    const below = box.bottom + 10 + size.height < innerHeight
    tip.style.top = (below ? box.bottom + 10 : Math.max(4, box.top - 10 - size.height)) + 'px'
    tip.style.left = Math.max(4, Math.min(box.left, innerWidth - size.width - 8)) + 'px'
  }
  function show(bar) {
    const x = margin + (num(bar, 'barX') + num(bar, 'barW') / 2) * zoom
    scroller.scrollLeft = x - (scroller.clientWidth + margin) / 2
    follow()
  }
  function choose(bar, move) {
    if (chosen) chosen.classList.remove('chosen')
    for (const row of rows.querySelectorAll('.chosen')) row.classList.remove('chosen')
    chosen = bar
    tip.hidden = bar === undefined
    if (bar === undefined) return
    bar.classList.add('chosen')
    const row = rows.querySelector('[data-id="' + bar.dataset.id + '"]')
    if (row) row.classList.add('chosen')
    if (move) show(bar)
    tip.textContent = bar.dataset.tip
    point(bar)
  }
  function step(by) {
    const at = chosen === undefined ? (by > 0 ? -1 : bars.length) : bars.indexOf(chosen)
    choose(bars[Math.min(bars.length - 1, Math.max(0, at + by))], true)
  }
  const actions = {
    in: () => setZoom(zoom * 1.5),
    out: () => setZoom(zoom / 1.5),
    fit: () => setZoom(0),
    reset: () => setZoom(1),
    fault: () => { const bar = svg.querySelector('.bar.fault'); if (bar) choose(bar, true) },
  }
  const keys = {
    '+': actions.in, '=': actions.in, '-': actions.out,
    '0': actions.reset, w: actions.fit, f: actions.fault,
    ArrowRight: () => step(1), ArrowLeft: () => step(-1), Escape: () => choose(undefined),
  }

  for (const bar of bars) {
    const title = bar.querySelector('title')
    bar.dataset.tip = title.textContent
    title.remove()
  }
  figure.querySelector('.tools').hidden = false
  figure.addEventListener('click', (event) => {
    const action = actions[event.target.dataset.do]
    if (action) action()
  })
  scroller.addEventListener('keydown', (event) => {
    const action = keys[event.key]
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    action()
  })
  scroller.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    const at = event.clientX - scroller.getBoundingClientRect().left
    setZoom(zoom * Math.exp(-event.deltaY / 400), at)
  }, { passive: false })
  scroller.addEventListener('scroll', follow)
  svg.addEventListener('pointerover', (event) => {
    const bar = event.target.closest('.bar')
    if (bar) choose(bar)
  })
  svg.addEventListener('pointerleave', () => choose(undefined))
  scroller.addEventListener('blur', () => choose(undefined))
  rows.addEventListener('click', (event) => {
    const row = event.target.closest('a') && event.target.closest('tr')
    if (!row) return
    event.preventDefault()
    scroller.scrollIntoView({ block: 'nearest' })
    scroller.focus()
    choose(byId.get(row.dataset.id), true)
  })
  // A picture not much wider than the window is shown whole at first.
  const least = leastZoom()
  if (least < 1 && least > 0.6) setZoom(least)
  const first = svg.querySelector('.bar.fault') || svg.querySelector('.bar.core')
  if (first) show(first)
}

`

/** The same, with all pictures begun that can be seen; others when they are unfolded. */
export const timelineScript = `${timelineParts}
function begin(root) {
  for (const figure of root.querySelectorAll('figure.picture:not(.begun)')) {
    if (figure.clientWidth === 0) continue
    figure.classList.add('begun')
    start(figure)
  }
}
begin(document)
document.addEventListener('toggle', (event) => begin(event.target), true)
`
