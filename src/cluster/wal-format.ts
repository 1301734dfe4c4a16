import { crc32 } from 'node:zlib'

/**
 * The bytes of a write-ahead file: records, each with a head of 14 bytes and a JSON object.
 *
 *     4 bytes  CRC-32 of all that follows
 *     4 bytes  how long the JSON is
 *     6 bytes  how much of the file was known to be on the disk when this was written
 *
 * All little-endian. The last field tells a torn tail from damage. After a crash the end of the
 * file may hold anything, as nobody was promised that it is there. But where a readable record says
 * that more was on the disk than can be read now, something that was promised is gone.
 */
const HEAD = 14

/** One record. `synced`: up to this offset the file is on the disk. */
export function recordBytes(value: object, synced: number): Buffer {
  const json = Buffer.from(JSON.stringify(value))
  const bytes = Buffer.allocUnsafe(HEAD + json.length)
  bytes.writeUInt32LE(json.length, 4)
  bytes.writeUIntLE(synced, 8, 6)
  json.copy(bytes, HEAD)
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0)
  return bytes
}

export interface Scanned {
  /** The records up to the first that cannot be read. */
  readonly records: readonly object[]
  /** Where the last of them ends. */
  readonly end: number
  /** `clean`: nothing follows. */
  readonly rest: 'clean' | 'torn' | 'damaged'
  /** Records behind the damage that can be read. */
  readonly beyond: readonly object[]
}

/** Reads as much of a file as can be read, and says what is wrong with the rest. */
export function scan(bytes: Buffer): Scanned {
  const { found: records, end } = run(bytes, 0)
  if (end === bytes.length) return { records, end, rest: 'clean', beyond: [] }
  const beyond: object[] = []
  let damaged = false
  for (let at = end + 1; at + HEAD < bytes.length; at++) {
    const record = recordAt(bytes, at)
    if (record === undefined) continue
    damaged ||= record.synced > end
    beyond.push(record.value)
    at = record.end - 1
  }
  return { records, end, rest: damaged ? 'damaged' : 'torn', beyond: damaged ? beyond : [] }
}

/** Where the record that says whose file it is ends. */
export function firstRecordEnd(bytes: Buffer): number {
  return recordAt(bytes, 0)?.end ?? 0
}

/** Where the last whole record begins; 0 if there is none. */
export function lastRecordStart(bytes: Buffer): number {
  let start = 0
  for (let end = 0, record = recordAt(bytes, 0); record !== undefined;) {
    start = end
    end = record.end
    record = recordAt(bytes, end)
  }
  return start
}

function run(bytes: Buffer, from: number): { found: object[]; end: number } {
  const found: object[] = []
  let end = from
  for (let record = recordAt(bytes, end); record !== undefined; record = recordAt(bytes, end)) {
    found.push(record.value)
    end = record.end
  }
  return { found, end }
}

const OPENING_BRACE = 0x7b

/** The record that begins here; `undefined` if none does. */
function recordAt(
  bytes: Buffer,
  at: number,
): { value: object; end: number; synced: number } | undefined {
  // In a search nearly every offset fails one of these, which are cheap.
  if (at + HEAD >= bytes.length || bytes[at + HEAD] !== OPENING_BRACE) return undefined
  const end = at + HEAD + bytes.readUInt32LE(at + 4)
  const synced = bytes.readUIntLE(at + 8, 6)
  if (end > bytes.length || synced > at) return undefined
  if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32LE(at)) return undefined
  const value = JSON.parse(bytes.toString('utf8', at + HEAD, end)) as object
  return { value, end, synced }
}
