import type { Fault, NodeId } from '../node/index.ts'
import type { Deviation, Schedule } from './schedule.ts'
import type { Failing } from './shrink.ts'

/**
 * The same with one node less: those behind it move up by one, what befell it is gone, and what
 * clients asked of it they ask of another. `undefined` if clients are bound to their nodes, and one
 * would lose its own.
 */
export function withoutNode({ simulation, schedule }: Failing, gone: number): Failing | undefined {
  const own = simulation.clients.policy === 'own'
  if (own && schedule.operations.some(({ client }) => client === gone - 1)) return undefined
  const nodes = simulation.nodes - 1
  const name = (node: NodeId): NodeId | undefined => {
    const number = numberOf(node)
    if (number === undefined) return node
    if (number === gone) return undefined
    return number < gone ? node : `n${number - 1}`
  }
  const clientNamed = (client: number): number => (own && client >= gone ? client - 1 : client)
  const clients = own
    ? { ...simulation.clients, count: Math.min(simulation.clients.count, nodes) }
    : simulation.clients
  return {
    simulation: { ...simulation, nodes, clients, faults: renamedFaults(simulation.faults, name) },
    schedule: {
      ...renamedCore(schedule, name),
      operations: schedule.operations.map((operation) => ({
        ...operation,
        client: clientNamed(operation.client),
        node: name(operation.node) ?? 'n1',
      })),
      faults: renamedFaults(schedule.faults, name),
      deviations: schedule.deviations.flatMap((one) => renamedDeviation(one, name)),
    },
  }
}

type Name = (node: NodeId) => NodeId | undefined

/** Clients and others that are no nodes have no number. */
function numberOf(node: NodeId): number | undefined {
  const [, digits] = /^n(\d+)$/.exec(node) ?? []
  return digits === undefined ? undefined : Number(digits)
}

function renamedCore(schedule: Schedule, name: Name): Schedule {
  const { core } = schedule
  return core === undefined
    ? schedule
    : { ...schedule, core: core.flatMap((one) => name(one) ?? []) }
}

function renamedFaults(faults: readonly Fault[], name: Name): readonly Fault[] {
  return faults.flatMap((fault): readonly Fault[] => {
    if ('node' in fault) {
      const node = name(fault.node)
      return node === undefined ? [] : [{ ...fault, node }]
    }
    const from = fault.from.flatMap((one) => name(one) ?? [])
    const to = fault.to.flatMap((one) => name(one) ?? [])
    return from.length === 0 || to.length === 0 ? [] : [{ ...fault, from, to }]
  })
}

function renamedDeviation(one: Deviation, name: Name): readonly Deviation[] {
  if ('node' in one) {
    const node = name(one.node)
    return node === undefined ? [] : [{ ...one, node }]
  }
  const [from, to] = [name(one.from), name(one.to)]
  return from === undefined || to === undefined ? [] : [{ ...one, from, to }]
}
