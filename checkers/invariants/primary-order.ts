import type { Invariant, View } from '../../src/core/invariant.ts'

type Zxid = readonly [epoch: number, counter: number]
type Delivered = readonly { readonly zxid: Zxid }[]

/**
 * Changes that build upon each other are delivered (`view.delivered`, each with its `zxid`) in the
 * order in which primaries made them. Local: of each primary without a gap, from its first. Global:
 * nothing of an earlier primary after something of a later one. Integrity: a primary (`view.role`
 * is `leader`, in `view.term`) has delivered whatever of earlier primaries anybody delivers.
 */
export const primaryOrder: Invariant = {
  name: 'primary order',
  source: 'Junqueira, Reed, Serafini 2011, Zab, section 3.2',
  reads: ['delivered', 'role', 'term'],
  violated(views, nodes) {
    for (const [at, view] of views.entries()) {
      const wrong = outOfOrder(deliveredOf(view))
      if (wrong !== undefined) return `${nodes[at]} has delivered ${wrong}`
    }
    for (const [at, view] of views.entries()) {
      if (view?.['role'] !== 'leader') continue
      const epoch = view['term'] as number
      const had = deliveredOf(view)
      for (const [other, its] of views.entries()) {
        const missed = missedBy(had, deliveredOf(its), epoch)
        if (other === at || missed === undefined) continue
        const delivered = `${nodes[other]} has delivered ${shown(missed)}`
        return `${delivered}, and ${nodes[at]} leads epoch ${epoch} without it`
      }
    }
    return undefined
  },
}

function outOfOrder(delivered: Delivered): string | undefined {
  let [epoch, counter] = [0, 0]
  for (const { zxid } of delivered) {
    const follows = zxid[0] === epoch ? zxid[1] === counter + 1 : zxid[0] > epoch && zxid[1] === 1
    if (!follows) {
      const before = counter === 0 ? 'at first' : `next after ${shown([epoch, counter])}`
      return `${shown(zxid)} ${before}`
    }
    ;[epoch, counter] = zxid
  }
  return undefined
}

/** The first transaction of an earlier epoch that one has not delivered and another has. */
function missedBy(had: Delivered, others: Delivered, epoch: number): Zxid | undefined {
  const missed = others.find(({ zxid }, index) => {
    const own = had[index]?.zxid
    return zxid[0] < epoch && (own?.[0] !== zxid[0] || own[1] !== zxid[1])
  })
  return missed?.zxid
}

function deliveredOf(view: View | undefined): Delivered {
  return (view?.['delivered'] as Delivered | undefined) ?? []
}

function shown([epoch, counter]: Zxid): string {
  return `(${epoch}, ${counter})`
}
