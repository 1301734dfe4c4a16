/**
 * Messages over a stream of bytes: each is a length of four bytes, big-endian, and then so many
 * bytes of JSON. Chunks may be cut anywhere.
 */
const PREFIX = 4

/** A longer frame is refused, so that a peer that talks nonsense cannot fill the memory. */
export const MAX_FRAME_BYTES = 32 * 1024 * 1024

/** The other side does not speak our language; the connection is of no use any more. */
export class FrameFault extends Error {
  override readonly name = 'FrameFault'
}

/** A value as one frame. */
export function frameOf(value: unknown): Buffer {
  return framed(Buffer.from(JSON.stringify(value)))
}

/** Bytes with their length in front. @throws FrameFault if there are too many */
export function framed(payload: Buffer, limit = MAX_FRAME_BYTES): Buffer {
  if (payload.length > limit) throw tooLong(payload.length, limit)
  const frame = Buffer.allocUnsafe(PREFIX + payload.length)
  frame.writeUInt32BE(payload.length, 0)
  payload.copy(frame, PREFIX)
  return frame
}

/** Puts the chunks of a stream together again. */
export class FrameReader {
  readonly #limit: number
  #chunks: Buffer[] = []
  #bytes = 0
  /** How many bytes the frame that has begun needs, its prefix included. */
  #needed = PREFIX

  constructor(limit = MAX_FRAME_BYTES) {
    this.#limit = limit
  }

  /** The payloads that this chunk completes. @throws FrameFault for a frame that is too long */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    if (this.#bytes < this.#needed) return []
    const all = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks)
    const payloads: Buffer[] = []
    let at = 0
    this.#needed = PREFIX
    while (all.length - at >= PREFIX) {
      const length = all.readUInt32BE(at)
      if (length > this.#limit) throw tooLong(length, this.#limit)
      if (all.length - at < PREFIX + length) {
        this.#needed = PREFIX + length
        break
      }
      payloads.push(all.subarray(at + PREFIX, at + PREFIX + length))
      at += PREFIX + length
    }
    this.#chunks = at === all.length ? [] : [all.subarray(at)]
    this.#bytes = all.length - at
    return payloads
  }
}

/** What a payload says. @throws FrameFault if it is not a JSON object */
export function parsePayload(payload: Buffer): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(payload.toString('utf8'))
  } catch (cause) {
    throw new FrameFault('a frame that is not JSON', { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FrameFault('a frame that is not a JSON object')
  }
  return value as Readonly<Record<string, unknown>>
}

function tooLong(length: number, limit: number): FrameFault {
  return new FrameFault(`a frame of ${length} bytes, where ${limit} are allowed`)
}
