import { nearest } from '../core/nearest.ts'
import { UserError } from '../core/user-error.ts'
import type { Family } from '../quorum/families/family.ts'
import { families } from '../quorum/families/registry.ts'
import { wrap } from '../report/visible.ts'
import { EXIT } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import type { Terminal } from './terminal.ts'

/** `synod quorum families`. Answers the exit code. */
export function showFamilies(
  names: readonly string[],
  flags: { readonly json?: true },
  terminal: Terminal,
): number {
  for (const family of chosen(names)) {
    terminal.out(flags.json ? jsonLine(plain(family)) : familyText(family, terminal.width))
  }
  return EXIT.pass
}

function chosen(names: readonly string[]): readonly Family[] {
  if (names.length === 0) return families
  return names.map((name) => {
    const found = families.find((family) => family.name === name)
    if (found !== undefined) return found
    const close = nearest(
      name,
      families.map((family) => family.name),
    )
    throw new UserError(`no family is called '${name}'`, {
      where: 'synod quorum families',
      hint: close === undefined ? 'without a name it lists all' : `did you mean ${close}?`,
    })
  })
}

function plain({ name, parameters, rest, paper, example }: Family): object {
  return { name, parameters, ...(rest === undefined ? {} : { rest }), paper, example }
}

function familyText({ name, parameters, rest, paper, example }: Family, width: number): string {
  const described = parameters.map(({ name: parameter, meaning, default: value }) => {
    const otherwise = value === undefined ? '' : ` (${value})`
    return `${parameter}: ${meaning}${otherwise}`
  })
  const all = rest === undefined ? described : [...described, `...: ${rest.meaning}`]
  const lines = [...all, paper].flatMap((text) => wrap(text, width - 4))
  return `${name.padEnd(22)}  ${example}\n${lines.map((line) => `    ${line}\n`).join('')}`
}
