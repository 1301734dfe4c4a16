import { model, spec, weakEach } from '../../src/explore/index.ts'
import type { State, ValueOf } from '../../src/state/index.ts'
import { among, id, int, mapOf, seqOf, setOf, union } from '../../src/state/index.ts'

interface Link {
  readonly from: number
  readonly to: number
}

/**
 * Who wants to enter asks all others, and enters when all have answered and nobody asked earlier,
 * by the order of logical clocks. Links are FIFO.
 */
export const lamportMutex = spec(
  'lamport-mutex',
  {
    about: 'mutual exclusion by messages and logical clocks',
    source: 'Lamport, Time, Clocks, and the Ordering of Events in a Distributed System, 1978',
    parameters: { n: 2, maxClock: 6 },
    mutants: {
      'requests-ignored': 'a process enters when all have answered, whoever asked first',
      'no-tie-break': 'of two processes that asked at the same time, neither waits for the other',
      'clock-not-advanced': 'a process that receives a request leaves its clock as it is',
    },
  },
  ({ n, maxClock }, planted) => {
    const PROCESS = id('process', n)
    const processes = Array.from({ length: n }, (_, p) => p)
    const links = processes.map((from) => processes.map((to) => ({ from, to })))
    const LINK = among(links.flat().filter(({ from, to }) => from !== to))
    const link = (from: number, to: number): Link => links[from]?.[to] ?? { from, to }
    const time = int(0, maxClock)
    const message = union({ req: { clock: int(1, maxClock) }, ack: {}, rel: {} })
    const requestsIgnored = planted('requests-ignored')
    const noTieBreak = planted('no-tie-break')
    const clockNotAdvanced = planted('clock-not-advanced')
    const state = {
      clock: mapOf(PROCESS, int(1, maxClock + 1)),
      /** What each knows of the request of each, 0 being none. */
      req: mapOf(PROCESS, mapOf(PROCESS, time)),
      ack: mapOf(PROCESS, setOf(PROCESS)),
      // There are never more than a request, an answer and a release on their way.
      network: mapOf(LINK, seqOf(message, 3)),
      critical: setOf(PROCESS),
    }
    type S = State<typeof state>
    /** What comes next on a link. */
    const next = (s: S, on: Link) => {
      const queue = s.network.get(on)
      return queue.length > 0 ? queue.at(0).type : undefined
    }
    const sendToOthers = (s: S, p: number, sent: ValueOf<typeof message>) => {
      for (const q of processes) if (q !== p) s.network.get(link(p, q)).push(sent)
    }
    return model({
      state,
      actions: {
        request: {
          for: [PROCESS],
          when: (s, p) => s.req.get(p).get(p) === 0,
          then: (s, p) => {
            const clock = s.clock.get(p)
            s.req.get(p).set(p, clock)
            sendToOthers(s, p, { type: 'req', clock })
            s.ack.get(p).clear()
            s.ack.get(p).add(p)
          },
        },
        receiveRequest: {
          for: [LINK],
          when: (s, on) => next(s, on) === 'req',
          then: (s, on) => {
            const { from: q, to: p } = on
            const request = s.network.get(on).shift()
            if (request.type !== 'req') return
            s.req.get(p).set(q, request.clock)
            if (!clockNotAdvanced) s.clock.set(p, Math.max(s.clock.get(p), request.clock) + 1)
            s.network.get(link(p, q)).push({ type: 'ack' })
          },
        },
        receiveAck: {
          for: [LINK],
          when: (s, on) => next(s, on) === 'ack',
          then: (s, on) => {
            s.network.get(on).shift()
            s.ack.get(on.to).add(on.from)
          },
        },
        receiveRelease: {
          for: [LINK],
          when: (s, on) => next(s, on) === 'rel',
          then: (s, on) => {
            s.network.get(on).shift()
            s.req.get(on.to).set(on.from, 0)
          },
        },
        enter: {
          for: [PROCESS],
          when: (s, p) => {
            if (s.req.get(p).get(p) === 0) return false
            if (s.ack.get(p).size < n) return false
            if (requestsIgnored) return true
            const own = s.req.get(p).get(p)
            return s.req
              .get(p)
              .every(
                (other, q) =>
                  q === p || other === 0 || own < other || (own === other && (noTieBreak || p < q)),
              )
          },
          then: (s, p) => {
            s.critical.add(p)
          },
        },
        exit: {
          for: [PROCESS],
          when: (s, p) => s.critical.has(p),
          then: (s, p) => {
            s.critical.delete(p)
            sendToOthers(s, p, { type: 'rel' })
            s.req.get(p).set(p, 0)
            s.ack.get(p).clear()
          },
        },
      },
      invariants: {
        'at most one is in the critical section': (s) => s.critical.size <= 1,
      },
      sometimes: {
        'process 0 is in the critical section': (s) => s.critical.has(0),
        'all have asked': (s) => s.req.every((known, p) => known.get(p) > 0),
      },
      properties: {
        'whoever asks enters': {
          for: [PROCESS],
          when: (s, p) => s.req.get(p).get(p) > 0,
          leadsTo: (s, p) => s.critical.has(p),
        },
      },
      fairness: [
        weakEach('receiveRequest', 'receiveAck', 'receiveRelease'),
        weakEach('enter', 'exit'),
      ],
      within: (s) => s.clock.every((clock) => clock <= maxClock),
      network: ['network'],
    })
  },
)
