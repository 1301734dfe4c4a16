import type { Rule } from 'eslint'

export const arrows: Readonly<Record<string, readonly string[] | undefined>>
export function partOf(file: string): string | undefined
export function forbidden(from: string, to: string): string | undefined
export const arrowsRule: Rule.RuleModule
