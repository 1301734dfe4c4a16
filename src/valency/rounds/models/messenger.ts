import type { Demand, Position, RoundModel } from '../round-model.ts'
import { BLANK, NOTHING } from '../views.ts'

export interface MessengerQuestion {
  readonly model: 'generals'
  /** How many messages there are at most, each the answer to the one before. */
  readonly messages: number
}

/**
 * Two generals (Gray 1978): a messenger goes back and forth, and may be caught on any of his ways,
 * after which there is silence. If he comes through each time both attack, if never none does.
 */
export function messengerModel({ messages }: MessengerQuestion): RoundModel {
  return {
    processes: 2,
    rounds: messages,
    // How many messages have come through.
    notes: 1,
    starts(_, start, emit) {
      start.counts.fill(1)
      start.inputs.fill(BLANK)
      start.notes[0] = 0
      emit()
    },
    moves(round, { views, notes }, _, move, emit) {
      const { heard } = move
      move.counts.fill(1)
      heard.fill(NOTHING)
      move.notes[0] = notes[0]!
      emit()
      if (notes[0] !== round - 1) return
      const to = round & 1
      const from = 1 - to
      heard[to * 2 + from] = views[from]!
      move.notes[0] = round
      emit()
    },
    demand({ notes }: Position): Demand {
      if (notes[0] === 0) return 0
      return notes[0] === messages ? 1 : undefined
    },
  }
}
