import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { packageFolder } from '../../src/core/package.ts'
import { shell } from './compiled.ts'
import { newFolder } from './files.ts'
import type { Folder } from './files.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

interface Found {
  readonly distinctStates: number
  readonly workers: number
}

describe('the program', () => {
  it('explores with several workers what it explores with one', async () => {
    const mutant = 'synod explore twophase --param rm=4 --mutant abort-after-prepare --json'
    const alone = await shell(mutant, folder.path)
    const together = await shell(`${mutant} --workers 2`, folder.path)
    const [one, two] = [alone, together].map(({ out }) => JSON.parse(out) as Found)
    expect([alone.exitCode, together.exitCode]).toEqual([1, 1])
    expect(two).toMatchObject({ workers: 2, distinctStates: one?.distinctStates })
    const told = (found: Found | undefined): unknown =>
      (found as { violations?: unknown } | undefined)?.violations
    expect(told(two)).toEqual(told(one))
  })

  it('explores a spec of a user by the name of the package, with several workers too', async () => {
    const { exitCode, out } = await shell(
      `synod explore ${packageFolder()}/examples/my-spec/lock-server.js#lockServer --workers 2`,
      folder.path,
    )
    expect(out).toMatch(/^lock-server \(clients = 2\): pass \(20 states;/)
    expect(exitCode).toBe(0)
  })

  it('tells how far a search came when it is stopped, and goes on from there', async () => {
    const { exitCode, out } = await shell(
      `synod explore twophase --max-states 100 --checkpoint half.bin --json
       synod explore twophase --resume half.bin --json`,
      folder.path,
    )
    const [half, whole] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Found)
    expect(half).toMatchObject({ outcome: 'unknown' })
    expect(whole).toMatchObject({ outcome: 'pass', distinctStates: 288, depth: 11 })
    expect(exitCode).toBe(0)
  })
})
