import { nearest } from '../../core/nearest.ts'
import type { Random } from '../../core/random.ts'
import { UserError } from '../../core/user-error.ts'
import type { Fault } from '../../node/index.ts'
import { isLinkFault } from './link-trouble.ts'

/** Faults as they are asked for. */
export const faultKinds = [
  'loss',
  'duplicate',
  'delay',
  'clog',
  'partition',
  'one-way',
  'kill',
  'pause',
] as const

export type FaultKind = (typeof faultKinds)[number]

/** The kinds that a list names: `partition,kill`, `all`, `none`. @throws UserError */
export function faultKindsOf(text: string): readonly FaultKind[] {
  const names = text.split(',').map((name) => name.trim())
  if (text === 'all') return faultKinds
  if (text === 'none') return []
  return names.map((name) => {
    const meant = name === 'crash' ? 'kill' : name
    const found = faultKinds.find((kind) => kind === meant)
    if (found !== undefined) return found
    const close = nearest(name, faultKinds)
    const all = `${faultKinds.join(', ')}, all, none`
    throw new UserError(`there is no fault called '${name}'`, {
      where: '--faults',
      hint: close === undefined ? `there are ${all}` : `did you mean ${close}? There are: ${all}`,
    })
  })
}

export interface FaultsAsked {
  readonly kinds: readonly FaultKind[]
  readonly nodes: readonly string[]
  /** Between whom the links may be in trouble: nodes, services, clients. */
  readonly linked: readonly string[]
  readonly forMs: number
  /** How long a fault, and how long the calm after it, lasts on the average, in milliseconds. */
  readonly everyMs: number
}

/** A schedule of faults, all of which end with the time that is given. */
export function drawFaults(
  asked: FaultsAsked,
  random: (purpose: string) => Random,
): readonly Fault[] {
  return asked.kinds
    .flatMap((kind) => windowsOf(kind, asked, random(`faults ${kind}`)))
    .sort((a, b) => a.at - b.at)
}

function windowsOf(kind: FaultKind, asked: FaultsAsked, random: Random): readonly Fault[] {
  const { forMs, everyMs, kinds } = asked
  // Of many kinds at once each is rarer, or nothing would ever get done.
  const rarer = Math.max(1, kinds.length / 2)
  const length = (): number => Math.round((everyMs * random.int(50, 150)) / 100)
  const faults: Fault[] = []
  for (let at = Math.round((length() * random.int(0, 100)) / 100); at < forMs;) {
    const until = Math.min(at + length(), forMs)
    const fault = faultOf(kind, { at, until }, asked, random)
    if (fault === undefined) return []
    faults.push(fault)
    at = until + Math.round(rarer * length())
  }
  return faults
}

/** `undefined` where there is nothing that could be hit. */
function faultOf(
  kind: FaultKind,
  span: { readonly at: number; readonly until: number },
  { nodes, linked: all }: FaultsAsked,
  random: Random,
): Fault | undefined {
  switch (kind) {
    case 'kill':
      return { type: 'crash', node: random.pick(nodes), ...span }
    case 'pause':
      return { type: 'pause', node: random.pick(nodes), ...span }
    case 'partition':
    case 'one-way': {
      if (all.length < 2) return undefined
      const order = random.shuffle(all)
      const size = random.int(1, all.length - 1)
      const [from, to] = [order.slice(0, size), order.slice(size)]
      return { type: 'partition', from, to, ...(kind === 'one-way' ? {} : { both: true }), ...span }
    }
    case 'clog':
    case 'loss':
    case 'duplicate':
    case 'delay': {
      if (all.length < 2) return undefined
      const from = random.chance(1, 2) ? all : [random.pick(all)]
      const amount = kind === 'delay' ? random.int(10, 300) : random.int(5, 50)
      return {
        type: kind,
        from,
        to: all,
        both: true,
        ...(kind === 'clog' ? {} : { amount }),
        ...span,
      }
    }
  }
}

/** A fault in a few words: `n0, n1 cut off from n2`. */
export function faultText(fault: Fault): string {
  if (!isLinkFault(fault)) {
    const words = { crash: 'killed', pause: 'paused' } as const
    const word = fault.type === 'crash' || fault.type === 'pause' ? words[fault.type] : fault.type
    return `${fault.node} ${word}`
  }
  const { type, from, to, both, amount = 0 } = fault
  const [one, other] = [from.join(', '), to.join(', ')]
  if (type === 'partition') {
    return both === true ? `${one} cut off from ${other}` : `nothing from ${one} reaches ${other}`
  }
  const between = `from ${one} to ${other}${both === true ? ' and back' : ''}`
  switch (type) {
    case 'clog':
      return `messages ${between} wait`
    case 'loss':
      return `${amount} % of the messages ${between} lost`
    case 'duplicate':
      return `${amount} % of the messages ${between} doubled`
    case 'delay':
      return `messages ${between} up to ${amount} ms late`
  }
}
