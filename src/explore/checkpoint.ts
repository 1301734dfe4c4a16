import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { synodVersion } from '../core/package.ts'
import { UserError } from '../core/user-error.ts'
import type { AnyLayout } from '../state/index.ts'
import { toJson } from '../state/index.ts'
import type { BreadthFirst, Finding } from './breadth-first.ts'
import type { SavedUniverse } from './saved-universes.ts'
import type { Search } from './search.ts'
import { noCheckpoint, readArrays, writeArrays } from './checkpoint-file.ts'
import { Fingerprints } from './fingerprints.ts'
import type { ModelSystem, System } from './system.ts'
import { Visited } from './visited.ts'

const FORMAT = 1

/** What a checkpoint is of; one of something else is refused. */
export interface Origin {
  readonly format: number
  readonly version: string
  readonly name: string
  /** Parameters and the like, as the caller tells them. */
  readonly identity: string
  /** A hash of the model: of its layouts and the texts of its functions. */
  readonly model: string
  readonly fingerprints: boolean
}

interface Header extends Origin {
  readonly universes: readonly SavedUniverse[]
  readonly search: {
    readonly from: number
    readonly level: number
    readonly levelEnd: number
    readonly partly: number
    readonly generated: number
    readonly cut: boolean
    readonly first: number
  }
  readonly seconds: number
  readonly counts: { readonly [K in 'taken' | 'found' | 'idle' | 'unseen']: readonly number[] }
  readonly findings: readonly (Omit<Finding, 'beyond'> & { readonly beyond?: readonly number[] })[]
}

/** A search that was written down. */
export interface Checkpoint {
  readonly header: Header
  readonly arrays: readonly Int32Array[]
}

export function originOf(
  system: System,
  options: { readonly identity?: string; readonly fingerprints?: boolean },
): Origin {
  return {
    format: FORMAT,
    version: synodVersion(),
    name: system.name,
    identity: options.identity ?? '',
    model: createHash('sha256').update(textOf(system)).digest('hex'),
    fingerprints: options.fingerprints ?? false,
  }
}

/** All that can be seen of a system from outside, and of the functions of a model. */
function textOf(system: System): string {
  const { words: _, ...parts } = system as Partial<ModelSystem>
  const seen = { ...parts.model, actions: system.actions, claims: system.invariants }
  const functions: string[] = []
  const visit = (part: unknown): void => {
    if (typeof part === 'function') functions.push(Function.prototype.toString.call(part))
    else if (typeof part === 'object' && part !== null) Object.values(part).forEach(visit)
  }
  const { actions, init, invariants, within } = parts.model ?? {}
  visit({ actions, init, invariants, within })
  const shown = inspect(seen, { depth: Infinity, maxArrayLength: Infinity, sorted: true })
  return `${shown}\n${functions.join('\n')}`
}

/** Writes a search down, between two of its slices. */
export function writeCheckpoint(
  file: string,
  origin: Origin,
  search: BreadthFirst,
  seconds: number,
): void {
  const { from, level, levelEnd, partly, generated, cut, counts, store, system } = search
  const header: Header = {
    ...origin,
    universes: universesOf(system).map(({ layout, capacity, values }) => ({
      capacity,
      values: values.map((value) => toJson(layout, value)),
    })),
    search: { from, level, levelEnd, partly, generated, cut, first: store.first },
    seconds,
    counts: {
      taken: [...counts.taken],
      found: [...counts.found],
      idle: [...counts.idle],
      unseen: counts.unseen,
    },
    findings: search.findings.map(({ beyond, ...finding }) => ({
      ...finding,
      ...(beyond === undefined ? {} : { beyond: [...beyond] }),
    })),
  }
  const parents = store.parents.subarray(0, store.count)
  const held = store.states.subarray(0, (store.count - store.first) * system.words)
  const lanes = store instanceof Fingerprints ? [store.lanes.subarray(0, store.count * 2)] : []
  writeArrays(file, { ...header }, [parents, held, ...lanes])
}

/** Throws a `UserError` when the checkpoint is of something else. */
export function readCheckpoint(file: string, origin: Origin): Checkpoint {
  const { header, arrays } = readArrays(file)
  const saved = header as unknown as Header
  if (saved.format !== FORMAT) throw noCheckpoint(file, `its format is ${String(saved.format)}`)
  const told: readonly (readonly [keyof Origin, string])[] = [
    ['version', 'by another version of synod'],
    ['name', 'of another spec'],
    ['identity', 'with other parameters'],
    ['model', 'of a spec that has changed since'],
    ['fingerprints', 'of a search that tells states apart in another way'],
  ]
  for (const [key, other] of told) {
    if (saved[key] === origin[key]) continue
    const fact = key === 'model' ? '' : `: ${String(saved[key])}, not ${String(origin[key])}`
    throw new UserError(`this checkpoint was made ${other}${fact}`, {
      where: file,
      hint: 'give what it was made of, or start again without it',
    })
  }
  return { header: saved, arrays }
}

/** Puts a search where it was when it was written down. */
export function restoreSearch({ header, arrays }: Checkpoint, search: Search): void {
  const [parents = new Int32Array(), held = new Int32Array(), lanes] = arrays
  const { first, ...place } = header.search
  const { store, counts } = search
  if (store instanceof Fingerprints) store.restore(lanes ?? new Int32Array(), parents, first, held)
  else if (store instanceof Visited) store.restore(held, parents)
  Object.assign(search, place)
  for (const key of ['taken', 'found', 'idle'] as const) counts[key].set(header.counts[key])
  counts.unseen = [...header.counts.unseen]
  for (const { beyond, ...finding } of header.findings)
    search.findings.push({
      ...finding,
      ...(beyond === undefined ? {} : { beyond: Int32Array.from(beyond) }),
    })
}

interface Seen {
  readonly layout: AnyLayout
  readonly capacity: number
  readonly values: readonly unknown[]
}

function universesOf(system: System): readonly Seen[] {
  return 'type' in system ? (system as ModelSystem).type.plan.universes.all : []
}
