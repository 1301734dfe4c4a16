import type { ByzantineQuestion } from './models/byzantine.ts'
import { byzantineModel } from './models/byzantine.ts'
import type { CrashQuestion } from './models/crash.ts'
import { crashModel } from './models/crash.ts'
import type { GluedQuestion } from './models/glued.ts'
import { gluedModel } from './models/glued.ts'
import type { GraphsQuestion, LossesQuestion } from './models/graphs.ts'
import { graphsModel, lossesModel } from './models/graphs.ts'
import type { MessengerQuestion } from './models/messenger.ts'
import { messengerModel } from './models/messenger.ts'
import type { RoundModel } from './round-model.ts'

/** Can anybody decide after so many rounds, whatever this adversary does? Plain data. */
export type RoundQuestion =
  | CrashQuestion
  | LossesQuestion
  | GraphsQuestion
  | MessengerQuestion
  | ByzantineQuestion
  | GluedQuestion

export function roundModel(question: RoundQuestion): RoundModel {
  switch (question.model) {
    case 'crash':
      return crashModel(question)
    case 'losses':
      return lossesModel(question)
    case 'graphs':
      return graphsModel(question)
    case 'generals':
      return messengerModel(question)
    case 'byzantine':
      return byzantineModel(question)
    case 'glued':
      return gluedModel(question)
  }
}

export function processesOf(question: RoundQuestion): number {
  return question.model === 'generals' ? 2 : question.processes
}

export function roundsOf(question: RoundQuestion): number {
  return question.model === 'generals' ? question.messages : question.rounds
}

/** How the processes are called: `p1`, `A` and `B`, or a commander and lieutenants. */
export function processNames(question: RoundQuestion): readonly string[] {
  const numbers = Array.from({ length: processesOf(question) }, (_, p) => p)
  if (question.model === 'generals') return ['A', 'B']
  if (question.model === 'byzantine' && question.speaker === 'commander')
    return numbers.map((p) => (p === 0 ? 'C' : `L${p}`))
  return numbers.map((p) => `p${p + 1}`)
}
