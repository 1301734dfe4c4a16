import { writeFile } from 'node:fs/promises'

import type { Outcome } from '../core/verdict.ts'
import { UserError } from '../core/user-error.ts'
import { attackAlgorithm } from '../valency/rounds/algorithms/attack.ts'
import type { AlgorithmQuestion } from '../valency/rounds/algorithms/attacked.ts'
import type { RoundQuestion } from '../valency/rounds/question.ts'
import { solveRounds } from '../valency/rounds/solve.ts'
import { exitOf } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import type { Asked, RoundsFlags } from './rounds-flags.ts'
import { answerJson, attackedJson } from './rounds-json.ts'
import { answerPage, attackedPage } from './rounds-page.ts'
import { answerText, attackedText } from './rounds-text.ts'
import type { Terminal } from './terminal.ts'

/** Answers a question and prints the answer. @throws UserError if a page cannot be written. */
export async function showAnswer(
  { question, replay }: Asked<RoundQuestion>,
  flags: RoundsFlags,
  terminal: Terminal,
): Promise<number> {
  const answer = solveRounds(question, { seconds: flags.time, bytes: flags.memory })
  terminal.out(flags.json ? jsonLine(answerJson(answer)) : answerText(answer, terminal))
  if (flags.html !== undefined) await keep(answerPage(answer, replay), flags.html, terminal)
  return codeOf(answer)
}

/** Attacks an algorithm and prints what came of it. @throws UserError as above */
export async function showAttack(
  { question, replay }: Asked<AlgorithmQuestion>,
  flags: RoundsFlags,
  terminal: Terminal,
): Promise<number> {
  const attacked = attackAlgorithm(question, { seconds: flags.time, bytes: flags.memory })
  terminal.out(flags.json ? jsonLine(attackedJson(attacked)) : attackedText(attacked, terminal))
  if (flags.html !== undefined) await keep(attackedPage(attacked, replay), flags.html, terminal)
  return codeOf(attacked)
}

function codeOf({ outcome }: { readonly outcome: Outcome }): number {
  return exitOf(outcome)
}

async function keep(page: string, file: string, terminal: Terminal): Promise<void> {
  try {
    await writeFile(file, page)
  } catch (cause) {
    throw new UserError(`the page cannot be written: ${(cause as Error).message}`, {
      where: file,
      hint: 'name a file in a folder that exists: --html rounds.html',
      cause,
    })
  }
  terminal.err(`drawn in ${file}\n`)
}
