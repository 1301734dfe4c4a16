import { model, spec, weakEach } from '../../src/explore/index.ts'
import { id, int, mapOf, oneOf, option, setOf, union } from '../../src/state/index.ts'

/**
 * A wave of messages goes out from one node, and whoever it reaches first hangs itself below the
 * sender; answers come back from the leaves to the root. Here all nodes are neighbours.
 */
export const echo = spec(
  'echo',
  {
    about: 'a spanning tree, by a wave that goes out and comes back',
    source: 'Chang, Echo Algorithms: Depth Parallel Operations on General Graphs, 1982',
    parameters: { node: 3 },
    mutants: {
      'last-is-parent': 'a node hangs itself below each who reaches it, until the last',
      'no-second-wave': 'a node that was reached does not tell the others',
      'early-echo': 'a node answers its parent without waiting for all neighbours',
    },
  },
  ({ node: n }, planted) => {
    const NODE = id('node', n)
    const ROOT = 0
    const nodes = Array.from({ length: n }, (_, i) => i)
    const lastIsParent = planted('last-is-parent')
    const noSecondWave = planted('no-second-wave')
    const earlyEcho = planted('early-echo')
    const message = union({ wave: { from: NODE }, echo: { from: NODE } })
    return model({
      state: {
        inbox: mapOf(NODE, setOf(message)),
        parent: mapOf(NODE, option(NODE)),
        children: mapOf(NODE, setOf(NODE)),
        received: mapOf(NODE, int(0, n - 1)),
        pc: mapOf(NODE, oneOf('start', 'receive', 'answer', 'done')),
      },
      actions: {
        start: {
          for: [NODE],
          when: (s, i) => s.pc.get(i) === 'start',
          then: (s, i) => {
            s.pc.set(i, 'receive')
            if (i !== ROOT) return
            for (const j of nodes) if (j !== i) s.inbox.get(j).add({ type: 'wave', from: i })
          },
        },
        receive: {
          for: [NODE, message],
          when: (s, i, got) =>
            s.pc.get(i) === 'receive' && s.received.get(i) < n - 1 && s.inbox.get(i).has(got),
          then: (s, i, got) => {
            s.inbox.get(i).delete(got)
            s.received.set(i, s.received.get(i) + 1)
            const isFirst = i !== ROOT && s.received.get(i) === 1
            if (isFirst || (lastIsParent && i !== ROOT)) s.parent.set(i, got.from)
            if (isFirst && !noSecondWave)
              for (const j of nodes)
                if (j !== i && j !== got.from) s.inbox.get(j).add({ type: 'wave', from: i })
            if (got.type === 'echo') s.children.get(i).add(got.from)
          },
        },
        receivedAll: {
          for: [NODE],
          when: (s, i) =>
            s.pc.get(i) === 'receive' &&
            (s.received.get(i) === n - 1 || (earlyEcho && s.received.get(i) > 0)),
          then: (s, i) => {
            s.pc.set(i, 'answer')
          },
        },
        answer: {
          for: [NODE],
          when: (s, i) => s.pc.get(i) === 'answer',
          then: (s, i) => {
            s.pc.set(i, 'done')
            const parent = s.parent.get(i)
            if (parent !== null) s.inbox.get(parent).add({ type: 'echo', from: i })
          },
        },
        rest: {
          when: (s) => s.pc.every((at) => at === 'done'),
          then: () => undefined,
        },
      },
      invariants: {
        'the root is done last, and all hang below it': (s) =>
          s.pc.get(ROOT) !== 'done' ||
          nodes.every((i) => {
            let at: number | null = i
            for (let steps = 0; at !== null && at !== ROOT && steps < n; steps++)
              at = s.parent.get(at)
            return at === ROOT && s.pc.get(i) === 'done'
          }),
        'children know their parent': {
          for: [NODE, NODE],
          holds: (s, i, j) => !s.children.get(i).has(j) || s.parent.get(j) === i,
        },
      },
      sometimes: {
        'all are done': (s) => s.pc.every((at) => at === 'done'),
        'a chain hangs below the root': (s) =>
          n === 2 || s.parent.some((parent) => parent !== null && parent !== ROOT),
      },
      properties: { 'the wave comes back': { eventually: (s) => s.pc.get(ROOT) === 'done' } },
      fairness: [weakEach('start', 'receive', 'receivedAll', 'answer')],
      network: ['inbox'],
    })
  },
)
