import { timelineParts } from '../timeline-script.ts'

/**
 * Filters, steps back and forth, and buttons that copy. Text of the page is only ever moved as text
 * (`textContent`), so that nothing out of a file can become markup here.
 */
export const reportScript = `${timelineParts}
const make = (tag, text, name) => {
  const made = document.createElement(tag)
  if (text !== undefined) made.textContent = text
  if (name) made.className = name
  return made
}

const STEP_BUTTONS = [
  ['first', '\u00ab first', 'first step'], ['back', '\u2039 back', 'step back'],
  ['on', 'on \u203a', 'step on'], ['last', 'last \u00bb', 'last step'],
]

/** One story: the table is there already, the script adds the state at the step it is at. */
function steps(story) {
  const bar = story.querySelector('.step-bar')
  if (!bar) return
  const rows = [...story.querySelectorAll('.story tbody tr')]
  for (const [name, text, label] of STEP_BUTTONS) {
    const button = make('button', text)
    button.type = 'button'
    button.dataset.go = name
    button.setAttribute('aria-label', label)
    bar.append(button)
    if (name === 'back') bar.append(make('output'))
  }
  bar.querySelector('output').setAttribute('aria-live', 'polite')
  bar.append(make('span', '\u2190 \u2192 in the table', 'muted'))
  const panel = story.querySelector('.state-now'), where = bar.querySelector('output')
  const scroller = story.querySelector('.step-view .scroller')
  const dots = [...story.querySelectorAll('.space-time .event')]
  const parts = rows.map((row) =>
    [...row.querySelectorAll('dl dt')].map((name) =>
      [name.textContent, name.nextElementSibling.textContent]))
  let at = 0
  function show(next) {
    at = Math.min(rows.length - 1, Math.max(0, next))
    const state = new Map()
    for (let step = 0; step <= at; step++) for (const [name, text] of parts[step]) {
      state.set(name, { text, changed: step === at && at > 0 })
    }
    rows.forEach((row, index) => {
      row.classList.toggle('now', index === at)
      row.toggleAttribute('aria-current', index === at)
    })
    const same = dots.length === rows.length - 1
    if (same) dots.forEach((dot, index) => dot.classList.toggle('now', index === at - 1))
    const title = rows[at].children[1].textContent.trim()
    where.textContent = 'step ' + at + ' of ' + (rows.length - 1)
    const list = make('dl', undefined, 'code')
    for (const [name, { text, changed }] of state) {
      list.append(make('dt', name, changed ? 'changed' : ''))
      list.append(make('dd', text, changed ? 'changed' : ''))
    }
    panel.replaceChildren(make('h4', at === 0 ? 'The state at first' : 'After ' + title), list)
    const row = rows[at]
    const top = row.offsetTop, bottom = top + row.offsetHeight
    if (top < scroller.scrollTop + 30) scroller.scrollTop = Math.max(0, top - 60)
    else if (bottom > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = bottom - scroller.clientHeight + 8
    }
  }
  const go = { first: () => 0, back: () => at - 1, on: () => at + 1, last: () => rows.length - 1 }
  const keys = { ArrowLeft: go.back, ArrowRight: go.on, Home: go.first, End: go.last }
  bar.addEventListener('click', (event) => {
    const next = go[event.target.dataset.go]
    if (next) show(next())
  })
  const byKey = (event) => {
    const next = keys[event.key]
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    show(next())
  }
  scroller.addEventListener('keydown', byKey)
  bar.addEventListener('keydown', byKey)
  rows.forEach((row, index) => row.addEventListener('click', (event) => {
    if (!event.target.closest('summary,a')) show(index)
  }))
  bar.hidden = false
  panel.hidden = parts.every((each) => each.length === 0)
  story.classList.add('stepped')
  show(rows.length - 1)
}

/** There may be hundreds of stories and pictures: each begins when it comes near. */
const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue
    near.unobserve(target)
    if (target.matches('figure')) start(target)
    else steps(target)
  }
}, { rootMargin: '800px' })
for (const each of document.querySelectorAll('figure.picture, .steps')) near.observe(each)

/** Graphs wider than the window are looked at from their middle. */
for (const each of document.querySelectorAll('.drawing')) {
  each.scrollLeft = (each.scrollWidth - each.clientWidth) / 2
}

const filters = document.querySelector('.filters')
if (filters) {
  const place = filters.parentElement
  const entries = [...place.querySelectorAll('.entry')]
  const groups = [...place.querySelectorAll('details.group')]
  const families = [...place.querySelectorAll('.family')]
  const { text, outcome, unfold } = filters.elements
  const said = filters.querySelector('output')
  const apply = () => {
    const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean)
    const wanted = outcome.value
    let count = 0
    for (const entry of entries) {
      const fits = words.every((word) => entry.dataset.text.includes(word)) &&
        (wanted === '' || entry.classList.contains(wanted))
      entry.hidden = !fits
      if (fits) count++
    }
    const narrowed = words.length > 0 || wanted !== ''
    for (const group of groups) {
      const some = group.querySelector('.entry:not([hidden])') !== null
      group.hidden = !some
      if (narrowed && some) group.open = true
    }
    for (const family of families) {
      family.hidden = narrowed && family.querySelector('.group:not([hidden])') === null
    }
    said.textContent = narrowed ? count + ' of ' + entries.length : entries.length + ' checks'
  }
  filters.hidden = false
  filters.addEventListener('submit', (event) => event.preventDefault())
  text.addEventListener('input', apply)
  outcome.addEventListener('change', apply)
  unfold.addEventListener('click', () => {
    const open = unfold.textContent.startsWith('unfold')
    for (const group of groups) group.open = open
    unfold.textContent = open ? 'fold all' : 'unfold all'
  })
  apply()
}

for (const line of document.querySelectorAll('.command')) {
  const button = make('button', 'copy')
  button.type = 'button'
  button.addEventListener('click', async () => {
    const code = line.querySelector('code')
    try {
      await navigator.clipboard.writeText(code.textContent)
      button.textContent = 'copied'
    } catch {
      getSelection().selectAllChildren(code)
      button.textContent = 'selected'
    }
  })
  line.append(button)
}

/** What a link points to may be folded away. */
function unfoldTarget() {
  let id = ''
  try {
    id = decodeURIComponent(location.hash.slice(1))
  } catch {
    return
  }
  const target = id === '' ? null : document.getElementById(id)
  if (!target) return
  for (let each = target; each; each = each.parentElement) {
    if (each.tagName === 'DETAILS') each.open = true
  }
  const first = target.parentElement.querySelector('.entry.bad')
  if (first) first.open = true
  target.scrollIntoView()
}
addEventListener('hashchange', unfoldTarget)
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]')
  if (link && link.getAttribute('href') === location.hash) unfoldTarget()
})
unfoldTarget()
`
