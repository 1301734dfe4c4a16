import { model, spec, weakEach } from '../../src/explore/index.ts'
import { bool, id, mapOf, oneOf, record } from '../../src/state/index.ts'

/**
 * Forks are clean or dirty. Who is asked for a dirty fork cleans it and gives it away; a clean one
 * is kept until its holder has eaten. Here everybody is always asked for all dirty forks.
 */
export const diningPhilosophers = spec(
  'dining-philosophers',
  {
    about: 'philosophers at a round table who share forks with their neighbours',
    source: 'Chandy and Misra, The drinking philosophers problem, 1984, section 3',
    parameters: { np: 5 },
    mutants: {
      'one-fork': 'a philosopher eats with one fork',
      'dirty-kept': 'a hungry philosopher gives no fork away, clean or dirty',
      'forks-stay-clean': 'who has eaten leaves the forks clean, and keeps them',
    },
  },
  ({ np }, planted) => {
    const PHILOSOPHER = id('philosopher', np)
    const FORK = id('fork', np)
    const oneFork = planted('one-fork')
    const dirtyKept = planted('dirty-kept')
    const forksStayClean = planted('forks-stay-clean')
    const leftFork = (p: number) => p
    const rightFork = (p: number) => (p + 1) % np
    const leftNeighbour = (p: number) => (p + np - 1) % np
    const rightNeighbour = (p: number) => (p + 1) % np
    return model({
      state: {
        forks: mapOf(FORK, record({ holder: PHILOSOPHER, clean: bool() })),
        hungry: mapOf(PHILOSOPHER, bool()),
        pc: mapOf(PHILOSOPHER, oneOf('loop', 'think', 'eat')),
      },
      init: (s) => {
        // Nobody waits for a circle of others: philosopher 0 has two forks.
        for (const fork of s.forks.keys) s.forks.get(fork).holder = fork === 1 ? 0 : fork
        s.hungry.fill(true)
      },
      actions: {
        loop: {
          for: [PHILOSOPHER],
          when: (s, p) => s.pc.get(p) === 'loop',
          then: (s, p) => {
            const left = s.forks.get(leftFork(p))
            const right = s.forks.get(rightFork(p))
            const holdsLeft = left.holder === p
            const holdsRight = right.holder === p
            const ready =
              (holdsLeft && left.clean && holdsRight && right.clean) ||
              (oneFork && holdsRight && right.clean)
            if (!s.hungry.get(p)) s.pc.set(p, 'think')
            else if (ready) s.pc.set(p, 'eat')
            if (dirtyKept && s.hungry.get(p)) return
            if (holdsLeft && !left.clean) {
              left.holder = leftNeighbour(p)
              left.clean = true
            } else if (holdsRight && !right.clean) {
              right.holder = rightNeighbour(p)
              right.clean = true
            }
          },
        },
        think: {
          for: [PHILOSOPHER],
          when: (s, p) => s.pc.get(p) === 'think',
          then: (s, p) => {
            s.hungry.set(p, true)
            s.pc.set(p, 'loop')
          },
        },
        eat: {
          for: [PHILOSOPHER],
          when: (s, p) => s.pc.get(p) === 'eat',
          then: (s, p) => {
            s.hungry.set(p, false)
            if (!forksStayClean) {
              s.forks.get(leftFork(p)).clean = false
              s.forks.get(rightFork(p)).clean = false
            }
            s.pc.set(p, 'loop')
          },
        },
      },
      invariants: {
        'no two neighbours eat together': {
          for: [PHILOSOPHER],
          holds: (s, p) => s.pc.get(p) !== 'eat' || s.pc.get(rightNeighbour(p)) !== 'eat',
        },
      },
      sometimes: {
        'philosopher 0 eats': (s) => s.pc.get(0) === 'eat',
        'the last philosopher eats': (s) => s.pc.get(np - 1) === 'eat',
      },
      properties: {
        'whoever is hungry eats': {
          for: [PHILOSOPHER],
          when: (s, p) => s.hungry.get(p),
          leadsTo: (s, p) => !s.hungry.get(p),
        },
      },
      fairness: [weakEach('loop', 'think', 'eat')],
    })
  },
)
