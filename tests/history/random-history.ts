import { casRegister } from '../../checkers/models/cas-register.ts'
import { counter } from '../../checkers/models/counter.ts'
import { lock } from '../../checkers/models/lock.ts'
import { log } from '../../checkers/models/log.ts'
import { multiRegister } from '../../checkers/models/multi-register.ts'
import { queue } from '../../checkers/models/queue.ts'
import { set } from '../../checkers/models/set.ts'
import { snapshot } from '../../checkers/models/snapshot.ts'
import { stringMap } from '../../checkers/models/string-map.ts'
import { generate } from '../../src/history/generate.ts'
import type { History } from '../../src/history/history.ts'

const MODELS = [casRegister, counter, lock, log, multiRegister, queue, set, snapshot, stringMap]

/** A history of any model with keys, crashes and failures. */
export function randomHistory(seed: number): History {
  return generate({
    model: MODELS[seed % MODELS.length] ?? casRegister,
    seed,
    operations: 25,
    clients: 1 + (seed % 4),
    keys: 1 + (seed % 3),
    crashes: 100,
    failures: 100,
  })
}
