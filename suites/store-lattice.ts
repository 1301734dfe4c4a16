import { store, storeFeatures } from '../impls/flp/shared-memory/objects/stores.ts'
import type { StoreFeature } from '../impls/flp/shared-memory/objects/stores.ts'
import type { Budget } from '../src/core/budget.ts'
import type { ConsensusNumber } from '../src/valency/shared-memory/discerning.ts'
import { typeFinding } from '../src/valency/shared-memory/type-finding.ts'

/** A store with some of the features of ZooKeeper, and how many clients it lets agree. */
export interface LatticePoint {
  readonly features: readonly StoreFeature[]
  readonly number: ConsensusNumber
}

export interface StoreLattice {
  readonly most: number
  readonly points: readonly LatticePoint[]
  /** `[weaker, stronger]`, where nothing lies between. */
  readonly covers: readonly (readonly [number, number])[]
}

const FEATURES = Object.keys(storeFeatures) as StoreFeature[]

/** All sets of features that make sense. */
export const featureSets: readonly (readonly StoreFeature[])[] = Array.from(
  { length: 2 ** FEATURES.length },
  (_, bits) => FEATURES.filter((__, at) => ((bits >> at) & 1) === 1),
).filter(
  // Who cannot get a version cannot make use of it.
  (features) => !features.includes('conditional set') || features.includes('version in get'),
)

/** Asks the criterion about every set of features. */
export function storeLattice(most: number, budget: Budget = {}): StoreLattice {
  const points = featureSets.map((features): LatticePoint => {
    const type = storeFor(features, most)
    const { number } = typeFinding(type, most, budget)
    if (number === undefined) throw new Error('get reads the whole store')
    return { features, number }
  })
  const below = (a: number, b: number): boolean =>
    a !== b && (points[a]?.features ?? []).every((feature) => points[b]?.features.includes(feature))
  const all = points.map((_, at) => at)
  const covers = all.flatMap((a) =>
    all
      .filter((b) => below(a, b) && !all.some((c) => below(a, c) && below(c, b)))
      .map((b) => [a, b] as const),
  )
  return { most, points, covers }
}

/** The store as it is asked about: as many values and children as can matter. */
export function storeFor(features: readonly StoreFeature[], processes: number) {
  const isUniversal = features.some((feature) => feature !== 'version in get')
  return store(features, {
    values: isUniversal ? 2 : processes + 1,
    children: processes,
    versions: isUniversal ? processes + 1 : 2 * processes + 2,
  })
}
