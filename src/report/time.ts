import type { Timeline } from '../core/timeline.ts'

/** 4.8 s; 12 ms; 350 µs; 80 ns. Two to three digits, as people say it. */
export function durationText(nanoseconds: number): string {
  if (!Number.isFinite(nanoseconds)) return 'for ever'
  const size = Math.abs(nanoseconds)
  if (size >= 120e9) return minutesText(nanoseconds)
  if (size >= 999.5e6) return `${short(nanoseconds / 1e9)} s`
  if (size >= 999.5e3) return `${short(nanoseconds / 1e6)} ms`
  if (size >= 999.5) return `${short(nanoseconds / 1e3)} µs`
  return `${Math.round(nanoseconds)} ns`
}

function minutesText(nanoseconds: number): string {
  const seconds = Math.round(nanoseconds / 1e9)
  if (Math.abs(seconds) >= 7200) return `${short(seconds / 3600)} h`
  return `${Math.trunc(seconds / 60)} min ${Math.abs(seconds % 60)} s`
}

function short(value: number): string {
  return Math.abs(value) < 99.95 ? trimmed(value.toFixed(1)) : value.toFixed(0)
}

function trimmed(text: string): string {
  return text.replace(/\.0+$/, '')
}

/** A length on the axis of a timeline: `4.8 s`, `12 events`. */
export function lengthText(length: number, unit: Timeline['unit']): string {
  if (unit === 'ns') return durationText(length)
  const events = Math.round(length)
  return events === 1 ? '1 event' : `${grouped(events)} events`
}

/** A place on the axis, exact enough to tell places `step` apart: `12.242 s`, `event 1,204`. */
export function placeText(position: number, unit: Timeline['unit'], step: number): string {
  if (!Number.isFinite(position)) return 'never'
  if (unit === 'events') return `event ${grouped(Math.round(position))}`
  const digits = step >= 1e9 ? 0 : Math.min(9, Math.ceil(9 - Math.log10(Math.max(1, step)) - 1e-9))
  return `${(position / 1e9).toFixed(digits)} s`
}

/** 1,204: with commas, whatever the language of the machine. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** The smallest of 1, 2, 5, 10, 20, 50, ... that is at least `least`. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)))
  for (const factor of [1, 2, 5]) if (factor * power >= least) return factor * power
  return 10 * power
}
