import { UserError } from '../core/user-error.ts'
import { PairTable } from '../core/int-table.ts'
import type { Elements } from './elements.ts'
import type { Steps } from './steps.ts'
import { SPENT } from './steps.ts'

/** Which parcels can change nothing any more, as `normal.spent` of the protocol says. */
export class Spent {
  readonly #elements: Elements
  readonly #steps: Steps
  /** Where it depends on who would get the answer: a number for parcel and receiver. */
  readonly #pairs = new PairTable()
  /** Of such a number and the local state of the asker: 1 if spent. */
  readonly #triples = new PairTable()

  constructor(elements: Elements, steps: Steps) {
    this.#elements = elements
    this.#steps = steps
  }

  /** Whether a parcel is spent among these local states. */
  has(parcel: number, locals: Int32Array): boolean {
    const { destinations, askers, areRecords } = this.#elements
    const receiver = locals[destinations[parcel]!]!
    const asker = askers[parcel]!
    const asking = asker < 0 ? -1 : locals[asker]!
    // Where states are texts or nothing, what is said of one asker is said of no other.
    if (asking >= 0 && !areRecords) return this.#depends(parcel, receiver, asking)
    const known = this.#steps.spent(receiver, parcel)
    if (known === SPENT.never) return false
    if (known === SPENT.always) return true
    return known === SPENT.depends
      ? this.#depends(parcel, receiver, asking)
      : this.#learn(parcel, receiver, asking)
  }

  #depends(parcel: number, receiver: number, asking: number): boolean {
    let pair = this.#pairs.get(parcel, receiver)
    if (pair < 0) {
      pair = this.#pairs.size
      this.#pairs.set(parcel, receiver, pair)
    }
    const known = this.#triples.get(pair, asking)
    if (known >= 0) return known === 1
    const spent = this.#ask(parcel, receiver, asking) && this.#harmless(parcel, receiver, asking)
    this.#triples.set(pair, asking, spent ? 1 : 0)
    return spent
  }

  /** Asked for the first time: what the protocol does not look at it cannot depend on. */
  #learn(parcel: number, receiver: number, asking: number): boolean {
    const looks = { count: 0 }
    const spent = this.#ask(parcel, receiver, asking, () => {
      looks.count++
    })
    const alike = spent && this.#steps.same(receiver, parcel, -1)
    if (looks.count > 0 || (spent && !alike)) {
      this.#steps.setSpent(receiver, parcel, SPENT.depends)
      return this.#depends(parcel, receiver, asking)
    }
    this.#steps.setSpent(receiver, parcel, spent ? SPENT.always : SPENT.never)
    return spent
  }

  /** What the protocol says; `look` is told when it looks at the asker. */
  #ask(parcel: number, receiver: number, asking: number, look?: () => void): boolean {
    const { localValues, messages, process } = this.#elements
    const asker = asking < 0 ? undefined : localValues[asking]
    const shown = look === undefined ? asker : watched(asker, look)
    return process.normal?.spent?.(messages[parcel], localValues[receiver], shown) === true
  }

  /** As far as one step shows it: the receiver stays as it is, and what it answers is no news. */
  #harmless(parcel: number, receiver: number, asking: number): boolean {
    const steps = this.#steps
    if (steps.same(receiver, parcel, -1)) return true
    const { destinations, owners } = this.#elements
    const quiet = (local: number, what: number): number => {
      const group = steps.at(local, what)
      return steps.data[group] === 1 && steps.data[group + 1] === local ? group : -1
    }
    const group = quiet(receiver, parcel)
    const answers = group < 0 ? -1 : steps.data[group + 2]!
    let harmless = group >= 0
    for (let at = 0; at < answers; at++) {
      const answer = steps.data[group + 3 + at]!
      const after = asking < 0 || destinations[answer] !== owners[asking]
      const heard = after ? -1 : quiet(asking, answer)
      harmless &&= heard >= 0 && steps.data[heard + 2] === 0
    }
    if (harmless) return true
    throw new UserError('normal.spent drops a message that has an effect', {
      where: steps.place(receiver, parcel),
      hint: 'spent is true only of what changes nothing, now and at any later time',
    })
  }
}

/** A value that tells when it is looked into; of what cannot tell, it is said at once. */
function watched(value: unknown, look: () => void): unknown {
  if (typeof value !== 'object' || value === null) {
    look()
    return value
  }
  const told =
    <Given extends unknown[], Answer>(answer: (...given: Given) => Answer) =>
    (...given: Given): Answer => {
      look()
      return answer(...given)
    }
  return new Proxy(value, {
    get: told(Reflect.get),
    has: told(Reflect.has),
    ownKeys: told(Reflect.ownKeys),
    getOwnPropertyDescriptor: told(Reflect.getOwnPropertyDescriptor),
    getPrototypeOf: told(Reflect.getPrototypeOf),
  })
}
