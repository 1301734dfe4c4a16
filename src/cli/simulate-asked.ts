import { conditionNamed } from '../../checkers/conditions.ts'
import { modelNamed } from '../../checkers/models/index.ts'
import { entryNamed, mutantOf, optionsOf } from '../../suites/named-protocol.ts'
import type { ProtocolEntry } from '../../suites/protocol-entry.ts'
import type { AskedSubject, GivenSubject } from '../../suites/subject.ts'
import { askedSubject } from '../../suites/subject.ts'
import { workloadNamed } from '../../suites/workloads.ts'
import { isModuleReference } from '../core/load.ts'
import type { SubjectFlags } from './simulate-flags.ts'

/** What a command line asks for, with everything checked that can be. @throws UserError */
export async function subjectFor(text: string, flags: SubjectFlags): Promise<AskedSubject> {
  return askedSubject(await givenFor(text, flags))
}

/** The same as plain data. */
export async function givenFor(text: string, flags: SubjectFlags): Promise<GivenSubject> {
  const { nodes, option = [], mutant, faults, ops, clients, workload, condition, model } = flags
  const asked = await entryNamed(text)
  const planted = mutantOf(asked.protocol, mutant)
  // The suite knows which nodes, options and clients bring a bug to light.
  const name = planted === undefined ? text : await entryPlanting(text, asked, planted)
  const options = optionsOf(asked.protocol, option)
  if (workload !== undefined) workloadNamed(workload)
  if (condition !== undefined && condition !== 'none') conditionNamed(condition)
  if (model !== undefined) modelNamed(model)
  return {
    text: name,
    ...(nodes === undefined ? {} : { nodes }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
    ...(planted === undefined ? {} : { mutant: planted }),
    ...(mutant === 'none' ? { noMutant: true } : {}),
    ...(workload === undefined ? {} : { workload }),
    ...(condition === undefined ? {} : { condition }),
    ...(model === undefined ? {} : { model }),
    ...(faults === undefined ? {} : { faults }),
    ...(flags.for === undefined ? {} : { forMs: Math.max(1, Math.round(flags.for * 1000)) }),
    ...(ops === undefined ? {} : { operations: ops }),
    ...(clients === undefined ? {} : { clients }),
    ...(flags.wire === undefined ? {} : { wire: true }),
    ...(flags.strict === undefined ? {} : { strict: true }),
  }
}

async function entryPlanting(text: string, asked: ProtocolEntry, mutant: string): Promise<string> {
  if (isModuleReference(text) || asked.mutant === mutant) return text
  const { protocolEntries } = await import('../../suites/protocols.ts')
  const found = protocolEntries.find(
    (entry) => entry.protocol === asked.protocol && entry.mutant === mutant,
  )
  return found?.name ?? text
}

/** `abd/grid, mutant older-replaces-newer, 9 nodes`. */
export function titleOf({ entry, given }: AskedSubject): string {
  const { mutant, nodes } = entry
  const planted =
    mutant === undefined || given.text.endsWith(`/${mutant}`) ? [] : [`mutant ${mutant}`]
  return [given.text, ...planted, `${nodes} ${nodes === 1 ? 'node' : 'nodes'}`].join(', ')
}

/** The command line that asks for the same, without seeds. */
export function commandOf({ given }: AskedSubject, more: readonly string[] = []): string {
  const { text, nodes, options = {}, mutant, noMutant, workload, condition, model } = given
  const { faults, forMs, operations, clients, wire, strict } = given
  const pairs = (flag: string, value: string | number | undefined): readonly string[] =>
    value === undefined ? [] : [flag, String(value)]
  const planted = mutant !== undefined && text.endsWith(`/${mutant}`) ? undefined : mutant
  const words = [
    ...['synod', 'simulate', text],
    ...pairs('--nodes', nodes),
    ...Object.entries(options).flatMap(([name, value]) => ['--option', `${name}=${String(value)}`]),
    ...pairs('--mutant', noMutant === true ? 'none' : planted),
    ...pairs('--workload', workload),
    ...pairs('--condition', condition),
    ...pairs('--model', model),
    ...pairs('--faults', faults?.length === 0 ? 'none' : faults?.join(',')),
    ...pairs('--for', forMs === undefined ? undefined : `${forMs}ms`),
    ...pairs('--ops', operations),
    ...pairs('--clients', clients),
    ...(wire === true ? ['--wire'] : []),
    ...(strict === true ? ['--strict'] : []),
    ...more,
  ]
  return words.map(quoted).join(' ')
}

function quoted(word: string): string {
  return /^[\w./@%+=:,#-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
