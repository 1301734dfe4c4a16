import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/quorum/import/')

const built = in_('built')
const cassandra = in_('cassandra')
const settings = in_('cassandra-settings')
const detect = in_('detect')
const etcd = in_('etcd')
const json = in_('json-text')
const raft = in_('raft')
const stellar = in_('stellar')
const zookeeper = in_('zookeeper')
const lines = in_('zookeeper-lines')

/** Mutants of what reads the configurations of real systems. */
export const quorumImport: MutantArea = {
  tests: ['cassandra', 'formats', 'raft', 'stellar', 'zookeeper'].map(
    (name) => `tests/quorum/import/${name}.test.ts`,
  ),
  mutants: [
    built('zones[name] ?? own', 'own ?? zones[name]', 'the zone that the user gives is ignored'),
    built("found.outcome === 'found'", "found.outcome !== 'found'", 'gaps are told as none'),
    cassandra(
      'return majorityOf(near)',
      'return majorityOf(all)',
      'LOCAL_QUORUM asks all data centres',
    ),
    cassandra(
      'allOf([...ring.centres.values()].map(majorityOf))',
      'majorityOf(all)',
      'EACH_QUORUM forgets about data centres',
    ),
    cassandra(
      'read.level === write.level && read.local === write.local',
      'read.level === write.level',
      'clients in two data centres count as in one',
    ),
    cassandra('indexOf(level) + 1', 'indexOf(level) + 2', 'ONE asks for two'),
    cassandra("if (kind === 'read') return", 'return', 'writes may be SERIAL'),
    settings('read: options.read ?? read', 'read: read ?? options.read', 'options come second'),
    settings('.at(-1)?.[1]', '[9]?.[1]', 'CONSISTENCY is not read'),
    settings("comment.replace(/[^\\n]/g, ' ')", "''", 'comments shift the lines of messages'),
    detect("if (keys.has('members')) return 'etcd'", '', 'members of etcd are not recognised'),
    etcd('isLearner !== true', 'isLearner !== false', 'learners vote'),
    etcd('uses.get(name) === 1 ? name', 'uses.get(name) === 2 ? name', 'names are not distinct'),
    json('? digits : number', '? number : number', 'two large numbers become one'),
    json(
      "text.startsWith('\\uFEFF') ? 1 : 0",
      "text === '' ? 1 : 0",
      'a byte order mark is a fault',
    ),
    raft(
      'others.length === 0 ? first : allOf(majorities)',
      'first',
      'the configuration that is left does not count',
    ),
    stellar('if (need > inputs.length)', 'if (need > 1000)', 'a threshold out of reach passes'),
    stellar('{ name, zone: undefined }', '{ name, zone }', 'who is in two sets has a zone'),
    stellar('zone ?? name', 'name', 'zones are the innermost sets'),
    zookeeper('total += weight\n', 'if (votes) total += weight\n', 'observers weigh nothing'),
    zookeeper(
      'Math.floor(group.weight / 2) + 1',
      'Math.ceil(group.weight / 2)',
      'half of the weight of a group is enough',
    ),
    zookeeper('groups.filter(({ weight }) => weight > 0)', 'groups', 'groups without weight count'),
    zookeeper(
      'const need = Math.floor(counting.length / 2) + 1',
      'const need = Math.ceil(counting.length / 2)',
      'half of the groups are enough',
    ),
    zookeeper('?? (votes ? 1 : undefined)', '?? 1', 'an observer without a weight passes'),
    lines(".includes('observer')", ".includes('OBSERVER')", 'observers vote'),
    lines('String(BigInt(number))', 'number', 'server.01 is another one than server.1'),
  ],
}
