import type { Monitor } from '../../src/core/monitor.ts'

/** What each process has read last of each key, as numbers; or what is wrong. */
export type MonotonicReadsState =
  { readonly wrong: string } | readonly (readonly [process: string, key: string, last: number])[]

/**
 * Where the values of a key only grow, what a process reads of it never gets smaller (Terry,
 * Demers, Petersen, Spreitzer, Theimer, Welch 1994, Session guarantees). Nothing counts as 0.
 */
export const monotonicReadsMonitor: Monitor<MonotonicReadsState> = {
  name: 'monotonic reads',
  initial: [],
  next(state, { type, f, process, key, result }) {
    if ('wrong' in state || type !== 'ok' || f !== 'read') return state
    const name = JSON.stringify(key ?? null)
    const read = (result ?? 0) as number
    const last = state.find(([who, what]) => who === process && what === name)?.[2] ?? 0
    if (read < last) return { wrong: `${process} has read ${last}, and then ${read}` }
    const others = state.filter(([who, what]) => who !== process || what !== name)
    const all = [...others, [process, name, read] as const]
    return all.sort(([one, a], [other, b]) => (`${one} ${a}` < `${other} ${b}` ? -1 : 1))
  },
  violated: (state) => ('wrong' in state ? state.wrong : undefined),
}
