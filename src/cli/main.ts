#!/usr/bin/env node
import { writeSync } from 'node:fs'

import { UserError } from '../core/user-error.ts'
import { visibleLines } from '../report/visible.ts'
import { EXIT } from './exit-code.ts'
import { crashText, runCommandLine } from './program.ts'
import { processTerminal } from './terminal.ts'

/** Node itself would end with 1 here, which means 'violated'. */
function crash(error: unknown): void {
  const known = error instanceof UserError
  try {
    writeSync(2, known ? `${visibleLines(error.text)}\n` : crashText(error))
  } finally {
    // After this nothing can be relied on, so nothing pending is waited for.
    process.exit(known ? EXIT.badInput : EXIT.crash)
  }
}

process.on('uncaughtException', crash)
process.on('unhandledRejection', crash)
process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal())
