import { UserError } from '../core/user-error.ts'

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 60, m: 60, h: 3600 }

const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
}

/** `60s`, `500ms`, `2min`, `1h` as seconds. @throws UserError */
export function duration(option: string): (text: string) => number {
  return (text) => quantity(text, SECONDS, option, `${option} 60s, ${option} 500ms, ${option} 2min`)
}

/** `1GB`, `512MB`, `1.5GiB` as bytes. @throws UserError */
export function size(option: string): (text: string) => number {
  return (text) => Math.floor(quantity(text, BYTES, option, `${option} 1GB, ${option} 512MB`))
}

function quantity(
  text: string,
  units: Readonly<Record<string, number>>,
  option: string,
  examples: string,
): number {
  const [, number = '', letters = ''] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text.trim()) ?? []
  const names = Object.keys(units)
  const fault = (fact: string): UserError =>
    new UserError(fact, { where: option, hint: `for example ${examples}` })
  if (number === '') throw fault(`'${text}' is not a number with a unit`)
  if (letters === '') throw fault(`'${text}' has no unit: ${names.join(', ')}`)
  const name = names.find((unit) => unit.toLowerCase() === letters.toLowerCase())
  if (name === undefined) {
    throw fault(`'${letters}' is not a unit here: ${names.join(', ')}`)
  }
  const value = Number(number) * (units[name] ?? 1)
  if (!(value > 0)) throw fault(`'${text}' is no budget: it must be more than zero`)
  return value
}

/** `--nodes 6`, `--resilience 1`. @throws UserError */
export function countOption(option: string, least: number, most = 1e6): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text.trim()) ? Number(text) : NaN
    if (value >= least && value <= most) return value
    throw new UserError(`'${text}' is not a whole number from ${least} to ${most}`, {
      where: option,
      hint: `${option} ${Math.max(least, 1)}`,
    })
  }
}
