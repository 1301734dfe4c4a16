import { UserError } from '../core/user-error.ts'

/** The forms of a history that can be read. */
export const FORMATS = ['jsonl', 'edn', 'etcd-log'] as const

/** The forms in which histories are read. */
export type Format = (typeof FORMATS)[number]

/** How many bytes are looked at to tell the format. */
export const HEAD_BYTES = 4096

/**
 * Tells the format of a history from its beginning. The first line that is recognised decides: a
 * line cut off at the very beginning is the reader's affair. Throws a UserError if there is none.
 */
export function detectFormat(head: Uint8Array, source: string): Format {
  const refuse = (fact: string, hint: string): never => {
    throw new UserError(fact, { where: source, hint })
  }
  const [a, b] = head
  if (a === 0x1f && b === 0x8b) return refuse('this file is compressed', 'gunzip it first')
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    return refuse('this file is UTF-16', 'save it as UTF-8')
  }
  const text = Buffer.from(head)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  if (text.trim() === '') return refuse('this file is empty', 'did the recording start?')
  let rest = text
  while (rest !== '') {
    const format = formatOf(rest)
    if (format === 'array') {
      return refuse(
        'this is one JSON list, not a line for each event',
        "jq -c '.[]' makes lines of it",
      )
    }
    if (format !== undefined) return format
    const newline = rest.indexOf('\n')
    rest = newline === -1 ? '' : rest.slice(newline + 1)
  }
  const start = JSON.stringify(text.trimStart().slice(0, 20))
  return refuse(
    `a history does not begin with ${start}`,
    `--format ${FORMATS.join(', --format ')} say what it is meant to be`,
  )
}

const ETCD_LINE = /^[^\n]*jepsen\.util - [^\n]*\t:(invoke|ok|fail|info)\t/

function formatOf(text: string): Format | 'array' | undefined {
  const start = text.trimStart()
  if (/^\{\s*["}]/.test(start)) return 'jsonl'
  if (/^\[\s*\{\s*"/.test(start)) return 'array'
  if (/^(\{\s*[:#;]|\[\s*[{\]#;]|\(|;|#[_j])/.test(start)) return 'edn'
  if (ETCD_LINE.test(text)) return 'etcd-log'
  return undefined
}
