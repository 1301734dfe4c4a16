import { join } from 'node:path'

import { judge } from '../../checkers/judge.ts'
import { modelNamed } from '../../checkers/models/index.ts'
import type {
  ClaimEntry,
  Entry,
  HierarchyEntry,
  HistoryEntry,
  ProtocolCheck,
  QuorumEntry,
  SpecCheck,
  TraceCheck,
  ValencyCheck,
} from '../../suites/entry.ts'
import type { Budget } from '../core/budget.ts'
import { canonical } from '../core/json.ts'
import type { RunRow } from '../core/results.ts'
import type { Exploration } from '../explore/index.ts'
import type { History } from '../history/history.ts'
import { readHistory } from '../history/read-history.ts'
import { openIfCut } from './cut-row.ts'
import { rowOf } from './save.ts'

export interface EntryFinding {
  readonly row: RunRow
  readonly evidence: unknown
}

/** Finds the verdicts of entries, each once: a claim may rest on what others have found. */
export class EntryRunner {
  readonly #folder: string
  readonly #budget: Budget
  readonly #found = new Map<Entry, Promise<EntryFinding>>()

  /** Files are relative to `folder`; the budget is for each entry. */
  constructor(folder: string, budget: Budget) {
    this.#folder = folder
    this.#budget = budget
  }

  /** @throws UserError if a file is missing. */
  async find(entry: Entry): Promise<EntryFinding> {
    const before = this.#found.get(entry)
    if (before !== undefined) return before
    const finding =
      entry.type === 'claim'
        ? (await import('./claim-findings.ts')).checkClaimOfBook(entry, this, this.#budget)
        : runEntry(entry, this.#folder, this.#budget)
    this.#found.set(entry, finding)
    return finding
  }
}

/**
 * Finds the verdict of an entry. Files are relative to `folder`. @throws UserError if one is
 * missing.
 */
export async function runEntry(
  entry: Exclude<Entry, ClaimEntry>,
  folder: string,
  budget: Budget,
): Promise<EntryFinding> {
  switch (entry.type) {
    case 'history':
      return judgeHistory(entry, folder, budget)
    case 'quorum':
      return checkQuorums(entry)
    case 'spec':
      return exploreSpec(entry, budget)
    case 'protocol':
      return simulateProtocol(entry, budget)
    case 'trace':
      return validateTrace(entry, budget)
    case 'hierarchy':
      return checkSharedMemory(entry, budget)
    case 'rounds':
      return (await import('./rounds-entry.ts')).checkRounds(entry, budget)
    case 'valency':
      return drawValency(entry)
    case 'zoo':
      return (await import('./zoo-entry.ts')).checkBug(entry, budget)
  }
}

async function judgeHistory(
  entry: HistoryEntry,
  folder: string,
  budget: Budget,
): Promise<EntryFinding> {
  const history = onlyKey(
    await readHistory(join(folder, entry.file), { source: entry.file }),
    entry,
  )
  const judgement = await judge(history, {
    condition: entry.condition,
    ...(entry.model === undefined ? {} : { model: modelNamed(entry.model) }),
    budget,
  })
  const { expected, violations } = entry
  const expectations = {
    expected,
    ...(violations === undefined ? {} : { expectedViolations: violations }),
  }
  const { cut } = judgement.evidence.violation ?? {}
  const row = openIfCut({ ...rowOf(entry.name, judgement), ...expectations }, cut)
  return { row, evidence: judgement }
}

async function checkQuorums({
  name,
  claim,
  expected,
  because,
}: QuorumEntry): Promise<EntryFinding> {
  // Loaded here, as judging needs nothing of it.
  const { checkClaim } = await import('../quorum/compare/claim.ts')
  const started = performance.now()
  const finding = await checkClaim(claim)
  const { outcome, sentence, method } = finding
  const seconds = Number(((performance.now() - started) / 1000).toFixed(6))
  const row = { name, outcome, expected, sentence, engine: method, seconds }
  return { row, evidence: { claim, ...finding, because } }
}

async function exploreSpec(
  { name, entry, expected, because }: SpecCheck,
  budget: Budget,
): Promise<EntryFinding> {
  const { explore } = await import('../explore/index.ts')
  const { spaceTimeOf } = await import('../explore/space-time.ts')
  const { violationStory } = await import('../explore/violation-story.ts')
  const { spec, parameters = {}, mutant, symmetry = false, expect } = entry
  const model = spec.make(parameters, mutant)
  const { violations, ...found } = await explore(model, { name: spec.name, symmetry, budget })
  const told = violations.map((violation) => {
    const story = violationStory(model, violation)
    return { story, picture: spaceTimeOf(model, violation.trace, story) ?? null }
  })
  const stories = told.map(({ story }) => story)
  const pictures = told.map(({ picture }) => picture)
  const [first] = violations
  const { outcome, distinctStates, generatedStates, depth } = found
  const { outcome: _, violated, ...expectedCounts } = expect
  const row: RunRow = {
    name,
    outcome,
    expected,
    sentence: stories[0]?.faults[0] ?? found.stopped?.covered ?? held(found.limits),
    engine: found.strategy,
    seconds: Number(found.seconds.toFixed(6)),
    counts: { distinctStates, generatedStates, depth },
    expectedCounts,
    ...(first === undefined ? {} : { violated: first.name }),
    ...(violated === undefined ? {} : { expectedViolated: violated }),
  }
  const evidence = {
    spec: spec.name,
    parameters,
    mutant,
    ...found,
    violations: stories,
    pictures,
    because,
  }
  return { row: openIfCut(row, cutOf(found)), evidence }
}

/** What was seen of a model, where that is not all that it claims. */
function cutOf({ stopped, properties = [] }: Pick<Exploration, 'stopped' | 'properties'>) {
  if (stopped !== undefined) return stopped.covered
  const open = properties.find(({ outcome }) => outcome === 'unknown')
  return open === undefined ? undefined : `'${open.name}' was not decided`
}

async function simulateProtocol(
  { name, entry, seeds, because }: ProtocolCheck,
  { seconds }: Budget,
): Promise<EntryFinding> {
  const { askedSubject } = await import('../../suites/subject.ts')
  const { runCampaign } = await import('../campaign/campaign.ts')
  const { rowOfTask, taskOf } = await import('./regress-row.ts')
  const here = await askedSubject({ text: entry.name })
  const results = runCampaign([taskOf(entry, seeds, { here })], {
    ...(seconds === undefined ? {} : { seconds }),
  })
  for await (const result of results) {
    const { task: _task, ...found } = result
    const { nodes, mutant } = entry
    const row = { ...rowOfTask(entry, result), name }
    return { row, evidence: { protocol: entry.name, nodes, mutant, ...found, because } }
  }
  throw new Error('a campaign of one task has one result')
}

async function checkSharedMemory(
  { name, claim, expected, expectedCounts, because }: HierarchyEntry,
  budget: Budget,
): Promise<EntryFinding> {
  const { checkHierarchy } = await import('../../suites/hierarchy-claim.ts')
  const started = performance.now()
  const finding = checkHierarchy(claim, budget)
  const { outcome, sentence, method, counts, stopped } = finding
  const seconds = Number(((performance.now() - started) / 1000).toFixed(6))
  const found = { outcome, expected, sentence, engine: method, seconds }
  const row: RunRow = { name, ...found, counts, expectedCounts }
  return { row: openIfCut(row, stopped), evidence: { claim, ...finding, because } }
}

async function validateTrace(entry: TraceCheck, budget: Budget): Promise<EntryFinding> {
  const { validateEntry } = await import('./validate-entry.ts')
  return validateEntry(entry, budget)
}

async function drawValency({ name, entry }: ValencyCheck): Promise<EntryFinding> {
  const { valency } = await import('../valency/valency.ts')
  const { valencyRow } = await import('./valency-compared.ts')
  const { valencyJson } = await import('./valency-json.ts')
  const started = performance.now()
  const report = valency(entry.protocol, entry.processes, entry.options)
  const row = valencyRow(entry, report, (performance.now() - started) / 1000)
  return { row: { ...row, name }, evidence: valencyJson(report) }
}

function held(limits: string | undefined): string {
  return limits === undefined ? 'all that is claimed holds' : `it holds, ${limits}`
}

/** The part of a history that an entry is about: the operations on its key, numbered anew. */
export function onlyKey(history: History, { key }: Pick<HistoryEntry, 'key'>): History {
  if (key === undefined) return history
  const wanted = canonical(key)
  const operations = history.operations
    .filter((operation) => canonical(operation.key) === wanted)
    .map((operation, id) => ({ ...operation, id }))
  return { ...history, operations, failed: [] }
}
