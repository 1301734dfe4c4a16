import type { MutantArea } from './mutant.ts'
import { mutantsIn } from './mutant.ts'

const in_ = mutantsIn('src/explore/liveness/')
const claims = in_('claims')
const components = in_('components')
const fair = in_('fair')
const graph = in_('graph')
const lasso = in_('lasso')
const promises = in_('promises')
const retake = in_('retake')
const check = in_('check-properties')
const refinement = mutantsIn('src/explore/')('refinement')
const pairs = mutantsIn('src/explore/')('pairs')

/** Mutants of what is said about the long run, and of refinement. */
export const exploreLiveness: Readonly<Record<string, MutantArea>> = {
  'the long run': {
    tests: ['tests/explore/liveness.test.ts', 'tests/explore/liveness-random.test.ts'],
    mutants: [
      claims("seeds: 'initial'", "seeds: 'all'", '`eventually` forgets what was true on the way'),
      claims(
        'if (reached && met) return',
        'if (reached) return',
        'a premise that comes true together with the conclusion counts as none',
      ),
      claims(
        'if (!reached) setBit(bits, number)',
        'setBit(bits, number)',
        'a behaviour may leave and come back',
      ),
      components(
        'else if (seen[to]! < low[vertex]!) low[vertex] = seen[to]!',
        'else if (seen[to]! < 0) low[vertex] = seen[to]!',
        'edges back are not followed',
      ),
      components('seen[member] = CLOSED', 'seen[member] = 1', 'closed components pull others down'),
      components(
        'low[path[deep - 1]!] = low[vertex]!',
        'low[path[deep - 1]!] = low[path[deep - 1]!]!',
        'what a later state reaches is forgotten',
      ),
      components('if (group[to] !== own) continue', '', 'components reach out of the region'),
      fair(
        '(everywhere & ~taken & graph.promises.weak[word]!) !== 0',
        '(somewhere & ~taken & graph.promises.weak[word]!) !== 0',
        'weak fairness is as strong as strong fairness',
      ),
      fair(
        'const unkept = somewhere & ~taken',
        'const unkept = everywhere & ~taken',
        'strong fairness is as weak as weak fairness',
      ),
      fair(
        '(graph.enabled[state * words + word]! & unkept[word]!) !== 0',
        'graph.enabled[state * words + word] !== 0',
        'states are taken away that break no promise',
      ),
      fair(
        'work.push({ vertices: rest, own: again })',
        '',
        'what is left without some states is not looked at again',
      ),
      fair(
        'if (meets !== undefined && !component.some((state) => hasBit(meets, state))) return NONE',
        '',
        'a cycle may break `eventuallyAlways` without ever being wrong',
      ),
      fair(
        'mayStay(graph, state) && (meets === undefined || hasBit(meets, state))',
        'mayStay(graph, state)',
        'to stand still where all is well breaks `eventuallyAlways`',
      ),
      fair(
        'if (graph.enabled[state * words + word] !== 0) return false',
        '',
        'to stand still is always fair',
      ),
      fair(
        'if (group[targets[edge]!] === own)',
        'if (own > 0)',
        'steps out of a cycle are taken in it',
      ),
      graph('if (to === from) return false', '', 'steps that change nothing count'),
      graph(
        'if (to >= 0 && (states === undefined',
        'if (to > 0 && (states === undefined',
        'steps back to the first state are lost',
      ),
      graph(
        'enabled[from * words + word]! |= about',
        'if (to >= 0) enabled[from * words + word]! |= about',
        'steps out of what is within are not enabled',
      ),
      lasso(
        'levels[seeds[seed]!]! <= level',
        'levels[seeds[seed]!]! <= Infinity',
        'ways are too long',
      ),
      lasso(
        'levels[state]! < levels[nearest]!',
        'levels[state]! > levels[nearest]!',
        'the farthest lasso is shown',
      ),
      lasso(
        'if (parts[to] !== parts[start]) continue',
        '',
        'a round leaves the part where it is fair',
      ),
      lasso(
        'open[word]! |= strong[word]! &',
        'open[word]! &= strong[word]! &',
        'a round does not show that strong promises are kept',
      ),
      lasso(
        'return unmet && hasBit(claim.meets!, state)',
        'return false',
        'a round does not look for what it has to meet',
      ),
      lasso(
        'let unmet = claim.meets !== undefined',
        'let unmet = false',
        'a round never meets what is wrong',
      ),
      promises(
        'if (names.length > 0 && !names.includes(system.actions[index]!)) continue',
        '',
        'each promise is about all actions',
      ),
      promises(
        'pairs.push([action.first + choice, each ? strengths.push(strength) - 1 : together])',
        'pairs.push([action.first + choice, each ? strengths.push(strength) - 1 : 0])',
        'a later promise says what the first one says',
      ),
      promises('if (!each) return first', 'if (each) return first', 'choices are not told apart'),
      promises(
        '1 << (promise & 31)\n  return mask',
        '1 << (promise & 15)\n  return mask',
        'masks of many promises overlap',
      ),
      retake('at = to\n', '', 'a round is told from the wrong state'),
      retake(
        'promises?.labelOf(action, instance, runner.parameters) !== wantedLabel',
        'false',
        'another step between the same states is told',
      ),
      check("options.complete === false ? 'unknown' : 'pass'", "'pass'", 'half a search is enough'),
      check(
        'if (!claims.some((claim) => claim.applies()))',
        'if (claims.some((claim) => claim.applies()))',
        'emptiness goes unnoticed',
      ),
      check(
        'else if (graph.cut)',
        'else if (!graph.cut)',
        'nobody is told that something was not looked at',
      ),
    ],
  },
  refinement: {
    tests: ['tests/explore/refinement.test.ts'],
    mutants: [
      refinement('if (before === after ||', 'if (', 'the other model may not stand still'),
      refinement(
        'if (known.parents[state]! < 0 && !abstraction.mayBegin(state))',
        'if (known.parents[state]! < -1 && !abstraction.mayBegin(state))',
        'it may begin anywhere',
      ),
      refinement('image.slots.set(first)', '', 'what was mapped before shines through'),
      refinement(
        'const after = to < 0 ? this.#see(words, 0) : this.#images[to]!',
        'const after = to < 0 ? before : this.#images[to]!',
        'steps out of what is within may do anything',
      ),
      refinement(
        'else this.#steps.add(this.#from, to)',
        'else this.#steps.add(to, this.#from)',
        'steps may be taken backwards only',
      ),
      refinement('systems.makeRoom(error)', 'throw error', 'there is never more room'),
      refinement(
        'trace: [...trace, take.step(before, after)]',
        'trace: [...trace]',
        'the wrong step itself is not told',
      ),
      pairs(
        'table[place] === one + 1 && table[place + 1] === other',
        'table[place] === one + 1',
        'one step allows all',
      ),
      pairs(
        'if (this.#count * 4 > this.#table.length) this.#grow()',
        'if (this.#count * 4 > this.#table.length) this.#table.fill(0)',
        'steps are forgotten',
      ),
    ],
  },
}
