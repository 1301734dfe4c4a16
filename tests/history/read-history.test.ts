import { describe, expect, it } from 'vitest'
import type { UserError } from '../../src/core/user-error.ts'
import type { HistoryEvent } from '../../src/history/event.ts'
import { readEvents, readHistory } from '../../src/history/read-history.ts'
import { bytesOf } from './bytes.ts'
import { faultOf, info, invoke, line, ok, read, summary } from './reading.ts'

describe('a JSONL history', () => {
  it('is read as operations in order of invocation, with positions as real time', async () => {
    const history = await read(
      invoke(1, 'write', { key: 'x', value: 7, time: 10 }) +
        invoke('b', 'read', { key: 'x', time: 20 }) +
        line({ process: 'nemesis', type: 'info', f: 'kill', value: 'n1', time: 30 }) +
        ok('b', 'read', { value: 7, time: 40 }) +
        info(1, 'write', { time: 50 }) +
        invoke(2, 'cas', { value: [1, 2] }) +
        line({ process: 2, type: 'fail', f: 'cas', error: 'no' }) +
        invoke('b', 'read', { time: 60 }),
    )
    const unknown = { result: undefined, returned: Infinity, returnedAt: undefined }
    expect(history).toEqual({
      source: 'f',
      operations: [
        { id: 0, process: 1, f: 'write', key: 'x', value: 7, called: 0, calledAt: 10, ...unknown },
        {
          ...{ id: 1, process: 'b', f: 'read', key: 'x', value: null, result: 7 },
          ...{ called: 1, returned: 3, calledAt: 20, returnedAt: 40 },
        },
        {
          id: 2,
          process: 'b',
          f: 'read',
          key: undefined,
          value: null,
          called: 7,
          calledAt: 60,
          ...unknown,
        },
      ],
      failed: [
        {
          ...{ id: -1, process: 2, f: 'cas', key: undefined, value: [1, 2], result: null },
          ...{ called: 5, returned: 6, calledAt: undefined, returnedAt: undefined },
        },
      ],
      faults: [{ f: 'kill', value: 'n1', position: 2, time: 30 }],
      events: 8,
      skipped: 0,
    })
  })

  it('may have a byte order mark, blank lines, CRLF and no \\n at its end', async () => {
    const text = `\uFEFF${invoke(1, 'read')}\n\r\n${ok(1, 'read').trim()}`.replaceAll('\n', '\r\n')
    expect(summary(await read(text))).toEqual(['1 read ["-",null,null] 0-1'])
  })

  it('is the same however it is cut into chunks', async () => {
    const text = invoke(1, 'write', { value: 'é\u2028"}\n' }) + ok(1, 'write') + invoke(2, 'x')
    const whole = await read(text)
    for (let size = 1; size < 20; size++) {
      expect(await readHistory(bytesOf(text, size), { source: 'f' })).toEqual(whole)
    }
  })

  it('may have several events at the same time', async () => {
    const text = invoke(1, 'read', { time: 0 }) + ok(1, 'read', { time: 0 }) + invoke(1, 'read')
    const { operations } = await read(text + ok(1, 'read', { time: 0 }))
    expect(operations.map((op) => [op.calledAt, op.returnedAt])).toEqual([
      [0, 0],
      [undefined, 0],
    ])
  })

  it('may come in a buffer that is used again for the next chunk', async () => {
    const text = invoke(1, 'read') + ok(1, 'read')
    const buffer = Buffer.alloc(16)
    const chunks = async function* () {
      for await (const chunk of bytesOf(text, 16)) {
        buffer.set(chunk)
        yield buffer.subarray(0, chunk.length)
      }
    }
    expect((await readHistory(chunks())).operations).toHaveLength(1)
  })

  it('takes the processes 1 and "1" for two', async () => {
    const { operations } = await read(invoke(1, 'read') + invoke('1', 'read') + ok('1', 'read'))
    expect(operations.map((op) => op.returned)).toEqual([Infinity, 2])
  })

  const fields = 'docs/history.md describes the fields; --lenient leaves out what cannot be read'
  const plain =
    'it has to be plain JSON: no number beyond 2^53 (write it as a string), ' +
    "no key '__proto__', at most 100 levels"
  const deep = '['.repeat(300) + ']'.repeat(300)
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'f: this file is empty\n  try: did the recording start?'],
    ['only blanks', ' \n\n', 'f: this file is empty\n  try: did the recording start?'],
    [
      'a line that is not JSON',
      invoke(1, 'read') + 'oops\n' + ok(1, 'read'),
      'f:2: this line is not JSON\n' +
        '  try: each line has to be one JSON object; --lenient leaves out what cannot be read',
    ],
    [
      'a truncated last line',
      invoke(1, 'read') + ok(1, 'read').slice(0, -5),
      'f:2: the last line is cut off\n' +
        '  try: was the recording cut off? --lenient leaves out what cannot be read',
    ],
    [
      'a line of the wrong shape',
      invoke(1, 'read') + line({ process: 1, type: 'done', f: 'read' }),
      `f:2: 'type' is "done"; it has to be 'invoke', 'ok', 'fail' or 'info'\n  try: ${fields}`,
    ],
    [
      'a list on a line',
      invoke(1, 'read') + '[1]\n',
      `f:2: an event is an object, not a list\n  try: ${fields}`,
    ],
    [
      'a completion without invocation',
      invoke(1, 'read') + ok(2, 'read'),
      "f:2: process 2 completes 'read', but has nothing open\n" +
        '  try: is the invocation missing, or in a later line?',
    ],
    [
      'a second completion',
      invoke('a', 'read') + ok('a', 'read') + ok('a', 'read'),
      `f:3: process "a" completes 'read', but has nothing open\n` +
        `  try: is the invocation missing, or in a later line?`,
    ],
    [
      'two open operations of one process',
      invoke(1, 'read') + invoke(2, 'read') + invoke(1, 'write'),
      "f:3: process 1 calls 'write', but its 'read' of line 1 is still open\n" +
        '  try: does every client have a process of its own?',
    ],
    [
      'a process that goes on after an info',
      invoke(1, 'read') + info(1, 'read') + invoke(1, 'write'),
      "f:3: process 1 calls 'write', but its 'read' of line 1 ended with 'info'\n" +
        '  try: a client that goes on after an unknown outcome needs a new process',
    ],
    [
      'a completion of another operation',
      invoke(1, 'read') + ok(1, 'write'),
      "f:2: process 1 completes 'write', but had called 'read' of line 1\n" +
        '  try: does every client have a process of its own?',
    ],
    [
      'a completion with another key',
      invoke(1, 'read', { key: 'x' }) + ok(1, 'read', { key: 'y' }),
      `f:2: process 1 completes 'read' with key "y", but had called it with key "x" of line 1\n` +
        `  try: does every client have a process of its own?`,
    ],
    [
      'a completion with a key out of nowhere',
      invoke(1, 'read') + ok(1, 'read', { key: 'y' }),
      `f:2: process 1 completes 'read' with key "y", but had called it with no key of line 1\n` +
        `  try: does every client have a process of its own?`,
    ],
    [
      'time that runs backwards',
      invoke(1, 'read', { time: 7 }) + ok(1, 'read', { time: 6 }),
      'f:2: time runs backwards: 6 comes after 7\n' +
        '  try: put the events in order; were several recordings joined?',
    ],
    [
      'a time of the nemesis that runs backwards',
      invoke(1, 'read', { time: 7 }) + info('nemesis', 'kill', { time: 6 }),
      'f:2: time runs backwards: 6 comes after 7\n' +
        '  try: put the events in order; were several recordings joined?',
    ],
    [
      'a number that JavaScript cannot hold',
      '{"process":1,"type":"invoke","f":"write","value":9007199254740993}\n',
      `f:1: 'value' is 9007199254740992; ${plain}\n` + `  try: ${fields}`,
    ],
    [
      'a key called __proto__',
      '{"process":1,"type":"invoke","f":"write","value":{"\\u005f_proto__":{"x":1}}}\n',
      `f:1: 'value' is an object; ${plain}\n` + `  try: ${fields}`,
    ],
    [
      'deep nesting',
      invoke(1, 'write').replace('}', `,"value":${deep}}`),
      'f:1: this line nests more than 100 levels deep\n  try: is it an event at all?',
    ],
    [
      'bytes that are not UTF-8',
      Buffer.concat([
        Buffer.from(invoke(1, 'read') + '{"process":"'),
        Buffer.from([0xe9, 0x22, 0x7d, 10]),
      ]),
      'f:2: byte 13 of this line is not UTF-8\n  try: save the file as UTF-8',
    ],
    [
      'a compressed file',
      Buffer.from([0x1f, 0x8b, 8, 0]),
      'f: this file is compressed\n  try: gunzip it first',
    ],
    [
      'UTF-16',
      Buffer.from([0xff, 0xfe, 0x7b, 0]),
      'f: this file is UTF-16\n  try: save it as UTF-8',
    ],
    [
      'one JSON list',
      '[\n{"process":1}]',
      "f: this is one JSON list, not a line for each event\n  try: jq -c '.[]' makes lines of it",
    ],
    [
      'something else',
      'Dear reader,\nthis is a letter.\n',
      'f: a history does not begin with "Dear reader,\\nthis is"\n' +
        '  try: --format jsonl, --format edn, --format etcd-log say what it is meant to be',
    ],
  ])('with %s is refused with place, fact and hint', async (_, content, text) => {
    expect(await faultOf(content)).toBe(`error: ${text}`)
  })

  it('with a line that is too long is refused and takes no memory', async () => {
    const huge = async function* () {
      yield* bytesOf(invoke(1, 'read'))
      for (let i = 0; i < 20; i++) yield await Promise.resolve(Buffer.alloc(1 << 20, 'x'))
    }
    await expect(readHistory(huge(), { source: 'f', maxLineBytes: 1 << 20 })).rejects.toThrow(
      'this line is longer than 1 MiB',
    )
  })

  it('that is not there is refused', async () => {
    await expect(readHistory('no/such/file')).rejects.toMatchObject({
      where: 'no/such/file',
      message: 'there is no such file',
      hint: 'paths are relative to the directory you are in',
    })
    await expect(readHistory('tests')).rejects.toMatchObject({
      text: 'error: tests: this is a folder, not a file\n' + '  try: name the files that are in it',
    })
  })

  it('of a prototype does not reach any other object', async () => {
    const text = '{"process":1,"type":"invoke","f":"read","__proto__":{"stolen":1}}\n'
    const { operations } = await read(text)
    expect(operations[0]).not.toHaveProperty('stolen')
    expect({}).not.toHaveProperty('stolen')
  })
})

describe('a lenient reader', () => {
  it('leaves out and counts what cannot be read', async () => {
    const faults: string[] = []
    const text =
      'garbage\n' +
      invoke(1, 'read') +
      '{"process":1}\n' +
      ok(1, 'read', { value: 3 }) +
      ok(2, 'read') +
      invoke(3, 'write', { time: 9 }) +
      ok(3, 'read', { time: 10 }) +
      ok(3, 'write', { time: 5 }) +
      '{"process":4,'
    const onSkip = (fault: UserError) => faults.push(`${String(fault.where)} ${fault.message}`)
    const history = await read(text, { lenient: true, onSkip })
    expect(summary(history)).toEqual(['1 read ["-",null,3] 0-1', '3 write ["-",null,null] 2-3'])
    expect(history.operations[1]?.returnedAt).toBe(9)
    expect(history).toMatchObject({ skipped: 5, events: 4 })
    expect(faults).toEqual([
      'f:1 this line is not JSON',
      "f:3 'type' is missing; it has to be 'invoke', 'ok', 'fail' or 'info'",
      "f:5 process 2 completes 'read', but has nothing open",
      "f:7 process 3 completes 'read', but had called 'write' of line 6",
      'f:9 the last line is cut off',
    ])
  })

  it('takes a call whose completion was left out for one of unknown outcome', async () => {
    const text =
      invoke(1, 'write') + '?\n' + invoke(1, 'read') + info(1, 'read') + invoke(1, 'read')
    const { operations, skipped } = await read(text, { lenient: true })
    expect(operations.map((op) => op.returned)).toEqual([Infinity, Infinity, Infinity])
    expect(skipped).toBe(1)
  })

  it('refuses a file of which nothing is left', async () => {
    expect(await faultOf('{"a":1}\n{"b":2}\n', { lenient: true })).toBe(
      'error: f: none of its 2 lines could be read\n' +
        '  try: without --lenient the first fault is shown',
    )
  })

  it('goes on after the fault in EDN', async () => {
    const text = `[{:process 1 :type :invoke :f :read :value nil}
      {:process 2 :type :invoke :f :read :value 1/2}
      {:process 1, :type :ok, :f :read, :value 5}
      {:process 3, :type :inv`
    const history = await read(text, { lenient: true })
    expect(summary(history)).toEqual(['1 read ["-",null,5] 0-1'])
    expect(history.skipped).toBe(2)
  })
})

describe('the format', () => {
  const one = '{:process 1, :type :invoke, :f :write, :value 3}'
  it.each([
    ['one map a line', `${one}\n{:process 1, :type :ok, :f :write, :value 3}\n`],
    ['a vector', ` ; comment\n[${one}\n{:type :ok :f :write :process 1 :value 3}]`],
    ['a list', `(${one} #jepsen.history.Op{:type :ok, :f :write, :process 1, :value 3})`],
    ['records', `#jepsen.history.Op${one}\n{:type :ok, :f :write, :process 1, :value 3}`],
    ['a log', 'INFO  jepsen.util - 1\t:invoke\t:write\t3\nINFO  jepsen.util - 1\t:ok\t:write\t3\n'],
    ['JSONL', invoke(1, 'write', { value: 3 }) + ok(1, 'write', { value: 3 })],
  ])('is told from the content: %s', async (_, text) => {
    expect(summary(await read(text))).toEqual(['1 write ["-",3,3] 0-1'])
  })

  it('can be forced', async () => {
    expect(await faultOf(invoke(1, 'read'), { format: 'edn' })).toContain("f:1:20: ':' is not EDN")
    expect(await faultOf(one, { format: 'jsonl' })).toContain('the last line is cut off')
    expect(await faultOf(one, { format: 'etcd-log' })).toContain('is no event of such a log')
  })
})

describe('a stream of events', () => {
  it('brings each event with the fields that nobody knows', async () => {
    const text = invoke(1, 'read', { node: 'n1' }) + ok(1, 'read', { value: 2, rev: 7 })
    const events: HistoryEvent[] = []
    for await (const event of readEvents(bytesOf(text))) events.push(event)
    expect(events).toEqual([
      { process: 1, type: 'invoke', f: 'read', node: 'n1' },
      { process: 1, type: 'ok', f: 'read', value: 2, rev: 7 },
    ])
  })

  it('takes no memory that grows with the file', async () => {
    const block = Buffer.from(
      (invoke(1, 'write', { value: 'x'.repeat(50) }) + ok(1, 'write')).repeat(500),
    )
    const long = async function* () {
      for (let i = 0; i < 100; i++) yield await Promise.resolve(block)
    }
    const used: number[] = []
    let events = 0
    for await (const event of readEvents(long())) {
      if (event.type === 'ok') events++
      if (events % 10_000 === 0 && event.type === 'ok') used.push(process.memoryUsage().heapUsed)
    }
    expect(events).toBe(50_000)
    // 10 MB of text went by; what is held at its end is no more than at its beginning, give or take
    // garbage.
    expect((used.at(-1) ?? 0) - (used[0] ?? 0)).toBeLessThan(30e6)
  })
})
