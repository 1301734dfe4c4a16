import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What quoracle is asked; the script beside it says what the jobs are. */
export interface PeerQuestion {
  readonly job: 'load' | 'load-f1' | 'resilience' | 'search'
  readonly family?: 'majority' | 'rows' | 'grid' | 'bgrid'
  readonly size: readonly number[]
}

export interface PeerAnswer {
  readonly value: number
  /** The median of the time by the clock, without starting Python. */
  readonly seconds: number
  /** Processor time, that of its solver included. */
  readonly cpuSeconds: number
  readonly repetitions: number
}

/** The script stands beside the sources; this file runs from `dist/bench`. */
const SCRIPT = fileURLToPath(new URL('../../bench/peers/quoracle/measure.py', import.meta.url))
const VERSION = '0.0.4'

/** A Python that has the package: `QUORACLE_PYTHON`, or what is on the path. */
const python = process.env['QUORACLE_PYTHON'] ?? 'python3'

/** Why there is nothing to compare with, or undefined if there is. */
export function quoracleAbsent(): string | undefined {
  const ask = "import importlib.metadata, quoracle; print(importlib.metadata.version('quoracle'))"
  const run = spawnSync(python, ['-c', ask], { encoding: 'utf8', timeout: 60_000 })
  const install = `pip install quoracle==${VERSION}; QUORACLE_PYTHON names another interpreter`
  if (run.error !== undefined) return `no quoracle: ${python} cannot be started (${install})`
  if (run.status !== 0) return `no quoracle: ${python} does not have the package (${install})`
  const version = run.stdout.trim()
  return version === VERSION ? undefined : `quoracle ${version} is not ${VERSION} (${install})`
}

/** The answer, or why there is none: it took too long, or failed. */
export async function askQuoracle(
  question: PeerQuestion,
  limitSeconds: number,
): Promise<PeerAnswer | string> {
  const text = JSON.stringify({ ...question, limit: limitSeconds })
  // A group of its own, because its solver is a further process that has to end with it.
  const child = spawn(python, [SCRIPT, text], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const end = () => endGroup(child)
  const interrupted = (signal: NodeJS.Signals) => {
    end()
    process.removeListener(signal, interrupted)
    process.kill(process.pid, signal)
  }
  process.once('exit', end)
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  const started = performance.now()
  const timer = setTimeout(end, limitSeconds * 1000)
  try {
    const { output, faults } = await outputOf(child)
    if (output === '' && performance.now() - started >= limitSeconds * 1000)
      return `not within ${limitSeconds} s`
    if (output === '') return `failed: ${faults.trim().split('\n').at(-1) ?? ''}`
    return JSON.parse(output) as PeerAnswer
  } finally {
    clearTimeout(timer)
    end()
    process.removeListener('exit', end)
    process.removeListener('SIGINT', interrupted)
    process.removeListener('SIGTERM', interrupted)
  }
}

function outputOf(child: ChildProcess): Promise<{ output: string; faults: string }> {
  let output = ''
  let faults = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  child.stderr?.on('data', (chunk: Buffer) => (faults += chunk.toString('utf8')))
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ output: '', faults: error.message }))
    child.once('close', () => resolve({ output, faults }))
  })
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left in the group.
  }
}
