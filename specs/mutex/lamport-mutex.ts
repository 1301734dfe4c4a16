import { model, spec, weakEach } from '../../src/explore/index.ts'
import { among, id, int, mapOf, seqOf, setOf, union } from '../../src/state/index.ts'

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
    const links = processes.flatMap((from) =>
      processes.filter((to) => to !== from).map((to) => ({ from, to })),
    )
    const LINK = among(links)
    const link = processes.map((from) =>
      processes.map((to) => links.find((one) => one.from === from && one.to === to)),
    )
    const linksFrom = processes.map((p) => links.filter(({ from }) => from === p))
    const time = int(0, maxClock)
    const message = union({ req: { clock: int(1, maxClock) }, ack: {}, rel: {} })
    const requestsIgnored = planted('requests-ignored')
    const noTieBreak = planted('no-tie-break')
    const clockNotAdvanced = planted('clock-not-advanced')
    return model({
      state: {
        clock: mapOf(PROCESS, int(1, maxClock + 1)),
        /** What each knows of the request of each, 0 being none. */
        req: mapOf(PROCESS, mapOf(PROCESS, time)),
        ack: mapOf(PROCESS, setOf(PROCESS)),
        // There are never more than a request, an answer and a release on their way.
        network: mapOf(LINK, seqOf(message, 3)),
        critical: setOf(PROCESS),
      },
      actions: {
        request: {
          for: [PROCESS],
          when: (s, p) => s.req.get(p).get(p) === 0,
          then: (s, p) => {
            const clock = s.clock.get(p)
            s.req.get(p).set(p, clock)
            for (const to of linksFrom[p] ?? []) s.network.get(to).push({ type: 'req', clock })
            s.ack.get(p).clear()
            s.ack.get(p).add(p)
          },
        },
        receiveRequest: {
          for: [LINK],
          when: (s, from) => {
            const queue = s.network.get(from)
            return queue.length > 0 && queue.at(0).type === 'req'
          },
          then: (s, from) => {
            const request = s.network.get(from).shift()
            if (request.type !== 'req') return
            const p = from.to
            s.req.get(p).set(from.from, request.clock)
            if (!clockNotAdvanced) s.clock.set(p, Math.max(s.clock.get(p), request.clock) + 1)
            const back = link[p]?.[from.from]
            if (back !== undefined) s.network.get(back).push({ type: 'ack' })
          },
        },
        receiveAck: {
          for: [LINK],
          when: (s, from) => {
            const queue = s.network.get(from)
            return queue.length > 0 && queue.at(0).type === 'ack'
          },
          then: (s, from) => {
            s.network.get(from).shift()
            s.ack.get(from.to).add(from.from)
          },
        },
        receiveRelease: {
          for: [LINK],
          when: (s, from) => {
            const queue = s.network.get(from)
            return queue.length > 0 && queue.at(0).type === 'rel'
          },
          then: (s, from) => {
            s.network.get(from).shift()
            s.req.get(from.to).set(from.from, 0)
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
            for (const to of linksFrom[p] ?? []) s.network.get(to).push({ type: 'rel' })
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
