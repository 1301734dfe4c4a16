import { styleText } from 'node:util'

import type { Change, Story, StoryStep } from '../core/story.ts'
import { columns, shown, visible, wrap } from './visible.ts'

export interface StoryTextOptions {
  /** In characters. */
  readonly width: number
  readonly colour?: boolean
  /** Whole states instead of what changed. */
  readonly full?: boolean
}

const LONGEST_TITLE = 36
/** Longer values are cut. */
const LONGEST_VALUE = 400

/** A story as numbered lines: what was done, and beside it what that changed. */
export function storyText(
  { steps, loop }: Story,
  { width, colour = false, full = false }: StoryTextOptions,
): string {
  const digits = String(Math.max(steps.length - 1, 0)).length
  const titles = steps.slice(1).map(({ title }) => Math.min(columns(visible(title)), LONGEST_TITLE))
  const title = Math.max(9, ...titles.slice(0, 1000))
  const grid = { number: digits + 2, title, rest: Math.max(30, width - digits - title - 8) }
  const lines = steps.map((step, at) => stepLines(step, at, grid, full, colour).join(''))
  return `${lines.join('')}${loopText(loop, steps.length)}`
}

interface Grid {
  readonly number: number
  readonly title: number
  readonly rest: number
}

function stepLines(
  step: StoryStep,
  at: number,
  { number, title, rest }: Grid,
  full: boolean,
  colour: boolean,
): readonly string[] {
  const name = visible(step.title)
  const bold = colour ? styleText('bold', name, { validateStream: false }) : name
  const begin = `  ${String(at).padStart(number)}  `
  const indent = ' '.repeat(columns(begin) + title + 2)
  const told = full || at === 0 ? stateLines(step, rest) : changeLines(step.changes, rest)
  if (columns(name) > title)
    return [`${begin}${bold}\n`, ...told.map((line) => `${indent}${line}\n`)]
  const [first = '', ...more] = told
  const blanks = ' '.repeat(title - columns(name))
  return [
    `${begin}${bold}${first === '' ? '' : `${blanks}  ${first}`}\n`,
    ...more.map((line) => `${indent}${line}\n`),
  ]
}

function stateLines({ state }: StoryStep, width: number): readonly string[] {
  return state.flatMap(({ name, text }) =>
    hanging(`${visible(name)}: ${shown(text, LONGEST_VALUE)}`, width),
  )
}

function changeLines(changes: readonly Change[], width: number): readonly string[] {
  if (changes.length === 0) return ['changes nothing']
  return changeTexts(changes).flatMap((text) => hanging(text, width))
}

/** A line for each place: `rm[rm0]: working -> prepared`, `msgs: - prepared(rm0), + commit`. */
export function changeTexts(changes: readonly Change[]): readonly string[] {
  const places = new Map<string, string[]>()
  for (const change of changes) {
    const texts = places.get(change.place)
    if (texts === undefined) places.set(change.place, [changeText(change)])
    else texts.push(changeText(change))
  }
  return [...places].map(([place, texts]) => `${visible(place)}: ${texts.join(', ')}`)
}

function changeText({ before, after }: Change): string {
  const old = shown(before ?? '', LONGEST_VALUE)
  const now = shown(after ?? '', LONGEST_VALUE)
  if (before === undefined) return `+ ${now}`
  return after === undefined ? `- ${old}` : `${old} -> ${now}`
}

function hanging(text: string, width: number): readonly string[] {
  return wrap(text, width - 2).map((line, at) => (at === 0 ? line : `  ${line}`))
}

function loopText(loop: number | undefined, count: number): string {
  if (loop === undefined) return ''
  if (loop === count - 1) return '\n  and then nothing need ever happen again\n'
  return `\n  and then as from step ${loop + 1} on, for ever\n`
}
