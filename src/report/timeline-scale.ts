/**
 * From positions (nanoseconds, events) to places on a line (pixels, columns).
 *
 * In a recording an operation takes a millisecond and the next thing happens a second later, so
 * nothing could be read on a line drawn to scale. Here only the order is exact: a later moment is
 * always further right, and the same moment at the same place. Distances are stretched so that
 * labels fit into their bars, and the longer a distance is the more it is compressed; where a
 * stretch of time is left out nearly whole, a break is reported for the drawing to show.
 */
export interface Scale {
  /** Where a position is, from 0 to `width`; what lies outside is at one of the ends. */
  at(position: number): number
  readonly width: number
  /** In order; `from` and `to` are positions. */
  readonly breaks: readonly { readonly from: number; readonly to: number }[]
  readonly first: number
  readonly last: number
}

export interface Span {
  readonly from: number
  /** `Infinity`: it goes on past the end. */
  readonly to: number
  /** How much room its label wants. */
  readonly need: number
}

export interface ScaleOptions {
  /** How wide a span of usual length is drawn. */
  readonly typical: number
  /** The least distance of different moments. */
  readonly least: number
  readonly breakWidth: number
  /** Room before the first and after the last moment. */
  readonly margin: number
  /** Further room after the last moment. Default: 0. */
  readonly tail?: number
  /** True if places must be whole numbers. */
  readonly whole: boolean
  /**
   * More is compressed evenly to this, whatever it costs. Only for scales that need not be whole.
   */
  readonly most?: number
  /** Less is stretched to this, but at most to the double. */
  readonly wanted?: number
}

export function layScale(spans: readonly Span[], options: ScaleOptions): Scale {
  const stops = stopsOf(spans)
  const first = stops[0] ?? 0
  const last = stops.at(-1) ?? 0
  const widths = naturalWidths(stops, spans, options)
  makeRoom(stops, widths.sizes, spans, options)
  const tail = tailOf(spans, stops, widths.sizes, options)
  const places = placesOf(widths.sizes, tail, options)
  const width = places.at(-1) ?? 0
  return {
    at: (position) => placeOf(position, stops, places, width),
    width,
    breaks: widths.breaks.map((index) => ({ from: stops[index] ?? 0, to: stops[index + 1] ?? 0 })),
    first,
    last,
  }
}

/** All moments at which a span begins or ends, once each, in order. */
function stopsOf(spans: readonly Span[]): Float64Array {
  const all = new Float64Array(2 * spans.length)
  let count = 0
  for (const { from, to } of spans) {
    if (Number.isFinite(from)) all[count++] = from
    if (Number.isFinite(to)) all[count++] = to
  }
  const sorted = all.subarray(0, count).sort()
  let kept = 0
  for (const stop of sorted) {
    if (kept === 0 || stop !== sorted[kept - 1]) sorted[kept++] = stop
  }
  return sorted.slice(0, kept)
}

function naturalWidths(stops: Float64Array, spans: readonly Span[], options: ScaleOptions) {
  const lengths = spans.map(({ from, to }) => to - from).filter((l) => l > 0 && l < Infinity)
  const total = (stops.at(-1) ?? 0) - (stops[0] ?? 0)
  const rate = options.typical / (median(lengths) || total || 1)
  const distances = Array.from(stops.subarray(1), (stop, index) => stop - (stops[index] ?? 0))
  const usual = median(distances)
  const quiet = quietIntervals(stops, spans)
  const sizes = new Float64Array(distances.length)
  const breaks: number[] = []
  distances.forEach((distance, index) => {
    const knee = quiet[index] === 1 ? options.typical / 3 : options.typical
    const size = compressed(rate * distance, knee)
    const isBreak = distance > 0.1 * total && distance > 12 * usual && size > options.typical / 2
    if (isBreak) breaks.push(index)
    sizes[index] = Math.max(options.least, isBreak ? options.breakWidth : size)
  })
  return { sizes, breaks }
}

/** To scale up to the knee; past it, every doubling adds a third of the knee. */
function compressed(size: number, knee: number): number {
  return size <= knee ? size : knee * (1 + Math.log2(size / knee) / 3)
}

/**
 * 1 for every interval between stops during which no span is open (those without end do not
 * count).
 */
function quietIntervals(stops: Float64Array, spans: readonly Span[]): Uint8Array {
  const changes = new Int32Array(stops.length + 1)
  for (const { from, to } of spans) {
    if (!Number.isFinite(to) || !Number.isFinite(from)) continue
    const start = stopAtOrBefore(stops, from)
    const end = stopAtOrBefore(stops, to)
    changes[start] = (changes[start] ?? 0) + 1
    changes[end] = (changes[end] ?? 0) - 1
  }
  let open = 0
  return Uint8Array.from(stops, (_, index) => {
    open += changes[index] ?? 0
    return open === 0 ? 1 : 0
  })
}

/**
 * Widens the intervals inside each span until its label fits, the spans of fewest intervals first.
 */
function makeRoom(
  stops: Float64Array,
  sizes: Float64Array,
  spans: readonly Span[],
  { least }: ScaleOptions,
): void {
  const reaches = spans
    .filter(({ from, to }) => Number.isFinite(to) && to > from)
    .map(({ from, to, need }) => ({
      start: stopAtOrBefore(stops, from),
      end: stopAtOrBefore(stops, to),
      need,
    }))
    // A span over so many intervals has room enough, as none is narrower than `least`.
    .filter(({ start, end, need }) => (end - start) * least < need)
    .sort((a, b) => a.end - a.start - (b.end - b.start))
  for (const { start, end, need } of reaches) {
    let size = 0
    for (let index = start; index < end; index++) size += sizes[index] ?? 0
    if (size >= need) continue
    for (let index = start; index < end; index++) sizes[index] = (sizes[index] ?? 0) * (need / size)
  }
}

/** Room after the last stop, so that the labels of spans without end fit before the edge. */
function tailOf(
  spans: readonly Span[],
  stops: Float64Array,
  sizes: Float64Array,
  { margin, tail: least = 0 }: ScaleOptions,
): number {
  const after = new Float64Array(stops.length + 1)
  for (let index = sizes.length - 1; index >= 0; index--) {
    after[index] = (after[index + 1] ?? 0) + (sizes[index] ?? 0)
  }
  let tail = least
  for (const { from, to, need } of spans) {
    if (to !== Infinity) continue
    const room = after[stopAtOrBefore(stops, from)] ?? 0
    tail = Math.max(tail, need - room, 2 * margin)
  }
  return tail
}

/** The place of every stop, and at last the width of all. */
function placesOf(sizes: Float64Array, tail: number, options: ScaleOptions): Float64Array {
  const { margin, most = Infinity, wanted = 0, whole } = options
  const sum = sizes.reduce((total, size) => total + size, 0)
  const fixed = 2 * margin + tail
  let factor = 1
  if (sum + fixed > most) factor = Math.max(0, most - fixed) / sum
  else if (sum > 0 && sum + fixed < wanted) factor = Math.min(2, (wanted - fixed) / sum)

  const places = new Float64Array(sizes.length + 2)
  places[0] = margin
  sizes.forEach((size, index) => {
    const scaled = whole ? Math.ceil(size - 1e-6) : size * factor
    places[index + 1] = (places[index] ?? 0) + scaled
  })
  places[sizes.length + 1] = (places[sizes.length] ?? 0) + (whole ? Math.ceil(tail) : tail) + margin
  return places
}

function placeOf(
  position: number,
  stops: Float64Array,
  places: Float64Array,
  width: number,
): number {
  const last = stops.length - 1
  if (last < 0 || position < (stops[0] ?? 0)) return 0
  if (position > (stops[last] ?? 0)) return width
  const index = stopAtOrBefore(stops, position)
  const from = stops[index] ?? 0
  const start = places[index] ?? 0
  if (index === last || position === from) return start
  const share = (position - from) / ((stops[index + 1] ?? 0) - from)
  return start + share * ((places[index + 1] ?? 0) - start)
}

function stopAtOrBefore(stops: Float64Array, position: number): number {
  let low = 0
  let high = stops.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((stops[middle] ?? 0) <= position) low = middle
    else high = middle - 1
  }
  return low
}

export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[sorted.length >> 1] ?? 0
}
