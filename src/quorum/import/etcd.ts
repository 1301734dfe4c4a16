import { z } from 'zod'
import { UserError } from '../../core/user-error.ts'
import { counted } from '../../core/wording.ts'
import { checked, identity } from './checked.ts'
import type { Draft } from './imported.ts'
import { majorityOf } from './majority.ts'

const HINT = 'etcdctl member list --write-out=json writes such a list'

const member = z.looseObject(
  {
    ID: identity.nullish(),
    id: identity.nullish(),
    // Empty until the member has started for the first time.
    name: z.string('a string, the name of the member').nullish(),
    peerURLs: z.array(z.string('a string, a URL'), 'a list of URLs').nullish(),
    isLearner: z.boolean('true or false').nullish(),
    zone: z.string('a string, the zone of the member').nullish(),
  },
  'an object, a member',
)

const memberList = z.looseObject({ members: z.array(member, 'a list of members') }, 'an object')

/**
 * The members of an etcd cluster, as `etcdctl member list --write-out=json` prints them. Reads and
 * writes need a majority of the members that vote; learners only listen. `zone` is an addition of
 * ours.
 */
export function draftOfEtcd(value: unknown, source: string): Draft {
  const { members } = checked(memberList, value, source, HINT)
  const voters = members.filter(({ isLearner }) => isLearner !== true)
  if (voters.length === 0) {
    throw new UserError('no member votes', { where: `${source}: members`, hint: HINT })
  }
  const names = distinct(
    voters.map((voter) => ({
      id: voter.ID ?? voter.id ?? '',
      name: [voter.name, voter.peerURLs?.[0], voter.ID, voter.id].find(isText) ?? '',
    })),
    source,
  )
  const learners = members.length - voters.length
  const quorums = majorityOf(voters.map((_, at) => at))
  return {
    title: `etcd: ${counted(voters.length, 'voter')} of ${counted(members.length, 'member')}`,
    nodes: names.map((name, at) => ({ name, zone: voters[at]?.zone ?? undefined })),
    reads: quorums,
    writes: quorums,
    remarks: learners === 0 ? [] : [`${counted(learners, 'learner')} left out: they do not vote`],
    danger: 'two leaders may be elected at once',
  }
}

function isText(text: string | null | undefined): text is string {
  return text !== undefined && text !== null && text !== ''
}

/** etcd does not ask for different names; members of the same one are told apart by their IDs. */
function distinct(
  members: readonly { readonly id: string; readonly name: string }[],
  source: string,
): readonly string[] {
  const uses = new Map<string, number>()
  for (const { name } of members) uses.set(name, (uses.get(name) ?? 0) + 1)
  const names = members.map(({ id, name }) => (uses.get(name) === 1 ? name : `${name} ${id}`))
  const twice = names.findIndex((name, at) => name.trim() === '' || names.indexOf(name) !== at)
  if (twice === -1) return names
  const name = names[twice]?.trim() ?? ''
  const fact = name === '' ? 'a member has neither name nor ID' : `member ${name} is there twice`
  throw new UserError(fact, { where: `${source}: members`, hint: HINT })
}
