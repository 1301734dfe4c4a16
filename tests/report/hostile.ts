/** Texts that files of strangers may contain, and that must come out as nothing but text. */
export const HOSTILE: readonly string[] = [
  '</script><script>alert(1)</script>',
  '</style><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  'a"b\'c`d&e<f>g',
  '&lt;script&gt;&#39;&amp;',
  '\u001b[31mred\u001b[0m\u001b]0;title\u0007',
  '\u009b2J',
  'abc\u202etxt.exe\u2066x',
  '\u200f\u200b\ufeff\u00ad\u2028\u2029',
  '\u0000\u0001\u007f\r\n\t',
  'lone \ud800 and \udc00 halves',
  '\ufffe\uffff',
  '__proto__',
  'constructor',
  'javascript:alert(1)',
  ']]> <!-- --> <?xml ?>',
  '${alert(1)} {{alert(1)}}',
  'zal\u0301\u0302\u0303\u0304\u0305\u0306go',
  '漢字かな한글 😀👩‍👩‍👧 العربية',
  'x'.repeat(200_000),
  '漢'.repeat(20_000),
  '',
  ' ',
]

/** What must never reach a terminal or a page, wherever it came from. */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFE\uFFFF]/u

/** Why a text is not well-formed XML, as far as our templates could go wrong; else `undefined`. */
export function whyNotWellFormed(xml: string): string | undefined {
  const open: string[] = []
  const attribute = String.raw`\s+[a-z][\w:-]*="[^"<]*"`
  const token = new RegExp(`<(/?)([a-z][\\w:-]*)((?:${attribute})*)\\s*(/?)>|([^<]+)`, 'giy')
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex
    const found = token.exec(xml)
    if (found === null) return `at ${at}: ${xml.slice(at, at + 60)}`
    const [, closes, name, attributes = '', empty, text] = found
    const free = (text ?? attributes).replace(/&(?:amp|lt|gt|quot|#39|#96);/g, '')
    if (free.includes('&')) return `a loose & at ${at}`
    if (name === undefined) continue
    const names = [...attributes.matchAll(/\s([\w:-]+)="/g)].map(([, attribute]) => attribute)
    if (new Set(names).size < names.length) return `an attribute is twice in <${name}${attributes}>`
    if (closes === '/') {
      if (open.pop() !== name) return `</${name}> closes something else`
    } else if (empty === '') open.push(name)
  }
  return open.length === 0 ? undefined : `<${open.join('> <')}> not closed`
}
