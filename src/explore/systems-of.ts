import { UserError } from '../core/user-error.ts'
import type { StateType, UniverseFull, Variables } from '../state/index.ts'
import { stateType } from '../state/index.ts'
import { generatedSystem } from './generated-system.ts'
import type { AnyModel } from './model.ts'
import { modelSystem } from './model-system.ts'
import type { ModelSystem, System } from './system.ts'

/** Makes the system of a model, and makes it again when its states need more room. */
export interface Systems {
  make(): System
  makeRoom(full: UniverseFull): void
}

export interface SystemOptions {
  readonly name?: string
  readonly generated?: boolean
}

export function isSystem(model: AnyModel | System): model is System {
  return 'runner' in model
}

export function systemsOf(model: AnyModel | System, options: SystemOptions): Systems {
  if (isSystem(model)) return { make: () => model, makeRoom: (full) => refuse(model.name, full) }
  const { name = 'model', generated = true } = options
  let type: StateType<Variables> = stateType(model.state as Variables, { generated })
  return {
    make: (): ModelSystem =>
      generated ? generatedSystem(name, model, type) : modelSystem(name, model, type),
    makeRoom: ({ universe }) => {
      const universes = type.plan.universes.withRoom(universe)
      type = stateType(model.state as Variables, { universes, generated })
    },
  }
}

function refuse(name: string, full: UniverseFull): never {
  throw new UserError(full.message, {
    where: name,
    hint: 'explore the model instead of its system: its states can then be given more room',
    cause: full,
  })
}
