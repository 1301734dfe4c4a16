import { availableParallelism } from 'node:os'

import type { Entry, ProtocolCheck } from '../../suites/entry.ts'
import { askedSubject } from '../../suites/subject.ts'
import { runCampaign } from '../campaign/campaign.ts'
import type { Progress } from '../core/progress.ts'
import type { RunRow } from '../core/results.ts'
import { UserError } from '../core/user-error.ts'
import { grouped } from '../report/time.ts'
import { againOf } from './again.ts'
import type { RegressFlags } from './regress-command.ts'
import { rowOfTask, taskOf } from './regress-row.ts'
import type { Suite } from './regress-suites.ts'
import { EntryRunner } from './run-entry.ts'
import type { Terminal } from './terminal.ts'

/** What was found of an entry. */
export interface Found {
  readonly entry: Entry
  readonly row: RunRow
  readonly evidence?: unknown
}

/** An entry of which nothing can be found: what it is about is missing. */
export interface Unread {
  readonly entry: Entry
  readonly error: UserError
}

export interface RowOptions {
  readonly flags: Pick<RegressFlags, 'seeds' | 'host' | 'for' | 'shard' | 'workers' | 'time'>
  /** The files of entries are relative to this. */
  readonly folder: string
  readonly progress: Progress
  readonly terminal: Terminal
}

/** For each entry that is no campaign; none of ours comes near. */
const BUDGET = { seconds: 60, bytes: 1e9 }

/** The rows of suites, in turn. What several suites need is found once. */
export class SuiteRunner {
  readonly #options: RowOptions
  readonly #entries: EntryRunner

  constructor(options: RowOptions) {
    const { seconds, bytes } = BUDGET
    this.#options = options
    this.#entries = new EntryRunner(options.folder, {
      seconds: options.flags.time ?? seconds,
      bytes,
    })
  }

  /** Who stops asking stops the suite. */
  async *rows(suite: Suite): AsyncGenerator<Found | Unread> {
    const { host } = this.#options.flags
    const campaign = suite.entries.filter((entry) => entry.type === 'protocol')
    if (host === 'processes') yield* this.#processes(campaign)
    else {
      yield* this.#found(
        suite,
        suite.entries.filter((entry) => entry.type !== 'protocol'),
      )
      yield* this.#campaign(campaign)
    }
  }

  async *#found(suite: Suite, entries: readonly Entry[]): AsyncGenerator<Found | Unread> {
    const { flags, progress } = this.#options
    const { index, of } = flags.shard ?? { index: 1, of: 1 }
    for (const [at, entry] of entries.entries()) {
      if (at % of !== index - 1) continue
      progress.say(`${suite.name}: ${at + 1} of ${entries.length}, ${entry.name}`)
      try {
        const { row, evidence } = await this.#entries.find(entry)
        yield { entry, row: { ...row, replay: againOf(entry, row) }, evidence }
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        yield { entry, error }
      }
    }
  }

  /** Protocols in the simulator: the seeds of each spread over threads. */
  async *#campaign(entries: readonly ProtocolCheck[]): AsyncGenerator<Found> {
    const { flags, progress } = this.#options
    const { shard, seeds, time, workers = availableParallelism() } = flags
    if (entries.length === 0) return
    const tasks = await Promise.all(
      entries.map(async ({ entry }) =>
        taskOf(entry, seeds, {
          here: await askedSubject({ text: entry.name }),
          ...(shard === undefined ? {} : { shard }),
        }),
      ),
    )
    const results = runCampaign(tasks, {
      workers,
      ...(time === undefined ? {} : { seconds: time }),
      onProgress: ({ task, done, all }) => {
        const at = tasks.indexOf(task) + 1
        const seen = `${grouped(done)} of ${grouped(all)} seeds`
        progress.say(`protocols: ${at} of ${tasks.length}, ${task.name}: ${seen}`)
      },
    })
    for await (const result of results) {
      const entry = entries[tasks.indexOf(result.task)]
      if (entry === undefined) continue
      const { task: _task, ...found } = result
      const { name, entry: protocol, because } = entry
      const row = { ...rowOfTask(protocol, result), name }
      yield {
        entry,
        row: { ...row, replay: againOf({ ...entry, seeds }, row) },
        evidence: { protocol: protocol.name, nodes: protocol.nodes, ...found, because },
      }
    }
  }

  async *#processes(entries: readonly ProtocolCheck[]): AsyncGenerator<Found> {
    const { processRow } = await import('./regress-processes.ts')
    const { flags, terminal, progress } = this.#options
    for (const [at, entry] of entries.entries()) {
      const { name } = entry.entry
      progress.say(`${at + 1} of ${entries.length}, ${name} as real processes`)
      yield { entry, row: await processRow(entry.entry, flags.for, { terminal, progress }) }
    }
  }
}
