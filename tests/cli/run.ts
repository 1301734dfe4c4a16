import { runCommandLine } from '../../src/cli/program.ts'

export interface Ran {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

/** Runs a command line in this process, as the program does in its own. */
export async function run(args: readonly string[], input = ''): Promise<Ran> {
  let out = ''
  let err = ''
  const exitCode = await runCommandLine(args, {
    input: (async function* () {
      await Promise.resolve()
      yield new TextEncoder().encode(input)
    })(),
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    width: 100,
    colour: false,
  })
  return { exitCode, out, err }
}
