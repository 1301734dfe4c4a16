import type { Explain, Instance, Mapping, Part, Reader } from '../../src/explore/validate/index.ts'
import type { StoredDisk, TraceHeader, TraceStep } from '../../src/core/trace.ts'
import { twoPhaseCommit as spec } from '../../specs/commit/twophase.ts'
import type { SentMessage } from './reading.ts'
import { differs, numbersOf, received, sends, writes } from './reading.ts'

/** What the mapping looks at of the spec's state. */
interface Seen {
  readonly tm: 'init' | 'committed' | 'aborted'
  readonly rm: { get(rm: number): Manager }
  readonly msgs: { has(message: object): boolean }
}

type Manager = 'working' | 'prepared' | 'committed' | 'aborted'
type Outcome = 'commit' | 'abort'

/** A record of the log of a node. */
type LogRecord = { readonly tx: string } & {
  readonly yes?: unknown
  readonly outcome?: Outcome
  readonly decided?: unknown
  readonly ended?: true
}

/**
 * Two-phase commit of `impls/commit`: each transaction is a run of the spec of its own, the first
 * node is its manager and all nodes are its resource managers. They are what their logs say: a yes
 * counts when it is on the disk, and so does the decision to commit. Of whatever the manager finds
 * nothing in its log it says that it was aborted, which it then is.
 */
export const twoPhaseCommitTraces: Mapping = {
  name: 'two-phase-commit',
  about: 'two-phase commit, a run of the spec for each transaction',
  spec,
  protocols: ['two-phase-commit'],
  reader,
}

function reader(header: TraceHeader): Reader {
  return {
    see: () => undefined,
    parameters: () => ({ rm: header.nodes.length }),
    explain: () => explainer(header),
  }
}

function explainer(header: TraceHeader): Explain {
  const numberOf = numbersOf(header)
  const [manager] = header.nodes
  /** Transactions that not all nodes are known to have ended. */
  const open = new Set<string>()
  return (step) => {
    const { node, event } = step
    if (node === undefined) return []
    const at = numberOf(node)
    const parts: Part[] = []
    if (event.type === 'boot') parts.push(...onDisk(at, event.disk, open))
    const message = received(step)
    if (event.type === 'message' && message?.type === 'yes' && node === manager) {
      // The manager that has decided already does not look at it any more.
      const ways = [[['tmRcvPrepared', numberOf(event.from)]], []] as const
      parts.push({ run: message['tx'] as string, ways, first: true })
    }
    const said = sends(step)
    for (const { write, ticket } of writes(step)) {
      if (write.type !== 'append' || write.log !== 'log') continue
      const record = write.record as LogRecord
      if (record.ended === true) open.delete(record.tx)
      else open.add(record.tx)
      parts.push(...recorded(step, at, record, ticket, said))
    }
    parts.push(...saidParts(at, said))
    return parts
  }
}

/** What a new record in the log of a node means. */
function recorded(
  { event }: TraceStep,
  at: number,
  record: LogRecord,
  ticket: number,
  said: readonly SentMessage[],
): Part[] {
  const { tx: run } = record
  if (record.ended === true) return []
  const of = (type: string) =>
    said.find(({ message }) => message['tx'] === run && message.type === type)
  if ('decided' in record) return [part(run, ['tmCommit'], of('commit'), ticket)]
  if ('yes' in record) return [part(run, ['rmPrepare', at], of('yes'), ticket)]
  if (record.outcome === 'commit') return [part(run, ['rmRcvCommit', at], undefined, ticket)]
  const told = event.type === 'message' && (event.message as { type: string }).type === 'abort'
  const action = told ? 'rmRcvAbort' : 'rmChooseToAbort'
  return [part(run, [action, at], undefined, ticket)]
}

/** It counts when it is told, or else when it is on the disk. */
function part(
  run: string,
  instance: Instance,
  told: SentMessage | undefined,
  ticket: number,
): Part {
  const after = told === undefined ? ticket : told.after
  return { run, ways: [[instance]], ...(after === undefined ? {} : { after }) }
}

/** What nodes say must be said in the spec as well; the manager says of its own that it aborts. */
function saidParts(at: number, said: readonly SentMessage[]): Part[] {
  const parts: Part[] = []
  const done = new Set<string>()
  for (const { message, after } of said) {
    const { type } = message
    if (type !== 'yes' && type !== 'commit' && type !== 'abort') continue
    const run = message['tx'] as string
    if (done.has(`${run} ${type}`)) continue
    done.add(`${run} ${type}`)
    const wanted = type === 'yes' ? { type: 'prepared', rm: at } : { type }
    parts.push({
      run,
      ...(type === 'abort' ? { ways: [[['tmAbort']], []], first: true } : {}),
      sees: ({ msgs, tm }: Seen) =>
        msgs.has(wanted) ? undefined : `'${type}' is said, but in the spec tm is '${tm}'`,
      ...(after === undefined ? {} : { after }),
    })
  }
  return parts
}

/** A node that starts finds what it is in the spec. */
function onDisk(at: number, { logs }: StoredDisk, open: ReadonlySet<string>): Part[] {
  const states = new Map<string, Manager>()
  const decided = new Set<string>()
  for (const record of (logs['log']?.records ?? []) as readonly LogRecord[]) {
    const { tx, outcome } = record
    if (!open.has(tx)) continue
    if ('yes' in record) states.set(tx, 'prepared')
    else if ('decided' in record) decided.add(tx)
    else if (outcome !== undefined) states.set(tx, outcome === 'commit' ? 'committed' : 'aborted')
  }
  return [...open].map((run) => ({
    run,
    sees: (s: Seen) =>
      differs(`rm of rm${at}`, s.rm.get(at), states.get(run) ?? 'working') ??
      (at === 0 && s.tm === 'committed' && !decided.has(run)
        ? "tm: 'committed' in the spec, and nothing of it in the log"
        : undefined),
  }))
}
