import { PassThrough, Writable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LineOptions } from '../../src/core/jsonl.ts'
import { parseLine, readJsonl, readLines, writeJsonl } from '../../src/core/jsonl.ts'
import { UserError } from '../../src/core/user-error.ts'

const SOURCE = { source: 'f' }

/** Every line with its number; faults as their text. */
async function lines(chunks: Iterable<Uint8Array>, options: LineOptions = SOURCE) {
  const found: [number, string][] = []
  let cut = false
  for await (const block of readLines(chunks, options)) {
    block.lines.forEach((line, i) => {
      found.push([block.first + i, line instanceof UserError ? line.text : line])
    })
    cut = block.cut
  }
  return { found, cut }
}

function bytes(...parts: (string | number[])[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part as string)))
}

/** Cuts bytes into chunks of the given sizes, over and over. */
function pieces(all: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  let at = 0
  for (let i = 0; at < all.length; i++) {
    const size = Math.max(1, sizes[i % Math.max(1, sizes.length)] ?? all.length)
    chunks.push(all.subarray(at, at + size))
    at += size
  }
  return chunks
}

describe('lines of a stream of bytes', () => {
  it('end at the byte \\n and nowhere else', async () => {
    const text = 'a\u2028b\u2029c\u0085d\ve\r\nsecond'
    expect(await lines([bytes(text)])).toEqual({
      found: [
        [1, 'a\u2028b\u2029c\u0085d\ve\r'],
        [2, 'second'],
      ],
      cut: true,
    })
  })

  it('are the same however the bytes are cut into chunks', async () => {
    const line = fc
      .array(fc.constantFrom('a', '\r', '\u0000', '\u2028', '\uFEFF', 'é', '€', '😀', '"', ' '), {
        maxLength: 12,
      })
      .map((text) => text.join(''))
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        async (texts, sizes) => {
          const all = Buffer.from(texts.map((text) => `${text}\n`).join(''))
          const expected = all.toString('utf8').split('\n').slice(0, -1)
          const { found, cut } = await lines(pieces(all, sizes))
          const first = (expected[0] ?? '').replace(/^\uFEFF/, '')
          expect(found).toEqual([first, ...expected.slice(1)].map((text, i) => [i + 1, text]))
          expect(cut).toBe(false)
        },
      ),
      { seed: 1, numRuns: 80 },
    )
  })

  it('lose the byte order mark of the first one only', async () => {
    const { found } = await lines(pieces(bytes('\uFEFFa\n\uFEFFb\n'), [1]))
    expect(found).toEqual([
      [1, 'a'],
      [2, '\uFEFFb'],
    ])
  })

  it('may be reused by their owner after each chunk', async () => {
    const buffer = Buffer.alloc(4)
    const chunks = function* () {
      for (const text of ['{"a"', ':12}', '\n{}\n']) {
        buffer.write(text)
        yield buffer.subarray(0, text.length)
      }
    }
    expect((await lines(chunks())).found).toEqual([
      [1, '{"a":12}'],
      [2, '{}'],
    ])
  })

  it.each([[[1]], [[2, 3]], [[1, 20]], [[64]]])(
    'that are not UTF-8 are reported with line and byte, the others are not (%j)',
    async (sizes) => {
      const all = bytes('ok\n', 'xé', [0xc3], 'y\n', [0xff], '\n', 'é\n', 'a', [0xe2, 0x82], '\n')
      const notUtf8 = (line: number, byte: number) =>
        `error: f:${String(line)}: byte ${String(byte)} of this line is not UTF-8\n` +
        `  try: save the file as UTF-8`
      expect((await lines(pieces(all, sizes))).found).toEqual([
        [1, 'ok'],
        [2, notUtf8(2, 4)],
        [3, notUtf8(3, 1)],
        [4, 'é'],
        [5, notUtf8(5, 2)],
      ])
    },
  )

  it('report the very byte at fault', async () => {
    const part = fc.constantFrom('a', 'é', '€', '😀', '\uFFFD', '\n')
    const fault = fc.constantFrom<number[]>(
      [0xe9, 0x22],
      [0xc3],
      [0x80],
      [0xf0, 0x9f, 0x98],
      [0xed, 0xa0],
      [0xff],
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part), fault, fc.array(part), async (before, bad, after) => {
        const { found } = await lines([bytes(...before, bad, ...after)])
        const start = bytes(...before)
        const byte = start.length - start.lastIndexOf(10)
        const number = before.filter((text) => text === '\n').length + 1
        expect(found[number - 1]?.[1]).toContain(`f:${String(number)}: byte ${String(byte)} of`)
      }),
      { seed: 3, numRuns: 150 },
    )
  })

  it.each([[[1]], [[5]], [[64]]])('that are too long are passed over (%j)', async (sizes) => {
    const all = bytes('1234\n12345\n1\n123456789\n12\n1234567')
    const { found } = await lines(pieces(all, sizes), { source: 'f', maxLineBytes: 4 })
    const tooLong = (line: number) =>
      `error: f:${String(line)}: this line is longer than 4 bytes\n` +
      `  try: is every event on a line of its own?`
    expect(found).toEqual([
      [1, '1234'],
      [2, tooLong(2)],
      [3, '1'],
      [4, tooLong(4)],
      [5, '12'],
      [6, tooLong(6)],
    ])
  })

  it('that are endless take no memory', async () => {
    const chunk = Buffer.alloc(1 << 20, 'x')
    const endless = function* () {
      for (let i = 0; i < 1000; i++) yield chunk
    }
    global.gc?.()
    const before = process.memoryUsage().arrayBuffers
    const { found } = await lines(endless(), { source: 'f', maxLineBytes: 8 << 20 })
    expect(found[0]?.[1]).toContain('longer than 8 MiB')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 << 20)
  })
})

describe('a line of JSON', () => {
  const fault = (text: string, cut = false) => {
    const value = parseLine(text, 'f', 7, cut)
    return value instanceof UserError ? value.text : value
  }

  it('may nest a hundred levels below its object, and no more', () => {
    const nest = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`
    expect(fault(nest(100))).toEqual(JSON.parse(nest(100)))
    expect(fault(nest(101))).toBe(
      'error: f:7: this line nests more than 100 levels deep\n  try: is it an event at all?',
    )
    expect(fault(nest(5_000_000))).toContain('nests more than 100 levels deep')
    expect(fault('['.repeat(1_000_000))).toContain('nests more than 100 levels deep')
    for (const text of ['"', '\\', '\\"', '"\\""']) {
      const line = JSON.stringify({ a: text + '['.repeat(500) })
      expect(fault(line)).toEqual(JSON.parse(line))
    }
  })

  it('says whether it is broken or cut off', () => {
    expect(fault('{"a":')).toBe(
      'error: f:7: this line is not JSON\n' +
        '  try: each line has to be one JSON object; --lenient leaves out what cannot be read',
    )
    expect(fault('{"a":', true)).toBe(
      'error: f:7: the last line is cut off\n' +
        '  try: was the recording cut off? --lenient leaves out what cannot be read',
    )
  })
})

describe('JSONL', () => {
  it('comes back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 20 }), async (values) => {
        const stream = new PassThrough()
        const written = writeJsonl(values, stream).then((count) => {
          stream.end()
          return count
        })
        const back: unknown[] = []
        for await (const { line, value } of readJsonl(stream, SOURCE)) {
          back.push(value)
          expect(line).toBe(back.length)
        }
        expect(await written).toBe(values.length)
        expect(JSON.stringify(back)).toBe(JSON.stringify(values))
      }),
      { seed: 2, numRuns: 100 },
    )
  })

  it('passes over blank lines and keeps counting them', async () => {
    const found: unknown[] = []
    for await (const one of readJsonl([bytes('1\n\n \r\n2\n\n')], SOURCE)) found.push(one)
    expect(found).toEqual([
      { line: 1, value: 1 },
      { line: 4, value: 2 },
    ])
  })

  it('waits for a slow reader when it is written', async () => {
    let pulled = 0
    const values = (function* () {
      for (; pulled < 100_000; pulled++) yield { n: pulled, text: 'x'.repeat(100) }
    })()
    const slow = new Writable({ highWaterMark: 1000, write: () => undefined })
    void writeJsonl(values, slow)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(pulled).toBeLessThan(1000)
  })
})
