import { agreedPast } from '../../specs/replication/agreed-past.ts'
import { dynamo } from '../../specs/replication/dynamo.ts'
import { multiMaster } from '../../specs/replication/multi-master.ts'
import { gossip } from '../../specs/replication/gossip.ts'
import { partitionedRegister } from '../../specs/replication/partitioned-register.ts'
import { primaryCopy } from '../../specs/replication/primary-copy.ts'
import { verticalPaxos } from '../../specs/replication/vertical.ts'
import type { SpecEntry } from '../spec-entry.ts'
import { found, sized } from './counted.ts'

const SAME = 'when nothing is under way all hold the same'
const KEPT = 'every replica has what was acknowledged'
const ALL_HAVE = 'all members of the active configuration have what was acknowledged'
const SEEN = 'a get sees what was acknowledged before it'

const EQUAL = 'all copies become equal and stay so'
const ACKNOWLEDGED = 'a read returns what was acknowledged before it'
const READS_END = 'each read is answered'

export const replicationSpecs: readonly SpecEntry[] = [
  { spec: primaryCopy, expect: { outcome: 'pass', distinctStates: 416 }, size: 'small' },
  {
    spec: primaryCopy,
    parameters: { replicas: 4, writes: 3, crashes: 2, takeovers: 2 },
    expect: { outcome: 'pass' },
    size: 'long',
  },
  {
    spec: primaryCopy,
    parameters: { replicas: 4, writes: 3, crashes: 2, takeovers: 2 },
    mutant: 'keeps-old-work',
    expect: { outcome: 'fail', violated: KEPT },
    size: 'small',
  },
  {
    spec: primaryCopy,
    mutant: 'acknowledges-first',
    expect: { outcome: 'fail', violated: KEPT },
    size: 'small',
  },
  {
    spec: primaryCopy,
    mutant: 'acknowledges-at-a-majority',
    expect: { outcome: 'fail', violated: KEPT },
    size: 'small',
  },
  {
    spec: primaryCopy,
    mutant: 'no-fencing',
    expect: { outcome: 'fail', violated: KEPT },
    size: 'small',
  },
  { spec: dynamo, expect: { outcome: 'pass', distinctStates: 4488 }, size: 'small' },
  {
    spec: dynamo,
    parameters: { r: 1, w: 3 },
    expect: { outcome: 'pass' },
    size: 'small',
  },
  {
    spec: dynamo,
    parameters: { r: 1, w: 2 },
    expect: { outcome: 'fail', violated: SEEN },
    size: 'small',
  },
  {
    spec: dynamo,
    mutant: 'sloppy',
    expect: { outcome: 'fail', violated: SEEN },
    size: 'small',
  },
  {
    spec: dynamo,
    mutant: 'no-version',
    expect: { outcome: 'fail', violated: SEEN },
    size: 'small',
  },

  sized(verticalPaxos, {}, [1596, 12]),
  sized(verticalPaxos, { configuration: 2, writes: 3 }, [73032, 19], { size: 'long' }),
  found(verticalPaxos, 'activate-early', ALL_HAVE),
  found(verticalPaxos, 'no-fence', ALL_HAVE),
  found(verticalPaxos, 'acknowledge-early', ALL_HAVE),
  { spec: multiMaster, expect: { outcome: 'pass', distinctStates: 132 }, size: 'small' },
  {
    spec: multiMaster,
    parameters: { masters: 3, writes: 1 },
    expect: { outcome: 'pass', distinctStates: 455 },
    size: 'small',
  },
  ...['arrival-order', 'no-tie-break', 'clock-not-advanced'].map((mutant): SpecEntry => ({
    spec: multiMaster,
    mutant,
    expect: { outcome: 'fail', violated: SAME },
    size: 'small',
  })),
  { spec: gossip, expect: { outcome: 'pass', distinctStates: 89 }, size: 'small' },
  {
    spec: gossip,
    parameters: { replicas: 3 },
    expect: { outcome: 'pass', distinctStates: 2254 },
    size: 'long',
  },
  {
    spec: gossip,
    mutant: 'told-once',
    expect: { outcome: 'fail', violated: EQUAL },
    size: 'small',
  },
  {
    spec: gossip,
    mutant: 'last-arrived-stays',
    expect: {
      outcome: 'fail',
      violated: 'replicas that know the same writes hold the same value',
    },
    size: 'small',
  },
  { spec: agreedPast, expect: { outcome: 'pass', distinctStates: 1498 }, size: 'small' },
  {
    spec: agreedPast,
    mutant: 'everybody-settles',
    expect: { outcome: 'fail', violated: 'of two pasts one begins with the other' },
    size: 'small',
  },
  {
    spec: agreedPast,
    mutant: 'last-heard-stays',
    expect: { outcome: 'fail', violated: 'what was shown stays' },
    size: 'small',
  },
  { spec: partitionedRegister, expect: { outcome: 'pass', distinctStates: 156 }, size: 'small' },
  {
    spec: partitionedRegister,
    parameters: { cuts: 0 },
    expect: { outcome: 'pass', distinctStates: 52 },
    size: 'small',
  },
  {
    spec: partitionedRegister,
    parameters: { heals: false },
    expect: { outcome: 'fail', violated: READS_END },
    size: 'small',
  },
  {
    spec: partitionedRegister,
    parameters: { waits: false, heals: false },
    expect: { outcome: 'fail', violated: ACKNOWLEDGED },
    size: 'small',
  },
  {
    spec: partitionedRegister,
    mutant: 'gives-up-waiting',
    expect: { outcome: 'fail', violated: ACKNOWLEDGED },
    size: 'small',
  },
]
