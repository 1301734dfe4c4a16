import type { View } from '../../core/invariant.ts'
import type { TraceEvent } from '../../core/trace.ts'
import { UserError } from '../../core/user-error.ts'
import type { LocalOutcome, NodeValue } from '../local-step.ts'
import type { Parts } from '../composed-parts.ts'
import { EVENT, firstDifference, handlerOf, KINDS } from '../local-steps.ts'
import { plainText, samePlain } from '../plain-text.ts'
import type { Renaming } from './renaming.ts'
import { outcomeText } from './renaming.ts'

/**
 * That nodes may be exchanged is not believed: each step that the real code takes for the first
 * time is taken by those who are exchanged, too, and must come out as it does, renamed.
 */
export class AlikeCheck {
  readonly #parts: Parts
  readonly #renamings: readonly Renaming[]
  /** How many steps were taken by others, and compared. */
  compared = 0

  /** @param renamings all but the one that renames nothing */
  constructor(parts: Parts, renamings: readonly Renaming[]) {
    this.#parts = parts
    this.#renamings = renamings
  }

  step(before: NodeValue, event: number, traced: TraceEvent, outcomes: readonly LocalOutcome[]) {
    const { steps } = this.#parts
    for (const renaming of this.#renamings) {
      this.compared++
      const moved = renaming.data(traced) as TraceEvent
      const node = renaming.node(before)
      const came = steps.run(node, event % KINDS, moved)
      const expected = outcomes.map((outcome) => renaming.outcome(outcome))
      this.#silence(renaming, event)
      // Mostly nothing is in another order.
      if (samePlain(withoutPicks(came), withoutPicks(expected))) continue
      const now = came.map(outcomeText).sort()
      const wanted = expected.map(outcomeText).sort()
      if (plainText(now) === plainText(wanted)) continue
      const at = Math.max(
        now.findIndex((text) => !wanted.includes(text)),
        0,
      )
      const [there, here] = [wanted[at], now[at]].map((text) =>
        text === undefined ? undefined : (JSON.parse(text) as unknown),
      )
      this.#refuse(
        `${handlerOf(traced)} of ${this.#name(before.node)} and of ` +
          `${this.#name(node.node)} are not alike: ${firstDifference(there, here)}`,
        renaming,
        `the event was ${plainText(traced)}, the state ${plainText(before.state)}`,
      )
    }
  }

  /** A value that is new: what it shows, and whether it is within bounds. */
  value(value: NodeValue, view: View | undefined): void {
    const { names, options, steps } = this.#parts
    if (view === undefined) return
    for (const renaming of this.#renamings) {
      const moved = renaming.node(value)
      const shown = value.up ? steps.rules.program.view(moved.state) : moved.shown
      const wanted = renaming.data(view)
      if (!samePlain(shown, wanted)) {
        this.#refuse(
          `what ${this.#name(value.node)} and ${this.#name(moved.node)} show is not alike: ` +
            firstDifference(wanted, shown),
          renaming,
          `the state was ${plainText(value.state)}`,
        )
      }
      const { within } = options
      if (within === undefined || !value.up) continue
      const [here, there] = [value.node, moved.node].map((node) => names[node]!)
      if (within(view, here!) !== within(shown as View, there!)) {
        this.#refuse(
          `the bounds on states are not alike for ${here!} and ${there!}`,
          renaming,
          `the view was ${plainText(view)}`,
        )
      }
    }
  }

  /** What is said of views must not depend on whose they are. */
  claims(views: readonly (View | undefined)[]): void {
    const { names, invariants, options } = this.#parts
    for (const renaming of this.#renamings) {
      const moved: (View | undefined)[] = []
      for (const [node, view] of views.entries()) {
        moved[renaming.exchange.nodes[node]!] = renaming.data(view) as View | undefined
      }
      for (const { name, violated } of invariants) {
        const same =
          (violated(views, names) === undefined) === (violated(moved, names) === undefined)
        if (!same) this.#refuse(`the invariant '${name}' does not treat nodes alike`, renaming)
      }
      for (const [name, holds] of Object.entries(options.sometimes ?? {})) {
        if (holds(views) === holds(moved)) continue
        this.#refuse(`what is to be reached, '${name}', does not treat nodes alike`, renaming)
      }
    }
  }

  #silence(renaming: Renaming, event: number): void {
    const { silenceOf } = this.#parts.options
    const kind = event % KINDS
    if (silenceOf === undefined || (kind !== EVENT.timer && kind !== EVENT.timerCrash)) return
    const timer = this.#parts.steps.timers.values[Math.floor(event / KINDS)]!
    const [of, moved] = [silenceOf(timer), silenceOf(renaming.text(timer))]
    if ((of === undefined ? undefined : renaming.text(of)) === moved) return
    this.#refuse(`the timer '${timer}' does not tell of the silence of nodes alike`, renaming)
  }

  #name(node: number): string {
    return this.#parts.names[node]!
  }

  #refuse(fact: string, { exchange }: Renaming, seen?: string): never {
    const pairs = [...exchange.words].map(([from, to]) => `${from} for ${to}`)
    throw new UserError(fact, {
      where: this.#parts.name,
      hint:
        `leave --symmetry away, or name the nodes that are alike (--alike n2,n3); ` +
        `exchanged were ${pairs.join(', ')}` +
        (seen === undefined ? '' : `; ${seen}`),
    })
  }
}

function withoutPicks(outcomes: readonly LocalOutcome[]): readonly object[] {
  return outcomes.map(({ picks: _, ...rest }) => rest)
}
