import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

/**
 * Reads process groups that begin (`+12`) and end (`-12`). When its input closes, because the
 * process that wrote to it is gone, it kills those that are left.
 */
const SCRIPT = `
groups=' '
while read -r line; do
  group=\${line#?}
  case $line in
    +*) groups="$groups$group " ;;
    -*) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for group in $groups; do kill -KILL -- "-$group" 2>&-; done
`

/**
 * A process that outlives this one by a moment: it kills the process groups that were entrusted to
 * it when this process ends, whatever way, SIGKILL included. Groups that are stopped die as well.
 * Only when the guard is killed too is nobody left to do it.
 */
export class OrphanGuard {
  readonly #child: ChildProcess

  constructor() {
    // A session of its own, so that an interrupt from the terminal does not reach it.
    this.#child = spawn('/bin/sh', ['-c', SCRIPT], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    // Without a guard the run goes on; it just has to end in an orderly way.
    this.#child.on('error', () => undefined)
    this.#child.stdin?.on('error', () => undefined)
    this.#child.unref()
    const { stdin } = this.#child
    if (stdin !== null && 'unref' in stdin) (stdin as { unref: () => void }).unref()
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  add(group: number): void {
    this.#child.stdin?.write(`+${group}\n`)
  }

  remove(group: number): void {
    this.#child.stdin?.write(`-${group}\n`)
  }

  /** Kills what is left, and ends. */
  close(): void {
    this.#child.stdin?.end()
  }
}
