import type { ClaimGroup } from './claim.ts'
import { bothIfWeak, bothWithoutCut, cannotTell, noneIsSpared, notBoth } from './cap-questions.ts'
import { satisfies, violates } from './drawn.ts'
import { allWithoutCut, notAllThree, slowIsCut, tuning } from './partition-runs.ts'

const GILBERT =
  'Gilbert & Lynch 2002, Brewer’s conjecture and the feasibility of consistent, available, ' +
  'partition-tolerant web services'
const TWELVE = 'Brewer 2012, CAP twelve years later'

const PARTITIONED = 'specs/replication/partitioned-register'
const WAITS_FOR_EVER = `${PARTITIONED}/heals-false/claims`
const ANSWERS_ALONE = `${PARTITIONED}/waits-false-heals-false/claims`

const READ_OF_THE_PAST = `
  a: [write 1]
  b:           [read -> null]`

/** Consistency, availability and partitions: what cannot be had together. */
export const cap: ClaimGroup = {
  name: 'CAP',
  claims: [
    {
      id: 'CAP-01',
      name: 'CAP theorem',
      kind: 'theorem',
      says: 'No system has all three: consistency, availability, and tolerance of partitions.',
      source: GILBERT,
      verdict: 'holds',
      checks: [notBoth, bothWithoutCut, WAITS_FOR_EVER, ANSWERS_ALONE],
    },
    {
      id: 'CAP-02',
      name: 'Choose any two',
      kind: 'claim',
      says: 'Of consistency, availability and tolerance of partitions a system can choose any two.',
      source: 'lecture notes; Brewer 2000, Towards robust distributed systems',
      verdict: 'holds with a correction',
      counterexamples: [noneIsSpared],
      instead:
        'Whether the network is cut is not up to the system. While it is, the choice is between ' +
        'consistency and availability; while it is not, both can be had.',
      checks: [notBoth, bothWithoutCut, `${PARTITIONED}/cuts-0/claims`],
    },
    {
      id: 'CAP-03',
      name: 'Proof with two nodes',
      kind: 'theorem',
      says:
        'With the link cut, N2 cannot know of a write at N1, answers as if there were none, and ' +
        'so returns what is old.',
      source: GILBERT,
      verdict: 'holds',
      checks: [cannotTell, ANSWERS_ALONE, `${PARTITIONED}/gives-up-waiting`],
    },
    {
      id: 'CAP-04',
      name: 'Consistency means linearizability',
      kind: 'property',
      says: 'Consistency in the sense of the theorem is linearizability.',
      source: GILBERT,
      verdict: 'holds',
      checks: [
        notBoth,
        bothIfWeak,
        violates('a read of the past', { history: READ_OF_THE_PAST, condition: 'linearizable' }),
        satisfies('a read of the past', { history: READ_OF_THE_PAST, condition: 'sequential' }),
      ],
    },
    {
      id: 'CAP-05',
      name: 'Availability',
      kind: 'property',
      says: 'Every request that a live node receives is answered at some time.',
      source: GILBERT,
      verdict: 'holds',
      checks: [`${PARTITIONED}/claims`, WAITS_FOR_EVER],
    },
    {
      id: 'CAP-06',
      name: 'Tolerance of partitions',
      kind: 'property',
      says: 'A system tolerates partitions if it goes on working whatever messages are lost.',
      source: `lecture notes, after ${GILBERT}`,
      verdict: 'holds with a correction',
      counterexamples: [WAITS_FOR_EVER, ANSWERS_ALONE],
      instead:
        'It is a property of the network: any messages between two groups may be lost. What a ' +
        'system does then is a matter of consistency and availability; the same nodes have both ' +
        'where nothing is lost.',
      checks: [`${PARTITIONED}/cuts-0/claims`, bothWithoutCut, noneIsSpared],
    },
    {
      id: 'CAP-07',
      name: 'Systems that are CP',
      kind: 'claim',
      says:
        'BigTable, HBase, MongoDB, Redis, MemcacheDB, Scalaris, Paxos and ZooKeeper are ' +
        'consistent and tolerate partitions.',
      source: 'lecture notes',
      verdict: 'refuted as worded',
      counterexamples: [
        'histories/zk-plain-partition/linearizable',
        'protocols/primary-backup/failover',
        'protocols/primary-backup/reads-anywhere',
      ],
      instead:
        'The label is one of settings and not of products. ZooKeeper as it is answers reads with ' +
        'the past; whatever replicates after it has answered, as Redis does and MongoDB by ' +
        'default did, loses what it acknowledged. The same product is linearizable or not by how ' +
        'it is asked, as etcd is.',
      checks: [
        'histories/etcd-lin-faults/linearizable',
        'histories/etcd-ser-partition/linearizable',
        'protocols/zab/local-reads',
        'protocols/zab/synced-reads',
        'protocols/multi-paxos/claims',
      ],
    },
    {
      id: 'CAP-08',
      name: 'Systems that are AP',
      kind: 'claim',
      says:
        'Dynamo, CouchDB, Cassandra, SimpleDB, Riak and Voldemort are available and tolerate ' +
        'partitions.',
      source: 'lecture notes',
      verdict: 'not executable',
      because:
        'it is a list of products, and nothing of them is recorded here; see CAP-09 for how the ' +
        'label depends on settings',
    },
    {
      id: 'CAP-09',
      name: 'Systems that can be tuned',
      kind: 'claim',
      says: 'Some systems let their users choose between consistency and availability.',
      source: `${TWELVE}; DeCandia and others 2007, Dynamo`,
      verdict: 'holds',
      checks: [tuning, 'protocols/tunable-store/claims', 'protocols/tunable-store/one-answer'],
    },
    {
      id: 'CAP-10',
      name: 'A slow link is a partition',
      kind: 'claim',
      says: 'A link that is slower than anybody waits for is a partition.',
      source: TWELVE,
      verdict: 'holds',
      checks: [slowIsCut],
    },
    {
      id: 'CAP-11',
      name: 'Availability is more important',
      kind: 'claim',
      says: 'For a bookstore it is more important to be available than to be consistent.',
      source: 'lecture notes; Vogels 2009, Eventually consistent',
      verdict: 'not executable',
      because: 'what is more important to somebody is no question for a program',
    },
    {
      id: 'CAP-12',
      name: 'Which faults it covers',
      kind: 'claim',
      says: 'The theorem covers one kind of fault, and systems have to deal with many others.',
      source: 'lecture notes; Stonebraker 2010, Errors in database systems',
      verdict: 'not executable',
      because: 'it is a criticism of what the theorem is used for, and not a statement about runs',
    },
    {
      id: 'CAP-13',
      name: 'A bookstore that wants all three',
      kind: 'claim',
      says: 'A bookstore cannot have consistency, availability and partition tolerance at once.',
      source: 'lecture notes',
      verdict: 'holds',
      checks: [notAllThree, allWithoutCut],
    },
  ],
}
