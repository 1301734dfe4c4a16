/** A command of a document and what it prints, as in a block ```console. */
export interface Transcript {
  /** Without `$ synod`. */
  readonly args: readonly string[]
  readonly shown: string
  /** The block as it stands in the document. */
  readonly block: string
}

export function transcripts(document: string): readonly Transcript[] {
  return [...document.matchAll(/^```console\n([^]*?)^```$/gm)].map(([, block = '']) => {
    const [prompt = '', ...shown] = block.split('\n')
    if (!prompt.startsWith('$ synod ')) throw new Error(`not a command of synod: ${prompt}`)
    return { args: shellWords(prompt.slice('$ synod '.length)), shown: shown.join('\n'), block }
  })
}

/** As a shell takes them apart, as far as documents need it: blanks and single quotes. */
export function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''))
}

/** Durations differ from run to run; what else is shown does not. */
export function shapeOf(text: string): string {
  return text.replace(/\d+(\.\d+)? (ns|µs|ms|s|min)\b( \d+ s)?/g, '… s').replace(/ +(?=…)/g, ' ')
}

/**
 * The document with what its commands print now. Where nothing but durations differs, it stays as
 * it is.
 */
export async function refreshed(
  document: string,
  run: (args: readonly string[]) => Promise<{ readonly out: string }>,
): Promise<string> {
  let current = document
  for (const { args, shown, block } of transcripts(document)) {
    const { out } = await run(args)
    if (shapeOf(out) === shapeOf(shown)) continue
    const [prompt = ''] = block.split('\n')
    current = current.replace(`${block}\`\`\``, () => `${prompt}\n${out}\`\`\``)
  }
  return current
}
