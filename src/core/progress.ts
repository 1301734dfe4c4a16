import { performance } from 'node:perf_hooks'

/** Where progress goes: standard error, as standard output is for results. */
export interface ProgressOutput {
  write(text: string): unknown
  /** True if a person is watching. */
  readonly isTTY?: boolean | undefined
}

export interface Progress {
  /** What is being done now, in a few words. */
  say(text: string): void
  /** Takes the live line away; nothing is shown any more. */
  stop(): void
}

/** Between two plain lines, where nobody watches a live one. */
const QUIET_MS = 10_000

/** Shows nothing: for libraries and tests. */
export const silent: Progress = { say: () => undefined, stop: () => undefined }

/**
 * A live line on a terminal; elsewhere one plain line every ten seconds, so that logs stay short.
 */
export async function showProgress(
  output: ProgressOutput,
  now = () => performance.now(),
): Promise<Progress> {
  return output.isTTY === true
    ? liveLine(output as unknown as NodeJS.WritableStream)
    : plainLines(output, now)
}

async function liveLine(stream: NodeJS.WritableStream): Promise<Progress> {
  // Loaded only where it is seen, as loading it takes longer than judging a small history.
  const { default: ora } = await import('ora')
  // The cursor stays and the keyboard is left alone: an interrupted run then needs no cleaning up.
  const spinner = ora({ stream, hideCursor: false, discardStdin: false })
  return {
    say: (text) => {
      spinner.text = text
      if (spinner.isSpinning) spinner.render()
      else spinner.start()
    },
    stop: () => {
      spinner.stop()
    },
  }
}

function plainLines(output: ProgressOutput, now: () => number): Progress {
  const started = now()
  let latest: string | undefined
  let written = started
  const write = (): void => {
    if (latest === undefined || now() - written < QUIET_MS) return
    written = now()
    output.write(`${latest} (${Math.round((now() - started) / 1000)} s)\n`)
  }
  // A timer, as one long step says nothing by itself; unref'd, as it must not keep the process.
  const timer = setInterval(write, 1000).unref()
  return {
    say: (text) => {
      latest = text
      write()
    },
    stop: () => {
      clearInterval(timer)
    },
  }
}
