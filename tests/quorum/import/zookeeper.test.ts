import { describe, expect, it } from 'vitest'
import type { Random } from '../../../src/core/random.ts'
import { seeded } from '../../../src/core/random.ts'
import { UserError } from '../../../src/core/user-error.ts'
import { importQuorums } from '../../../src/quorum/import/import-quorums.ts'
import { wrongLiveSets } from './live-sets.ts'
import { refusal } from './refusal.ts'

/** An ensemble as ZooKeeper holds it in its tables. */
interface Ensemble {
  readonly group: ReadonlyMap<string, string>
  readonly weight: ReadonlyMap<string, number>
  readonly observers: ReadonlySet<string>
}

/**
 * What ZooKeeper does with the servers that have acknowledged: adds weights up per group, counts
 * the groups with more than half of their weight, and compares with half of the groups of weight.
 */
function enough(
  { group, weight, observers }: Ensemble,
  acknowledged: ReadonlySet<string>,
): boolean {
  const total = new Map<string, number>()
  const got = new Map<string, number>()
  for (const [server, home] of group) {
    const heavy = weight.get(server) ?? 1
    total.set(home, (total.get(home) ?? 0) + heavy)
    if (acknowledged.has(server) && !observers.has(server)) {
      got.set(home, (got.get(home) ?? 0) + heavy)
    }
  }
  const groups = [...total.values()].filter((sum) => sum !== 0).length
  const won = [...got].filter(([home, sum]) => sum > Math.floor((total.get(home) ?? 0) / 2)).length
  return won > Math.floor(groups / 2)
}

function randomEnsemble(random: Random): { ensemble: Ensemble; text: string } {
  const servers = Array.from({ length: random.int(1, 7) }, (_, at) => String(at + 1))
  const names = ['1', '2', '3', '4'].slice(0, random.int(1, 4))
  const group = new Map(servers.map((server) => [server, random.pick(names)]))
  const weight = new Map<string, number>()
  const observers = new Set<string>()
  for (const server of servers) {
    if (random.chance(1, 6)) observers.add(server)
    if (random.chance(1, 2) || observers.has(server)) weight.set(server, random.int(0, 3))
  }
  const lines = [
    ...servers.map((id) => `server.${id}=h${id}:1:2${observers.has(id) ? ':observer' : ''};3`),
    ...names
      .map((name) => [name, servers.filter((server) => group.get(server) === name)] as const)
      .filter(([, members]) => members.length > 0)
      .map(([name, members]) => `group.${name}=${members.join(':')}`),
    ...[...weight].map(([server, heavy]) => `weight.${server} = ${heavy}`),
  ]
  return { ensemble: { group, weight, observers }, text: random.shuffle(lines).join('\n') }
}

const NINE = `
server.1=a:1:2
server.2=b:1:2
server.3=c:1:2
group.1=1
group.2=2:3
`

describe('a ZooKeeper configuration', () => {
  it('means what ZooKeeper makes of it, for random groups, weights and observers', () => {
    const random = seeded(3)
    let possible = 0
    let impossible = 0
    for (let run = 0; run < 1000; run++) {
      const { ensemble, text } = randomEnsemble(random)
      const all = new Set(ensemble.group.keys())
      if (!enough(ensemble, all)) {
        impossible++
        expect(() => importQuorums(text), text).toThrow(UserError)
        continue
      }
      possible++
      const wrong = wrongLiveSets(importQuorums(text).system, (alive) =>
        enough(ensemble, new Set([...alive].map((name) => name.replace('server.', '')))),
      )
      expect(wrong, text).toEqual([])
    }
    expect(Math.min(possible, impossible)).toBeGreaterThan(100)
  })

  it('without groups is a majority of the participants', () => {
    const text = 'server.1=a:1:2\nserver.2=[::1]:1:2:participant;2181\nserver.3=c:1:2:OBSERVER\n'
    const { title, system, remarks } = importQuorums(`${text}server.4=d:1:2|e:1:2\ntickTime=2000`)
    expect(title).toBe('ZooKeeper: a majority of 3 servers')
    expect(system.nodes.map(({ name }) => name)).toEqual(['server.1', 'server.2', 'server.4'])
    expect(remarks).toEqual(['observer 3 left out: observers do not vote'])
    expect(wrongLiveSets(system, (alive) => alive.size >= 2)).toEqual([])
  })

  it('has its groups as zones', () => {
    const { system } = importQuorums(NINE)
    expect(system.nodes.map(({ zone }) => zone)).toEqual(['group 1', 'group 2', 'group 2'])
  })

  it('needs no servers besides groups and weights', () => {
    const { title, remarks } = importQuorums('group.1=1:2:3\ngroup.2=4\nweight.4=0\nweight.3=2')
    expect(title).toBe('ZooKeeper: 1 of 1 group, 3 servers')
    expect(remarks).toEqual([
      'group 2 has no weight and does not count',
      'server 4 left out: no weight, no vote',
    ])
  })

  it.each([
    ['server.1=a', 'zoo.cfg:1: "a" is no address of a server'],
    ['\nserver.1=a:1:2:leader', 'zoo.cfg:2: a server cannot be a leader'],
    ['server.x=a:1:2\nserver.1=b:1:2', 'zoo.cfg:1: server.x has no number after a dot'],
    ['server.1=a:1:2\nserver.01=a:1:2', 'zoo.cfg:2: server.1 is there already (zoo.cfg:1)'],
    ['server.1=a:1:2:observer', 'zoo.cfg: no server votes\n  try: server.1='],
    ['dynamicConfigFile=/etc/zoo.dynamic', 'no server votes\n  try: import /etc/zoo.dynamic'],
    ['server.1=a:1:2\nweight.1=2', 'zoo.cfg:2: there are weights but no groups'],
    [`${NINE}weight.2=-1`, 'zoo.cfg:7: "-1" is no weight'],
    [`${NINE}group.3=1`, 'zoo.cfg:7: server 1 is in group 1 and in group 3'],
    [`${NINE}group.3=4`, 'zoo.cfg:7: there is no server 4'],
    [`${NINE}group.3=a:b`, 'zoo.cfg:7: "a:b" is no list of servers'],
    [`${NINE}server.4=d:1:2`, 'zoo.cfg:7: server 4 is in no group'],
    [`${NINE}server.4=d:1:2:observer\ngroup.3=4`, 'observer 4 is in group 3 without a weight'],
    ['group.1=1\nweight.1=0', 'zoo.cfg: no group has any weight'],
    [
      'server.1=a:1:2\nserver.2=b:1:2:observer\ngroup.1=1:2\nweight.2=1',
      'it takes 1 of 1 group, and in 1 the observers have half of the weight or more',
    ],
  ])('is refused with the place and the fact: %j', (text, message) => {
    expect(refusal(text, { source: 'zoo.cfg', format: 'zookeeper' })).toContain(message)
  })
})
