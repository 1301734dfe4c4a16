import { closeSync, fsyncSync, openSync, readSync, renameSync, writeSync } from 'node:fs'
import { UserError } from '../core/user-error.ts'

/** Pieces in which arrays are read and written: single calls may not be larger than 2 GB. */
const PIECE_BYTES = 1 << 26
/** A header longer than this is none. */
const MOST_HEADER_BYTES = 1 << 28

/**
 * A file of one line of JSON and arrays of 32-bit words after it. It takes the place of an older
 * one only when it is complete and on the disk, so that a crash leaves one or the other.
 */
export function writeArrays(
  file: string,
  header: Readonly<Record<string, unknown>>,
  arrays: readonly Int32Array[],
): void {
  const unfinished = `${file}.unfinished`
  const lengths = arrays.map((array) => array.length)
  try {
    const open = openSync(unfinished, 'w')
    try {
      writeAll(open, Buffer.from(`${JSON.stringify({ ...header, lengths })}\n`))
      for (const array of arrays) writeAll(open, bytesOf(array))
      fsyncSync(open)
    } finally {
      closeSync(open)
    }
    renameSync(unfinished, file)
  } catch (cause) {
    throw new UserError('the checkpoint cannot be written', {
      where: file,
      hint: 'is there such a folder, and room on the disk?',
      cause,
    })
  }
}

export interface ArraysFile {
  readonly header: Readonly<Record<string, unknown>>
  readonly arrays: readonly Int32Array[]
}

/** Throws a `UserError` when the file is missing, is no such file, or is cut off. */
export function readArrays(file: string): ArraysFile {
  let open: number
  try {
    open = openSync(file, 'r')
  } catch (cause) {
    throw new UserError('the checkpoint cannot be read', { where: file, cause })
  }
  try {
    const { header, size } = readHeader(open, file)
    let position = size
    const lengths = header['lengths'] as readonly number[]
    const arrays = lengths.map((length) => {
      const array = new Int32Array(length)
      position = readAll(open, bytesOf(array), position, file)
      return array
    })
    return { header, arrays }
  } finally {
    closeSync(open)
  }
}

function bytesOf(array: Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

function writeAll(open: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length;)
    from += writeSync(open, bytes, from, Math.min(PIECE_BYTES, bytes.length - from))
}

function readAll(open: number, bytes: Uint8Array, position: number, file: string): number {
  for (let from = 0; from < bytes.length;) {
    const piece = Math.min(PIECE_BYTES, bytes.length - from)
    const read = readSync(open, bytes, from, piece, position + from)
    if (read === 0) throw noCheckpoint(file, 'the file is cut off')
    from += read
  }
  return position + bytes.length
}

function readHeader(open: number, file: string) {
  const pieces: Buffer[] = []
  for (let position = 0; position < MOST_HEADER_BYTES;) {
    const piece = Buffer.alloc(1 << 16)
    const read = readSync(open, piece, 0, piece.length, position)
    const end = piece.subarray(0, read).indexOf('\n')
    pieces.push(piece.subarray(0, end < 0 ? read : end))
    position += read
    if (end >= 0) return parsed(Buffer.concat(pieces), file)
    if (read === 0) break
  }
  throw noCheckpoint(file, 'it has no header')
}

function parsed(line: Buffer, file: string) {
  try {
    const header = JSON.parse(line.toString('utf8')) as Record<string, unknown>
    if (Array.isArray(header['lengths'])) return { header, size: line.length + 1 }
  } catch {
    // Told below.
  }
  throw noCheckpoint(file, 'its header is not one')
}

export function noCheckpoint(file: string, fact: string): UserError {
  return new UserError(`this is no checkpoint of a search: ${fact}`, {
    where: file,
    hint: 'start again without it',
  })
}
