/** Questions about what a quorum system is, answered by looking at all families of sets. */
import { disjointQuorums } from '../../src/quorum/disjoint-quorums.ts'
import { listOfQuorums } from '../../src/quorum/structures/list-of-quorums.ts'
import { counted } from '../../src/core/wording.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import { countOf, combinations, membersOf, named } from './node-sets.ts'
import type { Family } from './set-families.ts'
import { allMeet, antichains, familyText, minimalOf } from './set-families.ts'

/** All sets of so many nodes that have at least so many members. */
const setsOf = (nodes: number, least: number): Family =>
  [...new Array(1 << nodes).keys()].filter((set) => countOf(set) >= least)

/** Sets of at least half of the nodes: do any two of them meet? */
export const halvesNeedNotMeet = question(
  'enumeration',
  'two sets of at least half of the nodes can be disjoint, exactly if the number is even',
  () => {
    const disjoint: number[] = []
    let shown: readonly string[] | undefined
    for (let nodes = 1; nodes <= 10; nodes++) {
      const halves = setsOf(nodes, nodes / 2)
      const pair = disjointPair(halves)
      if (pair === undefined) continue
      disjoint.push(nodes)
      if (nodes === 4) shown = [`of 4: ${familyText(pair)}`]
    }
    const sentence = `of 1 to 10 nodes, there are two disjoint ones for ${disjoint.join(', ')}`
    return answer(disjoint.join() === '2,4,6,8,10', sentence, shown)
  },
)

function disjointPair(family: Family): Family | undefined {
  for (const set of family) {
    const other = family.find((one) => (one & set) === 0)
    if (other !== undefined) return [set, other]
  }
  return undefined
}

/** Sets of more than half of the nodes; and 355 of 709 is both. */
export const majoritiesMeet = question(
  'enumeration',
  'any two sets of more than half of the nodes meet; of 709 that is 355, also at least half',
  () => {
    let [pairs, disjoint] = [0, 0]
    for (let nodes = 1; nodes <= 10; nodes++) {
      const majorities = setsOf(nodes, Math.floor(nodes / 2) + 1)
      pairs += majorities.length ** 2
      disjoint += Number(disjointPair(majorities) !== undefined)
    }
    const [half, majority] = [Math.ceil(709 / 2), Math.floor(709 / 2) + 1]
    const sentence =
      `of ${pairs.toLocaleString('en-US')} pairs on 1 to 10 nodes all meet; at least half of 709 ` +
      `is ${half}, more than half is ${majority}, and two of these share ${2 * majority - 709}`
    return answer(disjoint === 0 && half === majority && 2 * majority > 709, sentence)
  },
)

/** All families of sets of 3 nodes, the empty set among the sets. */
function* everyFamily(nodes: number): Generator<Family> {
  const sets = 1 << nodes
  for (let code = 1; code < 2 ** sets; code++) {
    yield [...new Array(sets).keys()].filter((set) => Math.floor(code / 2 ** set) % 2 === 1)
  }
}

/** Any two different sets meet: what this admits that is none. */
export const emptySetSlipsThrough = question(
  'enumeration',
  'the wording for any two different sets admits the family of nothing but the empty set',
  () => {
    let [worded, meant] = [0, 0]
    const extra: Family[] = []
    for (const family of everyFamily(3)) {
      const differ = family.every((set) =>
        family.every((other) => set === other || (set & other) !== 0),
      )
      const meet = allMeet(family, family)
      worded += Number(differ)
      meant += Number(meet)
      if (differ && !meet) extra.push(family)
    }
    const sentence =
      `of the families of sets of 3 nodes ${worded} fit the wording, ${meant} meet set by set; ` +
      `the difference is ${extra.map(familyText).join('; ')}`
    return answer(extra.length === 1 && extra[0]?.join() === '0', sentence)
  },
)

/** Once sets are not empty, each set meets itself, and the wording is right. */
export const nonEmptyIsEnough = question(
  'enumeration',
  'without the empty set, two different sets meet exactly if any two sets do',
  () => {
    let [all, systems, wrong] = [0, 0, 0]
    for (const family of everyFamily(3)) {
      if (family.includes(0)) continue
      const differ = family.every((set) =>
        family.every((other) => set === other || (set & other) !== 0),
      )
      all++
      systems += Number(differ)
      wrong += Number(differ !== allMeet(family, family))
    }
    const sentence = `of ${all} families of sets of 3 nodes ${systems} are such systems, both ways`
    return answer(wrong === 0 && systems > 0 && systems < all, sentence)
  },
)

const Q1 = [0b011, 0b101, 0b110]
const Q2 = [0b001, 0b101, 0b111]

/** The majorities of three replicas, and {p1}, {p1, p3}, {p1, p2, p3}. */
export const twoExamples = question(
  'enumeration',
  'both families of three replicas are quorum systems, and only the first is minimal',
  () => {
    const meet = [Q1, Q2].map((family) => allMeet(family, family))
    const minimal = [Q1, Q2].map((family) => minimalOf(family).length === family.length)
    const sentence =
      `${familyText(Q1)}: ${meet[0] ? 'all meet' : 'some do not meet'}, ` +
      `${minimal[0] ? 'none contains another' : 'not minimal'}; ` +
      `${familyText(Q2)}: ${meet[1] ? 'all meet' : 'some do not meet'}, ` +
      (minimal[1] ? 'none contains another' : `minimal is ${familyText(minimalOf(Q2))}`)
    return answer(meet.every(Boolean) && minimal[0] === true && minimal[1] === false, sentence)
  },
)

/** What is lost by dropping quorums that contain others: nothing. */
export const minimalIsTheSame = question(
  'enumeration',
  'each quorum system has the same live sets as its quorums that contain no other',
  () => {
    let [all, minimal, wrong] = [0, 0, 0]
    for (const family of everyFamily(3)) {
      if (family.includes(0) || !allMeet(family, family)) continue
      const smallest = minimalOf(family)
      const isAntichain = smallest.every((set) =>
        smallest.every((other) => set === other || (set & other) !== other),
      )
      const alike = [...new Array(8).keys()].every(
        (live) => holds(family, live) === holds(smallest, live),
      )
      all++
      minimal += Number(smallest.length === family.length)
      wrong += Number(!isAntichain || !alike || !allMeet(smallest, smallest))
    }
    const sentence =
      `of ${all} quorum systems of 3 nodes ${minimal} are minimal; the others have the same live ` +
      'sets as their quorums that contain no other'
    return answer(wrong === 0 && minimal > 0 && minimal < all, sentence)
  },
)

const holds = (family: Family, live: number): boolean => family.some((set) => (set & live) === set)

/** Read and write quorums of 4 nodes, the project's own test against bits. */
export const readsMeetWrites = question(
  'enumeration',
  'pairs of families are accepted exactly if each read set meets each write set',
  () => {
    const families = antichains(4).filter((family) => !family.includes(0))
    const sides = families.map((family) => listOfQuorums(family.map(membersOf), 4))
    let [systems, wrong, apart] = [0, 0, 0]
    let shown: readonly string[] | undefined
    families.forEach((reads, r) => {
      families.forEach((writes, w) => {
        const [readSide, writeSide] = [sides[r], sides[w]]
        if (readSide === undefined || writeSide === undefined) return
        const meet = allMeet(reads, writes)
        const found = disjointQuorums(readSide, writeSide)
        wrong += Number((found.outcome === 'none') !== meet)
        systems += Number(meet)
        if (!meet || allMeet(writes, writes)) return
        apart++
        shown ??= [`reads ${familyText(reads)}; writes ${familyText(writes)}`]
      })
    })
    const sentence =
      `of ${counted(families.length ** 2, 'pair')} of families of 4 nodes ` +
      `${systems.toLocaleString('en-US')} are read-write quorum systems; in ` +
      `${apart.toLocaleString('en-US')} of them two writes need not meet`
    return answer(
      wrong === 0 && systems > 0 && systems < families.length ** 2 && apart > 0,
      sentence,
      shown,
    )
  },
)

/** Whether any R nodes meet any W nodes, and any W nodes any other W, for all small sizes. */
export const sizesThatMeet = question(
  'enumeration',
  'R nodes always meet W nodes exactly if R + W > N, and W nodes W others exactly if 2 W > N',
  () => {
    let [cases, readWrong, writeWrong] = [0, 0, 0]
    for (let nodes = 1; nodes <= 7; nodes++) {
      for (let reads = 1; reads <= nodes; reads++) {
        for (let writes = 1; writes <= nodes; writes++) {
          cases++
          readWrong += Number(sizesMeet(nodes, reads, writes) !== reads + writes > nodes)
          writeWrong += Number(sizesMeet(nodes, writes, writes) !== 2 * writes > nodes)
        }
      }
    }
    const differ = readWrong + writeWrong
    const sentence = `${cases} cases of N up to 7, tried set by set: ${differ} differ`
    return answer(readWrong + writeWrong === 0, sentence)
  },
)

function sizesMeet(nodes: number, size: number, other: number): boolean {
  return combinations(nodes, size).every((set) =>
    combinations(nodes, other).every((one) => one.some((node) => set.includes(node))),
  )
}

/** R + W > N, and two writes that meet nowhere. */
export const writesMissEachOther = question(
  'enumeration',
  'with N = 5, R = 4, W = 2 every read meets every write, and two writes can miss each other',
  () => {
    const [one, other] = combinations(5, 2)
      .flatMap((a) => combinations(5, 2).map((b) => [a, b] as const))
      .find(([a, b]) => !a.some((node) => b.includes(node))) ?? [[], []]
    const sentence =
      `every read set of 4 meets every write set of 2: ${String(sizesMeet(5, 4, 2))}; ` +
      `write sets that are disjoint: ${named(one)} and ${named(other)}`
    return answer(sizesMeet(5, 4, 2) && one.length === 2, sentence)
  },
)

/** How many of the votes of one round elect two values, and how many none. */
export function oneRound(times: 'once' | 'twice'): Question {
  const asks =
    times === 'once'
      ? 'if each of 5 acceptors votes once in a round, no two values get a majority'
      : 'if acceptors may vote for a second value, both can get a majority'
  return question('enumeration', asks, () => {
    const nodes = 5
    let [all, two, none] = [0, 0, 0]
    // Each votes for nothing, for the one, for the other, or, if it may, for both.
    const choices = times === 'once' ? 3 : 4
    for (let code = 0; code < choices ** nodes; code++) {
      const votes = [...new Array(nodes).keys()].map(
        (node) => Math.floor(code / choices ** node) % choices,
      )
      const has = (bit: number): boolean => 2 * votes.filter((vote) => vote & bit).length > nodes
      all++
      two += Number(has(1) && has(2))
      none += Number(!has(1) && !has(2) && votes.every((vote) => vote > 0))
    }
    const sentence =
      `of ${all} outcomes of a round with 5 acceptors and 2 values, ${two} elect both; ` +
      `with everybody voting, ${none} elect none`
    return answer(times === 'once' ? two === 0 : two > 0, sentence)
  })
}

/** A round in which everybody has voted and no value has a majority: the vote is split. */
export const votesCanSplit = question(
  'enumeration',
  'a round of single votes can end without a majority, and is stuck then',
  () => {
    const stuck: string[] = []
    for (let nodes = 1; nodes <= 5; nodes++) {
      for (let code = 0; code < 3 ** nodes; code++) {
        const votes = [...new Array(nodes).keys()].map((node) => Math.floor(code / 3 ** node) % 3)
        const best = Math.max(...[0, 1, 2].map((v) => votes.filter((vote) => vote === v).length))
        if (2 * best <= nodes) stuck.push(votes.map((vote) => 'abc'.charAt(vote)).join(' '))
      }
    }
    const sentence = `${stuck.length} ways of up to 5 acceptors to vote for 3 values split, as`
    return answer(stuck.length > 0, `${sentence} ${stuck[0] ?? ''}`)
  },
)
