import type { Outcome, Process } from '../../src/valency/process.ts'
import { asynchronous, toOthers } from '../../src/valency/process.ts'

interface Local {
  readonly input: number
  readonly phase: 'new' | 'wait' | 'ready' | 'done'
  /** Whose votes, or whose acknowledgements, the coordinator has. */
  readonly heard: readonly number[]
  readonly decided: number | null
}

type Message =
  | { readonly type: 'vote'; readonly from: number; readonly vote: number }
  | { readonly type: 'ready' }
  | { readonly type: 'ack'; readonly from: number }
  | { readonly type: 'decision'; readonly decision: number }

type Done = Outcome<Local, Message>

/**
 * Skeen (1981). Whoever waits in vain goes by the phase it is in: before `ready` it aborts, after
 * it commits. With a bound on delays this never blocks; without one the two meet.
 */
function committing(processes: number): Process<Local, Message> {
  const end = (local: Local, decided: number): Local => ({
    ...local,
    phase: 'done',
    heard: [],
    decided,
  })

  function announce(local: Local, decision: number): Done {
    const sends = toOthers<Message>(processes, 0, { type: 'decision', decision })
    return { local: end(local, decision), sends }
  }

  function coordinate(local: Local, message: Message | undefined): Done {
    if (message === undefined) return announce(local, local.phase === 'wait' ? 0 : 1)
    if (message.type === 'vote' && local.phase === 'wait') {
      if (message.vote === 0 || local.input === 0) return announce(local, 0)
      const heard = [...local.heard, message.from].sort()
      if (heard.length < processes - 1) return { local: { ...local, heard } }
      const sends = toOthers<Message>(processes, 0, { type: 'ready' })
      return { local: { ...local, phase: 'ready', heard: [] }, sends }
    }
    if (message.type !== 'ack' || local.phase !== 'ready') return { local }
    const heard = [...local.heard, message.from].sort()
    return heard.length < processes - 1 ? { local: { ...local, heard } } : announce(local, 1)
  }

  function participate(local: Local, message: Message | undefined, self: number): Done {
    if (message === undefined) return { local: end(local, local.phase === 'ready' ? 1 : 0) }
    if (message.type === 'decision') return { local: end(local, message.decision) }
    if (message.type !== 'ready' || local.phase !== 'wait') return { local }
    return { local: { ...local, phase: 'ready' }, sends: [[0, { type: 'ack', from: self }]] }
  }

  return {
    start: (_, input) => ({ input, phase: 'new', heard: [], decided: null }),
    step(local, message, self) {
      if (local.phase === 'done') return { local }
      const took = local.phase === 'new' ? { ...local, phase: 'wait' as const } : local
      const first = local !== took && message === undefined
      const { local: next, sends = [] } = first
        ? { local: took }
        : self === 0
          ? coordinate(took, message)
          : participate(took, message, self)
      const vote: Message = { type: 'vote', from: self, vote: local.input }
      const votes = local.phase === 'new' && self !== 0 ? [[0, vote] as const] : []
      return { local: next, sends: [...votes, ...sends] }
    },
    decided: ({ decided }) => decided ?? undefined,
  }
}

export const threePhaseCommitTimeouts = asynchronous(
  '3pc-timeouts',
  {
    about: 'three phases; whoever waits in vain goes by the phase it is in',
    source: 'Skeen 1981, Nonblocking commit protocols',
  },
  committing,
)
