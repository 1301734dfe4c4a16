import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/compose/')

const live = in_('live-messages')
const network = in_('network')
const runner = in_('composed-runner')
const made = in_('compose')

/** Mutants of what leaves out messages that mean nothing, for now or for ever. */
export const messageMutants: MutantArea = {
  tests: [
    'tests/compose/by-hand.test.ts',
    'tests/compose/ignored.test.ts',
    'tests/compose/live-messages.test.ts',
    'tests/compose/random.test.ts',
  ],
  mutants: [
    runner(
      'asks === NO_REQUEST && steps.inVain(outcome)',
      'false',
      'what changes nothing but a budget is a step',
    ),
    runner('live?.took(from[node]!, outcome)', '', 'nobody knows what came of a value'),
    made(
      "network === 'fifo' || (network === 'bag' && ignored === 'arrive')",
      "network !== 'set'",
      'what a node does nothing about is used up',
    ),
    made(
      "network === 'fifo' || (network === 'bag' && ignored === 'arrive')",
      "network === 'bag' && ignored === 'arrive'",
      'what a node does nothing about is in the way of what comes later',
    ),
    live(
      'said.length > 0 || !samePlain(next, before)',
      '!samePlain(next, before)',
      'a message does not matter that is only answered',
    ),
    live(
      'said.length > 0 || !samePlain(next, before)',
      'said.length > 0',
      'a message does not matter that only changes its node',
    ),
    live(
      'this.#mayCrash(before.node) && steps',
      'false && steps',
      'a message does not matter that only a crash makes matter',
    ),
    live('this.#before[next]!.push(from)', '', 'what matters later does not matter before'),
    live('this.#after[from]!.push(next)', '', 'nobody asks what matters later'),
    live(
      'this.#ask(next, word, this.#asked[from * stride + word]!)',
      '',
      'nobody asks about what was met before at a value that is new',
    ),
    live(
      'this.#spread(next, word, this.#live[next * stride + word]!)',
      '',
      'what is live at a value is not live where else it comes of',
    ),
    live(
      'if ((this.#gone[place]! & added) !== 0) this.#tooEarly = true',
      '',
      'what was taken away too early is not missed',
    ),
    live('stack.push(before, added)', '', 'what matters in two steps does not matter'),
    live(
      'stack.push(after, added)',
      'stack.push()',
      'what is asked about is not asked about in two steps',
    ),
    live(
      'for (let node = 0; node < nodes; node++) this.#gone[state[node]! * stride + word]! |= gone',
      '',
      'nobody notes what is taken away from a set',
    ),
    live('    this.#gone[at]! |= bit\n', '', 'nobody notes which copies are taken away'),
    live(
      'this.#live[at]! & bit) !== 0) return true',
      'this.#live[at]! & bit) !== 0) return false',
      'copies that matter are taken away',
    ),
    network(
      'if (!live.keeps(out[to]!, message)) this.take(out, message)',
      '',
      'copies of what can matter no more stay',
    ),
  ],
}
