import { NumberingState } from '../explore/index.ts'
import { UserError } from '../core/user-error.ts'
import type { AnyProtocol, Program } from '../node/index.ts'
import type { ComposeOptions } from './bounds.ts'
import { Budgets } from './bounds.ts'
import { History } from './composed-parts.ts'
import { ComposedSystem } from './composed-system.ts'
import type { LocalRules } from './local-step.ts'
import type { ScriptedRequest } from './local-steps.ts'
import { LocalSteps } from './local-steps.ts'
import { toldOf } from './told.ts'

const RECHECK = 10_000
const MOST_COUNT = 255

/**
 * The nodes of a protocol, the network between them and clients, as a system that `explore`
 * explores: every order in which things can happen, within the given bounds. Nodes run their real
 * code, but each pair of a node's value and an event only once; after that states are numbers.
 *
 * Clients are as close to nodes as can be: a request is dealt with when it is made, and an answer
 * is seen when it is given. Slower ones would only make operations longer, and what is wrong with
 * a history of longer operations is wrong with one of shorter ones.
 */
export function compose(program: Program, options: ComposeOptions): ComposedSystem {
  const { name = 'protocol', nodes, invariants = [], monitors = [] } = options
  refuse(options)
  const names = Array.from({ length: nodes }, (_, at) => `n${at + 1}`)
  const { requests, scripts } = scripted(options)
  const read = new Set(invariants.flatMap(({ reads }) => reads))
  const rules: LocalRules = {
    program,
    names,
    disk: options.disk ?? 'at-once',
    torn: options.torn ?? false,
    loopback: options.loopback === 'at-once',
    clock: options.clock,
    shown: (view) => Object.fromEntries(Object.entries(view).filter(([part]) => read.has(part))),
  }
  const numbering = new NumberingState()
  const steps = new LocalSteps({
    rules,
    invariants,
    requests,
    told: toldOf,
    within: options.within,
    recheck: options.recheck ?? RECHECK,
    idle: usesUpIgnored(options),
    where: name,
    numbering,
  })
  return new ComposedSystem({
    name,
    names,
    options,
    steps,
    numbering,
    requests,
    scripts,
    budgets: new Budgets(options),
    invariants,
    histories: monitors.map((monitor) => new History(monitor, numbering)),
  })
}

/** On a link that keeps the order, whatever comes next is in the way of what comes later. */
function usesUpIgnored({ network = 'set', ignored = 'stay' }: ComposeOptions): boolean {
  return network === 'fifo' || (network === 'bag' && ignored === 'arrive')
}

function scripted({ clients = [] }: ComposeOptions): {
  readonly requests: readonly ScriptedRequest[]
  readonly scripts: readonly (readonly number[])[]
} {
  const requests: ScriptedRequest[] = []
  const scripts = clients.map(({ asks }, client) =>
    asks.map((asked, at) => {
      requests.push({ client, name: `c${client + 1}`, serial: at + 1, ...asked })
      return requests.length - 1
    }),
  )
  return { requests, scripts }
}

function refuse(options: ComposeOptions): void {
  const { name: where = 'protocol', nodes, clients = [] } = options
  const wrong = (fact: string, hint: string): never => {
    throw new UserError(fact, { where, hint })
  }
  if (!Number.isInteger(nodes) || nodes < 1) wrong(`${nodes} nodes`, 'give 1 or more')
  const counted = Object.entries(options).filter(
    ([what]) => !['nodes', 'recheck', 'clock'].includes(what),
  )
  const timers = typeof options.timers === 'object' ? Object.entries(options.timers) : []
  for (const [what, count] of [...counted, ...timers]) {
    if (typeof count !== 'number' || count === Infinity) continue
    if (!Number.isInteger(count) || count < 0 || count > MOST_COUNT) {
      wrong(`${what}: ${count}`, `give a whole number from 0 to ${MOST_COUNT}`)
    }
  }
  const there = `there are the nodes 0 to ${nodes - 1}`
  const isNode = (node: number): boolean => Number.isInteger(node) && node >= 0 && node < nodes
  const gone = options.crashing?.find((node) => !isNode(node))
  if (gone !== undefined) wrong(`node ${gone} may crash`, there)
  for (const [at, { at: asked = [], asks }] of clients.entries()) {
    const beyond = asked.find((node) => !isNode(node))
    if (beyond !== undefined) wrong(`client c${at + 1} asks node ${beyond}`, there)
    if (asks.length > MOST_COUNT >> 1) wrong(`client c${at + 1} asks too much`, 'at most 127 times')
  }
  const { losses, duplicates, network = 'set', disk, loopback, messages } = options
  if (network === 'fifo' && messages === 'live') {
    wrong('links that keep the order keep all messages', 'leave one of the two away')
  }
  if (disk === 'slow' && loopback === 'at-once') {
    wrong('with a slow disk nothing is dealt with at once', 'leave `loopback` or `disk` away')
  }
  if (network === 'set' && (losses !== undefined || duplicates !== undefined)) {
    wrong(
      'a set of messages loses and doubles them anyhow',
      'leave `losses` and `duplicates` away, or give `network: bag`',
    )
  }
}

/** What a protocol says about itself has to fit what it is composed with. */
export function composeProtocol(
  protocol: AnyProtocol,
  options: ComposeOptions & { readonly given?: object; readonly mutant?: string },
): ComposedSystem {
  const { given = {}, mutant, ...rest } = options
  const program = protocol.make(given, mutant)
  return compose(program, { name: protocol.name, ...rest })
}
