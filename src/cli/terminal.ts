import type { ProgressOutput } from '../core/progress.ts'

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
    out: writer(stdout),
    err: writer(stderr),
    width: widthOf(stdout),
    // hasColors knows NO_COLOR and FORCE_COLOR.
    colour: stdout.isTTY && stdout.hasColors(),
    progress: stderr,
  }
}

function writer(stream: NodeJS.WriteStream): (text: string) => void {
  let gone = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    gone = true
  })
  return (text) => {
    if (!gone) stream.write(text)
  }
}

function widthOf(stream: NodeJS.WriteStream): number {
  // Absent when the output is a file or a pipe, in spite of its type.
  const columns = stream.columns as number | undefined
  return Math.min(Math.max(columns ?? 100, 60), 160)
}
