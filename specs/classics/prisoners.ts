import { model, spec, weakEach } from '../../src/explore/index.ts'
import { bool, id, int, mapOf } from '../../src/state/index.ts'

/**
 * Prisoners are led one by one, in any order, into a room with two switches, and must flip one.
 * One of them counts; the others turn switch A on twice each, since it may have been on at first.
 */
export const prisoners = spec(
  'prisoners',
  {
    about: 'when can somebody say that all prisoners have been in the room?',
    source: 'Car Talk puzzler, 2003; Lamport, Prisoners in TLA+ (tlaplus/Examples)',
    parameters: { prisoner: 4 },
    mutants: {
      'counts-once': 'each prisoner turns the switch on once, and the counter counts so many',
      thrice: 'prisoners turn the switch on three times',
      'off-at-second': 'a prisoner who finds switch A on turns it off',
    },
  },
  ({ prisoner }, planted) => {
    // Prisoner 0 counts, and the others have switches to turn.
    const OTHER = id('other', prisoner - 1)
    const most = planted('thrice') ? 3 : planted('counts-once') ? 1 : 2
    const announced = (prisoner - 1) * (planted('counts-once') ? 1 : 2)
    const offAtSecond = planted('off-at-second')
    return model({
      state: {
        switchA: bool(),
        switchB: bool(),
        timesSwitched: mapOf(OTHER, int(0, most)),
        count: int(0, most * (prisoner - 1) + 1),
      },
      init: {
        anySwitches: {
          for: [bool(), bool()],
          then: (s, a, b) => {
            s.switchA = a
            s.switchB = b
          },
        },
      },
      actions: {
        counter: {
          then: (s) => {
            if (s.switchA) {
              s.switchA = false
              s.count++
            } else s.switchB = !s.switchB
          },
        },
        other: {
          for: [OTHER],
          then: (s, i) => {
            if (!s.switchA && s.timesSwitched.get(i) < most) {
              s.switchA = true
              s.timesSwitched.set(i, s.timesSwitched.get(i) + 1)
            } else if (s.switchA && offAtSecond) s.switchA = false
            else s.switchB = !s.switchB
          },
        },
      },
      invariants: {
        'what the counter says is true': (s) =>
          s.count < announced || s.timesSwitched.every((times) => times > 0),
      },
      sometimes: { 'the counter has seen enough': (s) => s.count >= announced },
      properties: {
        'the counter says so in the end': { eventually: (s) => s.count >= announced },
      },
      fairness: [weakEach('counter', 'other')],
      symmetry: [OTHER],
    })
  },
)
