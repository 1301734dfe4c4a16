import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'

import { isBlank, readLines } from '../../core/jsonl.ts'
import { UserError } from '../../core/user-error.ts'
import { lineOf, parseEnvelope } from './message.ts'
import type { Envelope } from './message.ts'
import type { Watchdog } from '../watchdog.ts'

export interface NodeCommand {
  readonly program: string
  readonly arguments: readonly string[]
  /** The working directory. */
  readonly directory: string
}

export interface NodeListener {
  message(envelope: Envelope): void
  /** It wrote something that is no message, or ended although nobody killed it. */
  failed(error: UserError): void
  /** A line of its standard error. */
  log(line: string): void
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>

/** So many last lines of each stream are shown when a node fails. */
const LAST_LINES = 32
/** How long the streams of a node that has ended are still read. */
const AFTERMATH_MS = 300
const LONGEST_LINE = 16 * 1024 * 1024

/** One node: a process that is started, and may be killed, paused and started again. */
export class NodeProcess {
  readonly name: string
  readonly #command: NodeCommand
  readonly #watchdog: Watchdog
  readonly #listener: NodeListener
  readonly #lines: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] }
  #child: Child | undefined
  #closed: Promise<unknown> = Promise.resolve()

  constructor(name: string, command: NodeCommand, watchdog: Watchdog, listener: NodeListener) {
    this.name = name
    this.#command = command
    this.#watchdog = watchdog
    this.#listener = listener
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  start(): void {
    const { program, arguments: given, directory } = this.#command
    // A process group of its own: whatever it starts is paused and killed with it.
    const child = spawn(program, given, {
      cwd: directory,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    this.#child = child
    const { pid } = child
    if (pid !== undefined) this.#watchdog.watch(-pid)
    child.on('error', (cause) => {
      if (this.#child === child && pid === undefined)
        this.#listener.failed(notStarted(program, cause))
    })
    // A node that reads no more is noticed when it ends.
    child.stdin.on('error', () => undefined)
    // What it has started may have left its group, and keep the streams open for ever.
    child.on('exit', () => {
      const close = (): void => {
        child.stdout.destroy()
        child.stderr.destroy()
      }
      setTimeout(close, AFTERMATH_MS).unref()
    })
    const read = [this.#readMessages(child), this.#readLog(child)]
    this.#closed = once(child, 'close').then(
      async ([code, signal]) => {
        await Promise.all(read)
        if (pid !== undefined) this.#endGroup(pid)
        if (this.#child === child)
          this.#listener.failed(this.#died(code as number, signal as string))
      },
      () => undefined,
    )
  }

  write(envelope: Envelope): void {
    this.#child?.stdin.write(`${lineOf(envelope)}\n`)
  }

  /** Kills it at once, with all that it started. Answers when it is gone. */
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child?.pid !== undefined) signalGroup(child.pid, 'SIGKILL')
    await this.#closed
  }

  pause(): void {
    if (this.#child?.pid !== undefined) signalGroup(this.#child.pid, 'SIGSTOP')
  }

  resume(): void {
    if (this.#child?.pid !== undefined) signalGroup(this.#child.pid, 'SIGCONT')
  }

  /** The last lines of both streams, as they are shown when something went wrong. */
  lastLines(): string {
    return (['stdout', 'stderr'] as const)
      .map((stream) => {
        const lines = this.#lines[stream]
        if (lines.length === 0) return `  ${this.name} wrote nothing to ${stream}`
        const indented = lines.map((one) => `    ${one}`)
        return [`  the end of ${stream} of ${this.name}:`, ...indented].join('\n')
      })
      .join('\n')
  }

  async #readMessages(child: Child): Promise<void> {
    const source = `stdout of ${this.name}`
    try {
      for await (const { lines } of readLines(child.stdout, {
        source,
        maxLineBytes: LONGEST_LINE,
      })) {
        for (const line of lines) {
          // What a node says after it was killed was not sent any more.
          if (this.#child !== child) return
          if (line instanceof UserError) this.#chatters(line.message)
          else if (!isBlank(line)) this.#take(line)
        }
      }
    } catch {
      // The stream broke: the process is gone, and that is noticed there.
    }
  }

  #take(line: string): void {
    this.#remember('stdout', line)
    const envelope = parseEnvelope(line)
    if (typeof envelope === 'string') this.#chatters(envelope)
    else this.#listener.message(envelope)
  }

  #chatters(why: string): void {
    this.#listener.failed(
      new UserError(`${this.name} wrote a line to stdout that is no message: ${why}`, {
        where: this.#command.program,
        hint: `write everything else to stderr\n${this.lastLines()}`,
      }),
    )
  }

  async #readLog(child: Child): Promise<void> {
    try {
      const options = { source: `stderr of ${this.name}`, maxLineBytes: LONGEST_LINE }
      for await (const { lines } of readLines(child.stderr, options)) {
        for (const line of lines) {
          const text = line instanceof UserError ? `(${line.message})` : line
          this.#remember('stderr', text)
          this.#listener.log(text)
        }
      }
    } catch {
      // As above.
    }
  }

  #remember(stream: 'stdout' | 'stderr', line: string): void {
    const lines = this.#lines[stream]
    lines.push(line.length > 500 ? `${line.slice(0, 500)}…` : line)
    if (lines.length > LAST_LINES) lines.shift()
  }

  /** What the program started itself must not outlive it. */
  #endGroup(pid: number): void {
    signalGroup(pid, 'SIGKILL')
    this.#watchdog.forget(-pid)
  }

  #died(code: number | null, signal: string | null): UserError {
    const how =
      code === null ? `was ended by ${signal ?? 'a signal'}` : `ended with exit code ${code}`
    return new UserError(`${this.name} ${how}, and nobody had asked it to`, {
      where: this.#command.program,
      hint: `a node runs until it is killed; does it start by hand?\n${this.lastLines()}`,
    })
  }
}

/** Sends a signal to a process and all that it started, as far as they are still there. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is gone.
  }
}

function notStarted(program: string, cause: Error): UserError {
  const { code } = cause as NodeJS.ErrnoException
  const [fact, hint] =
    code === 'ENOENT'
      ? ['there is no such program', 'name a file, or a program of your PATH: --bin ./node']
      : code === 'EACCES'
        ? [
            'this may not be executed',
            `chmod +x ${program}, or name its interpreter: --bin python3 -- ${program}`,
          ]
        : [`this cannot be started: ${cause.message}`, 'does it start by hand?']
  return new UserError(fact, { where: program, hint, cause })
}
