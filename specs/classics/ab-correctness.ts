import { model, spec, weak } from '../../src/explore/index.ts'
import { int, oneOf } from '../../src/state/index.ts'

/** What the alternating bit does, seen from above: values go over one by one. */
export const alternatingBitCorrectness = spec(
  'ab-correctness',
  {
    about: 'values that go over one by one: what the alternating bit must do',
    source: 'Lamport, Specifying Systems, 2002, chapter 14 (ABCorrectness)',
    parameters: { data: 2 },
    mutants: {
      'no-hurry': 'the sender does not wait for the receiver',
      'value-left': 'the receiver takes the bit and leaves the value',
    },
  },
  ({ data }, planted) => {
    const DATA = int(1, data)
    const BIT = oneOf(0, 1)
    const noHurry = planted('no-hurry')
    const valueLeft = planted('value-left')
    return model({
      state: { sBit: BIT, sAck: BIT, rBit: BIT, sent: DATA, rcvd: DATA },
      init: {
        anyValues: {
          for: [BIT, DATA, DATA],
          then: (s, bit, sent, rcvd) => {
            s.sBit = bit
            s.sAck = bit
            s.rBit = bit
            s.sent = sent
            s.rcvd = rcvd
          },
        },
      },
      actions: {
        sndNewValue: {
          for: [DATA],
          when: (s) => s.sAck === s.sBit || noHurry,
          then: (s, value) => {
            s.sent = value
            s.sBit = s.sBit === 0 ? 1 : 0
          },
        },
        rcvMsg: {
          when: (s) => s.rBit !== s.sBit,
          then: (s) => {
            s.rBit = s.sBit
            if (!valueLeft) s.rcvd = s.sent
          },
        },
        rcvAck: {
          when: (s) => s.rBit !== s.sAck,
          then: (s) => {
            s.sAck = s.rBit
          },
        },
      },
      invariants: {
        'a receiver with the bit that is waited for has the value': (s) =>
          s.sBit === s.sAck || s.rBit !== s.sBit || s.rcvd === s.sent,
      },
      sometimes: { 'a value has arrived': (s) => s.sBit !== s.sAck && s.rBit === s.sBit },
      properties: {
        'what is sent arrives': {
          for: [DATA],
          when: (s, value) => s.sent === value && s.sBit !== s.sAck,
          leadsTo: (s, value) => s.rcvd === value,
        },
      },
      fairness: [weak('rcvMsg'), weak('rcvAck')],
    })
  },
)
