import type { Random } from '../../src/core/random.ts'
import type { Outcome, Process } from '../../src/valency/process.ts'

interface Local {
  readonly input: number
  readonly level: number
  readonly mode: number
  readonly decided: number | null
}

/**
 * A small protocol at random that has finitely many configurations: messages are sent when a level
 * is climbed, or one for one that is received. Modes come and go, so there are cycles.
 */
export function randomProcess(random: Random, processes: number, coins: boolean): Process {
  const levels = 1 + random.int(0, 1)
  const table = new Map<string, readonly Outcome<Local, number>[]>()
  const eager = random.int(0, 2)
  const outcome = (local: Local, message: number | undefined, self: number) => {
    if (local.decided !== null) return { local }
    const climbs = local.level < levels && random.int(0, 2) > 0
    const level = local.level + (climbs ? 1 : 0)
    const other = (self + 1 + random.int(0, processes - 2)) % processes
    const sends: (readonly [number, number])[] = []
    if (climbs && random.int(0, 3) > 0) sends.push([other, random.int(0, 1)])
    if (!climbs && message !== undefined && random.int(0, 2) === 0)
      sends.push([other, random.int(0, 1)])
    const may = level === levels && random.int(0, 3) <= eager
    const value = random.int(0, 4) > 0 ? local.input : random.int(0, 1)
    const mode = random.int(0, 2) === 0 ? 1 - local.mode : local.mode
    return { local: { ...local, level, mode, decided: may ? value : null }, sends }
  }
  const process: Process<Local, number> = {
    start: (_, input) => ({ input, level: 0, mode: 0, decided: null }),
    step(local, message, self) {
      const { input, level, mode, decided } = local
      const key = [input, level, mode, decided, message, self].join(' ')
      let made = table.get(key)
      if (made === undefined) {
        const sides = coins && random.int(0, 3) === 0 ? 2 : 1
        made = Array.from({ length: sides }, () => outcome(local, message, self))
        table.set(key, made)
      }
      return made
    },
    decided: ({ decided }) => decided ?? undefined,
  }
  return process
}
