import type { SpaceTime } from '../core/story.ts'
import { spaceTimeStyle } from './space-time-style.ts'
import { spaceTimeSvg } from './space-time-svg.ts'

/** A space-time diagram as an SVG file that brings its own look. */
export function spaceTimeDocument(picture: SpaceTime): string {
  const svg = spaceTimeSvg(picture).toString()
  const style = spaceTimeStyle().replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `${svg.replace('>', `><style>${style}</style>`)}\n`
}
