import type { Invariant } from '../../src/core/invariant.ts'

/** Nobody who lives is stuck (`view.role` is `blocked`) because of those that have crashed. */
export const nonBlocking: Invariant = {
  name: 'non-blocking',
  source: 'Skeen 1981, Nonblocking commit protocols; Guerraoui 1995 (AC5)',
  reads: ['role'],
  violated(views, nodes) {
    const at = views.findIndex((view) => view?.['role'] === 'blocked')
    return at === -1 ? undefined : `${nodes[at]} can neither commit nor abort`
  },
}
