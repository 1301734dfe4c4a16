import { protocol } from '../../src/node/index.ts'
import type { Found } from './takeover.ts'
import { commitWithTakeover } from './takeover.ts'

/**
 * Two-phase commit with a phase in between: before anybody commits, everybody who lives knows that
 * all have said yes. So those that live can always tell what the dead may have done:
 *
 * - if one of them is not prepared, nobody has committed: they may abort;
 * - if one of them is prepared, nobody has aborted: they may commit. First the new coordinator
 *   brings all to prepared: it may crash as well, and then the next one must come to the same.
 *
 * That needs the certain knowledge of who has crashed. Two halves of a cluster that take each other
 * for dead come to different ends.
 */
export const threePhaseCommit = protocol(
  'three-phase-commit',
  {
    about: 'A set that all nodes add to or none; any node that is left can bring it to an end',
    source: 'Skeen 1981, Nonblocking commit protocols',
    options: {
      /** One vote of so many is no. */
      oneNoIn: 10,
      beatMs: 50,
      suspectMs: 500,
      /** Between two messages of one node that tell the same to several. */
      spreadMs: 20,
    },
    mutants: {
      'commits-without-preparing': 'a new coordinator that finds somebody prepared commits at once',
      'does-not-wait': 'the coordinator commits before all are prepared',
      'prepared-means-abort': 'a new coordinator aborts although somebody is prepared',
      'yes-means-commit': 'a new coordinator commits if all that live have said yes',
    },
    tolerates: { crashes: 'any', duplication: true },
  },
  (options, planted) => {
    const preparesAll = !planted('commits-without-preparing')
    const waitsUntilPrepared = !planted('does-not-wait')
    const mindsPrepared = !planted('prepared-means-abort')
    const yesIsNotEnough = !planted('yes-means-commit')

    function decide({ progress }: Found): 'commit' | 'abort' | 'prepare' {
      if (progress.includes('commit')) return 'commit'
      if (progress.includes('abort') || progress.includes('unasked')) return 'abort'
      if (progress.includes('prepared') && mindsPrepared) {
        return preparesAll ? 'prepare' : 'commit'
      }
      return yesIsNotEnough ? 'abort' : 'commit'
    }

    return commitWithTakeover(options, {
      preparesFirst: true,
      waitsUntilPrepared,
      commitsLast: false,
      refusesOld: true,
      decide,
      enough: (up) => up.length > 0,
    })
  },
)
