import { writeFile } from 'node:fs/promises'

import { showProgress, silent } from '../core/progress.ts'
import { UserError } from '../core/user-error.ts'
import { visibleLines } from '../report/visible.ts'
import { sharedConsensus } from '../valency/shared-memory/shared-consensus.ts'
import { EXIT, exitOf, worstExit } from './exit-code.ts'
import { askedProtocol, askedType } from './hierarchy-asked.ts'
import type { HierarchyFlags } from './hierarchy-flags.ts'
import { latticeJson, rowJson, sharedJson } from './hierarchy-json.ts'
import { hierarchyRow } from './hierarchy-row.ts'
import type { HierarchyRow } from './hierarchy-row.ts'
import { hierarchyText, latticeText, sharedText, typeText } from './hierarchy-text.ts'
import { jsonLine } from './json-line.ts'
import type { Terminal } from './terminal.ts'

const MOST = 4

/** `synod hierarchy`. Answers the exit code. */
export async function showHierarchy(flags: HierarchyFlags, terminal: Terminal): Promise<number> {
  checkFlags(flags)
  if (flags.protocol !== undefined) return showProtocol(flags.protocol, flags, terminal)
  if (flags.type !== undefined) return showType(flags.type, flags, terminal)
  return flags.lattice ? showLattice(flags, terminal) : showTable(flags, terminal)
}

async function showProtocol(
  text: string,
  flags: HierarchyFlags,
  terminal: Terminal,
): Promise<number> {
  const protocol = await askedProtocol(text)
  const started = performance.now()
  const found = sharedConsensus(protocol, {
    processes: flags.processes ?? 2,
    ...(flags.mutant === undefined ? {} : { mutant: flags.mutant }),
    budget: { seconds: flags.time },
  })
  const seconds = (performance.now() - started) / 1000
  terminal.out(
    flags.json
      ? jsonLine(sharedJson(found, seconds))
      : sharedText(protocol, found, seconds, terminal),
  )
  await draw(flags, terminal, async () => {
    const { sharedPage } = await import('./hierarchy-page.ts')
    return sharedPage(protocol, found, text)
  })
  return exitOf(found.outcome)
}

async function showType(text: string, flags: HierarchyFlags, terminal: Terminal): Promise<number> {
  const asked = await askedType(text)
  const row = hierarchyRow(asked, flags.processes ?? MOST, flags.time)
  terminal.out(flags.json ? jsonLine(rowJson(row)) : typeText(row, asked, terminal))
  await draw(flags, terminal, async () => {
    const { hierarchyPage } = await import('./hierarchy-page.ts')
    return hierarchyPage([row], undefined, text)
  })
  return exitOf(row.outcome)
}

async function showTable(flags: HierarchyFlags, terminal: Terminal): Promise<number> {
  const { objectTypes } = await import('../../suites/object-types.ts')
  const most = flags.processes ?? MOST
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  const rows: HierarchyRow[] = []
  try {
    for (const type of objectTypes) {
      progress.say(`${rows.length + 1} of ${objectTypes.length}, ${type.name}`)
      rows.push(hierarchyRow(type, most, flags.time))
      if (flags.json) terminal.out(jsonLine(rowJson(rows.at(-1))))
    }
  } finally {
    progress.stop()
  }
  if (!flags.json) terminal.out(hierarchyText(rows, most, terminal))
  await draw(flags, terminal, async () => {
    const { hierarchyPage } = await import('./hierarchy-page.ts')
    const { storeLattice } = await import('../../suites/store-lattice.ts')
    return hierarchyPage(rows, storeLattice(most, { seconds: flags.time }))
  })
  return worstExit(rows.map(({ outcome }) => exitOf(outcome)))
}

async function showLattice(flags: HierarchyFlags, terminal: Terminal): Promise<number> {
  const { storeLattice } = await import('../../suites/store-lattice.ts')
  const lattice = storeLattice(flags.processes ?? MOST, { seconds: flags.time })
  terminal.out(flags.json ? jsonLine(latticeJson(lattice)) : latticeText(lattice))
  await draw(flags, terminal, async () => {
    const { hierarchyPage } = await import('./hierarchy-page.ts')
    return hierarchyPage([], lattice)
  })
  const isOpen = lattice.points.some(({ number }) =>
    number.answers.some(({ answer }) => answer.outcome === 'unknown'),
  )
  return isOpen ? EXIT.unknown : EXIT.pass
}

async function draw(
  { html: file }: HierarchyFlags,
  terminal: Terminal,
  page: () => Promise<string>,
): Promise<void> {
  if (file === undefined) return
  const text = await page()
  try {
    await writeFile(file, text)
  } catch (cause) {
    throw new UserError(`the page cannot be written: ${(cause as Error).message}`, {
      where: file,
      hint: 'name a file in a folder that exists: --html hierarchy.html',
      cause,
    })
  }
  terminal.err(visibleLines(`drawn in ${file}\n`))
}

function checkFlags({ type, protocol, lattice, mutant }: HierarchyFlags): void {
  const asked = [
    ...(type === undefined ? [] : ['--type']),
    ...(protocol === undefined ? [] : ['--protocol']),
    ...(lattice === undefined ? [] : ['--lattice']),
  ]
  if (asked.length > 1)
    throw new UserError('these are different questions', {
      where: asked.join(' '),
      hint: `ask one after the other, ${asked[0] ?? ''} first`,
    })
  if (mutant !== undefined && protocol === undefined)
    throw new UserError('a bug is planted in a protocol', {
      where: '--mutant',
      hint: `add --protocol, as in --protocol compare-and-set --mutant ${mutant}`,
    })
}
