import { abdCalls } from '../../specs/registers/abd-calls.ts'
import { abd } from '../../specs/registers/abd.ts'
import { atomicRegister, regularRegister, safeRegister } from '../../specs/registers/register.ts'
import type { SpecEntry } from '../spec-entry.ts'
import { counted, found } from './counted.ts'

const REGULAR = 'what a read returns is regular'
const ATOMIC = 'what a read returns is atomic'

export const registersSpecs: readonly SpecEntry[] = [
  { spec: safeRegister, expect: { outcome: 'pass', distinctStates: 876 }, size: 'small' },
  { spec: regularRegister, expect: { outcome: 'pass', distinctStates: 446 }, size: 'small' },
  {
    spec: regularRegister,
    mutant: 'safe-only',
    expect: { outcome: 'fail', violated: 'regular register' },
    size: 'small',
  },
  { spec: atomicRegister, expect: { outcome: 'pass', distinctStates: 295 }, size: 'small' },
  {
    spec: atomicRegister,
    mutant: 'regular-only',
    expect: { outcome: 'fail', violated: 'atomic register' },
    size: 'small',
  },
  { spec: abd, expect: { outcome: 'pass', distinctStates: 56_335 }, size: 'small' },
  {
    spec: abd,
    parameters: { crashes: 1 },
    expect: { outcome: 'pass', distinctStates: 225_340, depth: 34 },
    size: 'long',
  },
  {
    spec: abd,
    parameters: { writeBack: false },
    expect: { outcome: 'pass' },
    size: 'small',
  },
  {
    spec: abd,
    parameters: { quorums: 'reads: a * b; writes: a + b', readers: 2 },
    expect: { outcome: 'pass' },
    size: 'small',
  },
  {
    spec: abd,
    parameters: { quorums: 'reads: a + b; writes: a + b' },
    expect: { outcome: 'fail', violated: REGULAR },
    size: 'small',
  },
  {
    spec: abd,
    mutant: 'no-write-back',
    expect: { outcome: 'fail', violated: ATOMIC },
    size: 'small',
  },
  {
    spec: abd,
    mutant: 'read-one',
    expect: { outcome: 'fail', violated: REGULAR },
    size: 'small',
  },
  {
    spec: abd,
    mutant: 'write-one',
    expect: { outcome: 'fail', violated: REGULAR },
    size: 'small',
  },
  counted(abdCalls, { calls: 1, tags: 1 }, [25007, 217272, 25]),
  found(abdCalls, 'say-before-durable', 'what is told is stored by a quorum', {
    calls: 1,
    tags: 1,
  }),
  ...(
    [
      ['no-write-back', 1],
      ['write-without-query', 2],
    ] as const
  ).map(([mutant, tags]): SpecEntry => ({
    spec: abdCalls,
    parameters: { calls: 2, tags },
    mutant,
    symmetry: true,
    expect: {
      outcome: 'fail',
      violated: 'a call is not finished with less than was told before it began',
    },
    size: 'nightly',
  })),
]
