import { Command, Option } from 'commander'

import { conditionNamed, conditions } from '../../checkers/conditions.ts'
import type { JudgeOptions } from '../../checkers/judge.ts'
import { judge } from '../../checkers/judge.ts'
import { models } from '../../checkers/models/index.ts'
import type { Json } from '../core/json.ts'
import { showProgress, silent } from '../core/progress.ts'
import { placeless } from '../core/results.ts'
import { UserError } from '../core/user-error.ts'
import { counted } from '../core/wording.ts'
import { FORMATS } from '../history/format.ts'
import { readHistory } from '../history/read-history.ts'
import { visibleLines, wrap } from '../report/visible.ts'
import { drawPages } from './draw.ts'
import { EXIT, exitOf, worstExit } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import type { Judged, JudgeFlags } from './judged.ts'
import { judgementLine, judgementText } from './judgement-text.ts'
import { namedModel } from './named-model.ts'
import { duration, size } from './quantity.ts'
import { saveJudgements } from './save.ts'
import type { Terminal } from './terminal.ts'
import { writeOrders } from './write-order.ts'

const DEFAULT_SECONDS = 60
const DEFAULT_BYTES = 1e9

/** `synod judge`: is a recorded history right? */
export function judgeCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('judge')
    .description('decide whether recorded histories are linearizable, or meet a weaker condition')
    .argument('<file...>', 'history files; - is standard input')
    .option('--model <name>', 'what the operations are on, or ./mine.js#model (inferred)')
    .option('--condition <name>', 'what to demand (linearizable, and which weaker ones hold)')
    .option('--engine <name>', 'force one engine of the linearizability checker (the fastest)')
    .option('--initial <json>', 'the value at the beginning', initialValue)
    .addOption(new Option('--format <name>', 'the form of the files (detected)').choices(FORMATS))
    .option('--tuples', 'EDN: every value is the [key value] of an independent key (detected)')
    .option('--no-tuples', 'EDN: no value is')
    .addOption(new Option('--nil-reads <as>', NIL_READS).choices(['unobserved', 'null']))
    .option('--lenient', 'leave out and count lines that cannot be read')
    .addOption(budget('--time <duration>', 'give up on a file after', duration, DEFAULT_SECONDS))
    .addOption(budget('--memory <size>', 'memory for the search tables', size, DEFAULT_BYTES))
    .option('--html <file>', 'draw what was found as a page')
    .option('--order <file>', 'write the order that proves a pass, one operation a line')
    .option('--json', 'print one JSON object for each file')
    .option('--save <dir>', 'keep the results in a new folder of this one')
    .addHelpText('after', EXAMPLES)
    .action(async (files: readonly string[], flags: JudgeFlags) => {
      finish(await judgeFiles(files, flags, terminal))
    })
}

const NIL_READS = 'EDN: a read that answers nil saw nothing that can be judged, or the value null'

const EXAMPLES = `
Models: ${listed(models)}.

Conditions: ${listed(conditions)}.

Examples:
  synod judge history.jsonl
  synod judge history.jsonl --html violation.html
  synod judge *.jsonl --condition sequential --time 10s --json
  zcat history.jsonl.gz | synod judge - --model queue

Prints one line for each file, and for a violation the smallest part of the history that cannot be
explained. The worst file decides the exit code: 0 holds, 1 violated, 2 unknown, 254 bad input.`

function listed(named: readonly { readonly name: string }[]): string {
  return wrap(named.map(({ name }) => name).join(', '), 88).join('\n  ')
}

function budget(
  flags: string,
  text: string,
  parser: (option: string) => (text: string) => number,
  value: number,
): Option {
  const [name = ''] = flags.split(' ')
  const shown = name === '--time' ? `${value}s` : `${value / 1e9}GB`
  return new Option(flags, text).argParser(parser(name)).default(value, shown)
}

/** In an object, as `null` is a value like any other. */
function initialValue(text: string): { readonly value: Json } {
  try {
    return { value: JSON.parse(text) as Json }
  } catch (cause) {
    throw new UserError(`'${text}' is not JSON`, {
      where: '--initial',
      hint: `a string needs its quotes: --initial '"${text.replace(/["'\\]/g, '')}"'`,
      cause,
    })
  }
}

async function judgeFiles(
  files: readonly string[],
  flags: JudgeFlags,
  terminal: Terminal,
): Promise<number> {
  const started = new Date()
  if (files.filter((file) => file === '-').length > 1) {
    throw new UserError('standard input can be read only once', { where: '-' })
  }
  const options = await judgeOptions(flags)
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  const judged: Judged[] = []
  const codes: number[] = []
  try {
    for (const [at, file] of files.entries()) {
      const many = files.length === 1 ? '' : `${at + 1} of ${files.length}, `
      progress.say(`judging ${many}${placeless(file)}`)
      const result = await judgeFile(file, flags, options, terminal)
      progress.stop()
      if (result === undefined) {
        codes.push(EXIT.badInput)
        continue
      }
      print(result, files.length === 1, flags, terminal)
      codes.push(exitOf(result.judgement.outcome))
      // A history may be large, so it is kept only for what comes after all files.
      if (flags.html !== undefined || flags.order !== undefined || flags.save !== undefined) {
        judged.push(result)
      }
    }
  } finally {
    progress.stop()
  }
  await keep(judged, flags, started, terminal)
  return worstExit(codes)
}

async function judgeOptions(flags: JudgeFlags): Promise<JudgeOptions> {
  // Asked here, so that a misspelt name is said once and not for each file.
  if (flags.condition !== undefined) conditionNamed(flags.condition)
  return {
    ...(flags.condition === undefined ? {} : { condition: flags.condition }),
    ...(flags.model === undefined ? {} : { model: await namedModel(flags.model) }),
    ...(flags.engine === undefined ? {} : { engine: flags.engine }),
    ...(flags.initial === undefined ? {} : { initial: flags.initial.value }),
    budget: { seconds: flags.time, bytes: flags.memory },
  }
}

/**
 * `undefined` if the file cannot be judged; why is printed, and the other files are still judged.
 */
async function judgeFile(
  file: string,
  { format, lenient, tuples, nilReads, json }: JudgeFlags,
  options: JudgeOptions,
  terminal: Terminal,
): Promise<Judged | undefined> {
  const skipped: UserError[] = []
  try {
    const history = await readHistory(file === '-' ? terminal.input : file, {
      source: file === '-' ? 'standard input' : file,
      ...(format === undefined ? {} : { format }),
      ...(lenient === undefined ? {} : { lenient }),
      ...(tuples === undefined ? {} : { tuples }),
      ...(nilReads === undefined ? {} : { nilReads }),
      onSkip: (fault) => {
        if (skipped.length === 0) skipped.push(fault)
      },
    })
    if (history.skipped > 0) {
      const left = `${counted(history.skipped, 'event')} left out`
      const first = skipped[0]?.text.replace(/^error: /, ', the first: ') ?? ''
      terminal.err(visibleLines(`${history.source}: ${left}${first}\n`))
    }
    return { file, history, judgement: await judge(history, options) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    terminal.err(`${visibleLines(error.text)}\n`)
    if (json) {
      const { message: fact, where, hint } = error
      terminal.out(jsonLine({ file, error: { fact, where, hint } }))
    }
    return undefined
  }
}

function print(judged: Judged, alone: boolean, flags: JudgeFlags, terminal: Terminal): void {
  if (flags.json) terminal.out(jsonLine(judged.judgement))
  else if (alone) terminal.out(judgementText(judged, flags, terminal))
  else terminal.out(judgementLine(judged, flags, terminal))
}

async function keep(
  judged: readonly Judged[],
  flags: JudgeFlags,
  started: Date,
  terminal: Terminal,
): Promise<void> {
  if (judged.length === 0) return
  if (flags.html !== undefined) {
    await drawPages(judged, flags.html)
    terminal.err(`drawn in ${visibleLines(flags.html)}\n`)
  }
  if (flags.order !== undefined) {
    terminal.err(visibleLines(`${await writeOrders(judged, flags.order)}\n`))
  }
  if (flags.save !== undefined) {
    const path = await saveJudgements(judged, flags.save, started, {
      seconds: flags.time,
      bytes: flags.memory,
    })
    terminal.err(visibleLines(`saved in ${path}\n`))
  }
}
