import { describe, expect, it } from 'vitest'

import { agreement } from '../../checkers/invariants/agreement.ts'
import { paxos } from '../../impls/paxos/paxos.ts'
import type { ComposedStep } from '../../src/compose/index.ts'
import { compose, tracedPath } from '../../src/compose/index.ts'
import { explore } from '../../src/explore/index.ts'
import { replay } from '../../src/node/index.ts'

const proposals = (...nodes: readonly number[]) =>
  nodes.map((at) => ({ asks: [{ f: 'propose', value: `v${at}` }], at: [at] }))

describe('composed Paxos', () => {
  it('is found to disagree when promises are not checked, by a trace that replays', async () => {
    const program = paxos.make({ nak: false }, 'promise-not-checked')
    const system = compose(program, {
      nodes: 3,
      loopback: 'at-once',
      clients: proposals(0, 1),
      invariants: [agreement],
    })
    const { outcome, violations } = await explore(system)
    expect(outcome).toBe('fail')
    const path = violations[0]!.trace
      .slice(1)
      .map(({ parameters }) => parameters[0] as ComposedStep)
    const names = ['n1', 'n2', 'n3']
    const about = { protocol: 'paxos', parameters: {}, nodes: names }
    const { header, steps } = tracedPath(program, about, system.parts.requests, path, {
      loopback: 'at-once',
    })
    expect(replay(program, header, steps)).toBeUndefined()
    const last = new Map(steps.map(({ node, view }) => [node, view]))
    const views = names.map((name) => last.get(name) as Readonly<Record<string, unknown>>)
    expect(agreement.violated(views, names)).toContain('decided')
  })
})
