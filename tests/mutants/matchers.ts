import type { MutantArea } from './mutant.ts'
import { mutantsIn } from './mutant.ts'

const face = mutantsIn('src/')('vitest')
const matchers = mutantsIn('src/')('vitest-matchers')
const histories = mutantsIn('src/arbitraries/')('histories')
const planned = mutantsIn('src/arbitraries/')('planned-history')
const faults = mutantsIn('src/arbitraries/')('faults')
const schedules = mutantsIn('src/arbitraries/')('schedules')

/** Mutants of what other people's tests use. */
export const matcherMutants: Readonly<Record<string, MutantArea>> = {
  'matchers for vitest': {
    tests: ['tests/cli/matcher.test.ts', 'tests/cli/matchers.test.ts'],
    mutants: [
      face('pass: false,', 'pass: true,', 'whatever is judged passes'),
      face(
        'pass: isNot,\n        message: () => `${about}: unknown',
        'pass: !isNot,\n        message: () => `${about}: unknown',
        'what is unknown passes',
      ),
      face(
        'return { pass: isNot, message: () => `${about}: ${why}` }',
        'return { pass: false, message: () => `${about}: ${why}` }',
        'a condition that says nothing is not met',
      ),
      face(
        '...(initial === undefined ? {} : { initial }),',
        '',
        'histories begin with what the model says',
      ),
      face(
        'const { model, initial, budget = DEFAULT_BUDGET } = options',
        'const { model, initial } = options, budget = DEFAULT_BUDGET',
        'the budget of toMeet is not looked at',
      ),
      face(
        'model === undefined ? modelFor(history, condition) : made(model)',
        'modelFor(history, condition)',
        'the model of toMeet is not looked at',
      ),
      face(
        'if (chosen !== undefined) validate(chosen, history)',
        '',
        'operations that the model does not know are judged',
      ),
      face(
        '{ model: chosen, budget }, this.isNot',
        '{ model: chosen, budget }, false',
        'what is unknown passes behind .not',
      ),
      matchers(
        "if (outcome === 'fail') return { pass: false",
        "if (outcome === 'fail') return { pass: true",
        'violated specs hold',
      ),
      matchers(
        'return { pass: isNot, message: () => `${found.name}: unknown',
        'return { pass: !isNot, message: () => `${found.name}: unknown',
        'a spec holds where the states were too many',
      ),
      matchers('make(parameters, mutant)', 'make(parameters)', 'no bug is planted'),
      matchers('make(parameters, mutant)', 'make({}, mutant)', 'parameters are not looked at'),
      matchers('[1, seeds] as const', '[1, 1] as const', 'one seed is run, whatever is asked for'),
      matchers(
        "case 'unknown':\n      return {\n        pass: isNot,",
        "case 'unknown':\n      return {\n        pass: true,",
        'a protocol survives where its runs were cut short',
      ),
      matchers(
        '    ...options,\n    seeds: range,',
        '    seeds: range,',
        'what is given of a run is drawn instead',
      ),
      matchers(
        'return received as unknown as Subject',
        "return { protocol: received['protocol'] }",
        'the bug, the workload and the faults of a subject are left out',
      ),
    ],
  },
  'arbitraries of histories, faults and schedules': {
    tests: ['tests/arbitraries/arbitraries.test.ts'],
    mutants: [
      planned('states.set(key, step.state)', 'void key', 'no operation has an effect'),
      planned('client.lives++', '', 'a process goes on whose outcome is unknown'),
      planned(
        'const keyOf = ({ key }: PlannedOperation): string => (key === undefined',
        'const keyOf = ({ key }: PlannedOperation): string => (key !== 7',
        'all keys have one value',
      ),
      planned("say('ok', running, running.result)", "say('ok', running, null)", 'no answers'),
      histories(
        'for (const [which, what] of changes)',
        'for (const [which, what] of changes.slice(2))',
        'no answer is exchanged',
      ),
      histories(
        '{ maxLength: operations },\n  )',
        '{ maxLength: operations },\n  ).noShrink()',
        'large',
      ),
      faults('.sort((a, b) => a.at - b.at)', '', 'faults are in no order'),
      faults(
        'to: names.filter((name) => !from.includes(name)),',
        'to: names,',
        'nodes are parted from themselves',
      ),
      faults('until: start + lasts', 'until: lasts', 'faults end before they begin'),
      faults('either(clockSkew)', 'either(10 * clockSkew)', 'clocks run away'),
      faults(
        '{ maxLength: most })\n    .map(',
        '{ maxLength: most })\n    .noShrink()\n    .map(',
        'faults do not become fewer',
      ),
      schedules('value: at + 1', 'value: 1', 'writes cannot be told from each other'),
      schedules('selector: drawOf', 'selector: (each) => each', 'a draw comes out in two ways'),
      schedules(
        '.filter(([from, to]) => names.length === 1 || from !== to)',
        '',
        'nodes lose messages to themselves',
      ),
      schedules(
        'const sorted = [...operations].sort((a, b) => a.at - b.at)',
        'const sorted = [...operations]',
        'operations are in no order',
      ),
    ],
  },
}
