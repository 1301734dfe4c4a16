import { readFile } from 'node:fs/promises'

import type { z } from 'zod'

import { UserError } from './user-error.ts'

/** A kind of file that this program writes and reads back. */
export interface SavedForm {
  /** With its article: `a run file`. */
  readonly what: string
  /** The field that holds the version of the form; this program knows version 1. */
  readonly version: string
  /** How one is made: `synod check --save DIR writes one`. */
  readonly made: string
}

/** Reads such a file. @throws UserError that says why it is none */
export async function readSaved<Content>(
  path: string,
  schema: z.ZodType<Content>,
  form: SavedForm,
): Promise<Content> {
  const content = await jsonFrom(path, form)
  const result = schema.safeParse(content)
  if (result.success) return result.data
  const version = versionOf(content, form)
  if (typeof version === 'number' && version !== 1) {
    throw new UserError(`this is version ${version} of ${form.what}, and only 1 can be read`, {
      where: path,
      hint: `read it with the synod that wrote it, or make it anew: ${form.made}`,
    })
  }
  throw new UserError(`this is not ${form.what}: ${issueText(result.error)}`, {
    where: path,
    hint: `was it written by another version of synod? ${form.made}`,
  })
}

/** The first thing that is wrong and where, and how many more there are; on one line. */
export function issueText({ issues }: z.ZodError): string {
  const [first] = issues
  if (first === undefined) return 'it has another form'
  const place = first.path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${String(part)}`,
    '',
  )
  const more = issues.length > 1 ? `, and ${issues.length - 1} more` : ''
  const fact = first.message.replace(/^Invalid input: /, '')
  return `${place === '' ? '' : `${place}: `}${fact}${more}`
}

async function jsonFrom(path: string, { what, made }: SavedForm): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown
  } catch (cause) {
    throw new UserError(`this cannot be read as ${what}: ${reasonOf(cause)}`, {
      where: path,
      hint: made,
      cause,
    })
  }
}

/** Why a file cannot be read, without its path, which stands before it. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  if (cause instanceof SyntaxError) return `it is not JSON (${cause.message})`
  const { code } = cause as NodeJS.ErrnoException
  return REASONS[code ?? ''] ?? cause.message
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
}

function versionOf(content: unknown, { version }: SavedForm): unknown {
  return typeof content === 'object' && content !== null
    ? (content as Readonly<Record<string, unknown>>)[version]
    : undefined
}
