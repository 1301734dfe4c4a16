import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  framed,
  FrameFault,
  frameOf,
  FrameReader,
  MAX_FRAME_BYTES,
  parsePayload,
} from '../../src/cluster/frames.ts'

const object = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant([])))

/** The bytes in pieces, cut at these places. */
function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length]
  const sorted = cuts.sort((a, b) => a - b)
  return sorted.slice(1).map((end, at) => Buffer.from(bytes.subarray(sorted[at], end)))
}

describe('frames', () => {
  it('come out as they went in, wherever the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(object, { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (values, places) => {
          const sent = values.map((value) => JSON.parse(JSON.stringify(value)) as unknown)
          const bytes = Buffer.concat(sent.map(frameOf))
          const reader = new FrameReader()
          const got = cutAt(bytes, places).flatMap((chunk) => reader.push(chunk))
          expect(got.map((payload) => JSON.parse(payload.toString()) as unknown)).toEqual(sent)
        },
      ),
      { seed: 1, numRuns: 200 },
    )
  })

  it('come out as soon as their last byte is there, and not before', () => {
    const bytes = Buffer.concat([frameOf({ a: 1 }), frameOf({}), frameOf({ b: 'ü' })])
    const ends = [4 + 7, 4 + 7 + 4 + 2, bytes.length]
    const reader = new FrameReader()
    for (let at = 0; at < bytes.length; at++) {
      const got = reader.push(Buffer.from(bytes.subarray(at, at + 1)))
      expect(got.length).toBe(ends.includes(at + 1) ? 1 : 0)
    }
  })

  it('may be empty, or as long as is allowed, and no longer', () => {
    const reader = new FrameReader(10)
    expect(reader.push(framed(Buffer.alloc(0), 10)).map(({ length }) => length)).toEqual([0])
    expect(reader.push(framed(Buffer.alloc(10), 10)).map(({ length }) => length)).toEqual([10])
    expect(() => framed(Buffer.alloc(11), 10)).toThrow(FrameFault)
    expect(() => reader.push(framed(Buffer.alloc(11)))).toThrow('a frame of 11 bytes')
  })

  it('of somebody who speaks something else are refused before anything is kept of them', () => {
    const reader = new FrameReader()
    expect(() => reader.push(Buffer.from('GET / HTTP/1.1\r\n'))).toThrow(
      `where ${MAX_FRAME_BYTES} are allowed`,
    )
  })

  it.each(['{', '[1]', 'null', '"hello"', ''])('have to hold a JSON object: %j', (text) => {
    expect(() => parsePayload(Buffer.from(text))).toThrow(FrameFault)
  })
})
