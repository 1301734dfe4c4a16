import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canonical, Interner } from '../src/core/json.ts'
import type { Json } from '../src/core/json.ts'
import type { Operation } from '../src/core/operation.ts'
import type { Outcome } from '../src/core/verdict.ts'

/** What Porcupine said about one history. */
export interface PeerReport {
  readonly name: string
  readonly outcome: Outcome
  /** Calls of the model's step function. */
  readonly steps: number
  readonly cpuSeconds: number
}

export interface PeerPass {
  readonly histories: readonly PeerReport[]
  /** The median over passes of the processor time for all histories. */
  readonly passCpuSeconds: number
}

export interface PeerInput {
  readonly name: string
  readonly operations: readonly Operation[]
  readonly model: 'cas-register' | 'kv' | 'kv-whole'
  readonly initial: Json
}

/** The Go module stands beside the sources; this file runs from `dist/bench`. */
const MODULE = fileURLToPath(new URL('../../bench/peers/porcupine', import.meta.url))

/**
 * Runs Porcupine on the histories. A string is the reason why there is nothing to compare with: Go
 * is missing, or the module cannot be built.
 */
export async function runPorcupine(
  inputs: readonly PeerInput[],
  options: { readonly repetitions?: number; readonly timeoutSeconds?: number } = {},
): Promise<PeerPass | string> {
  if (spawnSync('go', ['version']).status !== 0) return 'Go is missing, so there is no Porcupine'
  const folder = await mkdtemp(join(tmpdir(), 'synod-bench-'))
  try {
    const program = join(folder, 'porcupine')
    const built = spawnSync('go', ['build', '-o', program, '.'], { cwd: MODULE, encoding: 'utf8' })
    if (built.status !== 0) return `Porcupine could not be built: ${built.stderr.trim()}`
    const file = join(folder, 'histories.jsonl')
    await writeFile(file, inputs.map((input) => `${JSON.stringify(plain(input))}\n`).join(''))
    const { repetitions = 7, timeoutSeconds = 20 } = options
    const flags = ['-repetitions', String(repetitions), '-timeout', `${timeoutSeconds}s`]
    const run = spawnSync(program, [...flags, file], { encoding: 'utf8', maxBuffer: 2 ** 28 })
    if (run.status !== 0) return `Porcupine failed: ${run.stderr.trim()}`
    return parse(run.stdout)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function parse(output: string): PeerPass {
  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PeerReport | Pick<PeerPass, 'passCpuSeconds'>)
  const histories = lines.filter((line): line is PeerReport => 'name' in line)
  const total = lines.find((line) => 'passCpuSeconds' in line)
  return { histories, passCpuSeconds: total?.passCpuSeconds ?? NaN }
}

/** The form that the Go program reads: values as small integers, 0 is the initial one. */
function plain({ name, model, initial, operations }: PeerInput) {
  const values = new Interner()
  values.id(initial)
  const latest = operations.reduce((last, op) => Math.max(last, op.called + 1), 0)
  const clients = new Interner()
  return {
    name,
    model,
    operations: operations.map((op) => {
      const unknown = op.result === undefined
      const pair = op.f === 'cas' ? (op.value as readonly [Json, Json]) : [null, op.value]
      return {
        client: clients.id(op.process),
        kind: op.f,
        unknown,
        call: op.called,
        return: unknown ? 2 * latest + 1 : op.returned,
        ...(model === 'cas-register'
          ? {
              from: values.id(pair[0]),
              to: values.id(pair[1]),
              seen: op.f === 'read' ? values.id(op.result) : 0,
              refused: op.result === false,
            }
          : { key: canonical(op.key), text: op.f === 'get' ? op.result : op.value }),
      }
    }),
  }
}
