import { decimalText } from '../core/number-text.ts'
import { counted } from '../core/wording.ts'
import type { Details } from '../quorum/compare/details.ts'
import { isRefused } from '../quorum/compare/measure.ts'
import type { Refusal } from '../quorum/compare/measure.ts'
import type { Rational } from '../quorum/rational.ts'
import type { QuorumSystem } from '../quorum/system.ts'
import { grouped } from '../report/time.ts'
import { shown } from '../report/visible.ts'

type Row = readonly [name: string, value: string, about: string]

/** As lines of `synod quorum metrics`. What is out of reach is left out: it was not asked for. */
export function detailRows(system: QuorumSystem, details: Details): readonly Row[] {
  const { traffic, quorums, assembly, importance, domination, byzantine } = details
  const row = <Found>(found: Found | Refusal, make: (found: Found) => Row): readonly Row[] =>
    isRefused(found as object) ? [] : [make(found as Found)]
  return [
    ...row(traffic, ({ networkLoad, latency }) => [
      'network load',
      decimalText(networkLoad.toNumber()),
      `nodes that an operation contacts; a quorum of them has answered ${latencyText(latency)}`,
    ]),
    ...row(quorums, ({ read, write }) => [
      'minimal quorums',
      read === write ? bigText(read) : `${bigText(read)} / ${bigText(write)}`,
      read === write ? '' : 'reads / writes',
    ]),
    ...row(assembly, ({ value, method }) => [
      'time to a quorum',
      decimalText(value),
      `mean, if all are asked and each answers after 1 on average; ${method}`,
    ]),
    ...row(importance, ({ values }) => ['importance', ...importanceTexts(system, values)]),
    ...row(domination, ({ dominated, repair }) => [
      'dominated',
      dominated ? 'yes' : 'no',
      dominated
        ? `another one works wherever this does, and more${repairText(repair?.text)}`
        : 'no other system works wherever this one does, and more',
    ]),
    ...row(byzantine, ({ disseminates, masks, overlap, quality }) => [
      'Byzantine nodes',
      `${Math.max(0, disseminates)} / ${Math.max(0, masks)}`,
      `that cannot forge data / that can; quorums share ${sharedText(overlap.lower, quality)}`,
    ]),
  ]
}

function latencyText(latency: Rational): string {
  return `after ${decimalText(latency.toNumber())} on average`
}

function sharedText(nodes: number, quality: string): string {
  return `${quality === 'exact' ? '' : 'at least '}${counted(nodes, 'node')}`
}

function repairText(text: string | undefined): string {
  return text === undefined ? '' : `: ${shown(text, 70)}`
}

const MOST_NODES = 3

/** The most important nodes, or one number where all are alike. */
function importanceTexts(
  { nodes }: QuorumSystem,
  values: Float64Array,
): readonly [value: string, about: string] {
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0))
  const most = values[order[0] ?? 0] ?? 0
  const least = values[order.at(-1) ?? 0] ?? 0
  const about = 'probability that everything hangs on a node'
  if (most - least <= 1e-12 * most) return [decimalText(most, 3), `${about}; all alike`]
  const named = order
    .slice(0, MOST_NODES)
    .map((at) => `${shown(nodes[at]?.name ?? '', 30)} ${decimalText(values[at] ?? 0, 3)}`)
  return [
    decimalText(most, 3),
    `${about}: ${named.join(', ')}${nodes.length > MOST_NODES ? ', ...' : ''}`,
  ]
}

/** Counts may have thousands of digits, and are beyond every double. */
function bigText(count: bigint): string {
  const text = String(count)
  if (text.length <= 15) return grouped(Number(count))
  return `${text.slice(0, 1)}.${text.slice(1, 3)}e${text.length - 1}`
}

/** The same for `--json`. */
export function detailsJson(system: QuorumSystem, details: Details): object {
  const { traffic, quorums, assembly, importance, domination, byzantine } = details
  const or = <Found>(found: Found | Refusal, make: (found: Found) => unknown): unknown => {
    if (!isRefused(found as object)) return make(found as Found)
    return { refused: (found as Refusal).refused.message }
  }
  const named = (members: Iterable<number>): readonly (string | undefined)[] =>
    Array.from(members, (node) => system.nodes[node]?.name)
  return {
    networkLoad: or(traffic, ({ networkLoad }) => exactAndValue(networkLoad)),
    latency: or(traffic, ({ latency }) => exactAndValue(latency)),
    minimalQuorums: or(quorums, ({ read, write }) => ({ read: `${read}`, write: `${write}` })),
    assemblyTime: or(assembly, ({ value, exact, quality, method }) => ({
      value,
      exact: exact?.toString() ?? null,
      quality,
      method,
    })),
    importance: or(importance, ({ values, quality, method }) => ({
      nodes: system.nodes.map(({ name }, at) => ({ name, value: values[at] })),
      quality,
      method,
    })),
    domination: or(domination, ({ dominated, witness, repair, quality, method }) => ({
      dominated,
      ...(witness === undefined ? {} : { witness: named(witness) }),
      ...(repair === undefined ? {} : { repair: repair.text }),
      quality,
      method,
    })),
    byzantine: or(byzantine, ({ disseminates, masks, overlap, quality, method }) => ({
      disseminates,
      masks,
      overlap,
      quality,
      method,
    })),
  }
}

function exactAndValue(number: Rational): { exact: string; value: number } {
  return { exact: String(number), value: number.toNumber() }
}
