/**
 * Measures what the project promises about speed: `npm run bench -- [theme...] [--json]
 * [--save DIR]`.
 * Times differ from machine to machine, so this is a program to read, not a test; what can be
 * compared with a peer is compared with it in the same run. Recordings of others are looked for
 * under SYNOD_DATA.
 */
import { Command, CommanderError } from 'commander'
import { saveBench } from '../src/core/bench-file.ts'
import { synodVersion } from '../src/core/package.ts'
import { thisMachine } from '../src/core/results.ts'
import { compared } from './compared.ts'
import { explore } from './explore.ts'
import { large } from './large.ts'
import { quoracle } from './quorums-compared.ts'
import { quorumsMeasured } from './quorums-measured.ts'
import { quorums } from './quorums.ts'
import { reading } from './reading.ts'
import type { Row, Theme } from './row.ts'
import { machineText, rowText, standing } from './row.ts'
import { search } from './search.ts'
import { sequentially } from './sequentially.ts'
import { simulator } from './simulate.ts'
import { stateright } from './stateright.ts'
import { staterightCode } from './stateright-code.ts'
import { valencyBench } from './valency.ts'

const THEMES: Readonly<Record<string, Theme>> = {
  compared,
  large,
  search,
  sequentially,
  reading,
  quorums,
  quoracle,
  'quorums-measured': quorumsMeasured,
  explore,
  stateright,
  'stateright-code': staterightCode,
  simulate: simulator,
  valency: valencyBench,
}

/** As all commands end that cannot be understood. */
const BAD_INPUT = 254

interface Asked {
  readonly json: boolean
  readonly save?: string
}

try {
  await new Command('npm run bench --')
    .description('Measures what is promised about speed, beside peers where they are present.')
    .argument('[theme...]', `of ${Object.keys(THEMES).join(', ')}; default: all`)
    .option('--json', 'the rows and the machine as JSON', false)
    .option('--save <folder>', 'where the rows are kept for `synod report`: results/runs')
    .exitOverride()
    .action(main)
    .parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : BAD_INPUT
}

async function main(themes: readonly string[], asked: Asked): Promise<void> {
  const unknown = themes.filter((name) => !Object.hasOwn(THEMES, name))
  if (unknown.length === 0) return run(themes.length > 0 ? themes : Object.keys(THEMES), asked)
  console.error(`error: there is no theme ${unknown.join(', ')}`)
  console.error(`  try: one of ${Object.keys(THEMES).join(', ')}`)
  process.exitCode = BAD_INPUT
}

async function run(names: readonly string[], { json, save }: Asked): Promise<void> {
  const rows: Row[] = []
  const started = new Date().toISOString()
  if (!json) console.log(`${machineText()}\n`)
  for (const name of names) {
    await THEMES[name]?.((row) => {
      rows.push(row)
      if (!json) console.log(rowText(row))
    })
  }
  const judged = rows.map((row) => ({ ...row, standing: standing(row) }))
  if (save !== undefined) {
    const header = { bench: 1, synod: synodVersion(), started, machine: thisMachine() } as const
    console.error(`saved in ${await saveBench(save, { ...header, rows: judged })}`)
  }
  if (json) {
    console.log(JSON.stringify({ machine: thisMachine(), rows: judged }))
  }
  if (rows.some((row) => row.faults.length > 0)) process.exitCode = 1
}
