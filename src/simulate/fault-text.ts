import type { Fault, LinkFault } from '../node/index.ts'

/** What a fault does, in words: `n1, n2 cut off from n3`. */
export function faultText(fault: Fault): string {
  switch (fault.type) {
    case 'crash':
      return `${fault.node} crashes${CRASH_TEXT[fault.disk ?? 'lose']}`
    case 'pause':
      return `${fault.node} is stopped for a while`
    case 'disk-full':
      return `the disk of ${fault.node} is full`
    case 'disk-slow':
      return `the disk of ${fault.node} is slower by ${fault.ms} ms`
    case 'clock-skew':
      return `the clock of ${fault.node} runs ${speedText(fault.percent)}`
    case 'clock-jump':
      return `the clock of ${fault.node} jumps by ${fault.ms} ms`
    default:
      return `${LINK_TEXT[fault.type](fault.amount ?? 0)} ${linksText(fault)}`
  }
}

const CRASH_TEXT = {
  keep: ', all its writes are kept',
  lose: '',
  torn: ', a write is half done',
  corrupt: ', a record is damaged',
  wipe: ', its disk is empty afterwards',
} as const

const LINK_TEXT: Readonly<Record<LinkFault['type'], (amount: number) => string>> = {
  partition: () => 'messages are lost',
  clog: () => 'messages wait',
  loss: (percent) => `${percent} % of messages are lost`,
  duplicate: (percent) => `${percent} % of messages come twice`,
  delay: (ms) => `messages are late by up to ${ms} ms`,
}

function speedText(percent: number): string {
  return percent < 0 ? `${-percent} % slower` : `${percent} % faster`
}

function linksText({ from, to, both }: LinkFault): string {
  return both === true
    ? `between ${from.join(', ')} and ${to.join(', ')}`
    : `from ${from.join(', ')} to ${to.join(', ')}`
}

/** Whom a fault is about, without spaces, as events of the nemesis name it: `n1,n2->n3`. */
export function faultTarget(fault: Fault): string {
  if ('node' in fault) return fault.node
  return `${fault.from.join(',')}${fault.both === true ? '<->' : '->'}${fault.to.join(',')}`
}

/** How events of the nemesis are called when a fault begins and when it ends. */
export function nemesisWords({ type }: Fault): readonly [begins: string, ends: string] {
  if (type === 'crash') return ['crash', 'restart']
  if (type === 'pause') return ['pause', 'resume']
  return [`start-${type}`, `stop-${type}`]
}
