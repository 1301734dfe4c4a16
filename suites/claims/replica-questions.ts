/** Questions about registers that replicas keep, with 5 replicas of which 2 may crash. */
import type { AnyProtocol } from '../../src/node/index.ts'
import { abd } from '../../impls/registers/abd.ts'
import { regularRegister } from '../../impls/registers/regular-register.ts'
import { counted } from '../../src/core/wording.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import { combinations, named } from './node-sets.ts'
import type { Ask } from './scripted-run.ts'
import { answered, linesOf, played } from './scripted-run.ts'

const NODES = 5

/** The protocol of the exercise: 3 acknowledgements, 3 answers. */
export const exercise: AnyProtocol = regularRegister

/** Which replicas crash for ever, and when: before, while, and after the first write. */
const MOMENTS_MS = [0, 11, 30]

/** One writer at n1; a reader at each node that stays; everybody asks before and after a crash. */
function asksOf(up: readonly number[]): readonly Ask[] {
  return up.flatMap((node, client): readonly Ask[] => {
    const at = { client, node: `n${node + 1}` }
    if (node === 0) {
      return [10, 50].map((ms, nth) => ({ ...at, at: ms, f: 'write', value: nth + 1 }))
    }
    return [10, 60].map((ms) => ({ ...at, at: ms, f: 'read' }))
  })
}

/** Whether everybody who asks a replica that stays is answered, whichever so many crash. */
export function answersAfter(protocol: AnyProtocol, crashes: number): Question {
  const survives = crashes * 2 < NODES
  const outcome = survives ? 'all that is asked of the others is answered' : 'nothing is answered'
  return question('run', `whichever ${crashes} of 5 replicas crash, ${outcome}`, () => {
    let [asked, done, runs] = [0, 0, 0]
    let shown: readonly string[] | undefined
    for (const down of combinations(NODES, crashes)) {
      for (const at of survives ? MOMENTS_MS : [0]) {
        const up = [0, 1, 2, 3, 4].filter((node) => !down.includes(node))
        const history = played({
          protocol,
          nodes: NODES,
          asks: asksOf(up),
          faults: down.map((node) => ({ type: 'crash', node: `n${node + 1}`, at })),
        })
        runs++
        asked += history.operations.length
        done += answered(history)
        if (!survives) shown ??= [`without ${named(down)}:`, ...linesOf(history)]
      }
    }
    const sentence =
      `in ${counted(runs, 'run')}, one for each choice and moment, ${done} of ` +
      `${counted(asked, 'operation')} at replicas that stay were answered`
    const expected = survives ? done === asked : done === 0
    return answer(expected && asked > 0, sentence, shown)
  })
}

/** Whether what a write of so many replicas stored is lost with the disk of one of three. */
export function acknowledgedIsLost(writes: 1 | 2): Question {
  const quorums = writes === 1 ? 'raow(n=3)' : 'majority(n=3)'
  const asks =
    writes === 1
      ? 'a write that was acknowledged by one replica is lost with the disk of this one'
      : 'a write that two of three acknowledged is not lost with any one disk'
  return question('run', asks, () => {
    let lost = 0
    let shown: readonly string[] | undefined
    for (const wiped of [1, 2, 3]) {
      const history = played({
        protocol: abd,
        options: { quorums, contact: 'quorum' },
        nodes: 3,
        asks: [
          { at: 10, client: 0, node: 'n2', f: 'write', value: 1 },
          { at: 200, client: 0, node: 'n2', f: 'read' },
        ],
        faults: [{ type: 'crash', at: 100, until: 110, node: `n${wiped}`, disk: 'wipe' }],
      })
      const isLost = history.operations.some(({ f, result }) => f === 'read' && result === null)
      lost += Number(isLost)
      if (isLost) shown ??= [...linesOf(history), `in between the disk of n${wiped} was lost`]
    }
    const sentence = `of 3 runs, each with another disk lost, ${lost} lost the write`
    return answer(writes === 1 ? lost > 0 : lost === 0, sentence, shown)
  })
}

/** Which numbers of acknowledgements and answers are safe, and which are live, by counting sets. */
export function isOnlyChoice(nodes: number, faults: number): Question {
  const asks = `of all R and W on ${nodes} replicas only R = W = ${nodes - faults} serves both`
  return question('enumeration', asks, () => {
    const safe: string[] = []
    const live: string[] = []
    for (let reads = 1; reads <= nodes; reads++) {
      for (let writes = 1; writes <= nodes; writes++) {
        const text = `(${reads}, ${writes})`
        if (allMeet(nodes, reads, writes)) safe.push(text)
        if (canGather(nodes, faults, Math.max(reads, writes))) live.push(text)
      }
    }
    const both = safe.filter((text) => live.includes(text))
    const wanted = `(${nodes - faults}, ${nodes - faults})`
    const sentence =
      `of ${nodes ** 2} pairs (R, W), every read set meets every write set for ${safe.length}, ` +
      `some set is up whichever ${faults} crash for ${live.length}, and both for ${both.join(', ')}`
    return answer(both.join() === wanted, sentence)
  })
}

function allMeet(nodes: number, reads: number, writes: number): boolean {
  return combinations(nodes, reads).every((read) =>
    combinations(nodes, writes).every((write) => read.some((node) => write.includes(node))),
  )
}

function canGather(nodes: number, faults: number, size: number): boolean {
  return combinations(nodes, faults).every((down) =>
    combinations(nodes, size).some((set) => set.every((node) => !down.includes(node))),
  )
}

/** The replica that both have asked may have crashed in the meantime. */
export const commonMayBeFaulty = question(
  'enumeration',
  'the replicas that a write set and a read set share may all be among those that crash',
  () => {
    let [all, faulty] = [0, 0]
    let shown: readonly string[] | undefined
    for (const write of combinations(NODES, 3)) {
      for (const read of combinations(NODES, 3)) {
        for (const down of combinations(NODES, 2)) {
          const common = write.filter((node) => read.includes(node))
          all++
          if (!common.every((node) => down.includes(node))) continue
          faulty++
          shown ??= [
            `stored at ${named(write)}, read from ${named(read)}: common is ${named(common)}`,
            `${named(down)} crash after they have answered`,
          ]
        }
      }
    }
    const sentence =
      `of ${all.toLocaleString('en-US')} choices of 3 acknowledgements, 3 answers and 2 crashes ` +
      `of 5 replicas, in ${faulty.toLocaleString('en-US')} every common replica crashes`
    return answer(faulty > 0, sentence, shown)
  },
)

/** The same as a run: the only replica that has the value and was asked crashes in between. */
export const answeredIsEnough = question(
  'run',
  'a read that asked 3 of 5 returns the write although the common replica crashes right after',
  () => {
    let [runs, right] = [0, 0]
    let shown: readonly string[] | undefined
    for (const [common = 0, other = 0] of orderedPairs([1, 2, 3, 4])) {
      const history = runThrough(common, other)
      runs++
      right += Number(history.operations.some(({ f, result }) => f === 'read' && result === 1))
      shown ??= [
        `the write reaches ${named([0, common, other].toSorted((a, b) => a - b))} only`,
        ...linesOf(history),
        `n${common + 1} has answered the read and crashed when the answer is heard`,
      ]
    }
    const sentence = `in ${right} of ${counted(runs, 'run')} the read returned what was written`
    return answer(right === runs && runs > 0, sentence, shown)
  },
)

function orderedPairs(nodes: readonly number[]): readonly (readonly number[])[] {
  return nodes.flatMap((a) => nodes.filter((b) => b !== a).map((b) => [a, b]))
}

/** n1 tells two others, and the other two ask one of these, which crashes then. */
function runThrough(common: number, other: number) {
  const names = (nodes: readonly number[]) => nodes.map((node) => `n${node + 1}`)
  const told = [0, common, other]
  const rest = [1, 2, 3, 4].filter((node) => !told.includes(node))
  return played({
    protocol: exercise,
    nodes: NODES,
    asks: [
      { at: 10, client: 0, node: 'n1', f: 'write', value: 1 },
      { at: 100, client: 1, node: `n${(rest[0] ?? 0) + 1}`, f: 'read' },
    ],
    faults: [
      { type: 'partition', at: 0, until: 50, from: names(rest), to: names(told), both: true },
      { type: 'partition', at: 50, from: names(rest), to: names([0, other]), both: true },
      // Its answer is on its way when it crashes.
      { type: 'crash', at: 102.5, node: `n${common + 1}`, disk: 'keep' },
    ],
  })
}
