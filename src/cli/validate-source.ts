import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'

import { mergeTraces } from '../cluster/merged-trace.ts'
import { isBlank, MAX_LINE_BYTES, parseLine } from '../core/jsonl.ts'
import type { TraceHeader, TraceStep } from '../core/trace.ts'
import { UserError } from '../core/user-error.ts'
import type { TraceSource } from '../explore/validate/index.ts'

/** So much is read at a time. */
const CHUNK = 1 << 20

/**
 * A trace that is read from the beginning each time somebody asks for its steps, a piece at a time:
 * a file, or a folder with those of all nodes of a cluster. @throws UserError if it is no trace
 */
export function traceSource(path: string): TraceSource {
  if (isFolder(path)) return folderSource(path)
  const [first] = linesOf(path)
  if (first === undefined) throw noTrace(path, 'this file is empty')
  return {
    header: headerOf(path, first),
    *steps() {
      let line = 0
      for (const text of linesOf(path)) {
        line++
        if (line === 1 || isBlank(text)) continue
        yield stepOf(text, path, line)
      }
    },
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (cause) {
    throw noTrace(path, `this cannot be read: ${(cause as Error).message}`, cause)
  }
}

function folderSource(path: string): TraceSource {
  const names = readdirSync(path).flatMap((file) => {
    const [, node] = /^(.+)\.\d+\.trace\.jsonl$/.exec(file) ?? []
    return node === undefined ? [] : [node]
  })
  if (names.length === 0) throw noTrace(path, 'there are no traces in this folder')
  const { header } = mergeTraces(path, [...new Set(names)])
  const nodes = headerOf(path, JSON.stringify(header)).nodes
  const missing = nodes.filter((node) => !names.includes(node))
  if (missing.length > 0) {
    throw noTrace(path, `of ${missing.join(', ')} there is no trace in this folder`)
  }
  return { header, steps: () => mergeTraces(path, nodes).steps }
}

/** Lines without what ends them. What follows the last end of a line is one only if it is whole. */
function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r')
  const chunk = Buffer.alloc(CHUNK)
  let pending: Buffer[] = []
  let held = 0
  try {
    for (;;) {
      const size = readSync(file, chunk)
      if (size === 0) break
      let from = 0
      for (let end = chunk.indexOf(10); end >= 0 && end < size; end = chunk.indexOf(10, from)) {
        const last = chunk.subarray(from, end)
        yield (held === 0 ? last : Buffer.concat([...pending, last])).toString()
        pending = []
        held = 0
        from = end + 1
      }
      if (from === size) continue
      pending.push(Buffer.from(chunk.subarray(from, size)))
      held += size - from
      if (held > MAX_LINE_BYTES) throw noTrace(path, 'a line of this file is longer than 64 MiB')
    }
    if (held > 0) yield Buffer.concat(pending).toString()
  } finally {
    closeSync(file)
  }
}

function headerOf(path: string, text: string): TraceHeader {
  const value = parsed(text, path, 1) as Partial<TraceHeader> | null
  const { trace, protocol, nodes } = value ?? {}
  const isHeader =
    trace === 1 &&
    typeof protocol === 'string' &&
    Array.isArray(nodes) &&
    nodes.length > 0 &&
    nodes.every((node) => typeof node === 'string')
  if (!isHeader) throw noTrace(`${path}:1`, 'this is not the first line of a trace')
  return value as TraceHeader
}

function stepOf(text: string, path: string, line: number): TraceStep {
  const value = parsed(text, path, line) as Partial<TraceStep> | null
  const { step, event, effects, node } = value ?? {}
  const isStep =
    typeof step === 'number' &&
    Array.isArray(effects) &&
    typeof (event as { type?: unknown } | undefined)?.type === 'string' &&
    (node === undefined || typeof node === 'string')
  if (!isStep) throw noTrace(`${path}:${line}`, 'this line is no step of a trace')
  return value as TraceStep
}

function parsed(text: string, path: string, line: number): unknown {
  const value = parseLine(text, path, line)
  if (value instanceof UserError) {
    throw new UserError(value.message, {
      where: `${path}:${line}`,
      hint: 'was the recording cut off? take the last line away',
      cause: value,
    })
  }
  return value
}

function noTrace(where: string, fact: string, cause?: unknown): UserError {
  return new UserError(fact, {
    where,
    hint: 'name a file that synod simulate --trace wrote, or a folder of synod run --trace-dir',
    ...(cause === undefined ? {} : { cause }),
  })
}
