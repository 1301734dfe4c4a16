import type { HistoryMoment } from '../../src/core/monitor.ts'
import type { Json } from '../../src/core/json.ts'
import type { HistoryEvent } from '../../src/history/event.ts'
import type { History } from '../../src/history/history.ts'
import { historyOf } from '../judge-run.ts'

/** What clients of explored nodes did and saw, as a history to be judged. */
export function explorerHistory(source: string, moments: readonly HistoryMoment[]): History {
  const times = new Map<string, number>()
  const events = moments.map(({ type, process, f, key, value, result }, index): HistoryEvent => {
    // A client that gave an operation up goes on as somebody else.
    const before = times.get(process) ?? 0
    if (type === 'info') times.set(process, before + 1)
    return {
      index,
      process: before === 0 ? process : `${process} (${before + 1})`,
      type,
      f,
      ...(key === undefined ? {} : { key: key as Json }),
      value: (type === 'ok' ? (result ?? value ?? null) : (value ?? null)) as Json,
    }
  })
  return historyOf(source, events)
}
