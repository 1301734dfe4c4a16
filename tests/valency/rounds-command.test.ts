import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { newFolder } from '../cli/files.ts'
import type { Folder } from '../cli/files.ts'
import { run } from '../cli/run.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

describe('synod rounds', () => {
  it('ends with 0 where there is a rule, 1 where there is none, 2 where it gives up', async () => {
    const crash = ['rounds', 'crash', '--rounds']
    expect((await run([...crash, '2'])).exitCode).toBe(0)
    expect((await run([...crash, '1'])).exitCode).toBe(1)
    const large = ['rounds', 'crash', '--processes', '6', '--failures', '3', '--rounds', '4']
    const { exitCode, out } = await run([...large, '--memory', '100KB'])
    expect([exitCode, out]).toEqual([2, expect.stringContaining('do not fit into memory')])
  })

  it('prints the chain of an impossibility as JSON', async () => {
    const { exitCode, out, err } = await run(['rounds', 'generals', '--messages', '1', '--json'])
    expect([exitCode, err]).toEqual([1, ''])
    expect(JSON.parse(out)).toMatchObject({
      question: { model: 'generals', messages: 1 },
      outcome: 'fail',
      runs: 2,
      views: 3,
      rule: null,
      verifiedRuns: 2,
      chain: [
        {
          deeds: ['the messenger is caught on his first way'],
          demand: 0,
          blind: { process: 'A', knows: 'nothing' },
        },
        { deeds: ['the messenger comes through each time'], demand: 1, blind: null },
      ],
    })
  })

  it('prints the rule of a possibility as JSON, with its table', async () => {
    const { out } = await run(['rounds', 'byzantine', '--processes', '4', '--json'])
    const { rule } = JSON.parse(out) as { rule: { name: string; table: unknown[] } }
    expect([rule.name, rule.table.length]).toEqual(['majorities', 24])
    expect(rule.table[0]).toMatchObject({ process: expect.stringMatching(/^L[123]$/) as string })
  })

  it('prints counts that no number can hold exactly as texts', async () => {
    const oral = ['rounds', 'oral-messages', '--processes', '8', '--traitors', '2']
    const { out } = await run([...oral, '--relays', '2', '--json'])
    const { cases } = JSON.parse(out) as { cases: { runs: unknown; disagreements: unknown }[] }
    expect(cases.map(({ runs }) => typeof runs)).toEqual(['string', 'number'])
    expect(cases.map(({ disagreements }) => disagreements)).toEqual([0, 0])
  })

  it('draws the chain, the rule, and what came of an attack', async () => {
    const page = async (name: string, ...args: readonly string[]): Promise<string> => {
      const { err } = await run(['rounds', ...args, '--html', `${folder.path}/${name}.html`])
      expect(err).toContain('drawn in')
      return folder.read(`${name}.html`)
    }
    const chain = await page('chain', 'crash', '--rounds', '1')
    expect(chain.match(/all must decide [01]/g)?.length).toBeGreaterThanOrEqual(4)
    expect(chain).toContain('class="round-chain"')
    expect(chain).toContain('synod rounds crash --processes 3 --failures 1 --rounds 1')
    expect(await page('rule', 'crash')).toContain('What is decided on what is known')
    expect(await page('attack', 'flood-set')).toContain('in 6 of 104 runs two decide differently')
    // Longer chains are drawn with their beginning and their end.
    expect(await page('long', 'losses', '--rounds', '3')).toContain('5 more<')
  })

  it.each([
    [['crash', '--failures', '3'], 'nobody who decides is left'],
    [['byzantine', '--traitors', '2'], 'nobody who decides is loyal'],
    [['glued', '--processes', '4'], 'less than a third'],
    [['graphs', '--graph', '1>3'], 'leads out of the processes 1 to 2'],
    [['graphs', '--graph', '1>1'], 'no message to another process'],
    [['graphs', '--graph', 'x'], 'no arrow between two processes'],
    [['crash', '--rounds', '0'], '--rounds'],
    [['crash', '--html', '/no/such/folder/a.html'], 'the page cannot be written'],
  ])('refuses %j', async (args, fact) => {
    const { exitCode, err } = await run(['rounds', ...args])
    expect([exitCode, err]).toEqual([254, expect.stringContaining(fact)])
  })

  it('names the part that was meant', async () => {
    const { exitCode, err } = await run(['rounds', 'crahs'])
    expect([exitCode, err]).toEqual([254, expect.stringContaining('crash')])
  })
})
