import type { Alive, TimelyTimer } from '../crash-stop/timely.ts'
import { timely } from '../crash-stop/timely.ts'
import type { Fx, NodeId } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'

/**
 * Asynchronous primary-backup: the primary answers at once and ships its log to each backup now
 * and then, from where that one has acknowledged. Writes cost nothing but the primary's
 * own work. When it crashes, what was acknowledged and not yet shipped is lost; a backup that
 * answers reads answers with the past.
 */
export const primaryBackup = protocol(
  'primary-backup',
  {
    about: 'A register at a primary that ships its log to backups after it has answered',
    source: 'Gray, Helland, O’Neil, Shasha 1996, The dangers of replication and a solution',
    options: {
      /** Who answers reads: the `primary`, or `any` node with what it has. */
      reads: 'primary',
      shipMs: 100,
      beatMs: 50,
      suspectMs: 500,
    },
    mutants: {
      'gaps-are-not-seen': 'a backup appends what it is shipped, whatever it has already',
      'old-shipments-count':
        'a backup cuts its log to a shipment that was overtaken by a newer one',
      'own-log-is-kept': 'a backup goes on with its own log when a new primary ships another',
    },
    tolerates: { duplication: true },
  },
  ({ reads, shipMs, beatMs, suspectMs }, planted) => {
    const seesGaps = !planted('gaps-are-not-seen')
    const ignoresOldShipments = !planted('old-shipments-count')
    const adoptsLog = !planted('own-log-is-kept')
    const detector = timely({ beatMs, suspectMs })

    function primaryOf({ crashed }: State, fx: BackupFx): NodeId {
      return fx.nodes.find((node) => !crashed.includes(node)) ?? fx.self
    }

    /** Ships what a backup does not have as far as is known, and again after a while. */
    function ship(state: State, node: NodeId, fx: BackupFx): void {
      const from = state.shipped[node] ?? 0
      fx.send(node, { type: 'ship', term: state.term, from, writes: state.log.slice(from) })
      fx.setTimer(`ship ${node}`, [shipMs / 2, (3 * shipMs) / 2])
    }

    /** What a backup has after a shipment. */
    function received(state: State, shipment: Shipment): readonly unknown[] {
      const { term, from, writes } = shipment
      if (!seesGaps) return [...state.log, ...writes]
      const isNewTerm = adoptsLog && term > state.term
      if (!isNewTerm) {
        const nothingNew = from + writes.length <= state.log.length
        if (from > state.log.length || (nothingNew && ignoresOldShipments)) return state.log
      }
      return [...state.log.slice(0, from), ...writes]
    }

    return program<State, Message, Timer>({
      boot(_disk, fx) {
        detector.start(fx)
        const state: State = { crashed: [], term: 0, log: [], shipped: {} }
        if (fx.nodes[0] === fx.self) for (const node of fx.others) ship(state, node, fx)
        return state
      },

      onRequest(state, { id: request, f, value }, fx) {
        const primary = primaryOf(state, fx)
        if (f !== 'read' && f !== 'write') fx.fail(request, 'not-supported')
        else if (primary !== fx.self && !(f === 'read' && reads === 'any')) {
          fx.fail(request, 'temporarily-unavailable', primary)
        } else if (f === 'read') fx.reply(request, state.log.at(-1) ?? null)
        else {
          fx.reply(request, null)
          return { ...state, log: [...state.log, value] }
        }
        return state
      },

      onMessage(state, from, message, fx) {
        if (state.crashed.includes(from)) return state
        switch (message.type) {
          case 'alive':
            detector.heard(from, fx)
            return state

          case 'ship': {
            if (message.term < state.term) return state
            const log = received(state, message)
            fx.send(from, { type: 'has', term: message.term, length: log.length })
            return { ...state, term: message.term, log }
          }

          case 'has': {
            if (message.term !== state.term) return state
            const known = state.shipped[from] ?? 0
            if (message.length <= known) return state
            return { ...state, shipped: { ...state.shipped, [from]: message.length } }
          }
        }
      },

      onTimer(state, timer, fx) {
        if (timer.startsWith('ship ')) {
          const backup = timer.slice('ship '.length)
          if (!state.crashed.includes(backup)) ship(state, backup, fx)
          return state
        }
        const node = detector.silent(timer, fx)
        if (node === undefined) return state
        const before = primaryOf(state, fx)
        const now = { ...state, crashed: [...state.crashed, node] }
        if (before === fx.self || primaryOf(now, fx) !== fx.self) return now
        fx.note('takes over')
        // Its log is the log now, from the first write on.
        const primary = { ...now, term: fx.nodes.indexOf(fx.self), shipped: {} }
        for (const backup of fx.others) ship(primary, backup, fx)
        return primary
      },

      view: ({ term, log }) => ({ term, log }),

      // Any node goes on alone. But without the primary something may be missing.
      enough: (up, nodes) => up.length === nodes.length,
    })
  },
)

interface State {
  /** Whom this node takes for dead. */
  readonly crashed: readonly NodeId[]
  /** The place of the primary in the list of nodes that the log comes from. */
  readonly term: number
  /** All values that were written, the newest last. */
  readonly log: readonly unknown[]
  /** At the primary: how much of its log each backup has, at least. */
  readonly shipped: Readonly<Record<NodeId, number>>
}

interface Shipment {
  readonly type: 'ship'
  readonly term: number
  readonly from: number
  readonly writes: readonly unknown[]
}

type Message =
  Alive | Shipment | { readonly type: 'has'; readonly term: number; readonly length: number }

type Timer = TimelyTimer | `ship ${NodeId}`
type BackupFx = Fx<Message, Timer>
