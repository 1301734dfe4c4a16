import type { Random } from '../core/random.ts'
import { seeded } from '../core/random.ts'
import type { Deviation } from './schedule.ts'

/** What a draw is for. Each node or link has a stream of its own for each of them. */
const PURPOSE = {
  delay: 1,
  lost: 2,
  doubled: 3,
  late: 4,
  again: 5,
  timer: 6,
  pick: 7,
  disk: 8,
  kept: 9,
  damaged: 10,
  gap: 11,
  target: 12,
  workload: 13,
  core: 14,
  aim: 15,
} as const

type Purpose = keyof typeof PURPOSE
type LinkPurpose = 'delay' | 'lost' | 'doubled'
type NodePurpose = 'timer' | 'pick' | 'disk' | 'kept' | 'damaged'

export const WHOLE = 1_000_000

/**
 * All chance of a run. The nth draw of a stream is a hash of the stream and n, so it does not
 * depend on what else was drawn: without some fault, or some operation, all other draws stay what
 * they are. Told a list of deviations it draws nothing: what is not in the list is as it is by
 * default.
 */
export class Draws {
  readonly #seed: number
  readonly #names: readonly string[]
  readonly #keys: Readonly<Record<Purpose, Int32Array>>
  readonly #told: Readonly<Record<LinkPurpose | NodePurpose, Map<number, number>>> | undefined
  readonly #recorded: Deviation[] | undefined

  /** `names`: of all ends of links, nodes first. */
  constructor(
    seed: number,
    names: readonly string[],
    told: readonly Deviation[] | undefined,
    recorded: Deviation[] | undefined,
  ) {
    this.#seed = seed
    this.#names = names
    this.#recorded = recorded
    const ends = names.length
    const keys = (purpose: Purpose, count: number): Int32Array => {
      const base = mixed(mixed(seed | 0, Math.floor(seed / 2 ** 32) | 0), PURPOSE[purpose])
      return Int32Array.from({ length: count }, (_, at) => mixed(base, at))
    }
    this.#keys = {
      delay: keys('delay', ends * ends),
      lost: keys('lost', ends * ends),
      doubled: keys('doubled', ends * ends),
      late: keys('late', ends * ends),
      again: keys('again', ends * ends),
      timer: keys('timer', ends),
      pick: keys('pick', ends),
      disk: keys('disk', ends),
      kept: keys('kept', ends),
      damaged: keys('damaged', ends),
      gap: keys('gap', ends),
      target: keys('target', ends),
      workload: keys('workload', ends),
      core: keys('core', 1),
      aim: keys('aim', ends),
    }
    if (told !== undefined) this.#told = this.#tellings(told)
  }

  /** Whether chance is told and not drawn. */
  get told(): boolean {
    return this.#told !== undefined
  }

  /** A generator of its own for a client or for the choice of the core. */
  random(purpose: 'workload' | 'core', at: number): Random {
    return seeded(this.#keys[purpose][at] ?? 0)
  }

  /** How long a message takes; `late`: the most that faults add. */
  delay(link: number, nth: number, least: number, most: number, late: number): number {
    const usual = middle(least, most) + middle(0, late)
    if (this.#told !== undefined) return this.#toldOfLink('delay', link, nth) ?? usual
    const us =
      within(this.#keys.delay[link]!, nth, least, most) +
      (late > 0 ? within(this.#keys.late[link]!, nth, 0, late) : 0)
    if (us !== usual) this.#noteLink('delay', link, nth, us)
    return us
  }

  /** `share`: how many of a million are lost. */
  lost(link: number, nth: number, share: number): boolean {
    if (this.#told !== undefined) return this.#toldOfLink('lost', link, nth) !== undefined
    if (share === 0 || within(this.#keys.lost[link]!, nth, 1, WHOLE) > share) return false
    this.#noteLink('lost', link, nth, 0)
    return true
  }

  /** After how many microseconds the message comes a second time; -1: it comes once. */
  doubled(link: number, nth: number, share: number, least: number, most: number): number {
    if (this.#told !== undefined) return this.#toldOfLink('doubled', link, nth) ?? -1
    if (share === 0 || within(this.#keys.doubled[link]!, nth, 1, WHOLE) > share) return -1
    const us = within(this.#keys.again[link]!, nth, least, most)
    this.#noteLink('doubled', link, nth, us)
    return us
  }

  timer(node: number, nth: number, least: number, most: number): number {
    return this.#ofNode('timer', node, nth, least, most, middle(least, most))
  }

  /** The index of one of so many options. */
  pick(node: number, nth: number, options: number): number {
    return Math.min(options - 1, this.#ofNode('pick', node, nth, 0, options - 1, 0))
  }

  disk(node: number, nth: number, least: number, most: number): number {
    return this.#ofNode('disk', node, nth, least, most, middle(least, most))
  }

  /** How many of the writes that were not done a crash keeps. */
  kept(node: number, nth: number, pending: number): number {
    return Math.min(pending, this.#ofNode('kept', node, nth, 0, pending, 0))
  }

  /** Which of so many records is damaged, counted back from the last. */
  damaged(node: number, nth: number, records: number): number {
    return Math.min(records - 1, this.#ofNode('damaged', node, nth, 0, records - 1, 0))
  }

  /** How long a client waits before its nth operation; never told, as schedules say the time. */
  gap(client: number, nth: number, mean: number): number {
    return within(this.#keys.gap[client]!, nth, 0, 2 * mean)
  }

  /** Which of so many nodes a client asks first; never told. */
  target(client: number, nth: number, nodes: number): number {
    return within(this.#keys.target[client]!, nth, 0, nodes - 1)
  }

  /** A number for the nth time that a node may be hit, from 0; never told, as faults are. */
  aim(node: number, nth: number, below: number): number {
    return within(this.#keys.aim[node]!, nth, 0, below - 1)
  }

  #ofNode(
    type: NodePurpose,
    node: number,
    nth: number,
    least: number,
    most: number,
    usual: number,
  ): number {
    const drawn =
      this.#told === undefined
        ? within(this.#keys[type][node]!, nth, least, most)
        : (this.#told[type].get(this.#nodeKey(node, nth)) ?? usual)
    if (drawn !== usual && this.#recorded !== undefined) {
      this.#recorded.push(nodeDeviation(type, this.#names[node]!, nth, drawn))
    }
    return drawn
  }

  /** What is told of a message, noted as used. */
  #toldOfLink(type: LinkPurpose, link: number, nth: number): number | undefined {
    const value = this.#told?.[type].get(this.#linkKey(link, nth))
    if (value !== undefined) this.#noteLink(type, link, nth, value)
    return value
  }

  #noteLink(type: LinkPurpose, link: number, nth: number, us: number): void {
    if (this.#recorded === undefined) return
    const ends = this.#names.length
    const from = this.#names[Math.floor(link / ends)]!
    const to = this.#names[link % ends]!
    this.#recorded.push(type === 'lost' ? { type, from, to, nth } : { type, from, to, nth, us })
  }

  #tellings(told: readonly Deviation[]): Record<LinkPurpose | NodePurpose, Map<number, number>> {
    const tellings = {
      delay: new Map<number, number>(),
      lost: new Map<number, number>(),
      doubled: new Map<number, number>(),
      timer: new Map<number, number>(),
      pick: new Map<number, number>(),
      disk: new Map<number, number>(),
      kept: new Map<number, number>(),
      damaged: new Map<number, number>(),
    }
    const places = new Map(this.#names.map((name, at) => [name, at]))
    for (const one of told) {
      const value = valueOf(one)
      if ('node' in one) {
        // What is about a node that is no longer there says nothing.
        const node = places.get(one.node)
        if (node !== undefined) tellings[one.type].set(this.#nodeKey(node, one.nth), value)
        continue
      }
      const [from, to] = [places.get(one.from), places.get(one.to)]
      if (from === undefined || to === undefined) continue
      tellings[one.type].set(this.#linkKey(from * this.#names.length + to, one.nth), value)
    }
    return tellings
  }

  #linkKey(link: number, nth: number): number {
    return nth * this.#names.length ** 2 + link
  }

  #nodeKey(node: number, nth: number): number {
    return nth * this.#names.length + node
  }
}

function valueOf(deviation: Deviation): number {
  switch (deviation.type) {
    case 'lost':
      return 0
    case 'pick':
    case 'damaged':
      return deviation.index
    case 'kept':
      return deviation.count
    default:
      return deviation.us
  }
}

function nodeDeviation(type: NodePurpose, node: string, nth: number, drawn: number): Deviation {
  if (type === 'kept') return { type, node, nth, count: drawn }
  return type === 'pick' || type === 'damaged'
    ? { type, node, nth, index: drawn }
    : { type, node, nth, us: drawn }
}

/** What is taken by default where a range leaves a choice. */
export function middle(least: number, most: number): number {
  return Math.floor((least + most) / 2)
}

/** The nth whole number of a stream from `least` to `most`. */
function within(key: number, nth: number, least: number, most: number): number {
  return least + Math.floor((mixed(key, nth) >>> 0) * ((most - least + 1) / 2 ** 32))
}

/** Two numbers as one that looks random: the last step of Appleby's MurmurHash3 (2011). */
export function mixed(key: number, nth: number): number {
  let bits = key ^ Math.imul(nth + 1, 0x9e3779b1)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}
