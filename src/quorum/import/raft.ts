import { z } from 'zod'
import { UserError } from '../../core/user-error.ts'
import { counted } from '../../core/wording.ts'
import { allOf } from '../formula.ts'
import { checked, folded, identity, place } from './checked.ts'
import type { Draft } from './imported.ts'
import { majorityOf } from './majority.ts'

const HINT = '{"voters": [1, 2, 3], "voters_outgoing": [1, 2, 4], "learners": [5]}'

const identities = (what: string) => z.array(identity, `a list of ${what}`)

const confState = z.looseObject(
  {
    voters: identities('voters').nullish(),
    votersoutgoing: identities('voters of the configuration that is left').nullish(),
    learners: identities('learners').nullish(),
    learnersnext: identities('voters that become learners').nullish(),
  },
  'an object',
)

const membership = z.looseObject({
  configs: z.array(identities('voters'), 'a list of configurations'),
})

/** What wraps the configuration in a state file or a snapshot. */
const WRAPPERS = ['confstate', 'membership', 'state', 'metadata']

/**
 * The configuration of a Raft group: the ConfState of etcd's library and of raft-rs, or the
 * `configs` of openraft. While the group changes from one configuration to another, a majority of
 * each is needed (Ongaro, Consensus: Bridging Theory and Practice, 2014, section 4.3).
 */
export function draftOfRaft(value: unknown, source: string): Draft {
  const { inside, path } = unwrapped(value)
  const from = place(source, path)
  const { configurations, learners } = configurationsOf(inside, from)
  for (const voters of configurations) {
    const twice = voters.find((voter, at) => voters.indexOf(voter) !== at)
    if (twice !== undefined) {
      throw new UserError(`voter ${twice} is there twice in one configuration`, {
        where: from,
        hint: 'each voter once: who votes twice is no majority',
      })
    }
  }
  const names = [...new Set(configurations.flat())]
  const majorities = configurations.map((voters) =>
    majorityOf(voters.map((voter) => names.indexOf(voter))),
  )
  const [first, ...others] = majorities
  if (first === undefined) {
    throw new UserError('no configuration has a voter', { where: from, hint: HINT })
  }
  const quorums = others.length === 0 ? first : allOf(majorities)
  const size = configurations.map(({ length }) => length).join(' and of ')
  return {
    title:
      others.length === 0
        ? `Raft: ${counted(names.length, 'voter')}`
        : `Raft, joint consensus: majorities of ${size} voters, ${names.length} in all`,
    nodes: names.map((name) => ({ name, zone: undefined })),
    reads: quorums,
    writes: quorums,
    remarks:
      learners.length === 0
        ? []
        : [`${counted(learners.length, 'learner')} left out: they do not vote`],
    danger: 'two leaders may be elected at once',
  }
}

/** Whether the value looks like the configuration of a Raft group. */
export function isRaft(value: unknown): boolean {
  const { inside } = unwrapped(value)
  return isObject(inside) && ('voters' in inside || 'configs' in inside)
}

function unwrapped(value: unknown): { inside: unknown; path: readonly string[] } {
  const path: string[] = []
  let inside = folded(value)
  while (isObject(inside) && !('voters' in inside) && !('configs' in inside)) {
    const object: Record<string, unknown> = inside
    const wrapper = WRAPPERS.find((name) => name in object)
    if (wrapper === undefined) break
    path.push(wrapper)
    inside = folded(object[wrapper])
  }
  return { inside, path }
}

/** The lists of voters that are not empty, and who only listens. */
function configurationsOf(inside: unknown, source: string) {
  if (isObject(inside) && 'configs' in inside) {
    const { configs } = checked(membership, inside, source, '{"configs": [[1, 2, 3]]}')
    const voting = new Set(configs.flat())
    const known = isObject(inside['nodes']) ? Object.keys(inside['nodes']) : []
    return {
      configurations: configs.filter(({ length }) => length > 0),
      learners: known.filter((name) => !voting.has(name)),
    }
  }
  const { voters, votersoutgoing, learners } = checked(confState, inside, source, HINT)
  if ((voters ?? []).length === 0) {
    throw new UserError('there are no voters', { where: place(source, ['voters']), hint: HINT })
  }
  const both = (learners ?? []).find((learner) => voters?.includes(learner))
  if (both !== undefined) {
    const hint = 'a member that is on its way out stands in learners_next'
    const fact = `${both} is a voter and a learner`
    throw new UserError(fact, { where: place(source, ['learners']), hint })
  }
  return {
    configurations: [voters ?? [], votersoutgoing ?? []].filter(({ length }) => length > 0),
    learners: learners ?? [],
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
