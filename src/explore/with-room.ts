import { UniverseFull } from '../state/index.ts'
import type { AnyModel } from './model.ts'
import type { ModelSystem } from './system.ts'
import { systemsOf } from './systems-of.ts'

/**
 * Does something with the system of a model, and again from the beginning where its states turn out
 * to need more room.
 */
export function withRoom<T>(name: string, model: AnyModel, work: (system: ModelSystem) => T): T {
  const systems = systemsOf(model, { name, generated: false })
  for (;;) {
    try {
      return work(systems.make() as ModelSystem)
    } catch (error) {
      if (!(error instanceof UniverseFull)) throw error
      systems.makeRoom(error)
    }
  }
}
