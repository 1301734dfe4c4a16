import type { Fault, LinkFault } from '../../node/index.ts'

/** What is wrong with a link at a moment. */
export interface Trouble {
  readonly cut: boolean
  /** When what waits may go on, in milliseconds since the start. */
  readonly clogged: number | undefined
  /** Percent of the messages that are lost, and that arrive twice. */
  readonly loss: number
  readonly duplicate: number
  /** Messages are late by up to so many milliseconds. */
  readonly delay: number
}

type FaultOfLink = Extract<Fault, LinkFault>

export const noTrouble: Trouble = {
  cut: false,
  clogged: undefined,
  loss: 0,
  duplicate: 0,
  delay: 0,
}

/** The trouble between two at a moment, in this direction. */
export function troubleOf(
  faults: readonly Fault[],
  from: string,
  to: string,
  now: number,
): Trouble {
  let found = noTrouble
  for (const fault of faults) {
    if (!isLinkFault(fault) || !hits(fault, from, to)) continue
    const { at, until = Infinity } = fault
    if (at <= now && now < until) found = worse(found, fault, until)
  }
  return found
}

export function isLinkFault(fault: Fault): fault is FaultOfLink {
  return 'from' in fault
}

function hits({ from: sources, to: targets, both }: LinkFault, from: string, to: string): boolean {
  if (sources.includes(from) && targets.includes(to)) return true
  return both === true && sources.includes(to) && targets.includes(from)
}

function worse(before: Trouble, { type, amount = 0 }: FaultOfLink, until: number): Trouble {
  switch (type) {
    case 'partition':
      return { ...before, cut: true }
    case 'clog':
      return { ...before, clogged: Math.max(before.clogged ?? 0, until) }
    case 'loss':
      return { ...before, loss: Math.max(before.loss, amount) }
    case 'duplicate':
      return { ...before, duplicate: Math.max(before.duplicate, amount) }
    case 'delay':
      return { ...before, delay: Math.max(before.delay, amount) }
  }
}
