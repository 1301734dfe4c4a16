import { expect } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import { analyse } from '../../src/valency/analysis.ts'
import { findingsOf } from '../../src/valency/findings.ts'
import { Graph } from '../../src/valency/graph.ts'
import { Successors } from '../../src/valency/successors.ts'
import { plainGraph, plainVerdict } from './plain.ts'
import { randomProcess } from './random-process.ts'

/** How often each verdict came out, so that a comparison that never meets one is noticed. */
export type Tally = Record<string, number>

/** Compares engine and twin on the protocol of a seed. `false`: it was too large. */
export function compareSeed(seed: number, most: number, tally: Tally): boolean {
  const random = seeded(seed)
  const processes = 2 + random.int(0, 1)
  const coins = random.int(0, 2) === 0 ? 'random' : 'adversary'
  const process = randomProcess(random, processes, random.int(0, 1) === 0)
  const inputs = Array.from({ length: processes }, () => random.int(0, 1))
  const plain = plainGraph(process, inputs, most)
  if (plain === undefined) return false
  const twin = plainVerdict(process, plain, inputs, coins)
  const successors = new Successors(`seed ${seed}`, process, processes)
  const graph = new Graph(successors, inputs)
  const rules = { coins, helps: [undefined], agree: 1, lemmas: 1e6 } as const
  const found = findingsOf(graph, analyse(graph, rules), inputs)
  const { disagreement, undecided } = found.stories
  const lasso = undecided === undefined ? 'none' : undecided.bivalent ? 'bivalent' : 'undecided'
  const engine = {
    configurations: found.configurations,
    values: [...found.values].sort(),
    disagreementDepth: disagreement?.steps.length,
    valid: found.validity,
    blocks: found.blocks,
    critical: found.critical,
    lasso,
  }
  expect(engine, `seed ${seed}`).toEqual(twin)
  expect(found.lemma1?.failed, `lemma 1, seed ${seed}`).toBe(0)
  const count = (name: string, is: boolean) => {
    tally[`${name} ${is}`] = (tally[`${name} ${is}`] ?? 0) + 1
  }
  count('agreement', found.agreement)
  count('validity', found.validity)
  count('blocks', found.blocks > 0)
  count('critical', found.critical > 0)
  count(`lasso with ${coins} coins`, lasso !== 'none')
  count('bivalent lasso', lasso === 'bivalent')
  const defect = !found.agreement || !found.validity || found.blocks > 0 || lasso !== 'none'
  const binary = coins === 'adversary' && found.values.length > 1
  if (binary) expect(defect, `bivalent and without defect, seed ${seed}`).toBe(true)
  return true
}
