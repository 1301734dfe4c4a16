import type { SpaceTime, Story } from '../../core/story.ts'
import type { Markup } from '../html.ts'
import { html } from '../html.ts'
import type { StepsLook } from '../story-steps.ts'
import { afterSteps, pictureOf, stepTable } from '../story-steps.ts'
import { shown } from '../visible.ts'

/** Pictures with more rows than this are no pictures. */
export const MOST_PICTURE_ROWS = 120
/** From the parts that each step changed the script shows the whole state at any step. */
const LOOK: StepsLook = { mostSteps: 200, folded: 'changed parts' }
const LONGEST = 1200

/** A story step by step: what was done and what that changed. */
export function stepsMarkup(story: Story, picture: SpaceTime | undefined): Markup {
  const { claim, faults, steps } = story
  const drawn = picture !== undefined && picture.events.length <= MOST_PICTURE_ROWS
  return html`<div class="steps" role="group" aria-label="${shown(claim, 200)}, step by step">
    <p class="claim"><strong>${shown(claim, LONGEST)}</strong></p>
    <ul class="faults">
      ${faults.slice(0, 8).map((fault) => html`<li>${shown(fault, LONGEST)}</li>`)}
    </ul>
    ${steps.length > 0 && steppedTable(story)} ${afterSteps(story, LOOK)}
    ${drawn && pictureOf(picture)}
  </div>`
}

function steppedTable(story: Story): Markup {
  return html`<div class="step-bar" hidden></div>
    <div class="step-view">
      <div class="scroller" tabindex="0" role="region" aria-label="steps">
        ${stepTable(story, LOOK)}
      </div>
      <div class="state-now" hidden></div>
    </div>`
}
