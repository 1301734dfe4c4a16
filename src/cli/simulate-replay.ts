import { askedSubject } from '../../suites/subject.ts'
import { exitOf } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import { titleOf } from './simulate-asked.ts'
import { readReplay } from './simulate-file.ts'
import type { SimulateFlags } from './simulate-flags.ts'
import type { ToldRun } from './simulate-found.ts'
import { runOfSchedule } from './simulate-found.ts'
import { keep } from './simulate-keep.ts'
import type { Simulated } from './simulate-run.ts'
import type { Terminal } from './terminal.ts'
import { UserError } from '../core/user-error.ts'

/**
 * `synod simulate --replay FILE`: the very same run once more. Another protocol may be named, which
 * is then run under the same circumstances. Answers the exit code.
 */
export async function showReplay(
  text: string | undefined,
  file: string,
  flags: SimulateFlags,
  terminal: Terminal,
): Promise<number> {
  const { given, seed, cluster, schedule, found } = await readReplay(file)
  const mutant = flags.mutant === undefined ? {} : plantedOtherwise(flags.mutant)
  const { mutant: planted, noMutant, ...rest } = given
  const kept = {
    ...(planted === undefined ? {} : { mutant: planted }),
    ...(noMutant === undefined ? {} : { noMutant }),
  }
  const asked = text === undefined || text === given.text ? kept : {}
  const subject = await askedSubject({
    ...rest,
    ...asked,
    ...mutant,
    ...(text === undefined ? {} : { text }),
  })
  const { recovers: _recovers, ...drawn } = subject.simulation(seed)
  const told = await runOfSchedule(subject, { ...drawn, ...cluster }, schedule)
  const simulated = simulatedOf(subject, seed, told)
  await keep(simulated, flags, terminal)
  if (flags.json) {
    const { runJson } = await import('./simulate-json.ts')
    terminal.out(jsonLine({ protocol: subject.given.text, seed, ...runJson(told) }))
  } else {
    const { replayText } = await import('./simulate-text.ts')
    terminal.out(replayText(titleOf(subject), found, told, terminal))
  }
  return exitOf(told.judged.outcome)
}

/** `--mutant none` takes a bug back, to see that the run is then right. */
function plantedOtherwise(mutant: string): { mutant: string } | { noMutant: true } {
  if (mutant === '') throw new UserError('a mutant has a name', { where: '--mutant' })
  return mutant === 'none' ? { noMutant: true } : { mutant }
}

function simulatedOf(subject: Simulated['subject'], seed: number, told: ToldRun): Simulated {
  const { outcome, violated, sentence } = told.judged
  const { events, operations, simulatedMs } = told.run.stats
  const row = {
    index: 0,
    seed,
    outcome,
    ...(violated === undefined ? {} : { violated }),
    sentence,
    events,
    operations,
    faults: told.schedule.faults.length,
    simulatedMs,
    notRecoverable: told.run.recovery.outcome === 'not recoverable',
  }
  return {
    subject,
    seeds: { first: seed, last: seed },
    told,
    result: {
      task: {
        name: titleOf(subject),
        subject: { module: '', export: '', given: subject.given },
        seeds: { first: seed, last: seed },
      },
      ran: 1,
      events,
      operations,
      faults: row.faults,
      simulatedMs,
      notRecoverable: Number(row.notRecoverable),
      failures: outcome === 'fail' ? [row] : [],
      unknown: outcome === 'unknown' ? [row] : [],
      cutShort: false,
      seconds: 0,
    },
  }
}
