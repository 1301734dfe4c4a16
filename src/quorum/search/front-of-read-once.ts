import type { Meter } from '../../core/budget.ts'
import { Front } from './front.ts'
import type { FoundPoint } from './frontier.ts'
import type { Question } from './question.ts'
import { ReadOnceSearch } from './read-once-search.ts'

/** The front of read-once expressions, simple ones first until the budget runs out. */
export function frontOfReadOnce(question: Question, meter: Meter) {
  const front = new Front<FoundPoint>()
  const reading = question.reading.toNumber()
  const search = new ReadOnceSearch(question, {
    ceiling: ({ smallest, smallestDual }, failure) =>
      front.leastLoad(
        Math.min(smallest, smallestDual) - 1,
        failure,
        reading * smallest + (1 - reading) * smallestDual,
      ),
    add: ({ smallest, smallestDual }, { value, resilience, failure, exact, reads }) => {
      front.add({
        load: value,
        resilience,
        failure,
        network: reading * smallest + (1 - reading) * smallestDual,
        exact,
        reads,
        smallestQuorum: { read: smallest, write: smallestDual },
      })
    },
  })
  const finished = search.search(meter)
  return { points: front.items, finished, looked: search.looked }
}
