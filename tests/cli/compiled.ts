import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { packageFolder } from '../../src/core/package.ts'
import type { Ran } from './run.ts'

/** The program as users run it. `npm test` builds it first; SYNOD_PROGRAM names another build. */
export function compiledProgram(): string {
  const path = process.env['SYNOD_PROGRAM'] ?? join(packageFolder(), 'dist/src/cli/main.js')
  if (!existsSync(path)) throw new Error('the program is not built: npm run build')
  return path
}

/** Runs a shell command in which `synod` is the compiled program. */
export function shell(command: string, folder: string): Promise<Ran> {
  const synod = `'${process.execPath}' '${compiledProgram()}'`
  const script = `synod() { ${synod} "$@"; }\n${command}`
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', script], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === null) reject(new Error(`ended by ${signal ?? 'nothing'}`))
      else resolve({ exitCode: code, out, err })
    })
  })
}
