import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

import { readJsonl } from '../core/jsonl.ts'
import { UserError } from '../core/user-error.ts'
import type { View } from '../node/index.ts'
import type { NodeAnswers, NodeIsTold, NodeSays } from './attached.ts'
import type { Address } from './link.ts'
import type { Watchdog } from './watchdog.ts'

/** How a process ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: string | null
  /** The last lines that it wrote to standard error. */
  readonly lines: readonly string[]
  /** We killed it. */
  readonly killed: boolean
}

export interface ChildOptions {
  readonly node: string
  /** The program and its arguments; the node is told by its standard input. */
  readonly command: readonly string[]
  readonly watchdog: Watchdog
  /** Default: 20,000. */
  readonly startMs?: number
  /** Told of every line that it writes to standard error. */
  said?(line: string): void
}

const LAST_LINES = 20
const ANSWER_MS = 500

type Told<Type> = Type extends unknown ? Omit<Type, 'ask'> : never

/** A node as a child process. */
export class ChildNode {
  readonly node: string
  /** Settles when the process has ended. */
  readonly ended: Promise<Ended>
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>
  readonly #answers = new Map<number, (says: NodeAnswers) => void>()
  readonly #lines: string[] = []
  #asked = 0
  #killed = false
  #address: Address | undefined

  private constructor({ node, command, watchdog, said }: ChildOptions) {
    this.node = node
    const [program = '', ...args] = command
    // A session of its own: an interrupt from the keyboard is for the recorder, which ends them.
    this.#process = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
    const { pid, stdin, stdout, stderr } = this.#process
    if (pid !== undefined) watchdog.watch(pid)
    stdin.on('error', () => undefined)
    keepLines(stderr, (line) => {
      this.#lines.push(line)
      if (this.#lines.length > LAST_LINES) this.#lines.shift()
      said?.(line)
    })
    this.ended = new Promise((resolve) => {
      const finish = (code: number | null, signal: string | null): void => {
        if (pid !== undefined) watchdog.forget(pid)
        resolve({ code, signal, lines: this.#lines, killed: this.#killed })
      }
      this.#process.on('error', (error) => {
        this.#lines.push(error.message)
        finish(null, null)
      })
      this.#process.on('close', finish)
    })
    void this.#listen(stdout)
  }

  /** @throws UserError with its last lines, if it ends before it listens */
  static async start(options: ChildOptions): Promise<ChildNode> {
    const child = new ChildNode(options)
    await child.#ready(options.startMs ?? 20_000)
    return child
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  get address(): Address | undefined {
    return this.#address
  }

  async view(): Promise<View | undefined> {
    return (await this.tell({ f: 'view' }))?.view
  }

  /** What it answers; `undefined` if it does not within half a second. */
  tell(told: Told<NodeIsTold>): Promise<NodeAnswers | undefined> {
    const ask = ++this.#asked
    this.#process.stdin.write(`${JSON.stringify({ ask, ...told })}\n`)
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#answers.delete(ask)
        resolve(undefined)
      }, ANSWER_MS)
      this.#answers.set(ask, (says) => {
        clearTimeout(timer)
        this.#answers.delete(ask)
        resolve(says)
      })
    })
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    this.#killed = true
    this.#process.kill('SIGKILL')
    await this.ended
  }

  pause(): void {
    this.#process.kill('SIGSTOP')
  }

  resume(): void {
    this.#process.kill('SIGCONT')
  }

  async #ready(startMs: number): Promise<void> {
    const timer = setTimeout(() => void this.kill(), startMs)
    const listens = new Promise<void>((resolve) => (this.#resolveReady = resolve))
    const ended = await Promise.race([listens, this.ended])
    clearTimeout(timer)
    if (ended === undefined) return
    const how = ended.killed ? `did not start within ${startMs / 1000} s` : endedText(ended)
    throw new UserError(`${this.node} ${how}`, { hint: lastLines(ended) })
  }

  #resolveReady: () => void = () => undefined

  async #listen(stdout: Readable): Promise<void> {
    try {
      for await (const { value } of readJsonl(stdout, { source: this.node })) {
        const says = value as NodeSays
        if ('answer' in says) this.#answers.get(says.answer)?.(says)
        else {
          this.#address = says.ready
          this.#resolveReady()
        }
      }
    } catch {
      // A killed process may leave half a line; that it has ended is said elsewhere.
    }
  }
}

/** `ended with exit code 254`, `was ended by SIGKILL`. */
export function endedText({ code, signal }: Ended): string {
  if (signal !== null) return `was ended by ${signal}`
  return code === null ? 'could not be started' : `ended with exit code ${code}`
}

function lastLines({ lines }: Ended): string {
  return lines.length === 0
    ? 'it wrote nothing to standard error'
    : `mend what it said last:\n${lines.map((line) => `    ${line}`).join('\n')}`
}

function keepLines(stream: Readable, keep: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) keep(line)
  })
  stream.on('end', () => {
    if (rest !== '') keep(rest)
  })
}
