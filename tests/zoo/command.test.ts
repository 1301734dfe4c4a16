import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { run } from '../cli/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'synod-zoo-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('synod explore --impl', () => {
  it('tells the shortest way to a planted bug in the real code', async () => {
    const page = join(folder, 'page.html')
    const trace = join(folder, 'trace.jsonl')
    const asked = ['explore', 'paxos', '--impl', '--mutant', 'promise-not-checked']
    const { exitCode: code, out } = await run([...asked, '--html', page, '--trace', trace])
    expect(code).toBe(1)
    expect(out).toContain('The shortest way there:')
    expect(out).toContain('n1: prepare(3) from n1')
    expect(readFileSync(page, 'utf8')).toContain('<svg')
    const [header = ''] = readFileSync(trace, 'utf8').split('\n')
    expect(JSON.parse(header)).toMatchObject({ host: 'explorer', nodes: ['n1', 'n2', 'n3'] })
  })

  it('prints the numbers and each step as JSON', async () => {
    const asked = ['--ask', 'n1: write 1', '--ask', 'n2: read']
    const { exitCode: code, out } = await run(['explore', 'abd', '--impl', ...asked, '--json'])
    expect(code).toBe(0)
    const { outcome, distinctStates, violations, protocol } = JSON.parse(out) as {
      readonly outcome: string
      readonly distinctStates: number
      readonly violations: readonly unknown[]
      readonly protocol: string
    }
    expect({ outcome, violations, protocol }).toEqual({
      outcome: 'pass',
      violations: [],
      protocol: 'abd',
    })
    expect(distinctStates).toBeGreaterThan(1000)
  })

  it('says what it leaves out of a bag, and takes messages away that matter no more', async () => {
    const asked = ['explore', 'abd', '--impl', '--network', 'bag', '--json']
    const counted = async (...flags: readonly string[]) => {
      const { out } = await run([...asked, '--ask', 'n1: write 1', ...flags])
      return JSON.parse(out) as Readonly<Record<'leftOut' | 'distinctStates' | 'reductions', never>>
    }
    const arrive = await counted('--ignored', 'arrive')
    const stay = await counted()
    const live = await counted('--live-messages')
    expect([arrive.leftOut, stay.leftOut]).toEqual([
      [],
      ['deliveries that change nothing are left out'],
    ])
    expect(arrive.distinctStates).toBeGreaterThan(stay.distinctStates)
    expect(stay.distinctStates).toBeGreaterThan(live.distinctStates)
    expect(live.reductions).toMatchObject([{ kind: 'live messages' }])
  })

  it('says what was covered when a bound is hit', async () => {
    const { exitCode: code, out } = await run(['explore', 'abd', '--impl', '--max-states', '100'])
    expect(code).toBe(2)
    expect(out).toContain('stopped')
  })

  it.each([
    [['explore', 'paxoss', '--impl'], "no protocol is called 'paxoss'"],
    [['explore', 'paxos', '--impl', '--partial-order'], '--partial-order'],
    [['explore', 'paxos', '--impl', '--symmetry'], 'nothing can be exchanged'],
    [['explore', 'raft', '--impl', '--sleep-sets', '--live-messages'], 'ask for one of the two'],
    [['explore', 'raft', '--impl', '--network', 'fifo', '--live-messages'], 'leave one of'],
    [['explore', 'raft', '--impl', '--alike', 'n1,n2'], 'add --symmetry'],
    [['explore', 'raft', '--impl', '--symmetry', '--alike', 'n1,n9'], 'there are n1 to n3'],
    [['explore', 'paxos', '--impl', '--mutant', 'promise-not-chcked'], 'promise-not-checked'],
    [['explore', 'paxos', '--impl', '--ask', 'n9: propose 1'], 'there are n1 to n3'],
    [['explore', 'paxos', '--impl', '--ask', 'n1:'], 'asks for nothing'],
    [['explore', 'paxos', '--impl', '--timers', 'x'], 'not name=value'],
    [['explore', 'paxos', '--impl', '--timers', 'retry=-1'], 'not a whole number'],
    [['explore', 'paxos', '--impl', '--losses', '1'], 'a set of messages loses'],
    [['explore', 'paxos', '--impl', '--option', 'nk=false'], 'did you mean nak?'],
    [['zoo', 'PX-0I'], 'did you mean PX-0'],
    [['zoo', '--family', 'QQ'], "no bug is of the family 'QQ'"],
  ])('refuses %j', async (asked, text) => {
    const { exitCode: code, out, err } = await run(asked)
    expect({ code, out }).toEqual({ code: 254, out: '' })
    expect(err).toContain(text)
  })
})

describe('synod zoo', () => {
  it('tells a bug in every way, and finds nothing in its repaired twin', async () => {
    const { exitCode: code, out } = await run(['zoo', 'px-01', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      id: 'PX-01',
      asClaimed: true,
      explorer: { outcome: 'found' },
      history: { outcome: 'found' },
      validation: { outcome: 'found' },
      twin: { outcome: 'pass' },
    })
  })

  it('prints a matrix', async () => {
    const { exitCode: code, out } = await run(['zoo', '--family', 'RG', '--small', '--no-twins'])
    expect(code).toBe(0)
    expect(out).toMatch(/RG-01 +found +\d+/)
    expect(out).toMatch(/\d bugs, \d found, 0 repaired twins clean/)
  })
})
