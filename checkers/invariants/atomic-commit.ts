import type { Invariant, View } from '../../src/core/invariant.ts'

/** Of transactions by their name; nodes that show none have not heard of any. */
type Said = Readonly<Record<string, string>> | undefined

const outcomesOf = (view: View | undefined) => view?.['outcomes'] as Said
const votesOf = (view: View | undefined) => view?.['votes'] as Said

/** No transaction is committed at one node and aborted at another, be it dead or alive. */
export const atomicity: Invariant = {
  name: 'atomicity',
  source: 'Skeen 1981, Nonblocking commit protocols; Guerraoui 1995, uniform agreement (AC1)',
  reads: ['outcomes'],
  violated(views, nodes) {
    const first = new Map<string, { node: string | undefined; outcome: string }>()
    for (const [at, view] of views.entries()) {
      for (const [transaction, outcome] of Object.entries(outcomesOf(view) ?? {})) {
        const before = first.get(transaction)
        if (before === undefined) first.set(transaction, { node: nodes[at], outcome })
        else if (before.outcome !== outcome) {
          const one = `${before.node} has ended transaction ${transaction} with ${before.outcome}`
          return `${one} and ${nodes[at]} with ${outcome}`
        }
      }
    }
    return undefined
  },
}

/** Nobody commits what somebody has refused, or what he was not asked about. */
export const unanimity: Invariant = {
  name: 'unanimity',
  source: 'Guerraoui 1995, Revisiting the relationship between NBAC and consensus (AC3)',
  reads: ['outcomes', 'votes'],
  violated(views, nodes) {
    const refused = new Map<string, string | undefined>()
    for (const [at, view] of views.entries()) {
      for (const [transaction, vote] of Object.entries(votesOf(view) ?? {})) {
        if (vote === 'no') refused.set(transaction, nodes[at])
      }
    }
    for (const [at, view] of views.entries()) {
      for (const [transaction, outcome] of Object.entries(outcomesOf(view) ?? {})) {
        if (outcome !== 'commit') continue
        const committed = `${nodes[at]} has committed transaction ${transaction}`
        if (refused.has(transaction)) {
          return `${committed}, which ${refused.get(transaction)} has refused`
        }
        if (votesOf(view)?.[transaction] !== 'yes') return `${committed} without having said yes`
      }
    }
    return undefined
  },
}
