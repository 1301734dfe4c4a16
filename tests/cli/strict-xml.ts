/** An element of XML: its name, attributes, elements in it, and all text directly in it. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly elements: readonly XmlElement[]
  readonly text: string
}

/** What XML 1.0 forbids (section 2.2). */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u

const NAMED: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
}

/** Reads XML and forgives nothing, as readers of reports do. Without comments and CDATA. */
export function strictXml(xml: string): XmlElement {
  const forbidden = FORBIDDEN.exec(xml)
  if (forbidden !== null) throw new Error(`a character that XML forbids at ${forbidden.index}`)
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
  if (!xml.startsWith(head)) throw new Error('no declaration')
  const end: Position = { xml, at: head.length }
  const root = element(end)
  if (xml.slice(end.at).trim() !== '') throw new Error(`something after the end at ${end.at}`)
  return root
}

interface Position {
  readonly xml: string
  at: number
}

function element(place: Position): XmlElement {
  const [, name = '', all = '', empty = ''] = taken(
    place,
    /<([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/y,
  )
  const pairs = [...all.matchAll(/ ([a-z]+)="([^"]*)"/g)]
  const attributes = Object.fromEntries(
    pairs.map(([, key = '', value = '']) => [key, plain(value)]),
  )
  if (Object.keys(attributes).length !== pairs.length) throw new Error('an attribute twice')
  const elements: XmlElement[] = []
  let text = ''
  while (empty === '') {
    text += plain(taken(place, /[^<]*/y)[0])
    if (place.xml.startsWith(`</${name}>`, place.at)) {
      place.at += name.length + 3
      break
    }
    elements.push(element(place))
  }
  return { name, attributes, elements, text }
}

function taken(place: Position, pattern: RegExp): RegExpExecArray {
  pattern.lastIndex = place.at
  const found = pattern.exec(place.xml)
  if (found === null)
    throw new Error(`not well formed at ${place.xml.slice(place.at, place.at + 60)}`)
  place.at += found[0].length
  return found
}

function plain(text: string): string {
  return text.replace(/&[^;]*;?/g, (entity) => {
    const character = NAMED[entity]
    if (character === undefined) throw new Error(`no entity: ${entity}`)
    return character
  })
}
