import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

/**
 * Reads `+ PID` and `- PID`, and when its input ends kills all that are left. It ends when whoever
 * holds the other end is gone, however that came about.
 */
const SCRIPT = `
pids=
while read -r sign pid; do
  others=
  for each in $pids; do [ "$each" = "$pid" ] || others="$others $each"; done
  pids=$others
  [ "$sign" = + ] && pids="$pids $pid"
done
[ -n "$pids" ] && kill -KILL $pids 2>/dev/null
`

/**
 * A process that outlives this one for a moment and kills its children, also those that are stopped
 * and could not notice that their parent is gone. It is a session of its own, so that a signal from
 * the keyboard does not reach it. Where there is no POSIX shell, those that are not stopped still
 * end by themselves when their standard input does.
 */
export class Watchdog {
  readonly #process: ChildProcess

  constructor() {
    this.#process = spawn('sh', ['-c', SCRIPT], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    this.#process.on('error', () => undefined)
    this.#process.stdin?.on('error', () => undefined)
    this.#process.unref()
  }

  watch(pid: number): void {
    this.#process.stdin?.write(`+ ${pid}\n`)
  }

  /** It has ended: its number may be given to somebody else. */
  forget(pid: number): void {
    this.#process.stdin?.write(`- ${pid}\n`)
  }

  close(): void {
    this.#process.stdin?.end()
  }
}
