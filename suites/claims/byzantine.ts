import { counted } from '../../src/core/wording.ts'
import { attackAlgorithm } from '../../src/valency/rounds/algorithms/attack.ts'
import type { AlgorithmQuestion } from '../../src/valency/rounds/algorithms/attacked.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import type { ClaimGroup } from './claim.ts'
import type { GeneralsRuns, Rule, Treason } from './generals.ts'
import { generalsRuns, majority, obey, retreat } from './generals.ts'

/** Generals, some of whom are traitors. */
export const byzantineGenerals: ClaimGroup = {
  name: 'Byzantine generals',
  claims: [
    {
      id: 'BYZ-01',
      name: 'Byzantine fault: definition',
      kind: 'property',
      says: 'A Byzantine fault is one that shows different symptoms to different observers.',
      source: 'Lamport, Shostak & Pease 1982; as worded, lecture notes',
      verdict: 'holds with a correction',
      counterexamples: [
        generalsAre(
          'three generals are confounded by a traitor that shows all observers the same',
          { generals: 3, rule: majority, treason: 'the same to all' },
          ({ disobediences }) => disobediences > 0,
        ),
      ],
      instead:
        'A Byzantine fault is any behaviour whatsoever. To tell different observers different ' +
        'things (equivocation) is one kind of it, and the hardest to bear.',
      checks: [
        generalsAre(
          'four generals who obey what they are told agree if the commander lies to all alike',
          { generals: 4, rule: obey, treason: 'the same to all' },
          ({ disagreements }) => disagreements === 0,
        ),
        generalsAre(
          'they do not agree if it tells them different things',
          { generals: 4, rule: obey, treason: 'anything' },
          ({ disagreements }) => disagreements > 0,
        ),
        generalsAre(
          'four generals who pass orders on bear both',
          { generals: 4, rule: majority, treason: 'anything' },
          isConsistent,
        ),
        'rounds/byzantine/oral-n-4',
      ],
    },
    {
      id: 'BYZ-02',
      name: 'Oral messages: more than two thirds loyal',
      kind: 'theorem',
      says: 'With oral messages it can be solved exactly if more than two thirds are loyal.',
      source: 'Lamport, Shostak & Pease 1982, sections 2 and 3',
      verdict: 'holds',
      checks: [
        'rounds/byzantine/oral-n-3',
        'rounds/byzantine/oral-n-4',
        'rounds/byzantine/glued-n-3',
        'rounds/byzantine/glued-n-6',
        'rounds/algorithms/om-1-n-3',
        'rounds/algorithms/om-1-n-4',
        'rounds/algorithms/om-2-n-7-two-traitors',
        attacked('OM(2) of six generals with two traitors goes wrong', 'fail', oral(6, 2, 2)),
        attacked('OM(1) of five generals with two traitors goes wrong', 'fail', oral(5, 2, 1)),
        attacked('OM(1) of five generals with one traitor is right', 'pass', oral(5, 1, 1)),
      ],
    },
    {
      id: 'BYZ-03',
      name: 'One traitor confounds two loyal generals',
      kind: 'theorem',
      says: 'Of three generals a single traitor suffices to confound the two that are loyal.',
      source: 'Lamport, Shostak & Pease 1982, section 2',
      verdict: 'holds',
      checks: [
        'rounds/byzantine/oral-n-3',
        'rounds/byzantine/glued-n-3',
        'rounds/algorithms/om-1-n-3',
        // The bound is not there where there is one general more, or signatures.
        'rounds/byzantine/oral-n-4',
        'rounds/byzantine/signed-n-3',
      ],
    },
    {
      id: 'BYZ-04',
      name: 'Signed messages: any number of traitors',
      kind: 'theorem',
      says: 'With signatures that nobody can forge it can be solved for any number of traitors.',
      source: 'Lamport, Shostak & Pease 1982, section 4; Dolev & Strong 1983',
      verdict: 'holds',
      checks: [
        'rounds/byzantine/signed-n-3',
        'rounds/algorithms/sm-1-n-3',
        attacked('SM(2) of four generals with two traitors is right', 'pass', signed(4, 2, 2)),
        // It takes a round more than there are traitors.
        'rounds/byzantine/signed-n-4-f-2-r-2',
        'rounds/algorithms/sm-1-n-4-two-traitors',
      ],
    },
    {
      id: 'BYZ-05',
      name: 'Interactive consistency: IC1 and IC2',
      kind: 'property',
      says:
        'IC1: all loyal lieutenants obey the same order. IC2: if the commander is loyal, every ' +
        'loyal lieutenant obeys the order that it sent.',
      source: 'Lamport, Shostak & Pease 1982, section 1',
      verdict: 'holds',
      checks: [
        generalsAre(
          'OM(1) of four generals keeps both, in every run with one traitor',
          { generals: 4, rule: majority, treason: 'anything' },
          isConsistent,
        ),
        generalsAre(
          'IC1 does not imply IC2: four generals who always retreat agree and disobey',
          { generals: 4, rule: retreat, treason: 'anything' },
          ({ disagreements, disobediences }) => disagreements === 0 && disobediences > 0,
        ),
        generalsAre(
          'IC2 does not imply IC1: four generals who obey what they are told obey and disagree',
          { generals: 4, rule: obey, treason: 'anything' },
          ({ disagreements, disobediences }) => disagreements > 0 && disobediences === 0,
        ),
        'rounds/algorithms/om-1-n-3',
        'rounds/algorithms/om-1-n-6-two-traitors',
      ],
    },
  ],
}

interface Army {
  readonly generals: number
  readonly rule: Rule
  readonly treason: Treason
}

/** Every run of some generals, one of whom is a traitor, and what must be true of them. */
export function generalsAre(
  asks: string,
  { generals, rule, treason }: Army,
  wanted: (runs: GeneralsRuns) => boolean,
): Question {
  return question('enumeration', asks, () => {
    const runs = generalsRuns(generals, rule, treason)
    const sentence =
      `of ${counted(runs.runs, 'run')} with one traitor, ${runs.disagreements} break IC1 and ` +
      `${runs.disobediences} break IC2`
    return answer(wanted(runs), sentence, runs.example ?? [])
  })
}

function isConsistent({ disagreements, disobediences }: GeneralsRuns): boolean {
  return disagreements === 0 && disobediences === 0
}

/** A known algorithm against everything that its traitors can do. */
export function attacked(
  asks: string,
  wanted: 'pass' | 'fail',
  algorithm: AlgorithmQuestion,
): Question {
  return question('enumeration', asks, (budget) => {
    const { outcome, cases, stopped } = attackAlgorithm(algorithm, budget)
    if (stopped !== undefined) return { outcome: 'unknown', sentence: stopped.covered }
    const sum = (of: (each: (typeof cases)[number]) => bigint): string =>
      cases.reduce((total, each) => total + of(each), 0n).toLocaleString('en-US')
    const sentence =
      `of ${sum(({ runs }) => runs)} runs, loyal ones disagree in ` +
      `${sum(({ disagreements }) => disagreements)} and disobey in ${sum(({ invalid }) => invalid)}`
    const example = cases.find((each) => each.example !== undefined)?.example
    const obeyed = example?.decisions.flatMap((decision, at) =>
      decision === undefined ? [] : [`L${at} obeys ${decision}`],
    )
    return answer(outcome === wanted, sentence, [...(example?.deeds ?? []), ...(obeyed ?? [])])
  })
}

function oral(processes: number, traitors: number, relays: number): AlgorithmQuestion {
  return { algorithm: 'oral-messages', processes, traitors, relays }
}

function signed(processes: number, traitors: number, relays: number): AlgorithmQuestion {
  return { algorithm: 'signed-messages', processes, traitors, relays }
}
