import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'

import { showProgress, silent } from '../core/progress.ts'
import type { Progress } from '../core/progress.ts'
import { UserError } from '../core/user-error.ts'
import { firstDifference } from '../notebook/difference.ts'
import { storedOutput, withOutputs } from '../notebook/notebook.ts'
import type { Figure } from '../notebook/printed.ts'
import { FIGURES, outputsOf } from '../notebook/printed.ts'
import type { Ran } from '../notebook/run.ts'
import { runNotebook } from '../notebook/run.ts'
import type { Compiler, TypeFault } from '../notebook/typescript.ts'
import { compilerBeside, typeFaults } from '../notebook/typescript.ts'
import { visibleLines } from '../report/visible.ts'
import { EXIT, worstExit } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import type { NotebooksFlags } from './notebooks-command.ts'
import type { ReadNotebook } from './notebooks-files.ts'
import { foundNotebooks, readNotebook, storedFigures } from './notebooks-files.ts'
import type { NotebookFinding } from './notebooks-text.ts'
import { findingText } from './notebooks-text.ts'
import type { Terminal } from './terminal.ts'

/** `synod notebooks`. Answers the exit code. */
export async function showNotebooks(
  names: readonly string[],
  flags: NotebooksFlags,
  terminal: Terminal,
): Promise<number> {
  const found = await foundNotebooks(names, flags.dir)
  const codes: number[] = []
  const all: ReadNotebook[] = []
  for (const each of found) {
    try {
      all.push(await readNotebook(each))
    } catch (error) {
      // The others are run all the same.
      if (!(error instanceof UserError)) throw error
      terminal.err(`${visibleLines(error.text)}\n`)
      codes.push(EXIT.badInput)
    }
  }
  const findings = all.length === 0 ? [] : await findingsOf(all, flags, terminal)
  if (flags.json) terminal.out(jsonLine({ notebooks: findings }))
  codes.push(...findings.map(codeOf))
  return worstExit(codes)
}

function codeOf({ outcome }: NotebookFinding): number {
  if (outcome === 'stopped') return EXIT.unknown
  return outcome === 'stale' || outcome === 'failed' ? EXIT.fail : EXIT.pass
}

async function findingsOf(
  all: readonly ReadNotebook[],
  flags: NotebooksFlags,
  terminal: Terminal,
): Promise<readonly NotebookFinding[]> {
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  const findings: NotebookFinding[] = []
  try {
    const compiler = await compilerBeside(all[0]?.path ?? '.')
    progress.say('checking the types of the notebooks')
    const faults = typeFaults(compiler, all)
    const waiting = runs(compiler, all, faults, flags, progress, terminal)
    for (const [at, notebook] of all.entries()) {
      const ran = await waiting[at]
      const finding = await toldOf(notebook, faults[at] ?? [], ran, flags)
      findings.push(finding)
      const text = findingText(finding, terminal)
      if (finding.outcome === 'failed' || finding.outcome === 'stopped') terminal.err(text)
      else if (!flags.json) terminal.out(text)
    }
  } finally {
    progress.stop()
  }
  return findings
}

/** Each is begun as soon as there is a processor for it. */
function runs(
  compiler: Compiler,
  all: readonly ReadNotebook[],
  faults: readonly (readonly TypeFault[])[],
  { time }: NotebooksFlags,
  progress: Progress,
  terminal: Terminal,
): readonly Promise<Ran | undefined>[] {
  const atOnce = Math.max(1, Math.min(availableParallelism(), all.length))
  const lanes: Promise<unknown>[] = Array.from({ length: atOnce }, () => Promise.resolve())
  return all.map((notebook, at) => {
    // What does not compile is told, and not run.
    if ((faults[at] ?? []).length > 0) return Promise.resolve(undefined)
    const lane = at % atOnce
    const before = lanes[lane] ?? Promise.resolve()
    const ran = before.then(() => {
      progress.say(`running ${notebook.file}, ${at + 1} of ${all.length}`)
      const warn = (text: string): void => {
        terminal.err(visibleLines(text))
      }
      return runNotebook(compiler, notebook, { seconds: time, warn })
    })
    lanes[lane] = ran.catch(() => undefined)
    return ran
  })
}

async function toldOf(
  read: ReadNotebook,
  faults: readonly TypeFault[],
  ran: Ran | undefined,
  { check, time }: NotebooksFlags,
): Promise<NotebookFinding> {
  const { file, notebook } = read
  const about = { file, blocks: notebook.blocks.length }
  if (ran === undefined) {
    return {
      ...about,
      outcome: 'failed',
      faults: faults.map(({ line, text }) => ({ line, text })),
    }
  }
  if (ran.outcome === 'failed') {
    return { ...about, outcome: 'failed', faults: [{ line: ran.line, text: ran.text }] }
  }
  if (ran.outcome === 'stopped') {
    const text = `the time (${time} s) was used up in this block`
    return { ...about, outcome: 'stopped', faults: [{ line: ran.line, text }] }
  }
  const { outputs, figures } = outputsOf(read.name, ran.printed)
  const place = placeTold(read, outputs, figures)
  if (place !== undefined) return { ...about, outcome: 'failed', faults: [place] }
  const stale = await staleParts(read, outputs, figures)
  const told = { ...about, figures: figures.length }
  if (stale.length === 0) return { ...told, outcome: 'current' }
  if (check) return { ...told, outcome: 'stale', stale }
  await write(read, outputs, figures)
  return { ...told, outcome: 'written', stale }
}

/** Output that says where this machine keeps its files would be another one elsewhere. */
function placeTold(
  { path, notebook }: ReadNotebook,
  outputs: readonly string[],
  figures: readonly Figure[],
): { readonly line: number; readonly text: string } | undefined {
  const folder = dirname(path)
  const text = 'this prints a path of this machine; name files relative to the notebook'
  const block = outputs.findIndex((output) => output.includes(folder))
  if (block >= 0) return { line: notebook.blocks[block]?.first ?? 1, text }
  const figure = figures.find(({ svg }) => svg.includes(folder))
  const drawn = outputs.findIndex((output) => output.includes(`(${figure?.path ?? ''})`))
  return figure === undefined ? undefined : { line: notebook.blocks[drawn]?.first ?? 1, text }
}

type Stale = NonNullable<NotebookFinding['stale']>[number]

/** What is stored and does not come out any more, in the order of the document. */
async function staleParts(
  read: ReadNotebook,
  outputs: readonly string[],
  figures: readonly Figure[],
): Promise<readonly Stale[]> {
  const { path, text, notebook } = read
  const parts: Stale[] = []
  for (const [index, block] of notebook.blocks.entries()) {
    const difference = firstDifference(storedOutput(notebook, block), outputs[index] ?? '')
    if (difference === undefined) continue
    // Both marks have a blank line to the output.
    const line = (block.output?.first ?? block.last) + (block.output ? difference.line + 1 : 0)
    parts.push({ line, block: index + 1, shown: difference.shown })
  }
  for (const { path: name, svg } of figures) {
    const stored = await readFile(resolve(dirname(path), name), 'utf8').catch(() => undefined)
    if (stored === undefined) parts.push({ file: name, shown: ['there is no such picture'] })
    else if (stored !== svg) {
      const { line = 1, shown = [] } = firstDifference(stored, svg) ?? {}
      parts.push({ file: name, line, shown: shown.map((each) => each.slice(0, 160)) })
    }
  }
  for (const name of await storedFigures(read, FIGURES)) {
    if (!figures.some((figure) => figure.path === name)) {
      parts.push({ file: name, shown: ['no block draws this picture any more'] })
    }
  }
  // Blank lines between a block and its output, and the like.
  if (parts.length === 0 && withOutputs(notebook, outputs) !== text) {
    const { line = 1, shown = [] } = firstDifference(text, withOutputs(notebook, outputs)) ?? {}
    parts.push({ line, shown })
  }
  return parts
}

async function write(
  read: ReadNotebook,
  outputs: readonly string[],
  figures: readonly Figure[],
): Promise<void> {
  const folder = dirname(read.path)
  try {
    if (figures.length > 0) await mkdir(resolve(folder, FIGURES), { recursive: true })
    for (const { path, svg } of figures) await writeFile(resolve(folder, path), svg)
    for (const name of await storedFigures(read, FIGURES)) {
      if (!figures.some((figure) => figure.path === name)) await rm(resolve(folder, name))
    }
    await writeFile(read.path, withOutputs(read.notebook, outputs))
  } catch (cause) {
    throw new UserError(`the notebook cannot be written: ${(cause as Error).message}`, {
      where: read.file,
      hint: 'may you write in its folder? --check writes nothing',
      cause,
    })
  }
}
