import type { ExploreFlags } from './explore-flags.ts'
import type { AskedModel } from './explore-spec.ts'

type Which = Pick<ExploreFlags, 'param'> &
  Partial<Pick<ExploreFlags, 'symmetry' | 'partialOrder' | 'depthFirst' | 'invariant' | 'property'>>

/** The command line that asks the same again, as a shell takes it. */
export function commandOf(
  { text, parameters, spec, mutant }: Pick<AskedModel, 'text' | 'parameters' | 'spec' | 'mutant'>,
  flags: Partial<Which>,
): string {
  const changed = Object.entries(parameters).filter(
    ([name, value]) => spec.parameters[name] !== value,
  )
  const words = [
    ...changed.flatMap(([name, value]) => ['--param', `${name}=${String(value)}`]),
    ...(mutant === undefined ? [] : ['--mutant', mutant]),
    ...(flags.symmetry ? ['--symmetry'] : []),
    ...(flags.partialOrder ? ['--partial-order'] : []),
    ...(flags.depthFirst ? ['--depth-first'] : []),
    ...(flags.invariant ?? []).flatMap((name) => ['--invariant', name]),
    ...(flags.property ?? []).flatMap((name) => ['--property', name]),
  ]
  return ['synod', 'explore', text, ...words].map(quoted).join(' ')
}

function quoted(word: string): string {
  return /^[\w./@%+=:,#-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
