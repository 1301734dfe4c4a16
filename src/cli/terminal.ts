import type { ProgressOutput } from '../core/progress.ts'
import { UserError } from '../core/user-error.ts'

/** What a command sees of the world around it; tests give it another one. */
export interface Terminal {
  readonly input: AsyncIterable<Uint8Array>
  /** Results go here, and nothing else. */
  out(text: string): void
  /** Everything else goes here. */
  err(text: string): void
  /** In characters. */
  readonly width: number
  readonly colour: boolean
  /** Absent: no progress is shown. */
  readonly progress?: ProgressOutput
}

/**
 * The terminal of this process. A reader that goes away (`| head`) ends the output, not the
 * command.
 */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process
  return {
    input: stdin,
    out: writer(stdout, 'standard output'),
    err: writer(stderr, 'standard error'),
    width: widthOf(stdout),
    // hasColors knows NO_COLOR and FORCE_COLOR.
    colour: stdout.isTTY && stdout.hasColors(),
    progress: stderr,
  }
}

function writer(stream: NodeJS.WriteStream, where: string): (text: string) => void {
  let gone = false
  const failed = (cause: unknown): void => {
    const { code, message } = cause as NodeJS.ErrnoException
    gone = true
    if (code === 'EPIPE') return
    const hint = 'is the disk full, or the file closed? Name another one'
    throw new UserError(`this cannot be written: ${message}`, { where, hint, cause })
  }
  stream.on('error', failed)
  return (text) => {
    if (gone) return
    try {
      stream.write(text)
    } catch (cause) {
      // Files are written at once, and throw at once.
      failed(cause)
    }
  }
}

function widthOf(stream: NodeJS.WriteStream): number {
  // Absent when the output is a file or a pipe, in spite of its type.
  const columns = stream.columns as number | undefined
  return Math.min(Math.max(columns ?? 100, 60), 160)
}
