import type { Entry } from '../../suites/entry.ts'
import { nearest } from '../core/nearest.ts'
import { UserError } from '../core/user-error.ts'

/** Entries whose names begin with the same word. Each of them yields a row. */
export interface Suite {
  /** `specs`: the first word of the names of its rows. */
  readonly name: string
  readonly about: string
  readonly entries: readonly Entry[]
}

/** In the order in which they run: what is quick and broken is to be seen first. */
const SUITES: Readonly<Record<string, string>> = {
  histories: 'recordings of real and of simulated systems, judged',
  quorums: 'statements about quorum systems, computed',
  traces: 'what protocols do, held against their specs',
  hierarchy: 'objects that processes share, and for how many they solve consensus',
  rounds: 'what can be decided in rounds',
  valency: 'asynchronous protocols, and what keeps them from solving consensus',
  specs: 'specs, all states of which are looked at, and their mutants',
  zoo: 'known bugs in real code, found by looking at all states, and their repaired twins',
  protocols: 'protocols under faults, many seeds each, and their mutants',
  claims: 'the claims book',
}

/**
 * All suites. An entry whose name begins with another word makes a suite of that name in the end,
 * so that none is forgotten.
 */
export function suitesOf(
  entries: readonly Entry[],
  about: Readonly<Record<string, string>> = SUITES,
): readonly Suite[] {
  const names = new Set([...Object.keys(about), ...entries.map(suiteOf)])
  return [...names]
    .map((name) => ({
      name,
      about: about[name] ?? name,
      entries: entries.filter((entry) => suiteOf(entry) === name),
    }))
    .filter(({ entries: some }) => some.length > 0)
}

/** Everything that has an expected verdict and takes no more than seconds. */
export async function regularSuites(): Promise<readonly Suite[]> {
  const { everyEntry } = await import('../../suites/every-entry.ts')
  const { entries } = await import('../../suites/registry.ts')
  const checked = new Set(entries)
  const isRegular = (entry: Entry): boolean => {
    if (entry.type === 'protocol' || entry.type === 'valency') return true
    return entry.type === 'zoo' ? entry.bug.size === 'small' : checked.has(entry)
  }
  return suitesOf([...everyEntry.values()].filter(isRegular))
}

/** The first word of the name of an entry or a row. */
export function suiteOf({ name }: { readonly name: string }): string {
  return name.split('/')[0] ?? name
}

/**
 * What is picked by names (a suite, or else whole words between the slashes of names, or a
 * protocol) and by a pattern with stars. Suites of which nothing is picked are left out.
 *
 * @throws UserError if nothing is called so.
 */
export function chosenSuites(
  names: readonly string[],
  pattern: string | undefined,
  all: readonly Suite[],
): readonly Suite[] {
  const entries = all.flatMap((suite) => suite.entries)
  const suiteNames = new Set(all.map((suite) => suite.name))
  // `claims` is the suite, though many names end in this word.
  const isCalled = (entry: Entry, name: string): boolean =>
    suiteNames.has(name) ? suiteOf(entry) === name : hasWord(entry, name)
  for (const name of names) {
    if (!entries.some((entry) => isCalled(entry, name))) throw noneCalled(name, entries)
  }
  const fits = pattern === undefined ? undefined : globOf(pattern)
  const picked = (entry: Entry): boolean =>
    (names.length === 0 || names.some((name) => isCalled(entry, name))) &&
    (fits === undefined || fits.test(entry.name) || fits.test(withinSuite(entry)))
  const suites = all
    .map((suite) => ({ ...suite, entries: suite.entries.filter(picked) }))
    .filter((suite) => suite.entries.length > 0)
  if (suites.length > 0) return suites
  throw new UserError(`no entry has a name like '${pattern ?? ''}'`, {
    where: '--entries',
    hint: "a star stands for anything: --entries 'raft/*'",
  })
}

function hasWord(entry: Entry, name: string): boolean {
  return (
    `/${entry.name}/`.includes(`/${name}/`) ||
    (entry.type === 'protocol' && entry.entry.protocol.name === name)
  )
}

/** `raft/vote-not-persisted`; and `raft` for what makes claims without a bug. */
function withinSuite({ name }: Entry): string {
  return name.slice(name.indexOf('/') + 1).replace(/\/claims$/, '')
}

function noneCalled(name: string, entries: readonly Entry[]): UserError {
  const words = entries.flatMap((entry) => [entry.name, ...entry.name.split('/')])
  const close = nearest(name, new Set(words))
  return new UserError(`no suite and nothing in one is called '${name}'`, {
    where: 'synod regress',
    hint:
      close === undefined
        ? 'synod regress --verbose, without a name, shows all'
        : `did you mean ${close}?`,
  })
}

function globOf(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`)
}
