import { UserError } from '../core/user-error.ts'
import type { Address } from '../cluster/link.ts'
import type { GivenOption } from '../../suites/named-protocol.ts'

/** `--option retryMs=50`, which may be given more than once. @throws UserError */
export function givenOption(
  text: string,
  before: readonly GivenOption[] = [],
): readonly GivenOption[] {
  const [, name = '', value = ''] = /^([^=\s]+)=(.*)$/.exec(text.trim()) ?? []
  if (name !== '') return [...before, { name, text: value }]
  throw new UserError(`'${text}' does not set an option`, {
    where: '--option',
    hint: 'write name=value, as in --option retryMs=50',
  })
}

/** `127.0.0.1:7001`, `[::1]:7001`. @throws UserError */
export function addressOf(option: string): (text: string) => Address {
  return (text) => {
    const [, host = '', digits = ''] = /^(.+):(\d{1,5})$/.exec(text.trim()) ?? []
    const port = Number(digits)
    if (host !== '' && port < 65_536) return { host: host.replace(/^\[(.*)\]$/, '$1'), port }
    throw new UserError(`'${text}' is not an address`, {
      where: option,
      hint: `write host:port, as in ${option} 127.0.0.1:7001`,
    })
  }
}

/** `n1=127.0.0.1:7001,n2=127.0.0.1:7002`. @throws UserError */
export function peersOf(text: string): ReadonlyMap<string, Address> {
  const peers = new Map<string, Address>()
  for (const part of text.split(',')) {
    const [, node = '', address = ''] = /^([\w-]+)=(.+)$/.exec(part.trim()) ?? []
    if (node === '' || peers.has(node)) {
      throw new UserError(
        node === '' ? `'${part}' is not a peer` : `there are two nodes called '${node}'`,
        { where: '--peers', hint: 'write --peers n1=127.0.0.1:7001,n2=127.0.0.1:7002' },
      )
    }
    peers.set(node, addressOf('--peers')(address))
  }
  return peers
}

/** A whole number of nanoseconds, as one program tells it to another. @throws UserError */
export function originOf(text: string): bigint {
  if (/^\d{1,20}$/.test(text)) return BigInt(text)
  throw new UserError(`'${text}' is not a number of nanoseconds`, { where: '--origin' })
}

/** @throws UserError */
export function numberOf(option: string, most = 1e9): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() !== '' && Math.abs(value) <= most) return value
    throw new UserError(`'${text}' is not a number within ±${most}`, {
      where: option,
      hint: `for example ${option} 5`,
    })
  }
}

/** @throws UserError */
export function countOf(option: string, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= 1 && value <= most) return value
    throw new UserError(`'${text}' is not a whole number from 1 to ${most}`, {
      where: option,
      hint: `for example ${option} 3`,
    })
  }
}
