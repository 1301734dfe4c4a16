import { model, spec, strong, weak } from '../../src/explore/index.ts'
import { int, oneOf, packed, record, seqOf } from '../../src/state/index.ts'
import { alternatingBitCorrectness } from './ab-correctness.ts'

/** A sender repeats a value with a bit until the bit comes back; both links lose messages. */
export const alternatingBit = spec(
  'alternating-bit',
  {
    about: 'values sent over links that lose messages, told apart by one bit',
    source:
      'Bartlett, Scantlebury and Wilkinson, 1969; Lamport, Specifying Systems, 2002, chapter 14',
    parameters: { data: 2, most: 2 },
    mutants: {
      'any-answer': 'the sender takes every answer for the one that it waits for',
      'sender-hurries': 'the sender goes on to the next value without an answer',
      'sent-once': 'the sender does not repeat what was lost',
    },
  },
  ({ data, most }, planted) => {
    const DATA = int(1, data)
    const BIT = oneOf(0, 1)
    const message = packed(record({ bit: BIT, value: DATA }))
    const anyAnswer = planted('any-answer')
    const senderHurries = planted('sender-hurries')
    const sentOnce = planted('sent-once')
    return model({
      state: {
        msgQ: seqOf(message, most + 1),
        ackQ: seqOf(BIT, most + 1),
        sBit: BIT,
        sAck: BIT,
        rBit: BIT,
        sent: DATA,
        rcvd: DATA,
      },
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
          when: (s) => s.sAck === s.sBit || senderHurries,
          then: (s, value) => {
            s.sent = value
            s.sBit = s.sBit === 0 ? 1 : 0
            s.msgQ.push({ bit: s.sBit, value })
          },
        },
        reSnd: {
          when: (s) => s.sAck !== s.sBit && !sentOnce,
          then: (s) => {
            s.msgQ.push({ bit: s.sBit, value: s.sent })
          },
        },
        rcvMsg: {
          when: (s) => s.msgQ.length > 0,
          then: (s) => {
            const { bit, value } = s.msgQ.shift()
            s.rBit = bit
            s.rcvd = value
          },
        },
        sndAck: {
          then: (s) => {
            s.ackQ.push(s.rBit)
          },
        },
        rcvAck: {
          when: (s) => s.ackQ.length > 0,
          then: (s) => {
            const bit = s.ackQ.shift()
            s.sAck = anyAnswer ? s.sBit : bit
          },
        },
        loseMsg: {
          for: [int(0, most - 1)],
          when: (s, position) => position < s.msgQ.length,
          then: (s, position) => {
            s.msgQ.remove(position)
          },
        },
        loseAck: {
          for: [int(0, most - 1)],
          when: (s, position) => position < s.ackQ.length,
          then: (s, position) => {
            s.ackQ.remove(position)
          },
        },
      },
      invariants: {
        'a receiver with the bit that is waited for has the value': (s) =>
          s.sBit === s.sAck || s.rBit !== s.sBit || s.rcvd === s.sent,
      },
      sometimes: {
        'a value has arrived': (s) => s.sBit !== s.sAck && s.rBit === s.sBit,
        'both links are full': (s) => s.msgQ.length === most && s.ackQ.length === most,
      },
      properties: {
        'what is sent arrives': {
          for: [DATA],
          when: (s, value) => s.sent === value && s.sBit !== s.sAck,
          leadsTo: (s, value) => s.rcvd === value,
        },
      },
      fairness: [weak('reSnd'), weak('sndAck'), strong('rcvMsg'), strong('rcvAck')],
      within: (s) => s.msgQ.length <= most && s.ackQ.length <= most,
      network: ['msgQ', 'ackQ'],
      refines: {
        'ab-correctness': {
          model: alternatingBitCorrectness.make({ data }),
          map: (s, abstract) => {
            abstract.sBit = s.sBit
            abstract.sAck = s.sAck
            abstract.rBit = s.rBit
            abstract.sent = s.sent
            abstract.rcvd = s.rcvd
          },
        },
      },
    })
  },
)
