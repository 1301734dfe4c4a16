import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { casRegister } from '../checkers/models/cas-register.ts'
import { sequential } from '../checkers/sequential.ts'
import { readHistory } from '../src/history/read-history.ts'
import type { Theme } from './row.ts'
import { atMost } from './row.ts'

const FOLDER = fileURLToPath(new URL('../../examples/histories', import.meta.url))

const RECORDINGS = ['etcd-lin-faults', 'etcd-ser-partition', 'zk-plain-partition']

/**
 * Sequential consistency of our own recordings, their three keys together, as it does not compose.
 */
export const sequentially: Theme = async (report) => {
  for (const name of RECORDINGS) {
    const history = await readHistory(join(FOLDER, `${name}.jsonl`))
    const started = performance.now()
    const verdict = sequential.check(history, { model: casRegister, budget: { seconds: 60 } })
    const figure = (performance.now() - started) / 1000
    const faults = verdict.outcome === 'pass' ? [] : [`${name}: ${verdict.outcome}`]
    const note = `cold; ${history.operations.length} operations, an order found; ${verdict.engine}`
    const work = `sequential consistency of ${name}`
    report({ work, figure, unit: 's', bar: atMost(5), faults, note })
  }
}
