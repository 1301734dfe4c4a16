import type { Invariant } from '../../src/core/invariant.ts'

/**
 * What a node knows to be committed it knows for ever. A node shows as `commit` how much that is,
 * and as `applied` how much it has applied, which is never taken back.
 */
export const commitOnlyGrows: Invariant = {
  name: 'commit only grows',
  source: 'Ongaro, Ousterhout 2014, figure 2: commitIndex increases monotonically',
  reads: ['commit', 'applied'],
  violated(views, nodes) {
    for (const [at, view] of views.entries()) {
      const { commit, applied } = (view ?? {}) as { commit?: number; applied?: number }
      if (commit === undefined || applied === undefined || commit >= applied) continue
      return `${nodes[at]} has applied ${applied} entries and takes ${commit} for committed`
    }
    return undefined
  },
}
