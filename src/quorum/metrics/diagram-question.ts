import { Rational } from '../rational.ts'
import type { OrderedDiagram } from './decision-diagram.ts'
import { diagramWays } from './diagram-chance.ts'
import type { Chances } from './diagram-chance.ts'
import { ownHazard } from './hazards.ts'
import type { Hazards } from './hazards.ts'
import { waysOf } from './ways.ts'

/** What is asked, for the variables of a diagram in their order. */
export function chancesOf({ order }: OrderedDiagram, hazards: Hazards): Chances {
  const down = Float64Array.from(order.variables, (variable) =>
    hazardAt(hazards, variable).toNumber(),
  )
  const up = Float64Array.from(order.variables, (variable) =>
    Rational.one.minus(hazardAt(hazards, variable)).toNumber(),
  )
  return { down, up }
}

export function diagramFraction(found: OrderedDiagram, hazards: Hazards): Rational {
  const ways = Array.from(found.order.variables, (v) => waysOf(hazardAt(hazards, v)))
  const { failing, all } = diagramWays(found.diagram, ways)
  return Rational.of(failing, all)
}

/** Of a node or, after the nodes, of a zone. */
export function hazardAt(hazards: Hazards, variable: number): Rational {
  const zone = hazards.zones[variable - hazards.size]
  return zone === undefined ? ownHazard(hazards, variable) : zone.failure
}
