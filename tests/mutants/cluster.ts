import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const cluster = mutantsIn('src/cluster/')
const campaign = mutantsIn('src/campaign/')
const frames = cluster('frames')
const format = cluster('wal-format')
const file = cluster('wal-file')
const proxy = cluster('proxy')
const plan = cluster('fault-plan')
const tally = campaign('tally')
const seeds = campaign('seeds')
const service = cluster('maelstrom/service')

/** Mutants of what real processes are made of, of campaigns, and of Maelstrom's services. */
export const clusterMutants: Readonly<Record<string, MutantArea>> = {
  'frames, files, links and faults of real processes': {
    tests: [
      'tests/cluster/frames.test.ts',
      'tests/cluster/wal-format.test.ts',
      'tests/cluster/wal-file.test.ts',
      'tests/cluster/proxy.test.ts',
      'tests/cluster/fault-plan.test.ts',
    ],
    mutants: [
      frames('at += PREFIX + length', 'at += length', 'the next frame begins too early'),
      frames(
        'this.#needed = PREFIX + length',
        'this.#needed = PREFIX + length + 1',
        'a frame comes out when the next one has begun',
      ),
      frames('if (length > this.#limit)', 'if (length >= this.#limit)', 'a byte less is allowed'),
      format('damaged ||= record.synced > end', '', 'damage is taken for a torn end'),
      format(
        'if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32LE(at)) return undefined',
        '',
        'flipped bits are not seen',
      ),
      file('await handle.truncate(end)', 'void end', 'what was torn is read with what comes next'),
      file(
        '.slice(1) as readonly (FileRecord',
        '.slice(2) as readonly (FileRecord',
        'a lost write',
      ),
      file(
        'if (first > 0) yield',
        'if (first > 1) yield',
        'a log that was compacted begins anew when the file is written anew',
      ),
      file("'nodes', 'parameters', 'mutant']", "'nodes', 'parameters']", 'a bug goes unnoticed'),
      file(
        '...namesIn(records), ...namesIn(beyond)',
        '...namesIn(records)',
        'what was written only behind the damage counts as never written',
      ),
      proxy('cut || (loss > 0', '(loss > 0', 'links cannot be cut'),
      proxy('if (this.#greeted) this.#pass(frame)', 'if (true) this.#pass(frame)', 'a lost hello'),
      proxy('Math.max(this.#last, now + delay)', 'now + delay', 'messages overtake each other'),
      proxy('if (!state.clogged) for', 'if (state.clogged) for', 'what was kept stays'),
      plan('if (at < other.until + gap &&', 'if (at < other.until - gap &&', 'faults overlap'),
      plan(
        'const until = at + Math.round((blackout.until - at) / 3)',
        'const until = blackout.until',
        'nobody comes back later than the others',
      ),
    ],
  },
  campaigns: {
    tests: ['tests/campaign/campaign.test.ts'],
    mutants: [
      tally('(this.#counted.at(-1) ?? 0) + 1', 'this.#counted.at(-1) ?? 0', 'the last is lost'),
      tally(
        'if (wanted === undefined || result.violated === wanted) ',
        '',
        'any violation is the one that was looked for',
      ),
      tally('.sort((a, b) => a - b).slice(0, stopAfter)', '.slice(0, stopAfter)', 'timing counts'),
      tally('({ index }) => index < this.#end', '() => true', 'more is told than was needed'),
      tally('results.sort((a, b) => a.index - b.index)', '', 'seeds in the order of threads'),
      tally('results.length < this.#end', 'results.length <= this.#end', 'always cut short'),
      seeds('index * shard.of + shard.index - 1', 'index * shard.of + shard.index', 'a shard'),
      seeds('(all - shard.index + 1) / shard.of', '(all - shard.index) / shard.of', 'a seed less'),
    ],
  },
  'services of Maelstrom': {
    tests: ['tests/maelstrom/service.test.ts'],
    mutants: [
      service('seen.set(from, newest)', '', 'a node may not see what it wrote itself'),
      service('Math.max(seen.get(from) ?? 0, ', 'Math.max(', 'what a node sees goes backwards'),
      service(
        'const now = outcome(request, at(request.key, newest))',
        'const now = then',
        'what changes is an old state',
      ),
      service("request['create_if_not_exists'] === true", 'true', 'created without being asked'),
      service('ts: next++', 'ts: next', 'one timestamp for everybody'),
      service(
        'if (missing !== undefined) return',
        "if (missing === '') return",
        'requests without a key',
      ),
      service('return { answer: errorBody(22, fact) }', 'return { answer: {} }', 'no refusal'),
      service('const here = random.pick(replicas)', 'const [here] = replicas', 'nothing is lost'),
    ],
  },
}
