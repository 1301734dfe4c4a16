import { modelNamed } from '../../checkers/models/index.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import { entryNamed, mutantOf, optionsOf } from '../../suites/named-protocol.ts'
import type { ProtocolEntry } from '../../suites/protocol-entry.ts'
import type { ComposedClient, ComposedSystem, ComposeOptions } from '../compose/index.ts'
import { compose } from '../compose/index.ts'
import { seeded } from '../core/random.ts'
import { UserError } from '../core/user-error.ts'
import type { Asked, Options, Program } from '../node/index.ts'
import type { ImplFlags } from './explore-impl-flags.ts'

/** The nodes that are to be explored, and what may happen to them. */
export interface AskedComposition {
  /** As it was typed. */
  readonly text: string
  readonly title: string
  readonly entry: ProtocolEntry
  readonly program: Program
  readonly options: Options
  readonly mutant: string | undefined
  readonly bounds: ComposeOptions
  readonly system: ComposedSystem
}

/** What a name and flags stand for. @throws UserError for what does not fit */
export async function askedComposition(text: string, flags: ImplFlags): Promise<AskedComposition> {
  refuseReductions(flags)
  const entry = await entryNamed(text)
  const { protocol } = entry
  const options = { ...entry.options, ...optionsOf(protocol, flags.option ?? []) }
  const mutant = flags.mutant === undefined ? entry.mutant : mutantOf(protocol, flags.mutant)
  const program = protocol.make(options, mutant)
  const bounds = boundsOf(entry, flags)
  const planted = mutant === undefined ? '' : `, ${mutant}`
  const title = `${text}${planted} (${bounds.nodes} nodes)`
  return {
    text,
    title,
    entry,
    program,
    options,
    mutant,
    bounds,
    system: compose(program, { ...bounds, name: text }),
  }
}

/** Clients that nobody described ask one thing each. */
const CLIENTS = 2

/** Flags that are bounds as they are. */
const PLAIN = [
  'network',
  'ignored',
  'disk',
  'crashes',
  'restarts',
  'losses',
  'duplicates',
  'repeats',
  'giveUps',
  'clock',
] as const

function boundsOf(entry: ProtocolEntry, flags: ImplFlags): ComposeOptions {
  const nodes = flags.nodes ?? Math.min(entry.nodes, 3)
  const condition = entry.condition ?? entry.workload.condition
  const model = entry.model ?? entry.workload.model
  const judged = condition === 'linearizable' && model !== undefined
  const loopback = flags.loopback ?? (flags.disk === 'slow' ? 'network' : 'at-once')
  return {
    nodes,
    clients: flags.ask?.map((script) => clientOf(script, entry, nodes)) ?? drawn(entry, nodes),
    loopback,
    ...Object.fromEntries(
      PLAIN.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])),
    ),
    ...(flags.liveMessages === true ? { messages: 'live' } : {}),
    ...timersOf(flags),
    ...(flags.torn === true ? { torn: true } : {}),
    ...withinOf(flags),
    ...alikeOf(entry, flags, nodes),
    invariants: entry.invariants,
    monitors: judged ? [linearizableMonitor(modelNamed(model))] : [],
  }
}

/** The first things that the workload of the entry has clients ask for, by seed. */
function drawn({ workload, protocol }: ProtocolEntry, nodes: number): readonly ComposedClient[] {
  const random = seeded(1)
  return Array.from({ length: Math.min(CLIENTS, nodes) }, (_, client): ComposedClient => {
    const asked = workload.client({ client, clients: CLIENTS, nodes, random }).next()
    const own = protocol.clients === 'own' ? { at: [client] } : {}
    return { asks: asked === undefined ? [] : [asked], ...own }
  })
}

function timersOf({ timers }: ImplFlags): Pick<ComposeOptions, 'timers'> {
  if (timers === undefined) return {}
  const all = timers.find(({ name }) => name === undefined)
  if (all !== undefined) return { timers: all.count }
  const named = timers.map(({ name = '', count }) => [name, count] as const)
  return { timers: Object.fromEntries(named) }
}

function withinOf({ within }: ImplFlags): Pick<ComposeOptions, 'within'> {
  if (within === undefined) return {}
  return {
    within: (view) =>
      within.every(({ part, most }) => {
        const shown = view[part]
        return typeof shown !== 'number' || shown <= most
      }),
  }
}

/** What the protocol says of its nodes, and which of them may be exchanged. */
function alikeOf(
  { protocol }: ProtocolEntry,
  { alike, symmetry }: ImplFlags,
  nodes: number,
): Pick<ComposeOptions, 'alike'> {
  if (alike !== undefined && symmetry === undefined) {
    throw new UserError('nodes are only exchanged with --symmetry', {
      where: '--alike',
      hint: 'add --symmetry, or leave --alike away',
    })
  }
  const among = alike === undefined ? {} : { nodes: nodesNamed(alike, nodes, '--alike', 'n2,n3') }
  return { alike: { ...protocol.alike, ...among } }
}

function nodesNamed(
  names: readonly string[],
  nodes: number,
  where: string,
  example: string,
): readonly number[] {
  const at = names.map((name) => Number(/^n(\d{1,3})$/.exec(name.trim())?.[1]) - 1)
  if (at.every((node) => node >= 0 && node < nodes)) return at
  throw new UserError(`'${names.join(',').trim()}' are no nodes`, {
    where,
    hint: `there are n1 to n${nodes}, as in ${where} ${example}`,
  })
}

/** `n1,n2: write x 1; read x`: what one client asks, and which nodes it may ask. */
function clientOf(script: string, entry: ProtocolEntry, nodes: number): ComposedClient {
  const [, who, what = ''] = /^\s*(?:([^:]*):)?(.*)$/.exec(script) ?? []
  const keyed = isKeyed(entry)
  const asks = what
    .split(';')
    .filter((each) => each.trim() !== '')
    .map((each) => askedOf(each.trim(), keyed))
  if (asks.length === 0) {
    throw new UserError(`'${script}' asks for nothing`, {
      where: '--ask',
      hint: "as in --ask 'n1: write 1; read'",
    })
  }
  if (who === undefined || who.trim() === '') return { asks }
  return { asks, at: nodesNamed(who.split(','), nodes, '--ask', "'n1: write 1; read'") }
}

function askedOf(text: string, keyed: boolean): Asked {
  const [f = '', ...rest] = text.split(/\s+/)
  const values = rest.map(valueOf)
  const [key, value] = keyed ? values : [undefined, values[0]]
  return { f, ...(key === undefined ? {} : { key }), value: value ?? null }
}

/** JSON, or else a string as it is. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function isKeyed({ workload, nodes }: ProtocolEntry): boolean {
  const clients = Math.max(nodes, 2)
  const client = workload.client({ client: 0, clients, nodes, random: seeded(1) })
  return client.next()?.key !== undefined
}

function refuseReductions(flags: ImplFlags): void {
  const refused = (['partialOrder', 'simulate', 'checkpoint', 'resume'] as const).find(
    (flag) => flags[flag] !== undefined,
  )
  const name = refused?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  if (name !== undefined) {
    throw new UserError(`real code is not explored with --${name}`, {
      where: '--impl',
      hint: 'leave one of the two away',
    })
  }
}
