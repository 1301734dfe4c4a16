import { asynchronousNamed } from '../../suites/named-valency.ts'
import type { Parameter, Parameters } from '../core/parameters.ts'
import { nearest } from '../core/nearest.ts'
import type { Progress } from '../core/progress.ts'
import { showProgress, silent } from '../core/progress.ts'
import { UserError } from '../core/user-error.ts'
import { visibleLines } from '../report/visible.ts'
import { inputsText } from '../valency/inputs.ts'
import type { AnyAsynchronous } from '../valency/process.ts'
import type { ValencyReport } from '../valency/report.ts'
import type { ValencyOptions } from '../valency/valency.ts'
import { valency } from '../valency/valency.ts'
import { EXIT } from './exit-code.ts'
import type { Assignment } from './explore-flags.ts'
import { jsonLine } from './json-line.ts'
import type { Terminal } from './terminal.ts'
import type { ValencyFlags } from './valency-flags.ts'
import { valencyJson } from './valency-json.ts'
import { valencyText } from './valency-text.ts'

/** `synod valency PROTOCOL`. Answers the exit code. */
export async function showValency(
  name: string,
  flags: ValencyFlags,
  terminal: Terminal,
): Promise<number> {
  const protocol = await asynchronousNamed(name)
  checkAsked(protocol, flags)
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  let report
  try {
    report = valency(protocol, flags.processes, optionsOf(protocol, flags, progress))
  } finally {
    progress.stop()
  }
  terminal.out(flags.json ? jsonLine(valencyJson(report)) : valencyText(report, terminal.width))
  if (flags.html !== undefined || flags.svg !== undefined) {
    const { drawValency } = await import('./valency-draw.ts')
    for (const file of await drawValency(report, { ...flags, asked: askedAgain(name, flags) })) {
      terminal.err(visibleLines(`drawn in ${file}\n`))
    }
  }
  return exitOf(report, terminal)
}

function checkAsked(
  protocol: AnyAsynchronous,
  { processes, inputs, omega, gst }: ValencyFlags,
): void {
  const { least = 2, name } = protocol
  if (processes < least) {
    throw new UserError(`${processes} processes are too few for ${name}`, {
      where: '--processes',
      hint: `at least ${least}`,
    })
  }
  const wrong = inputs?.find((each) => each.length !== processes)
  if (wrong !== undefined) {
    throw new UserError(`'${inputsText(wrong)}' are inputs for ${wrong.length} processes`, {
      where: '--inputs',
      hint: `give ${processes} digits, or --processes ${wrong.length}`,
    })
  }
  if (omega && gst) {
    throw new UserError('both an oracle and faster messages', {
      where: '--omega, --gst',
      hint: 'ask for one after the other',
    })
  }
}

function optionsOf(
  protocol: AnyAsynchronous,
  flags: ValencyFlags,
  progress: Progress,
): ValencyOptions {
  const { inputs, k, coins, omega, gst, time, memory, untilDecided, adversary } = flags
  const maxStates = adversary === undefined ? flags.maxStates : 1
  const bounded = maxStates !== undefined || time !== undefined
  return {
    options: parametersOf(protocol, flags.option ?? []),
    ...(inputs === undefined ? {} : { inputs }),
    agree: k,
    coins,
    ...(omega ? { omega } : {}),
    ...(gst ? { gst } : {}),
    ...(adversary === undefined ? {} : { adversary: { stages: adversary, seconds: time ?? 60 } }),
    drawn: flags.html !== undefined || flags.svg !== undefined,
    bounds: {
      ...(maxStates === undefined ? {} : { states: maxStates }),
      ...(time === undefined ? {} : { seconds: time }),
      ...(memory === undefined ? {} : { bytes: memory }),
      ...(bounded ? { endless: true } : {}),
      ...(untilDecided ? { untilDecided } : {}),
    },
    onInputs: (each) => {
      progress.say(`${protocol.name}, inputs ${inputsText(each)}`)
    },
  }
}

/** Options of the types of their defaults. @throws UserError */
export function parametersOf(protocol: AnyAsynchronous, given: readonly Assignment[]): Parameters {
  const known = protocol.options ?? {}
  const values: Record<string, Parameter> = {}
  for (const { name, text } of given) {
    const usual = Object.hasOwn(known, name) ? known[name] : undefined
    if (usual === undefined) {
      const names = Object.keys(known)
      const close = nearest(name, names)
      const all = names.length === 0 ? 'it has none at all' : `it has ${names.join(', ')}`
      throw new UserError(`${protocol.name} has no option '${name}'`, {
        where: '--option',
        hint: close === undefined ? all : `did you mean ${close}?`,
      })
    }
    values[name] = parameterOf(name, text, usual)
  }
  return values
}

function parameterOf(name: string, text: string, usual: Parameter): Parameter {
  if (typeof usual === 'string') return text
  if (typeof usual === 'number' && /^\d{1,6}$/.test(text)) return Number(text)
  if (typeof usual === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  throw new UserError(
    `'${text}' is not ${typeof usual === 'number' ? 'a whole number' : 'true or false'}`,
    {
      where: `--option ${name}`,
      hint: `for example --option ${name}=${String(usual)}`,
    },
  )
}

/** The command that finds it again. */
function askedAgain(name: string, flags: ValencyFlags): string {
  const { processes, inputs, option = [], k, coins, omega, gst, adversary } = flags
  return [
    `synod valency ${name} --processes ${processes}`,
    ...(inputs === undefined ? [] : [`--inputs ${inputs.map(inputsText).join(',')}`]),
    ...option.map(({ name: each, text }) => `--option ${each}=${text}`),
    ...(k > 1 ? [`--k ${k}`] : []),
    ...(coins === 'random' ? ['--coins random'] : []),
    ...(omega ? ['--omega'] : []),
    ...(gst ? ['--gst'] : []),
    ...(adversary === undefined ? [] : [`--adversary ${adversary}`]),
  ].join(' ')
}

/** With a way round nothing is promised, and a defect is a defect. */
function exitOf(report: ValencyReport, terminal: Terminal): number {
  const { agree = 1, coins = 'adversary', omega, gst } = report.options
  if (report.outcome === 'unknown') return EXIT.unknown
  if (agree > 1 || coins === 'random' || omega || gst)
    return report.outcome === 'fail' ? EXIT.fail : EXIT.pass
  if (report.outcome === 'fail') return EXIT.pass
  terminal.err(
    'none of the four was found where the theorem promises one: this is a fault of synod, ' +
      'please report it with the protocol\n',
  )
  return EXIT.crash
}
