/**
 * Measures what the project promises about speed: `node dist/bench/run.js [theme...] [--json]
 * [--save DIR]`.
 * Times differ from machine to machine, so this is a program to read, not a test; what can be
 * compared with a peer is compared with it in the same run. Recordings of others are looked for
 * under SYNOD_DATA.
 */
import { parseArgs } from 'node:util'
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
  simulate: simulator,
  valency: valencyBench,
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, save: { type: 'string' } },
  allowPositionals: true,
})
const unknown = positionals.filter((name) => !Object.hasOwn(THEMES, name))
if (unknown.length > 0) {
  console.error(`error: there is no theme ${unknown.join(', ')}`)
  console.error(`  try: one of ${Object.keys(THEMES).join(', ')}`)
  process.exitCode = 254
} else {
  await run(positionals.length > 0 ? positionals : Object.keys(THEMES))
}

async function run(names: readonly string[]): Promise<void> {
  const rows: Row[] = []
  const started = new Date().toISOString()
  if (!values.json) console.log(`${machineText()}\n`)
  for (const name of names) {
    await THEMES[name]?.((row) => {
      rows.push(row)
      if (!values.json) console.log(rowText(row))
    })
  }
  const judged = rows.map((row) => ({ ...row, standing: standing(row) }))
  if (values.save !== undefined) {
    const header = { bench: 1, synod: synodVersion(), started, machine: thisMachine() } as const
    console.error(`saved in ${await saveBench(values.save, { ...header, rows: judged })}`)
  }
  if (values.json) {
    console.log(JSON.stringify({ machine: thisMachine(), rows: judged }))
  }
  if (rows.some((row) => row.faults.length > 0)) process.exitCode = 1
}
