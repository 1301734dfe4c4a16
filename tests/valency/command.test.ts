import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { run } from '../cli/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'valency-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('synod valency', () => {
  it('prints the agreed keys as JSON, and exits with 0 when the defect was found', async () => {
    const { out, exitCode } = await run(['valency', 'paxos', '--processes', '2', '--json'])
    const report = JSON.parse(out) as Record<string, unknown>
    expect(exitCode).toBe(0)
    expect(report).toMatchObject({
      protocol: 'paxos',
      processes: 2,
      configurations: 1448,
      agreement: 'holds',
      validity: 'holds',
      blocks: 2020,
      bivalentInitial: ['01', '10'],
      critical: 0,
      outcome: 'fail',
      defects: ['blocks', 'fair undecided run'],
    })
    const { prefix, cycle } = report['lasso'] as Record<string, unknown[]>
    expect([prefix?.length, cycle?.length]).toEqual([2, 6])
  })

  it('has no lasso to show where there is none', async () => {
    const { out } = await run(['valency', 'fixed-leader', '--json'])
    expect(JSON.parse(out)).toMatchObject({ lasso: null, blocks: 32, bivalentInitial: [] })
  })

  it('exits with 2 when a bound hid the defect', async () => {
    const { out, exitCode } = await run(['valency', 'wait-for-all', '--max-states', '20', '--json'])
    expect(exitCode).toBe(2)
    expect(JSON.parse(out)).toMatchObject({ agreement: 'unknown', blocks: null, complete: false })
  })

  it('exits with 0 when a way round leaves no defect, and with 1 otherwise', async () => {
    expect((await run(['valency', 'wait-for-n-1', '--k', '2'])).exitCode).toBe(0)
    expect((await run(['valency', 'wait-for-n-1', '--omega'])).exitCode).toBe(1)
  })

  it('knows what was meant by a name that it does not know', async () => {
    const asked = [
      [['papos'], 'did you mean paxos?'],
      [['paxos', '--option', 'proposer=1'], 'did you mean proposers?'],
      [['paxos', '--option', 'proposers=x'], "'x' is not a whole number"],
      [['paxos', '--inputs', '01'], "'01' are inputs for 2 processes"],
      [['paxos', '--inputs', '0z1'], "'0z1' are no inputs"],
      [['paxos', '--omega', '--gst'], 'ask for one after the other'],
    ] as const
    for (const [args, text] of asked) {
      const { exitCode, err } = await run(['valency', ...args])
      expect(exitCode).toBe(254)
      expect(err).toContain(text)
    }
  })

  it('draws a page and a graph', async () => {
    const html = join(folder, 'page.html')
    const svg = join(folder, 'graph.svg')
    const { err } = await run(['valency', '2pc-timeout', '--html', html, '--svg', svg])
    expect(err).toContain('drawn in')
    const page = readFileSync(html, 'utf8')
    expect(page).toContain('critical: the next step decides')
    expect(page).toContain('8 of 41 configurations are drawn')
    expect(page).toContain('synod valency 2pc-timeout --processes 3')
    expect(readFileSync(svg, 'utf8')).toContain('<svg')
  })
})
