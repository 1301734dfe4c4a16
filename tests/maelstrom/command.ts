import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import type { MaelstromCheck } from '../../src/cli/maelstrom-judge.ts'
import type { Ran } from '../cli/run.ts'
import { run } from '../cli/run.ts'

/** A program of examples/maelstrom. */
export function example(name: string): string {
  return fileURLToPath(new URL(`../../examples/maelstrom/${name}`, import.meta.url))
}

export const NO_PYTHON = 'no python3 here'

const hasPython = spawnSync('python3', ['--version'], { stdio: 'ignore' }).status === 0

/** Whether a program is of a language that this machine does not have. */
export const lacksPython = (program: string): boolean => program.endsWith('.py') && !hasPython

/** What `synod maelstrom test --json` prints, as far as tests look at it. */
export interface Found {
  readonly outcome: string
  readonly checks: readonly MaelstromCheck[]
  readonly faults: readonly unknown[]
  readonly operations: {
    readonly done: number
    readonly refused: number
    readonly unknown: number
  }
  readonly messages: { readonly sent: number; readonly lost: number }
  readonly seconds: number
}

/** Nodes have little to forget, and little time to agree. */
export const SHORT = '--for 700ms --rate 200 --quiet 2s'
export const PARTED = '--faults partition --fault-links nodes --quiet 300ms'

/** Runs `synod maelstrom test` with options as on the command line. */
export function maelstromTest(options: string): Promise<Ran> {
  return run(['maelstrom', 'test', ...options.split(' ').filter((word) => word !== '')])
}

/** The same, and what it found. */
export async function found(options: string): Promise<Found> {
  const { out, err } = await maelstromTest(`--json ${options}`)
  if (out === '') throw new Error(err)
  return JSON.parse(out) as Found
}

/** The checks that failed, by name. */
export function broken({ checks }: Found): readonly string[] {
  return checks.filter(({ outcome }) => outcome !== 'pass').map(({ name }) => name)
}

/**
 * What is found broken in a program under the first seed of a few under which anything is. One is
 * nearly always enough, but on a busy machine little is done in a second.
 */
export async function firstBroken(program: string, options: string): Promise<readonly string[]> {
  for (let seed = 1; seed <= 4; seed++) {
    const names = broken(await found(`--bin ${example(program)} ${options} --seed ${seed}`))
    if (names.length > 0) return names
  }
  return []
}
