import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/explore/validate/')

const fitting = in_('fitting')
const steps = in_('steps')
const disks = in_('disks')
const set = in_('state-set')
const nearest = in_('nearest-step')

/** Mutants of trace validation: which states are kept, what is on disks, what is told. */
export const validateMutants: MutantArea = {
  tests: [
    'tests/validate/twin.test.ts',
    'tests/validate/disks.test.ts',
    'tests/validate/state-set.test.ts',
    'tests/validate/protocols.test.ts',
  ],
  mutants: [
    fitting(
      'if (next.count === 0) return false',
      'if (next.count < 0) return false',
      'a part that nothing explains is passed over',
    ),
    fitting(
      'if (fitted > 0 && part.first === true) break',
      'if (fitted > 0) break',
      'only the first way that fits is followed',
    ),
    fitting(
      'for (let round = 0; round < this.#silentMost; round++) {',
      'for (let round = 1; round < this.#silentMost; round++) {',
      'one silent step less than there may be',
    ),
    fitting(
      'if (sees?.(last.state) !== undefined) return',
      'if (sees === undefined) return',
      'what the trace says of variables is not looked at where several states fit',
    ),
    fitting(
      'if (sees?.(state) === undefined) return true',
      'if (sees !== undefined) return true',
      'what the trace says of variables is not looked at where one state fits',
    ),
    fitting(
      'if (kept.count > this.#mostStates)',
      'if (kept.count > this.#mostStates + 1)',
      'one state more than is allowed',
    ),
    steps(
      'return when === undefined || when(state, ...chosen)',
      'return true',
      'guards are not asked',
    ),
    disks(
      'if (sent !== undefined && step !== sent) continue',
      'if (sent === step) continue',
      'another step is taken for that which has sent a message',
    ),
    disks(
      '(part.whole ?? 0) <= done',
      '(part.whole ?? 0) >= 0',
      'a part counts although a later write of its step is missing',
    ),
    disks(
      'if (log.first + log.records.length !== end) return false',
      'if (log.first > end) return false',
      'lengths of logs do not tell which writes were done',
    ),
    disks(
      'while (at > 0 && waiting[at - 1]!.ticket > ticket) at--',
      'while (at > 0 && waiting[at - 1]!.ticket < ticket) at--',
      'parts do not wait in the order of their writes',
    ),
    set(
      'if (this.states[base + word] !== state[word]) return false',
      'if (this.states[base] !== state[0]) return false',
      'states that begin with the same word are taken for one',
    ),
    nearest(
      'if (best === undefined || rank(found) > rank(best)) best = found',
      'best ??= found',
      'the first way that was tried is called the nearest',
    ),
  ],
}
