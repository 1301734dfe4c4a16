import type { Variables } from '../../state/index.ts'
import { stateType, Universes } from '../../state/index.ts'
import type { SharedRoom } from '../../state/shared-universe.ts'
import { sharedRooms, SharedUniverses } from '../../state/shared-universe.ts'
import { generatedSystem } from '../generated-system.ts'
import type { AnyModel } from '../model.ts'
import { modelSystem } from '../model-system.ts'
import type { ModelSystem, System } from '../system.ts'
import { isSystem } from '../systems-of.ts'

/** How the systems of all threads of one search are made, so that they are the same. */
export interface SystemPlan {
  readonly name: string
  readonly generated: boolean
  /** Where all threads number the values that they see. */
  readonly rooms: readonly SharedRoom[]
  /** Of a system that numbers what it sees: how much its states have room for. */
  readonly room?: readonly number[] | undefined
}

/** Rooms for the values of a model, of which none was seen. */
export function firstRooms(model: AnyModel): readonly SharedRoom[] {
  const universes = new Universes()
  stateType(model.state as Variables, { universes, generated: false })
  return sharedRooms(universes)
}

/** A system that gives values the numbers that other threads give them. */
export function sharedSystem(model: AnyModel, plan: SystemPlan): ModelSystem
export function sharedSystem(model: AnyModel | System, plan: SystemPlan): System
export function sharedSystem(model: AnyModel | System, plan: SystemPlan): System {
  const { name, generated, rooms, room } = plan
  if (isSystem(model)) {
    if (room !== undefined && model.numbering !== undefined) model.numbering.room = room
    return model
  }
  const universes = new SharedUniverses(rooms)
  const type = stateType(model.state as Variables, { universes, generated })
  return (generated ? generatedSystem : modelSystem)(name, model, type)
}
