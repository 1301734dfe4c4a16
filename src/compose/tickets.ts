/**
 * The first ticket comes after this one whenever nothing is pending. It is greater than what
 * programs count to, so that their states can be rid of tickets that mean nothing any more: states
 * in which everything is on the disk are the same, and an old ticket is not taken for a new one.
 */
export const TICKETS = 2 ** 52
/** Numbers after this one stay what they are: the greatest of all, for example. */
const LAST_TICKET = TICKETS + 2 ** 32

/** How many of the writes that tickets count must be done before; 0: all that it needs are. */
export function waitsFor(effect: object): number {
  const { after = 0 } = effect as { readonly after?: number }
  return Math.max(0, after - TICKETS)
}

/** Where everything is on the disk, any ticket is as good as the one that was never given. */
export function withoutTickets(data: unknown): unknown {
  if (typeof data === 'number') return data > TICKETS && data <= LAST_TICKET ? 0 : data
  if (typeof data !== 'object' || data === null) return data
  if (Array.isArray(data)) {
    return data.every((item) => withoutTickets(item) === item) ? data : data.map(withoutTickets)
  }
  const record = data as Readonly<Record<string, unknown>>
  for (const part in record) {
    if (withoutTickets(record[part]) === record[part]) continue
    return Object.fromEntries(
      Object.entries(data).map(([name, its]) => [name, withoutTickets(its)]),
    )
  }
  return data
}
