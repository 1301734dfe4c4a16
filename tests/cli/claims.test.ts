import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { readRun } from '../../src/core/results.ts'
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

describe('synod claims', () => {
  it('keeps a row for each claim, with what shows it and the command for it', async () => {
    const { exitCode, err } = await shell('synod claims reg-12 REG-13 --save runs', folder.path)
    expect([exitCode, err]).toEqual([0, expect.stringMatching(/^saved in runs\/.*\/run\.json\n$/)])
    const saved = await readRun(`${folder.path}/runs/latest/run.json`)
    expect(saved).not.toHaveProperty('finished')
    expect(saved.rows.map(({ name, replay }) => [name, replay])).toEqual([
      ['claims/REG-12', 'synod claims REG-12'],
      ['claims/REG-13', 'synod claims REG-13'],
    ])
    for (const { evidence = '' } of saved.rows) {
      const text = folder.read(`runs/latest/${evidence}`)
      expect(JSON.parse(text)).toMatchObject({ group: 'Registers' })
    }
  })

  it('refuses what it does not know and could not keep, before it runs anything', async () => {
    folder.write('a-file', '')
    const lines = ['--id RFA-05', '--group raft QUO-01', 'REG-12 --save a-file']
    const script = lines.map((line) => `synod claims ${line}; echo $?`).join('\n')
    const { out, err } = await shell(script, folder.path)
    expect(out).toBe('254\n254\n254\n')
    expect(err).toContain("no claim is called 'RFA-05'\n  try: did you mean RAF-05?")
    expect(err).toContain("--group: QUO-01 is not in the group 'raft'\n  try: leave the group out")
    expect(err).toMatch(/a-file: the results cannot be written: .*\n {2}try: name a folder/)
  })
})
