import { sameJson } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Invariant, View } from '../../src/core/invariant.ts'

/**
 * Nodes that have decided (`view.decided`) have decided the same; where there are many instances
 * (`view.instances`: what was decided, by name), in each of them.
 */
export const agreement: Invariant = {
  name: 'agreement',
  source: 'Lamport 1998, The part-time parliament',
  reads: ['decided', 'instances'],
  violated(views, nodes) {
    const first = new Map<string, { readonly node: string | undefined; readonly decided: Json }>()
    for (const [at, view] of views.entries()) {
      for (const [instance, decided] of decisionsOf(view)) {
        const other = first.get(instance)
        if (other === undefined) first.set(instance, { node: nodes[at], decided })
        else if (!sameJson(other.decided, decided)) {
          const [one, two] = [JSON.stringify(other.decided), JSON.stringify(decided)]
          const where = instance === '' ? '' : ` in instance ${instance}`
          return `${other.node} has decided ${one} and ${nodes[at]} has decided ${two}${where}`
        }
      }
    }
    return undefined
  },
}

function decisionsOf(view: View | undefined): (readonly [instance: string, decided: Json])[] {
  const { decided, instances = {} } = (view ?? {}) as {
    readonly decided?: Json
    readonly instances?: Readonly<Record<string, Json>>
  }
  const single = decided === undefined || decided === null ? [] : [['', decided] as const]
  return [...single, ...Object.entries(instances)]
}
