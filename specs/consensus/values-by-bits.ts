import { model, spec, weakEach } from '../../src/explore/index.ts'
import { id, int, mapOf, option, setOf } from '../../src/state/index.ts'

/**
 * Consensus on values out of consensus on bits. Every process tells all what it proposes; then all
 * agree on one bit after the other, each by an oracle that decides one of the bits proposed to it.
 * A process proposes the next bit of a value that begins with what was agreed so far: its own, or
 * one that it was told. There is one, as somebody proposed the last bit and had told its value.
 */
export const valuesByBits = spec(
  'values-by-bits',
  {
    about: 'consensus on values made of consensus on bits, one bit after the other',
    source: 'Mostefaoui, Raynal and Tronel, From Binary Consensus to Multivalued Consensus, 2000',
    parameters: { processes: 3, bits: 2, crashes: 1 },
    mutants: {
      'each-bit-alone': 'a process proposes the bits of its own value, whatever was agreed so far',
      'tells-nobody': 'a process proposes bits before it has told its value',
    },
  },
  ({ processes, bits, crashes }, planted) => {
    const Process = id('p', processes)
    const Value = int(0, 2 ** bits - 1)
    const Place = int(0, bits - 1)
    const Bit = int(0, 1)
    const bitOf = (value: number, place: number): number => (value >> (bits - 1 - place)) & 1
    const places = Array.from({ length: bits }, (_, place) => place)
    type Agreed = { get(place: number): number | null }
    /** Whether a value begins with the first bits that were agreed on. */
    const fits = (agreed: Agreed, value: number, length: number): boolean =>
      places.slice(0, length).every((place) => agreed.get(place) === bitOf(value, place))
    const isAgreed = (agreed: Agreed, value: number): boolean => fits(agreed, value, bits)

    return model({
      state: {
        proposal: mapOf(Process, option(Value)),
        /** The value of which a process proposes bits: at first its own. */
        candidate: mapOf(Process, Value),
        /** Whose value all will hear of, by reliable broadcast. */
        told: setOf(Process),
        /** How many bits a process has, and whether it has proposed the next. */
        length: mapOf(Process, int(0, bits)),
        waiting: setOf(Process),
        bitsProposed: mapOf(Place, setOf(Bit)),
        agreed: mapOf(Place, option(Bit)),
        crashed: setOf(Process),
      },
      actions: {
        start: {
          for: [Process, Value],
          when: (s, p) => s.proposal.get(p) === null && !s.crashed.has(p),
          then: (s, p, value) => {
            s.proposal.set(p, value)
            s.candidate.set(p, value)
          },
        },
        tell: {
          for: [Process],
          when: (s, p) => s.proposal.get(p) !== null && !s.told.has(p) && !s.crashed.has(p),
          then: (s, p) => {
            s.told.add(p)
          },
        },
        propose: {
          for: [Process],
          when: (s, p) =>
            s.proposal.get(p) !== null &&
            !s.crashed.has(p) &&
            !s.waiting.has(p) &&
            s.length.get(p) < bits &&
            (s.told.has(p) || planted('tells-nobody')) &&
            (fits(s.agreed, s.candidate.get(p), s.length.get(p)) || planted('each-bit-alone')),
          then: (s, p) => {
            const place = s.length.get(p)
            s.bitsProposed.get(place).add(bitOf(s.candidate.get(p), place))
            s.waiting.add(p)
          },
        },
        /** The oracle. */
        agree: {
          for: [Place, Bit],
          when: (s, place, bit) =>
            s.agreed.get(place) === null && s.bitsProposed.get(place).has(bit),
          then: (s, place, bit) => {
            s.agreed.set(place, bit)
          },
        },
        learn: {
          for: [Process],
          when: (s, p) =>
            !s.crashed.has(p) && s.waiting.has(p) && s.agreed.get(s.length.get(p)) !== null,
          then: (s, p) => {
            s.waiting.delete(p)
            s.length.set(p, s.length.get(p) + 1)
          },
        },
        /** The own candidate does not fit: one of those that were told does. */
        change: {
          for: [Process, Process],
          when: (s, p, q) =>
            !s.crashed.has(p) &&
            !s.waiting.has(p) &&
            s.told.has(q) &&
            !fits(s.agreed, s.candidate.get(p), s.length.get(p)) &&
            fits(s.agreed, s.proposal.get(q) ?? 0, s.length.get(p)),
          then: (s, p, q) => {
            s.candidate.set(p, s.proposal.get(q) ?? 0)
          },
        },
        crash: {
          for: [Process],
          when: (s, p) => s.crashed.size < crashes && !s.crashed.has(p),
          then: (s, p) => {
            s.crashed.add(p)
          },
        },
      },
      invariants: {
        'validity: what all bits together say was proposed': (s) =>
          places.some((place) => s.agreed.get(place) === null) ||
          s.proposal.some((value) => value !== null && isAgreed(s.agreed, value)),
      },
      sometimes: {
        'all decide a value that only one proposed': (s) =>
          s.length.every((length) => length === bits) &&
          s.proposal.value().size === processes &&
          [...s.proposal.value().values()].filter(
            (value) => value !== null && isAgreed(s.agreed, value),
          ).length === 1,
      },
      properties: {
        'termination: who proposes decides, unless it crashes': {
          for: [Process],
          when: (s, p) => s.proposal.get(p) !== null,
          leadsTo: (s, p) => s.length.get(p) === bits || s.crashed.has(p),
        },
      },
      fairness: [weakEach('tell', 'propose', 'agree', 'learn', 'change')],
      ends: 'anywhere',
      symmetry: [Process],
    })
  },
)
