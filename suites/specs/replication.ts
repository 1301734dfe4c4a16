import { dynamo } from '../../specs/replication/dynamo.ts'
import { multiMaster } from '../../specs/replication/multi-master.ts'
import { primaryCopy } from '../../specs/replication/primary-copy.ts'
import { verticalPaxos } from '../../specs/replication/vertical.ts'
import type { SpecEntry } from '../spec-entry.ts'
import { found, sized } from './counted.ts'

const SAME = 'when nothing is under way all hold the same'
const KEPT = 'every replica has what was acknowledged'
const ALL_HAVE = 'all members of the active configuration have what was acknowledged'
const SEEN = 'a get sees what was acknowledged before it'

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
]
