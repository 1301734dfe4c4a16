import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const check = mutantsIn('checkers/invariants/')
const raft = mutantsIn('impls/raft/')

const grows = check('commit-only-grows')
const counted = check('counted-at-majority')
const committed = check('committed-at-majority')
const reconfigure = raft('reconfigure')
const replication = raft('replication')
const election = raft('election')

/** Mutants of what is claimed of a leader's bookkeeping, and of options of Raft. */
export const raftBookkeeping: MutantArea = {
  tests: ['tests/checkers/raft-bookkeeping.test.ts', 'tests/impls/raft-options.test.ts'],
  mutants: [
    grows('commit >= applied', 'true', 'commit may fall'),
    counted('2 * counted > nodes.length', '2 * counted >= nodes.length', 'half is enough'),
    counted('index >= commit)', 'index > 0)', 'whatever is stored counts'),
    counted("?.term !== view['term']", '?.term === 0', 'entries of earlier terms are counted too'),
    counted("view?.['role'] !== 'leader' ||", '', 'followers are asked what they counted'),
    committed(
      '2 * having.length > nodes.length',
      '2 * having.length >= nodes.length',
      'half will do',
    ),
    committed('other.base >= index', 'other.base > index', 'a snapshot does not count'),
    committed('sameEntry(entryAt(other, index), entry)', 'true', 'any entry counts'),
    committed('const index = log.commit', 'const index = 1', 'only the first entry is looked at'),
    reconfigure('change.voters) > 1', 'change.voters) > 2', 'two change places in one step'),
    reconfigure(
      'return gone.length + wanted',
      'return wanted',
      'any number of voters goes in one step',
    ),
    reconfigure("setup.changes === 'joint' &&", 'true ||', 'single changes are joint all the same'),
    reconfigure('state.commit >= lead.start ||', 'true ||', 'a leader changes voters too early'),
    election('setup.checkQuorum && ', '', 'the option is not asked'),
    election('    if (setup.refusals) {', '    if (true) {', 'refusals are always sent'),
    replication('now.match > known.match', 'now.match >= known.match + 2', 'acks are overlooked'),
  ],
}
