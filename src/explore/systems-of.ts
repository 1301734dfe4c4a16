import { UserError } from '../core/user-error.ts'
import type { StateType, UniverseFull, Variables } from '../state/index.ts'
import { stateType, Universes } from '../state/index.ts'
import type { SavedUniverse } from './saved-universes.ts'
import { restoreUniverses } from './saved-universes.ts'
import { generatedSystem } from './generated-system.ts'
import type { AnyModel } from './model.ts'
import { modelSystem } from './model-system.ts'
import type { ModelSystem, System } from './system.ts'

/** Makes the system of a model, and makes it again when its states need more room. */
export interface Systems {
  make(): System
  makeRoom(full: UniverseFull): void
  /** Knows the values again that were seen before a checkpoint. */
  restore(saved: readonly SavedUniverse[]): void
}

export interface SystemOptions {
  readonly name?: string
  readonly generated?: boolean
}

/** Whether it is a system already, such as joined nodes, and not a model of which one is made. */
export function isSystem(model: AnyModel | System): model is System {
  return 'runner' in model
}

export function systemsOf(model: AnyModel | System, options: SystemOptions): Systems {
  if (isSystem(model)) return fixedSystem(model)
  const { name = 'model', generated = true } = options
  const typeWith = (universes: Universes): StateType<Variables> =>
    stateType(model.state as Variables, { universes, generated })
  let type = typeWith(new Universes())
  return {
    make: (): ModelSystem =>
      generated ? generatedSystem(name, model, type) : modelSystem(name, model, type),
    makeRoom: ({ universe }) => {
      type = typeWith(type.plan.universes.withRoom(universe))
    },
    restore: (saved) => {
      type = restoreUniverses(saved, typeWith(new Universes()), typeWith)
    },
  }
}

/** A system that somebody made: its states have the room that they have. */
function fixedSystem(system: System): Systems {
  return {
    make: () => system,
    makeRoom: (full) => {
      throw new UserError(full.message, {
        where: system.name,
        hint: 'explore the model instead of its system: its states can then be given more room',
        cause: full,
      })
    },
    restore: (saved) => {
      if (saved.length === 0) return
      throw new UserError('the values that were seen cannot be restored', {
        where: system.name,
        hint: 'explore the model instead of its system',
      })
    },
  }
}
