import { describe, expect, it } from 'vitest'

import { shrunkRun, runOfSeed } from '../../src/cli/simulate-found.ts'
import { seeded } from '../../src/core/random.ts'
import type { Fault } from '../../src/node/index.ts'
import type { Deviation, Run, Schedule, Simulation } from '../../src/simulate/index.ts'
import { simulate } from '../../src/simulate/index.ts'
import { anchored, anchorsOf } from '../../src/simulate/shrink-anchor.ts'
import { smallestNumber, smallestPart } from '../../src/simulate/shrink-list.ts'
import { withoutNode } from '../../src/simulate/shrink-nodes.ts'
import type { Failing } from '../../src/simulate/shrink.ts'
import { shrink } from '../../src/simulate/shrink.ts'
import { askedSubject } from '../../suites/subject.ts'

/** All parts of a list, by brute force. */
function partsOf<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: 2 ** items.length }, (_, bits) =>
    items.filter((_item, at) => (bits >> at) % 2 === 1),
  )
}

describe('the smallest part of a list', () => {
  it('is as small as brute force says, where whatever contains a needle shows it', async () => {
    const random = seeded(1)
    for (let round = 0; round < 400; round++) {
      const items = Array.from({ length: random.int(0, 9) }, (_, at) => at)
      const needle = items.filter(() => random.chance(1, 4))
      const shows = (kept: readonly number[]): boolean => needle.every((one) => kept.includes(one))
      const found = await smallestPart(items, (kept) => Promise.resolve(shows(kept)))
      const least = Math.min(
        ...partsOf(items)
          .filter(shows)
          .map(({ length }) => length),
      )
      expect(found).toEqual(needle)
      expect(found.length).toBe(least)
    }
  })

  it('shows the fault and can spare nothing, whatever the fault needs', async () => {
    const random = seeded(2)
    for (let round = 0; round < 400; round++) {
      const items = Array.from({ length: random.int(1, 8) }, (_, at) => at)
      // Any set of parts may show it, as long as the whole does.
      const faulty = new Set(
        partsOf(items)
          .map((part) => part.join())
          .filter(() => random.chance(1, 3)),
      )
      faulty.add(items.join())
      const shows = (kept: readonly number[]): boolean => faulty.has(kept.join())
      const found = await smallestPart(items, (kept) => Promise.resolve(shows(kept)))
      expect(shows(found)).toBe(true)
      for (const at of found.keys()) expect(shows(found.toSpliced(at, 1))).toBe(false)
    }
  })

  it('asks of a thousand items with one needle only some dozen times', async () => {
    let asked = 0
    const items = Array.from({ length: 1000 }, (_, at) => at)
    const found = await smallestPart(items, (kept) => {
      asked++
      return Promise.resolve(kept.includes(617))
    })
    expect(found).toEqual([617])
    expect(asked).toBeLessThan(60)
  })

  it('stops where the budget does, with what it knows by then', async () => {
    let left = 5
    const items = Array.from({ length: 64 }, (_, at) => at)
    const test = (kept: readonly number[]) =>
      Promise.resolve(left-- > 0 ? kept.includes(3) : undefined)
    const found = await smallestPart(items, test)
    expect(found).toContain(3)
    expect(found.length).toBeLessThan(64)
    expect(left).toBe(-1)
  })

  it('finds the smallest number by halving', async () => {
    for (let least = 0; least <= 20; least++) {
      const found = await smallestNumber(0, 20, (value) => Promise.resolve(value >= least))
      expect(found).toBe(least)
    }
  })
})

const simulation = {
  nodes: 5,
  forMs: 4000,
  clients: { count: 4, policy: 'any', rate: 10 },
  network: { delayMs: [1, 10] },
  disk: { writeMs: [1, 2] },
  faults: [],
} as unknown as Simulation

/** A schedule of random things, all different. */
function planted(seed: number, size: number): Schedule {
  const random = seeded(seed)
  const node = (): string => `n${random.int(1, 5)}`
  return {
    faults: Array.from({ length: size }, (_, at): Fault => {
      const span = { at: 100 * at, until: 100 * at + 900 }
      return random.chance(1, 2)
        ? { type: 'crash', node: node(), ...span }
        : { type: 'partition', from: ['n1', 'n2'], to: [node()], both: true, ...span }
    }),
    operations: Array.from({ length: 4 * size }, (_, at) => ({
      at: 50 * at,
      client: at % 4,
      node: node(),
      asked: { f: 'write', value: at },
    })),
    deviations: Array.from({ length: 10 * size }, (_, at): Deviation => {
      const draw = { nth: at + 1, us: 1000 + at }
      return random.chance(1, 3)
        ? { type: 'timer', node: node(), ...draw }
        : { type: 'delay', from: 'n1', to: 'n2', ...draw }
    }),
  }
}

/** Of a schedule that many of each: what the planted fault needs. */
function needleIn(schedule: Schedule, seed: number) {
  const random = seeded(seed)
  const some = <Item>(items: readonly Item[], most: number): readonly Item[] =>
    random.shuffle(items).slice(0, random.int(0, most))
  return {
    faults: some(schedule.faults, 2).map(({ at }) => at),
    operations: some(schedule.operations, 3).map(({ asked }) => asked.value),
    deviations: some(schedule.deviations, 3).map(({ nth }) => nth),
    nodes: random.int(1, 5),
  }
}

type Needle = ReturnType<typeof needleIn>

/** Stands for a run: it fails if the needle is in the schedule. */
function runWith(needle: Needle) {
  return ({ nodes }: Simulation, { faults, operations, deviations }: Schedule): Run => {
    const fails =
      nodes >= needle.nodes &&
      needle.faults.every((at) => faults.some((one) => one.at === at)) &&
      needle.operations.every((value) => operations.some(({ asked }) => asked.value === value)) &&
      needle.deviations.every((nth) => deviations.some((one) => one.nth === nth))
    const outcome = fails ? 'fail' : 'pass'
    return { outcome, chances: [], trace: [], stats: { events: 9 } } as unknown as Run
  }
}

const fails = (run: Run): Promise<boolean> => Promise.resolve(run.outcome === 'fail')

function sizeOf({ simulation: { nodes }, schedule }: Failing): number {
  const { faults, operations, deviations } = schedule
  return faults.length + operations.length + deviations.length + nodes
}

describe('shrinking a run', () => {
  it('leaves the needle and nothing else', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const schedule = planted(seed, 6)
      const needle = { ...needleIn(schedule, seed), nodes: 5 }
      const given = { simulation, schedule }
      const small = await shrink(given, { run: runWith(needle), stillFails: fails })
      expect(small.minimal).toBe(true)
      expect(small.schedule.faults.map(({ at }) => at).sort()).toEqual([...needle.faults].sort())
      const values = small.schedule.operations.map(({ asked }) => asked.value)
      expect(new Set(values)).toEqual(new Set(needle.operations))
      const numbers = small.schedule.deviations.map(({ nth }) => nth)
      expect(new Set(numbers)).toEqual(new Set(needle.deviations))
      expect(sizeOf(small)).toBeLessThanOrEqual(sizeOf(given))
    }
  })

  it('takes nodes away as long as nobody needs them, and clients are asked elsewhere', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const schedule = { ...planted(seed, 3), faults: [], deviations: [] }
      const needle = { ...needleIn(schedule, seed), faults: [], deviations: [] }
      const run = runWith(needle)
      const small = await shrink({ simulation, schedule }, { run, stillFails: fails })
      expect(small.simulation.nodes).toBe(needle.nodes)
      for (const { node } of small.schedule.operations) {
        expect(Number(node.slice(1))).toBeLessThanOrEqual(needle.nodes)
      }
    }
  })

  it('comes to the same for the same run', async () => {
    const schedule = planted(3, 5)
    const options = { run: runWith(needleIn(schedule, 4)), stillFails: fails }
    const [one, other] = [
      await shrink({ simulation, schedule }, options),
      await shrink({ simulation, schedule }, options),
    ]
    expect([one.runs, one.schedule]).toEqual([other.runs, other.schedule])
  })

  it('keeps to its budget, and says that more could go', async () => {
    const schedule = planted(5, 20)
    let ran = 0
    const needle = needleIn(schedule, 6)
    const small = await shrink(
      { simulation, schedule },
      {
        run: (...given) => (ran++, runWith(needle)(...given)),
        stillFails: fails,
        budget: { runs: 10 },
      },
    )
    expect(ran).toBeLessThanOrEqual(13)
    expect(small.minimal).toBe(false)
    expect(await fails(runWith(needle)(small.simulation, small.schedule))).toBe(true)
  })

  it('makes of a real run a story of a few lines, with the same violation', async () => {
    const subject = await askedSubject({ text: 'safe-register/half-a-write' })
    let seed = 1
    let told = await runOfSeed(subject, seed)
    while (told.judged.outcome !== 'fail') told = await runOfSeed(subject, ++seed)
    const small = await shrunkRun(subject, told, { budget: { runs: 1500 } })
    expect(small.judged.violated).toBe(told.judged.violated)
    expect(small.story.length).toBeLessThanOrEqual(25)
    expect(small.story.map(({ kind }) => kind)).toContain('operation')
    for (const at of small.schedule.operations.keys()) {
      const operations = small.schedule.operations.toSpliced(at, 1)
      const schedule = { ...small.schedule, operations }
      const fewer = await subject.judge(simulate(small.simulation, schedule))
      expect(fewer.outcome).toBe('pass')
    }
  })
})

describe('what is kept when other things go', () => {
  it('is chance at the same message, by whatever number', () => {
    const message = (nth: number, time: number, value: number) =>
      ({ type: 'message', from: 'n1', to: 'n2', nth, time, message: { type: 'm', value } }) as const
    const late: Deviation = { type: 'delay', from: 'n1', to: 'n2', nth: 3, us: 9 }
    const before = [message(1, 10, 10_001), message(2, 20, 10_002), message(3, 30, 10_003)]
    const anchors = anchorsOf([late], before)
    expect(anchored([late], anchors, [message(1, 12, 10_002), message(2, 33, 10_003)])).toEqual([
      { ...late, nth: 2 },
    ])
    // Of several that are alike, the nearest in time.
    const same = [message(1, 10, 1), message(2, 29, 1), message(3, 70, 1)]
    expect(anchored([late], anchorsOf([late], same), same.slice(1))).toEqual([{ ...late, nth: 3 }])
  })

  it('is what befalls the other nodes, under their new names', () => {
    const schedule: Schedule = {
      operations: [
        { at: 1, client: 0, node: 'n3', asked: { f: 'read', value: null } },
        { at: 2, client: 1, node: 'n2', asked: { f: 'read', value: null } },
      ],
      faults: [
        { type: 'crash', node: 'n2', at: 1 },
        { type: 'partition', from: ['n1', 'n2'], to: ['n3', 'n5'], at: 2 },
        { type: 'clog', from: ['n2'], to: ['n3'], at: 2 },
      ],
      deviations: [
        { type: 'lost', from: 'c1', to: 'n3', nth: 1 },
        { type: 'lost', from: 'n2', to: 'n3', nth: 1 },
        { type: 'pick', node: 'n5', nth: 1, index: 1 },
      ],
      core: ['n1', 'n2', 'n4'],
    }
    const smaller = withoutNode({ simulation, schedule }, 2)
    expect(smaller?.simulation.nodes).toBe(4)
    expect(smaller?.schedule).toEqual({
      operations: [
        { ...schedule.operations[0], node: 'n2' },
        { ...schedule.operations[1], node: 'n1' },
      ],
      faults: [{ type: 'partition', from: ['n1'], to: ['n2', 'n4'], at: 2 }],
      deviations: [
        { type: 'lost', from: 'c1', to: 'n2', nth: 1 },
        { type: 'pick', node: 'n4', nth: 1, index: 1 },
      ],
      core: ['n1', 'n3'],
    })
  })
})
