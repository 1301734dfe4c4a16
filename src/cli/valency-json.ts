import type { Delay } from '../valency/adversary/adversary.ts'
import type { Checked } from '../valency/lemmas.ts'
import type { ValencyReport } from '../valency/report.ts'
import { shownRun } from '../valency/report.ts'
import type { InputFindings } from '../valency/findings.ts'
import { inputsText } from '../valency/inputs.ts'
import type { ToldRun, ToldStep } from '../valency/told-run.ts'

/** What `synod valency --json` prints. */
export function valencyJson(report: ValencyReport): unknown {
  const { protocol, processes, options, findings } = report
  const told = (pick: (each: InputFindings) => ToldRun | undefined) => {
    const run = findings.map(pick).find((each) => each !== undefined)
    return run === undefined ? null : runJson(run)
  }
  const blocked = findings.map(({ stories }) => stories.blocked).find((each) => each !== undefined)
  return {
    protocol: protocol.name,
    processes,
    options: { ...protocol.options, ...options.options },
    ways: waysOf(report),
    configurations: report.configurations,
    edges: report.edges,
    complete: report.complete,
    agreement: report.agreement,
    validity: report.validity,
    blocks: report.blocks ?? null,
    perhapsBlocks: report.perhapsBlocks,
    bivalentInitial: report.bivalentInitial,
    nullInitial: report.nullInitial,
    adjacent: report.adjacent,
    critical: report.critical,
    lemma1: checkedJson(report.lemma1),
    lemma3: checkedJson(report.lemma3),
    lasso: lassoJson(report),
    defects: report.defects,
    outcome: report.outcome,
    disagreement: told(({ stories }) => stories.disagreement),
    invalid: told(({ stories }) => stories.invalid),
    blocked: blocked === undefined ? null : { silent: blocked.silent, ...runJson(blocked.run) },
    decider: told(({ stories }) => stories.critical),
    inputs: findings.map(inputJson),
  }
}

function waysOf({ options }: ValencyReport): unknown {
  const { agree = 1, coins = 'adversary', omega = false, gst = false } = options
  return { k: agree, coins, omega, gst }
}

function lassoJson(report: ValencyReport): unknown {
  const undecided = shownRun(report)?.stories.undecided
  if (undecided === undefined) return null
  const { run, silent, bivalent, component } = undecided
  const steps = run.steps.map(stepJson)
  return {
    inputs: inputsText(run.inputs),
    prefix: steps.slice(0, run.loop),
    cycle: steps.slice(run.loop),
    fairTo: silent < 0 ? 'all' : `all but process ${silent}`,
    silent: silent < 0 ? null : silent,
    bivalent,
    component: component ?? null,
    by: component === undefined ? 'adversary' : 'graph',
    replayed: run.replayed ?? false,
  }
}

function runJson(run: ToldRun): { readonly inputs: string; readonly steps: unknown } {
  return { inputs: inputsText(run.inputs), steps: run.steps.map(stepJson) }
}

function stepJson({ process, message, local, sends, decided }: ToldStep): unknown {
  return {
    process,
    message: message ?? null,
    local,
    sends,
    ...(decided === undefined ? {} : { decided }),
  }
}

function checkedJson(checked: Checked | undefined): unknown {
  return checked ?? null
}

function inputJson(each: InputFindings): unknown {
  const { inputs, stories: _, picture: __, stopped, delay, ...rest } = each
  const adversary = delay === undefined ? null : delayJson(delay)
  return { inputs: inputsText(inputs), ...rest, stopped: stopped ?? null, adversary }
}

function delayJson({ run, stages, ends, fates }: Delay): unknown {
  return { ends, stages, ...runJson(run), loop: run.loop ?? null, fates }
}
