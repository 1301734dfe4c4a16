import { describe, expect, it } from 'vitest'
import { columns, cut, visible, wrap } from '../../src/report/visible.ts'
import { HOSTILE, UNSEEN } from './hostile.ts'

describe('text out of files', () => {
  it('spells out what could not be seen', () => {
    expect(visible('\u001b[1m\n\t\u202e\ud800\u{e0041}')).toBe(
      '\\x1b[1m\\n\\t\\u202e\\ud800\\u{e0041}',
    )
    expect(visible('plain é 漢 😀')).toBe('plain é 漢 😀')
    for (const text of HOSTILE) expect(visible(text)).not.toMatch(UNSEEN)
  })

  it('is measured in columns of a terminal', () => {
    expect(['abc', '漢字', '한글', '😀', 'e\u0301', '', 'ﬁ'].map(columns)).toEqual([
      3, 4, 4, 2, 1, 0, 1,
    ])
  })

  it('is cut with an ellipsis, never inside a character', () => {
    expect(cut('write 835', 9)).toBe('write 835')
    expect(cut('write 835', 8)).toBe('write 8…')
    expect(cut('write 835', 7)).toBe('write…')
    expect(cut('漢字漢字', 6)).toBe('漢字…')
    expect(cut('😀😀😀', 4)).toBe('😀…')
    expect(cut('abc', 1)).toBe('…')
    expect(cut('abc', 0)).toBe('')
    expect(cut('', 0)).toBe('')
    for (const text of HOSTILE) {
      for (const width of [0, 1, 2, 7, 30]) {
        const short = cut(visible(text), width)
        expect(columns(short)).toBeLessThanOrEqual(width)
        expect(short).not.toMatch(UNSEEN)
      }
    }
  })

  it('is wrapped between words', () => {
    expect(wrap('client 5 read 812', 9)).toEqual(['client 5', 'read 812'])
    expect(wrap('incomprehensibilities follow', 10)).toEqual(['incompreh…', 'follow'])
    expect(wrap('', 10)).toEqual([''])
  })
})
