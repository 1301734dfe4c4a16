import { describe, expect, it } from 'vitest'
import { faultOf, read, summary } from './reading.ts'

describe('histories of Jepsen', () => {
  const edn = (...events: string[]) => events.map((event) => `{${event}}`).join('\n')

  it('have reads without a value, which say nothing', async () => {
    const text = edn(
      ':process 0 :type :invoke :f :read :value nil',
      ':process 0 :type :ok :f :read :value nil',
      ':process 0 :type :invoke :f :read :value nil',
      ':process 0 :type :ok :f :read :value 4',
    )
    const { operations, failed } = await read(text)
    expect([operations.length, failed.length]).toEqual([1, 1])
    expect((await read(text, { nilReads: 'null' })).operations.map((op) => op.result)).toEqual([
      null,
      4,
    ])
  })

  it('have transactions whose reads without a value say nothing', async () => {
    const history = await read(
      edn(
        ':process 0 :type :invoke :f :txn :value [[:read :x nil] [:write :y 1] [:r :z nil]]',
        ':process 1 :type :invoke :f :txn :value [[:read :x nil]]',
        ':process 0 :type :ok :f :txn :value [[:read :x nil] [:write :y 1] [:r :z 7]]',
        ':process 1 :type :ok :f :txn :value [[:read :x nil]]',
      ),
    )
    expect(history.operations).toMatchObject([
      {
        value: [
          ['write', 'y', 1],
          ['r', 'z', null],
        ],
        result: [
          ['write', 'y', 1],
          ['r', 'z', 7],
        ],
      },
    ])
    expect(history.failed).toHaveLength(1)
  })

  it('have times out of order, which are raised', async () => {
    const { operations } = await read(
      edn(':process 0 :type :invoke :f :a :time 50', ':process 0 :type :ok :f :a :time 40'),
    )
    expect(operations).toMatchObject([{ calledAt: 50, returnedAt: 50 }])
  })

  const keyed = [
    ':process 0 :type :invoke :f :read :value [3 nil]',
    ':process 1 :type :invoke :f :write :value [3 1]',
    ':process 2 :type :invoke :f :cas :value [4 [1 2]]',
    ':process :nemesis :type :info :f :kill :value [:n1 :n2]',
    ':process 0 :type :ok :f :read :value [3 1]',
    ':process 1 :type :info :f :write :value [3 1] :error :timeout',
    ':process 2 :type :fail :f :cas :value nil',
  ]

  it('have independent keys, if every value has one and reads are called without', async () => {
    expect(summary(await read(edn(...keyed)))).toEqual([
      '0 read [3,null,1] 0-4',
      '1 write [3,1,"-"] 1-Infinity',
      '2 cas [4,[1,2],null] 2-6',
    ])
    expect((await read(edn(...keyed))).faults).toMatchObject([{ f: 'kill', value: ['n1', 'n2'] }])
    expect((await read(edn(...keyed), { tuples: false })).operations[1]).toMatchObject({
      key: undefined,
      value: [3, 1],
    })
  })

  it('have no independent keys where that cannot be told', async () => {
    const writes = [':process 1 :type :invoke :f :write :value [3 1]']
    const asked = [':process 1 :type :invoke :f :read :value [3 1]']
    const mixed = [...keyed, ':process 9 :type :invoke :f :read :value nil']
    for (const events of [writes, asked, mixed]) {
      const history = await read(edn(...events))
      expect(history.operations.every((op) => op.key === undefined)).toBe(true)
    }
    expect((await read(edn(...writes), { tuples: true })).operations[0]).toMatchObject({
      key: 3,
      value: 1,
    })
    expect(await faultOf(edn(...mixed), { tuples: true })).toBe(
      "error: f:8: the value of this 'read' is no [key value]\n" +
        '  try: are the keys of this history independent?',
    )
  })
})

describe('a log of etcd as kept with Porcupine', () => {
  const log = (...events: string[]) =>
    events.map((event) => `INFO  jepsen.util - ${event}\n`).join('')

  it('has compare-and-sets whose failure is an answer, and reads that timed out', async () => {
    const history = await read(
      log(
        '0\t:invoke\t:cas\t[2 4]',
        '1\t:invoke\t:read\tnil',
        '2\t:invoke\t:write\t3',
        '0\t:fail\t:cas\t[2 4]',
        '1\t:fail\t:read\t:timed-out',
        '2\t:info\t:write\t:timed-out',
        '1\t:invoke\t:read\tnil',
        '1\t:ok\t:read\tnil',
      ),
    )
    expect(summary(history)).toEqual([
      '0 cas ["-",[2,4],false] 0-3',
      '2 write ["-",3,"-"] 2-Infinity',
      '1 read ["-",null,null] 6-7',
      '1 read ["-",null,null] 1-4',
    ])
  })

  it('is refused with the line where it is something else', async () => {
    const good = log('0\t:invoke\t:cas\t[2 4]')
    expect(await faultOf(`${good}WARN  else\n`)).toBe(
      'error: f:2: this line is no event of such a log\n' +
        "  try: such a line ends with '<process> :<type> :<operation> <value>', between tabs",
    )
    expect(await faultOf(good + log('1\t:invoke\t:cas\t[2'))).toContain('f:2: expected')
  })
})
