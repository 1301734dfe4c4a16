import type { MutantArea } from './mutant.ts'
import { mutantsIn } from './mutant.ts'

const diff = mutantsIn('src/explore/')('diff')
const story = mutantsIn('src/explore/')('violation-story')
const spaceTime = mutantsIn('src/explore/')('space-time')
const lanes = mutantsIn('src/explore/')('space-time-lanes')
const reads = mutantsIn('src/explore/')('space-time-reads')
const replay = mutantsIn('src/explore/')('replay')
const graph = mutantsIn('src/explore/')('state-graph')
const dot = mutantsIn('src/report/')('state-graph-dot')
const text = mutantsIn('src/report/')('story-text')
const page = mutantsIn('src/report/')('story-page')
const steps = mutantsIn('src/report/')('story-steps')
const asked = mutantsIn('src/cli/')('explore-spec')
const again = mutantsIn('src/cli/')('explore-again')
const narrow = mutantsIn('src/cli/')('explore-narrow')

/** Mutants of what people see of an exploration. */
export const exploreFaces: MutantArea = {
  tests: ['tests/explore/diff.test.ts', 'tests/explore/story.test.ts']
    .concat(['tests/explore/state-graph.test.ts'])
    .concat(['tests/report/story-page.test.ts', 'tests/report/state-graph-dot.test.ts'])
    .concat(['tests/cli/explore.test.ts']),
  mutants: [
    diff('if (isDeepStrictEqual(before, after)) return []', '', 'what is the same is told'),
    diff('filter((one) => !now.has(one))', 'filter((one) => now.has(one))', 'what stayed is gone'),
    diff('Math.abs(more)', 'Math.min(1, Math.abs(more))', 'two copies that come are one'),
    diff('more < 0', 'more > 0', 'what came into a bag is told as gone'),
    diff('gone > 0 && same(now', 'gone > 9 && same(now', 'one that is taken first is not seen'),
    diff('if (!known.has(name)) return', 'if (known.has(name)) return', 'a known key is new'),
    story('clauses.some((clause) => clause.name === name)', 'true', 'the claim itself is left out'),
    story(
      '[...first, ...known.filter',
      '[...known.filter',
      'the claim that was asked for is left out',
    ),
    story('loop === trace.length - 1', 'loop === trace.length', 'standing still is going round'),
    story('${loop + 1}', '${loop}', 'the repeated part begins a step early'),
    spaceTime('one.taken = true', '', 'a message is taken twice'),
    spaceTime('if (one.readers.has(reader)) return', 'return', 'nobody receives'),
    lanes('if (single.has(word)) return word', '', 'the only process of its kind has no lane'),
    lanes('...others, ...named]', '...named, ...others]', 'single processes are not first'),
    lanes('.filter(({ kind }) => kinds.has(kind))', '', 'values act'),
    reads('if (answer === true) tell(member)', '', 'nobody reads'),
    replay('if (found === undefined) {', 'if (found === null) {', 'an impossible step is taken'),
    graph('number >= maxStates', 'number > maxStates', 'one state too many is drawn'),
    graph('selfLoops || to !== from', 'selfLoops || to === from', 'only self-loops are drawn'),
    graph('texts.size > 1', 'texts.size > 0', 'what is always the same is told'),
    dot(
      "replaceAll('\\\\', '\\\\\\\\')",
      "replaceAll('', '')",
      'a backslash means something to Graphviz',
    ),
    dot("end === 'may'", "end === 'stuck'", 'ends that are allowed are not marked'),
    text('full || at === 0', 'full', 'the beginning is not told'),
    text('visible(step.title)', 'step.title', 'a step acts on the terminal'),
    text('loop === count - 1', 'loop === count', 'standing still is told as going round'),
    steps('at > 0 && changes.length', 'changes.length', 'the beginning changes nothing'),
    steps('at > loop', 'at >= loop', 'a step before the repeated part is repeated'),
    steps('old.get(name) !== text', 'true', 'what is as before is told again'),
    page('title: shown(title, 200)', 'title', 'a title is not made visible'),
    asked("asked === 'none' ? undefined : asked", 'asked', 'a mutant cannot be taken back'),
    asked(
      '{ ...spec.parameters, ...givenParameters(spec, param) }',
      'spec.parameters',
      '--param is ignored',
    ),
    again(
      'spec.parameters[name] !== value',
      'spec.parameters[name] === value',
      'the wrong parameters again',
    ),
    narrow('invariant?.includes(name) ?? true', 'true', '--invariant is ignored'),
    narrow("deadlock ? {} : { ends: 'anywhere' }", '{}', '--no-deadlock is ignored'),
  ],
}
