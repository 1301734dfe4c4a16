import { nearest } from '../../core/nearest.ts'
import type { UserError } from '../../core/user-error.ts'
import { counted } from '../../core/wording.ts'
import type { QuorumSystem } from '../system.ts'
import { errorAt, tokensOf } from '../tokens.ts'
import type { Token } from '../tokens.ts'
import * as byzantine from './byzantine.ts'
import { rangeProblem } from './family.ts'
import type { Family, Parameter } from './family.ts'
import * as grids from './grids.ts'
import { nucleus } from './nucleus.ts'
import { paths } from './paths.ts'
import { projectivePlane } from './planes.ts'
import * as protocols from './protocols.ts'
import * as thresholds from './thresholds.ts'
import * as trees from './trees.ts'
import * as walls from './walls.ts'
import { y } from './y.ts'

/** Every named family, the simple ones first. */
export const families: readonly Family[] = [
  thresholds.singleton,
  thresholds.majority,
  thresholds.threshold,
  thresholds.readWriteThreshold,
  thresholds.readOneWriteAll,
  thresholds.readAllWriteOne,
  thresholds.weighted,
  grids.fullGrid,
  grids.basicGrid,
  grids.gridWithCover,
  grids.readWriteGrid,
  grids.gridBelow,
  grids.gridProtocol,
  grids.bandedGrid,
  trees.tree,
  trees.hierarchy,
  trees.zookeeperGroups,
  walls.crumblingWall,
  walls.triangle,
  walls.wheel,
  projectivePlane,
  paths,
  y,
  nucleus,
  protocols.dynamo,
  protocols.flexiblePaxos,
  protocols.flexiblePaxosGrid,
  protocols.jointConsensus,
  byzantine.dissemination,
  byzantine.masking,
  byzantine.opaqueMasking,
  byzantine.maskingGrid,
  byzantine.originalMaskingGrid,
  byzantine.mGrid,
]

/** The family of a name, as `families` lists them; `undefined` where there is none. */
export function familyNamed(name: string): Family | undefined {
  return families.find((family) => family.name === name)
}

/**
 * The system of a text like `grid(rows=4,cols=4)`, `grid(4, 4)` or `wall(1,2,3)`; undefined for a
 * text that is no such call, as an expression over nodes.
 * @throws UserError for a call of a family with values it does not take, and for a call that has
 * only numbers but no family's name.
 */
export function familyCall(text: string): QuorumSystem | undefined {
  const call = readCall(text)
  if (call === undefined) return undefined
  const family = familyNamed(call.name)
  if (family === undefined) throw unknownFamily(text, call)
  return family.make(values(text, call, family))
}

/** As `grid(4, cols=4)`. */
interface Call {
  readonly name: string
  readonly at: number
  readonly end: number
  readonly parts: readonly { readonly key?: Token; readonly value: Token }[]
}

/** These are also words of the algebra: `majority(a, b, c)` is an expression. */
const WORDS_OF_EXPRESSIONS = new Set(['majority', 'choose'])

const WHOLE_NUMBER = /^\d+$/
const LIKE_A_NUMBER = /^[-\d.]+$/

function readCall(text: string): Call | undefined {
  const tokens = tokensOf(text)
  const [name, opening] = tokens
  const [closing] = tokens.slice(-2)
  if (name?.kind !== 'name' || name.quoted || opening?.value !== '(') return undefined
  if (closing?.value !== ')') return undefined
  const parts = partsOf(tokens.slice(2, -2))
  if (parts === undefined) return undefined
  const isExpression = WORDS_OF_EXPRESSIONS.has(name.value) || familyNamed(name.value) === undefined
  const isCall =
    parts.some(({ key }) => key !== undefined) ||
    (parts.length > 0 && parts.every(({ value }) => LIKE_A_NUMBER.test(value.value)))
  if (isExpression && (!isCall || name.value === 'choose')) return undefined
  return { name: name.value, at: name.at, end: closing.at, parts }
}

/** What stands between the brackets, if it is a list of `value` and `key=value`. */
function partsOf(tokens: readonly Token[]): Call['parts'] | undefined {
  const parts: { key?: Token; value: Token }[] = []
  let at = 0
  while (at < tokens.length) {
    const [first, sign, second] = tokens.slice(at, at + 3)
    if (first?.kind !== 'name' || first.quoted) return undefined
    if (sign?.value === '=') {
      if (second?.kind !== 'name') return undefined
      parts.push({ key: first, value: second })
      at += 3
    } else {
      parts.push({ value: first })
      at += 1
    }
    if (at === tokens.length) break
    if (tokens[at]?.value !== ',') return undefined
    at += 1
    if (at === tokens.length) return undefined
  }
  return parts
}

function values(text: string, call: Call, family: Family): number[] {
  const { parameters, rest } = family
  const given = parameters.map((): number | undefined => undefined)
  const further: number[] = []
  let place = 0
  for (const { key, value } of call.parts) {
    let parameter: Parameter | undefined
    if (key === undefined) {
      parameter = parameters[place] ?? rest
      if (parameter === undefined) {
        const fact = `${family.name} has only ${counted(parameters.length, 'parameter')}`
        throw errorAt(text, value.at, fact, family.example)
      }
      if (place < parameters.length && given[place] !== undefined) throw twice(text, value, family)
      if (place < parameters.length) given[place] = numberAt(text, value, family, parameter)
      else further.push(numberAt(text, value, family, parameter))
      place++
      continue
    }
    const at = parameters.findIndex(({ name }) => name === key.value)
    parameter = parameters[at]
    if (parameter === undefined) throw unknownParameter(text, key, family)
    if (given[at] !== undefined) throw twice(text, key, family)
    given[at] = numberAt(text, value, family, parameter)
  }
  parameters.forEach((parameter, at) => {
    const value = given[at] ?? parameter.default
    if (value !== undefined) given[at] = value
    else {
      const fact = `${family.name} needs ${parameter.name}, ${parameter.meaning}`
      throw errorAt(text, call.end, fact, family.example)
    }
  })
  return [...(given as number[]), ...further]
}

function numberAt(text: string, token: Token, family: Family, parameter: Parameter): number {
  const value = WHOLE_NUMBER.test(token.value) ? Number(token.value) : NaN
  const problem = rangeProblem(parameter, value)
  if (problem === undefined) return value
  throw errorAt(text, token.at, `${token.value} cannot be ${problem}`, family.example)
}

function twice(text: string, token: Token, family: Family): UserError {
  return errorAt(text, token.at, 'this parameter is given twice', family.example)
}

function unknownParameter(text: string, key: Token, family: Family): UserError {
  const names = family.parameters.map(({ name }) => name)
  const fact = `${family.name} has no parameter ${key.value}`
  const close = nearest(key.value, names)
  const hint = close === undefined ? family.example : `did you mean ${close}?`
  return errorAt(text, key.at, fact, hint)
}

function unknownFamily(text: string, call: Call): UserError {
  const names = families.map(({ name }) => name)
  const guess = familyNamed(nearest(call.name, names) ?? '')
  const fact = `there is no family ${call.name}`
  return errorAt(text, call.at, fact, guess?.example ?? `one of ${names.join(', ')}`)
}
