import { protocol } from '../../src/node/index.ts'
import type { Found } from './takeover.ts'
import { commitWithTakeover } from './takeover.ts'

/**
 * Two-phase commit where a crash is for ever and another node becomes the coordinator: it asks all
 * that live whether they saw the outcome, and they promise to refuse the old coordinator.
 *
 * If somebody saw it, that is the outcome. If somebody has not said yes, nobody can have committed:
 * abort. If all that live have said yes and do not know, then nobody who lives has committed, and
 * the old coordinator neither: it commits after all others. So abort, unless another participant
 * has crashed as well. That one may have committed, or may have said no, and nobody can ask it:
 * those that live are stuck, whatever they would do could be wrong.
 */
export const twoPhaseCommitTakeover = protocol(
  'two-phase-commit-takeover',
  {
    about: 'A set that all nodes add to or none; another node replaces a crashed coordinator',
    source:
      'Gray 1978, Notes on data base operating systems; ' +
      'Skeen 1981, Nonblocking commit protocols, section 3',
    options: {
      /** One vote of so many is no. */
      oneNoIn: 10,
      /** `all-but-one` nodes are enough to go on; that `any` are is wrong. */
      claims: 'all-but-one',
      beatMs: 50,
      suspectMs: 500,
      /** Between two messages of one node that tell the same to several. */
      spreadMs: 20,
    },
    mutants: {
      'nobody-is-asked': 'a new coordinator looks at what it knows itself only',
      'coordinator-commits-first': 'the coordinator commits before all others have',
      'the-dead-are-forgotten': 'a new coordinator aborts although another participant has crashed',
      'old-coordinator-obeyed':
        'who has reported to a new coordinator still does what the old one said',
    },
    tolerates: { crashes: 1, duplication: true },
  },
  ({ claims, ...options }, planted) => {
    const asksAll = !planted('nobody-is-asked')
    const commitsLast = !planted('coordinator-commits-first')
    const minds = !planted('the-dead-are-forgotten')
    const refusesOld = !planted('old-coordinator-obeyed')

    function decide({ progress, lost, coordinator }: Found): 'commit' | 'abort' | 'block' {
      const seen = asksAll ? progress : progress.slice(0, 1)
      if (seen.includes('commit')) return 'commit'
      if (seen.includes('abort') || seen.includes('unasked')) return 'abort'
      if (minds && lost.some((node) => node !== coordinator)) return 'block'
      return 'abort'
    }

    return commitWithTakeover(options, {
      preparesFirst: false,
      waitsUntilPrepared: false,
      commitsLast,
      refusesOld,
      decide,
      enough: (up, nodes) => up.length >= (claims === 'any' ? 1 : nodes.length - 1),
    })
  },
)
