/** Questions about registers of replicas that are answered by exploring small machines. */
import { abd } from '../../specs/registers/abd.ts'
import type { AnyModel } from '../../src/explore/index.ts'
import { weakEach } from '../../src/explore/index.ts'
import { answer, question } from './check.ts'
import { explored } from './explored.ts'

/** Everything that is not up to the clients or to bad luck goes on. */
const GOES_ON = ['storeWritten', 'endWrite', 'ask', 'beginWriteBack', 'storeRead', 'endRead']

/** Whether every read and write of ABD on 3 replicas ends, with so many crashes. */
export function terminates(crashes: number) {
  const ends = crashes < 2
  const asks = ends
    ? `with at most ${crashes} of 3 replicas crashed every read and every write ends`
    : `with ${crashes} of 3 replicas crashed a read may wait for ever`
  return explored(asks, {
    model: () => {
      const made = abd.make({ readers: 1, writes: 1, crashes })
      return {
        ...made,
        fairness: [weakEach(...GOES_ON)],
        ends: 'anywhere' as const,
        properties: {
          'a read that has begun ends': {
            when: (s: Reading) => s.phase.get(0) !== 'idle',
            leadsTo: (s: Reading) => s.phase.get(0) === 'idle',
          },
          'a write that has begun ends': {
            when: (s: Writing) => s.begun > s.returned,
            leadsTo: (s: Writing) => s.begun === s.returned,
          },
        },
      } as unknown as AnyModel
    },
    ...(ends ? {} : { breaks: 'a read that has begun ends' }),
  })
}

/** Its invariants say that what reads return is regular, and atomic. */
export const staysAtomic = explored(
  'ABD on 3 replicas is atomic although one crashes, which may be the only one in common',
  { model: () => abd.make({ readers: 1, writes: 2, crashes: 1 }) },
)

interface Reading {
  readonly phase: { get(reader: number): string }
}

interface Writing {
  readonly begun: number
  readonly returned: number
}

/** A tag as it is stored, and when its write asked for the highest one and when it took this. */
interface Tag {
  readonly number: number
  readonly writer: number
  readonly asked: number
  readonly taken: number
}

const WRITERS = [0, 1]
const WRITES = 2

/** All tags that two writers take with two writes each, for every interleaving of their steps. */
function* everyTagging(
  done: readonly Tag[] = [],
  heard: readonly (readonly [number: number, asked: number] | undefined)[] = [],
  time = 0,
): Generator<readonly Tag[]> {
  if (done.length === WRITERS.length * WRITES) yield done
  for (const writer of WRITERS) {
    const before = heard[writer]
    const next = [...heard]
    if (before !== undefined) {
      const [number, asked] = before
      next[writer] = undefined
      yield* everyTagging(
        [...done, { number: number + 1, writer, asked, taken: time }],
        next,
        time + 1,
      )
    } else if (done.filter((tag) => tag.writer === writer).length < WRITES) {
      next[writer] = [Math.max(0, ...done.map(({ number }) => number)), time]
      yield* everyTagging(done, next, time + 1)
    }
  }
}

const byNumber = (a: Tag, b: Tag): number => a.number - b.number
const byNumberAndWriter = (a: Tag, b: Tag): number => a.number - b.number || a.writer - b.writer

/** With the name of the writer no two writes are the same; without it they can be. */
export const tagsAreUnique = question(
  'enumeration',
  'numbers alone can be taken twice; with the names of writers all writes are told apart, in order',
  () => {
    let [runs, twice, same, backwards] = [0, 0, 0, 0]
    let shown: readonly string[] | undefined
    for (const tags of everyTagging()) {
      const pairs = tags.flatMap((a) => tags.filter((b) => b !== a).map((b) => [a, b] as const))
      const clash = pairs.find(([a, b]) => byNumber(a, b) === 0)
      runs++
      twice += Number(clash !== undefined)
      same += Number(pairs.some(([a, b]) => byNumberAndWriter(a, b) === 0))
      // Who asks after another has stored comes after it.
      backwards += Number(pairs.some(([a, b]) => a.taken < b.asked && byNumberAndWriter(a, b) > 0))
      shown ??= clash?.map(
        ({ number, writer, asked, taken }) =>
          `writer ${writer + 1} asks at ${asked} and takes number ${number} at ${taken}`,
      )
    }
    const sentence =
      `in ${twice} of ${runs} interleavings of two writers with two writes each a number is ` +
      `taken twice; with names two tags are equal in ${same}, and a later write has a smaller ` +
      `tag in ${backwards}`
    return answer(twice > 0 && same === 0 && backwards === 0, sentence, shown)
  },
)
