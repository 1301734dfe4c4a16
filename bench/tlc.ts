import { spawnSync } from 'node:child_process'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface TlcAnswer {
  readonly distinctStates: number
  readonly generatedStates: number
  /** By the clock, Java's start included. */
  readonly seconds: number
}

/** The module stands beside the sources; this file runs from `dist/bench`. */
const MODULE = fileURLToPath(new URL('../../bench/peers/tlc/TwoPhase.tla', import.meta.url))

/** TLC's jar, from github.com/tlaplus/tlaplus. */
const jar = process.env['TLC_JAR']

/** Why there is nothing to compare with, or undefined if there is. */
export function tlcAbsent(): string | undefined {
  if (jar === undefined) return 'TLC_JAR names no tla2tools.jar'
  if (!existsSync(jar)) return `TLC_JAR: there is no ${jar}`
  return spawnSync('java', ['-version']).status === 0 ? undefined : 'Java is missing'
}

/** Two-phase commit with so many resource managers, with one worker. */
export async function askTlc(resourceManagers: number): Promise<TlcAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'synod-tlc-'))
  try {
    await copyFile(MODULE, join(folder, 'TwoPhase.tla'))
    const configuration = [
      `CONSTANT N = ${resourceManagers}`,
      'SPECIFICATION Spec',
      'INVARIANT Agreement',
      'CHECK_DEADLOCK FALSE',
    ]
    await writeFile(join(folder, 'TwoPhase.cfg'), `${configuration.join('\n')}\n`)
    const started = performance.now()
    const flags = ['-XX:+UseParallelGC', '-cp', jar ?? '', 'tlc2.TLC', '-workers', '1']
    const run = spawnSync('java', [...flags, 'TwoPhase'], { cwd: folder, encoding: 'utf8' })
    const seconds = (performance.now() - started) / 1000
    const counts = /(\d+) states generated, (\d+) distinct states found, 0 states/.exec(run.stdout)
    if (counts === null) throw new Error(`TLC said: ${run.stdout}${run.stderr}`)
    return { generatedStates: Number(counts[1]), distinctStates: Number(counts[2]), seconds }
  } finally {
    await rm(folder, { recursive: true })
  }
}
