import fc from 'fast-check'

export const GOOD_EVENT = { process: 1, type: 'ok', f: 'read', value: 3 }

/** As a line of a file would bring it, so that `__proto__` is an ordinary key. */
export function parsed(text: string): unknown {
  return JSON.parse(text) as unknown
}

const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'invoke',
    'nemesis',
    0,
    -0,
    -1,
    0.5,
    -0.5,
    2 ** 53,
    2 ** 53 - 1,
    1 - 2 ** 53,
    1e300,
    Infinity,
    true,
    [],
    {},
    [[2 ** 53]],
    { a: { b: [1e400] } },
    parsed('{"__proto__": 1}'),
    parsed('[{"a": {"__proto__": {"x": 1}}}]'),
    parsed('['.repeat(99) + '1' + ']'.repeat(99)),
    parsed('['.repeat(100) + ']'.repeat(100)),
    parsed('['.repeat(100) + '1' + ']'.repeat(100)),
    parsed('['.repeat(101) + ']'.repeat(101)),
    parsed('{"a":'.repeat(120) + '1' + '}'.repeat(120)),
  ),
  fc.jsonValue(),
)

const field = fc.constantFrom('process', 'type', 'f', 'key', 'value', 'time', 'index', 'node')

/** Good events with up to two fields replaced by something nasty, and perhaps one left out. */
export const eventCases = fc
  .tuple(
    fc.constantFrom('invoke', 'ok', 'fail', 'info'),
    fc.dictionary(field, nasty, { maxKeys: 2 }),
    fc.option(field, { freq: 5 }),
  )
  .map(([type, changes, missing]) => {
    const fields = Object.entries({ ...GOOD_EVENT, type, ...changes })
    return Object.fromEntries(fields.filter(([name]) => name !== missing))
  })
