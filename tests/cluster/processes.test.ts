import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { abd } from '../../impls/registers/abd.ts'
import type { ClusterRun, ClusterRunOptions } from '../../src/cluster/run-cluster.ts'
import { runCluster } from '../../src/cluster/run-cluster.ts'
import type { Invariant } from '../../src/core/invariant.ts'
import type { UserError } from '../../src/core/user-error.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { registerWorkload } from '../../suites/workloads.ts'
import { compiledProgram, shell } from '../cli/compiled.ts'
import type { Folder } from '../cli/files.ts'
import { newFolder } from '../cli/files.ts'
import type { Ran } from '../cli/run.ts'
import { run } from '../cli/run.ts'

let folder: Folder
const recorders: ChildProcess[] = []
beforeAll(() => {
  folder = newFolder()
  folder.write('pause.json', '[{"type": "pause", "node": "n2", "at": 100}]')
  const corrupt = { type: 'crash', node: 'n2', disk: 'corrupt', at: 600, until: 700 }
  folder.write('corrupt.json', JSON.stringify([corrupt]))
  const abd = JSON.stringify(join(dirname(compiledProgram()), '../../impls/registers/abd.js'))
  folder.write(
    'odd.mjs',
    `import { abd } from ${abd}
    const odd = (change) => ({ ...abd, make: (...given) => change(abd.make(...given)) })
    export const plain = abd
    export const dead = odd((made) => {
      if (process.argv.includes('n2')) throw new Error('no luck today')
      return made
    })
    const fails = () => { throw new TypeError('too hard') }
    export const fragile = odd((made) => ({ ...made, onRequest: fails }))
    export const asks = {
      name: 'asks', protocol: abd, nodes: 3, invariants: [],
      expect: { outcome: 'pass' }, because: '',
      workload: {
        name: 'late', about: '', condition: 'linearizable', model: 'register',
        client: () => ({ next() { throw new RangeError('nothing to ask for') } }),
      },
    }`,
  )
})
afterAll(() => {
  for (const child of recorders) child.kill('SIGKILL')
  folder.remove()
})

/** Processes that have this text in their command line. */
function processesWith(text: string): string[] {
  return commandLines().filter((line) => line.includes(text))
}

function commandLines(): string[] {
  // Small systems have no `ps`.
  if (!existsSync('/proc/self/cmdline')) {
    const all = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n')
    return all.filter((line) => !line.includes('ps -eo'))
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandLine(pid))
}

/** The words of a process; none if it has ended. */
function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

async function until(done: () => boolean, what: string, ms = 25_000): Promise<void> {
  const deadline = performance.now() + ms
  while (!done()) {
    if (performance.now() > deadline) throw new Error(`not within ${ms} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** A recorder of which the nodes can be told by the name of their data folder. */
function recorder(name: string, ...args: readonly string[]): ChildProcess {
  const places = ['--data', name, '--out', `${name}.jsonl`, '--trace-dir', `${name}-traces`]
  const command = [compiledProgram(), 'run', 'abd', '--for', '60s', ...places, ...args]
  const child = spawn(process.execPath, command, {
    cwd: folder.path,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  recorders.push(child)
  return child
}

function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }))
  })
}

const linesOf = (name: string): string[] =>
  existsSync(join(folder.path, name)) ? folder.read(name).split('\n') : []

describe.concurrent('a cluster of processes', () => {
  it('serves while nodes are killed and cut off, and can be replayed', async () => {
    const command = `synod run abd --for 1500ms --kill-every 700ms --partition-every 600ms
      --seed 7 --json --out good.jsonl`.replaceAll('\n', ' ')
    const { exitCode, out, err } = await shell(command, folder.path)
    expect([exitCode, err]).toEqual([0, expect.stringMatching(/^seed 7\n/)])
    const run = JSON.parse(out) as ClusterRun
    expect(run.outcome).toBe('pass')
    expect(run.operations.ok).toBeGreaterThan(5)
    expect(run.faults.map(({ f }) => f)).toEqual(
      expect.arrayContaining(['kill', 'restart', 'partition', 'heal']),
    )
    expect(run.replayed.steps).toBeGreaterThan(50)
    expect(run.replayed.divergence).toBeUndefined()
    const history = await readHistory(join(folder.path, 'good.jsonl'))
    expect(history.operations.length).toBeGreaterThan(5)
    expect(existsSync(run.traces)).toBe(false)
  })

  it('leaves nobody behind when its recorder is killed, not even who stands still', async () => {
    const child = recorder('orphans', '--nodes', '2', '--faults', 'pause.json')
    const end = ended(child)
    await until(() => linesOf('orphans.jsonl').length > 30, 'some operations')
    await until(() => linesOf('orphans.jsonl').some((line) => line.includes('"pause"')), 'a pause')
    expect(processesWith('--data orphans/n').length).toBe(2)
    child.kill('SIGKILL')
    await end
    await until(() => processesWith('--data orphans/n').length === 0, 'all are gone')
    // Each whole line can be read; one that was cut is named as such.
    const lenient = await readHistory(join(folder.path, 'orphans.jsonl')).catch(
      (error: unknown) => error as UserError,
    )
    if (lenient instanceof Error) expect(lenient.message).toBe('the last line is cut off')
    else expect(lenient.events).toBe(linesOf('orphans.jsonl').length - 1)
  })

  it('ends by the signal when it is interrupted, with all of its nodes', async () => {
    const child = recorder('interrupted', '--nodes', '1')
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const end = ended(child)
    await until(() => linesOf('interrupted.jsonl').length > 10, 'some operations')
    child.kill('SIGINT')
    expect(await end).toEqual({ code: null, signal: 'SIGINT' })
    expect(said).toContain('interrupted: interrupted.jsonl can be judged')
    await until(() => processesWith('--data interrupted/n').length === 0, 'all are gone')
    const history = folder.read('interrupted.jsonl')
    expect(history.endsWith('\n')).toBe(true)
  })

  it('ends with all of its nodes when it fails itself', async () => {
    const command = 'synod run ./odd.mjs#asks --nodes 1 --data failed --for 5s'
    const { exitCode, err } = await shell(command, folder.path)
    expect([exitCode, err]).toEqual([255, expect.stringContaining('nothing to ask for')])
    await until(() => processesWith('--data failed/n').length === 0, 'all are gone')
  })

  it('does not begin when a node dies at once, and says the last lines of that node', async () => {
    const fault = await runOdd('dead', { nodes: 2 }).catch((error: unknown) => error as UserError)
    expect(fault).toMatchObject({ name: 'UserError', message: 'n2 ended with exit code 255' })
    expect((fault as UserError).hint).toContain('no luck today')
    expect(processesWith('odd.mjs#dead')).toEqual([])
  })

  it('fails when a handler throws, and says where', async () => {
    const { outcome, failure } = await runOdd('fragile', { forMs: 20_000 })
    expect([outcome, failure?.kind, failure?.name]).toEqual(['fail', 'exception', 'TypeError'])
    expect(failure?.sentence).toContain('n1 threw as it handled a request: TypeError: too hard')
    expect(processesWith('odd.mjs#fragile')).toEqual([])
  })

  it('ends with file and offset when a disk is damaged that nobody can do without', async () => {
    const command = `synod run raft --for 1200ms --seed 1 --data damaged --faults corrupt.json`
    const { exitCode, err } = await shell(command, folder.path)
    expect([exitCode, err]).toEqual([254, expect.stringContaining('n2 ended with exit code 254')])
    const places = err.matchAll(/damaged\/n2\/writes\.wal: this file is damaged at offset (\d+)/g)
    // What the node said itself is repeated at the end, and it was damaged only once.
    expect(new Set([...places].map(([, offset]) => offset)).size).toBe(1)
    expect(err).toContain('take the data of the whole cluster from a backup')
    await until(() => processesWith('--data damaged/n').length === 0, 'all are gone')
  })

  it('fails when its states, run through again, break an invariant', async () => {
    const nobodyWrites: Invariant = {
      name: 'nobody writes',
      reads: ['value'],
      violated(views, nodes) {
        const at = views.findIndex((view) => typeof view?.['value'] === 'number')
        return at < 0 ? undefined : `${nodes[at]} knows a value`
      },
    }
    const { failure } = await runOdd('plain', { forMs: 800, invariants: [nobodyWrites] })
    expect(failure).toEqual({
      kind: 'invariant',
      name: 'nobody writes',
      sentence: 'n1 knows a value',
    })
  })

  it.each([
    ['run abdd', "no protocol is called 'abdd'\n  try: did you mean abd?"],
    ['run abd --mutant read-without-writeback', 'did you mean read-without-write-back?'],
    ['run abd --option retry=3', "abd has no option 'retry'"],
    ['run abd --faults none.json', 'none.json: this cannot be read as JSON'],
    ['run abd --nodes 0', "--nodes: '0' is not a whole number from 1"],
    ['run abd --data FOLDER', 'this folder is not empty'],
    ['run abd --for soon', "--for: 'soon' is not a number with a unit"],
    ['run abd --workload registr', 'did you mean register?'],
    [
      'node abd --id n9 --peers n1=127.0.0.1:0 --data FOLDER/d',
      "--id: there is no 'n9' among the peers",
    ],
    ['node abd --id n1 --peers n1=nowhere --data FOLDER/d', "--peers: 'nowhere' is not an address"],
    ['node abd --id n1 --peers n1=1:1,n1=1:2 --data FOLDER/d', "there are two nodes called 'n1'"],
  ])('refuses bad arguments: %s', async (args, message) => {
    const { exitCode, err } = await run(args.replace('FOLDER', folder.path).split(' '))
    expect(err).toContain(message)
    expect(exitCode).toBe(254)
  })

  it('refuses a port in use, and data of another protocol', async () => {
    const data = join(folder.path, 'mine')
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const node = (protocol: string, address: number): Promise<Ran> =>
      run(['node', protocol, '--id', 'n1', '--peers', `n1=127.0.0.1:${address}`, '--data', data])
    const taken = await node('abd', port)
    server.close()
    expect(taken.exitCode).toBe(254)
    expect(taken.err).toContain(`error: 127.0.0.1:${port}: this port is in use`)
    const other = await node('paxos', 0)
    expect(other.exitCode).toBe(254)
    expect(other.err).toContain('this is the data of protocol abd, not protocol paxos')
  })
})

/** One of the odd protocols, with nodes that are processes and a recorder that is this one. */
async function runOdd(name: string, more: Partial<ClusterRunOptions>): Promise<ClusterRun> {
  const reference = `${join(folder.path, 'odd.mjs')}#${name}`
  const ran = await runCluster({
    program: abd.make(),
    protocol: 'abd',
    parameters: abd.options,
    tolerates: abd.tolerates,
    command: [process.execPath, compiledProgram(), 'node', reference],
    nodes: 1,
    workload: registerWorkload,
    clients: { count: 2, policy: 'any', rate: 100 },
    forMs: 500,
    faults: [],
    seed: 1,
    invariants: [],
    ...more,
  })
  ran.discard()
  return ran
}
